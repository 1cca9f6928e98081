// The recipes for hosts other than nginx in docs/administrators.md: S3 by Amazon's own command, and what the jobs of GitLab and
// GitHub build and publish.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { lstatSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { repository } from './installed.mjs';
import { answering, freePort } from './port.mjs';

const document = readFileSync(join(repository, 'docs/administrators.md'), 'utf8');
const dist = join(repository, 'dist');
const block = (name) => document.match(new RegExp(`<!-- (?:file|script): ${name.replaceAll('.', '\\.')} -->\\n\`\`\`\\w+\\n([^]*?)\`\`\``))?.[1] ?? assert.fail(name);
const paths = () =>
  readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(dist.length + 1));
/** What every recipe builds with; the tests themselves run on what it made. */
const BUILD = 'make build';

test('S3 holds what was built, under a sub-path, with its types', async (t) => {
  const place = mkdtempSync(join(tmpdir(), 'dagwright-s3-'));
  t.after(() => rmSync(place, { recursive: true }));
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  // A pipe would be full while the commands below are waited for: the server writes a line for each request.
  const log = join(place, 'server.log');
  const server = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], { stdio: ['ignore', 'ignore', openSync(log, 'w')] });
  let missing = '';
  server.on('error', (error) => (missing = `moto_server could not be started (${error.message}); “tools/setup test” installs it.`));
  t.after(() => server.kill());
  await answering(endpoint, () => missing || readFileSync(log, 'utf8'));

  const [build, ...commands] = block('s3').trim().split('\n');
  assert.equal(build, BUILD);
  symlinkSync(dist, join(place, 'dist'));
  writeFileSync(join(place, 'publish.sh'), commands.join('\n').replaceAll('BUCKET', 'dags'));
  const env = { ...process.env, AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret', AWS_DEFAULT_REGION: 'us-east-1', AWS_CONFIG_FILE: join(place, 'none') };
  const run = (command, ...rest) => execFileSync(command, rest, { cwd: place, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  run('aws', 's3', 'mb', 's3://dags');
  // What an earlier version left there goes.
  run('aws', 's3', 'cp', join(repository, 'LICENSE'), 's3://dags/portal/old.js');
  run('sh', '-e', 'publish.sh');

  const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::dags/*' }] };
  run('aws', 's3api', 'put-bucket-policy', '--bucket', 'dags', '--policy', JSON.stringify(policy));
  assert.equal((await fetch(`${endpoint}/dags/portal/old.js`)).status, 404);
  const types = { html: /^text\/html/, js: /^(text|application)\/javascript/, wasm: /^application\/wasm/, json: /^application\/json/, svg: /^image\/svg\+xml/ };
  for (const path of paths()) {
    const response = await fetch(`${endpoint}/dags/portal/${path}`);
    assert.equal(response.status, 200, path);
    assert.ok(Buffer.from(await response.arrayBuffer()).equals(readFileSync(join(dist, path))), path);
    const type = types[path.split('.').pop()];
    if (type) assert.match(response.headers.get('content-type'), type, path);
  }
});

test('GitLab and GitHub publish what one command built, and that is nothing but files', () => {
  const gitlab = block('.gitlab-ci.yml');
  assert.deepEqual(gitlab.match(/script:\n((?: {4}- .*\n)+)/)[1].trim().split(/\n? *- /).filter(Boolean), [BUILD]);
  assert.match(gitlab, /publish: dist\n/);
  const github = block('.github/workflows/pages.yml');
  assert.deepEqual([...github.matchAll(/- run: (.*)/g)].map(([, command]) => command), [BUILD]);
  assert.match(github, /upload-pages-artifact@v\d+\n\s+with:\n\s+path: dist\n/);

  // Both refuse or drop what is neither a file nor a folder, and neither runs anything.
  for (const path of paths()) {
    const status = lstatSync(join(dist, path));
    assert.ok(status.isFile() && status.nlink === 1, path);
    assert.match(path, /\.(html|js|wasm|json|svg|txt|yaml|j2|md|br|gz)$/, path);
  }
  // A project's page stands under the project's name: no address of the page begins at the root of its host.
  const page = readFileSync(join(dist, 'index.html'), 'utf8');
  const addresses = [...page.matchAll(/\s(?:href|src)=["']?([^\s"'>]+)/g)].map(([, address]) => address);
  assert.ok(addresses.length > 3);
  for (const address of addresses) assert.doesNotMatch(address, /^(\/|https?:)/);
});
