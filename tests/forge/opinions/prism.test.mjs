// The client for GitHub against GitHub's own description of its API, whole: Prism stands between it and the test forge, and lets
// through only what is described, both ways.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { connect } from '../../../web/elements/forge.js';
import { reduced } from '../contracts/reduce.mjs';
import { TOKENS, begin, handedIn, problem, submission } from '../together.mjs';
import { here, listening } from './newer.mjs';

const DOCUMENT = readFileSync(here('node_modules/@octokit/openapi/generated/api.github.com.json'), 'utf8');

const HELD = readFileSync(new URL('../contracts/github.json', import.meta.url), 'utf8');

const OPERATIONS = Object.entries(JSON.parse(HELD).paths).flatMap(([path, methods]) => {
  const route = path.replace('/api/v3', '');
  const whole = new RegExp(`^${route.replace(/\{(\w+)\}/g, (_, name) => (['ref', 'path'].includes(name) ? '.+' : '[^/]+'))}$`);
  return Object.keys(methods).map((method) => ({ name: `${method} ${route}`, fits: (asked, at) => asked === method && whole.test(at) }));
});

test('github: what the test forge is held to is what GitHub says', () => {
  assert.ok(HELD === `${JSON.stringify(reduced('github', JSON.parse(DOCUMENT)))}\n`, 'Make contracts/github.json again with contracts/reduce.mjs.');
});

/** Prism in front of a test forge. */
async function prism(t, forge) {
  const folder = mkdtempSync(join(tmpdir(), 'dagwright-prism-'));
  t.after(() => rmSync(folder, { recursive: true }));
  // What the test forge fills in because nobody reads it is empty, and so neither an address nor a time.
  writeFileSync(join(folder, 'github.json'), JSON.stringify(JSON.parse(DOCUMENT), (key, value) => (key === 'format' && typeof value === 'string' ? undefined : value)));
  return listening(t, [here('node_modules/@stoplight/prism-cli/dist/index.js'), 'proxy', join(folder, 'github.json'), `${forge.url}/api/v3`, '--errors', '--host', '127.0.0.1', '--port', '0']);
}

test('github: everything that the client says and hears is described', { timeout: 300_000 }, async (t) => {
  const { forge, project } = await begin(t, 'github');
  const url = await prism(t, forge);

  // First, that Prism looks.
  const turned = async (method, path, body) => {
    const answer = await fetch(url + path, { method, headers: { accept: 'application/json', authorization: `Bearer ${TOKENS.ada}`, ...(body && { 'content-type': 'application/json' }) }, ...(body && { body: JSON.stringify(body) }) });
    assert.equal(answer.headers.get('content-type'), 'application/problem+json');
    return ((await answer.json()).validation ?? []).map(({ location, code }) => `${location.join('.')} ${code}`);
  };
  assert.deepEqual(await turned('POST', '/repos/data/dags/pulls', { title: 5, head: 'main' }), ['body required', 'body.title type']);
  assert.deepEqual(await turned('GET', '/repos/data/dags/pulls?state=odd'), ['query.state enum']);
  assert.deepEqual(await turned('GET', '/repos/data/dags/nothing/of/this'), []);
  assert.deepEqual(forge.log, []);
  forge.fault({ method: 'GET', act: 'answer', status: 200, body: { content: 5 } });
  assert.ok((await turned('GET', '/repos/data/dags/git/blobs/0')).includes('response.body.content type'));

  const odd = [];
  const done = new Set();
  // Prism takes what stands for one name in a path as one segment; to GitHub a slash is the same when it is encoded.
  const there = (address) => address.replace('https://api.github.com', url).replace(/(?<=\/git\/refs?\/|\/contents\/)[^?]+/, (path) => path.replaceAll('/', '%2F'));
  const world = {
    async fetch(address, given) {
      const answer = await fetch(there(address), given);
      if (answer.headers.get('content-type') === 'application/problem+json') odd.push(`${given.method} ${address}: ${await answer.clone().text()}`);
      if (answer.ok) for (const operation of OPERATIONS) if (operation.fits(given.method, new URL(address).pathname)) done.add(operation.name);
      return answer;
    },
    wait: async () => {},
    random: () => 0,
  };
  const client = (token = TOKENS.ada, settings = {}) => connect({ kind: 'github', url: 'https://github.com', project: 'data/dags', ...settings }, token, world);
  const { path, version } = await handedIn(client, project);
  const update = submission(1, { message: 'Change it', title: 'Change it', hash: 'f'.repeat(64), files: [{ path, text: `${'ü'.repeat(600_000)}\n`, expected: version }] });
  await client().submit(update);
  // Larger than what comes with a file's name.
  assert.equal((await client().read(path, update.branch)).text, update.files[0].text);
  await problem(client().submit(submission(1, { files: [{ path, text: 'mine\n', expected: version }] })), 'conflict');
  project.pipelines.set(await project.repository.head(update.branch), { status: 'failed' });
  assert.equal((await client().state(submission())).pipeline.state, 'failed');
  assert.deepEqual(await client().files('configs'), ['configs/reporting/daily.yaml']);
  assert.deepEqual(await client().teams(), []);
  await client().submit(submission(4, { reviewers: ['bob'] }));
  await client(TOKENS.bob).submit(submission(2));
  const twice = await Promise.all([client().submit(submission(3)), client().submit(submission(3))]);
  assert.equal(twice[0].url, twice[1].url);
  await problem(client('ghp_nobodynobodynobody').person(), 'signed-out');
  await problem(client(TOKENS.ada, { project: 'data/nothing' }).project(), 'not-found-or-no-access');
  assert.deepEqual(odd, []);
  const asked = OPERATIONS.map(({ name }) => name);
  assert.deepEqual([...done].sort(), asked.sort(), 'every operation that the test forge is held to was done');
});
