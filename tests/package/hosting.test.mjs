// The recipe for nginx in docs/administrators.md, run by nginx on what is to be served.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { answering, freePort } from './port.mjs';

const document = readFileSync(new URL('../../docs/administrators.md', import.meta.url), 'utf8');
const dist = new URL('../../dist/', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'dagwright-nginx-'));
let base;
let host;

before(async () => {
  const [, recipe] = document.match(/<!-- file: dagwright\.conf -->\n```nginx\n([^]*?)```/);
  const port = await freePort();
  base = `http://127.0.0.1:${port}`;
  const site = recipe.replace('listen 8080;', `listen 127.0.0.1:${port};`).replace('root /srv/dagwright;', `root ${dist};`);
  const stores = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`);
  const user = process.getuid() === 0 ? 'user root;' : '';
  writeFileSync(
    join(folder, 'nginx.conf'),
    `${user} daemon off; master_process off; pid ${folder}/pid; error_log stderr;\nevents {}\nhttp { access_log off; ${stores.join(' ')}\n${site}\n}\n`,
  );
  host = spawn('nginx', ['-p', folder, '-e', 'stderr', '-c', join(folder, 'nginx.conf')], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  host.stderr.on('data', (text) => (said += text));
  host.on('error', (error) => (said += `nginx could not be started (${error.message}); “tools/setup test” installs it.`));
  await answering(base, () => said);
});

after(() => {
  host?.kill();
  rmSync(folder, { recursive: true });
});

test('the page allows the styles and scripts that it was built with, and no others', () => {
  const page = readFileSync(join(dist, 'index.html'), 'utf8');
  const [, policy] = page.match(/Content-Security-Policy" content="([^"]*)"/);
  assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'|\*|http:/);
  const inline = [...page.matchAll(/<(script|style)(?![^>]*\ssrc=)[^>]*>([^]*?)<\/\1>/g)];
  assert.equal(inline.filter(([, name]) => name === 'style').length, 1);
  for (const [, name, text] of inline) {
    const hash = `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    assert.ok(policy.split('; ').find((rule) => rule.startsWith(`${name}-src `)).includes(hash), `${name}: ${text.slice(0, 60)}`);
  }
  assert.doesNotMatch(page, /\sstyle=|\son\w+=/);
});

test('what is compressed already is what is sent', async () => {
  const name = readdirSync(dist).find((name) => /^dagwright-web-.*\.wasm$/.test(name));
  const bytes = readFileSync(join(dist, name));
  assert.ok(brotliDecompressSync(readFileSync(join(dist, `${name}.br`))).equals(bytes));
  assert.ok(gunzipSync(readFileSync(join(dist, `${name}.gz`))).equals(bytes));
  const response = await fetch(`${base}/${name}`, { headers: { 'accept-encoding': 'gzip' } });
  assert.equal(response.headers.get('content-encoding'), 'gzip');
  assert.ok(Buffer.from(await response.arrayBuffer()).equals(bytes));
});

test('what can change is asked for anew, and what cannot is kept', async () => {
  const names = readdirSync(dist);
  const named = (pattern) => names.find((name) => pattern.test(name)) ?? assert.fail(`dist/ has no ${pattern}`);
  const kept = 'public, max-age=31536000, immutable';
  for (const [path, type, cache] of [
    ['', 'text/html', 'no-cache'],
    ['portal.json', 'application/json', 'no-cache'],
    ['service-worker.js', 'text/javascript', 'no-cache'],
    ['templates/catalogue.json', 'application/json', 'no-cache'],
    [named(/^dagwright-web-.*\.wasm$/), 'application/wasm', kept],
    [named(/^dagwright-web-.*\.js$/), 'text/javascript', kept],
    [`${named(/^engine-/)}/engine.wasm`, 'application/wasm', kept],
    [`${named(/^elements-/)}/picture.js`, 'text/javascript', kept],
  ]) {
    const response = await fetch(`${base}/${path}`);
    const header = (name) => response.headers.get(name);
    assert.equal(response.status, 200, path);
    assert.equal(header('content-type'), type, path);
    assert.equal(header('cache-control'), cache, path);
    assert.equal(header('content-security-policy'), "frame-ancestors 'none'", path);
    assert.equal(header('x-content-type-options'), 'nosniff', path);
    await response.arrayBuffer();
  }
});

test('the engine is sent compressed', async () => {
  const engine = readdirSync(dist).find((name) => name.startsWith('engine-'));
  const response = await fetch(`${base}/${engine}/engine.wasm`);
  assert.equal(response.headers.get('content-encoding'), 'gzip');
  const bytes = await response.arrayBuffer();
  assert.deepEqual(Buffer.from(bytes), readFileSync(join(dist, engine, 'engine.wasm')));
});

test('what is not there is not there', async () => {
  assert.equal((await fetch(`${base}/nothing`)).status, 404);
});
