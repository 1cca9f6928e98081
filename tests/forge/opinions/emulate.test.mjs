// The client for GitHub against a GitHub that we did not write: `emulate` of Vercel Labs.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { connect } from '../../../web/elements/forge.js';
import { CONFIG, DAG, TOKENS, problem, steps, submission } from '../together.mjs';
import { here, listening } from './newer.mjs';

const SEED = {
  tokens: { [TOKENS.ada]: { login: 'ada', scopes: ['repo'] }, [TOKENS.bob]: { login: 'bob', scopes: ['repo'] } },
  github: {
    users: [{ login: 'ada', name: 'Ada Lovelace', email: 'ada@example.com' }, { login: 'bob', name: 'Bob Ross', email: 'bob@example.com' }],
    orgs: [{ login: 'data', name: 'Data', members: [{ login: 'ada', role: 'admin' }] }],
    repos: [{ owner: 'data', name: 'dags', auto_init: true }],
  },
};

/** A GitHub of its own for a test, a client that does not really wait, and a way to ask without it. */
async function begin(t) {
  const url = await listening(t, [here('emulate.mjs'), JSON.stringify(SEED)]);
  const log = [];
  const there = (address) => String(address).replace('https://api.github.com', url);
  const world = {
    async fetch(address, given) {
      const answer = await fetch(there(address), given);
      log.push({ method: given.method, path: new URL(address).pathname, status: answer.status });
      return answer;
    },
    wait: async () => {},
    random: () => 0,
  };
  const client = (token = TOKENS.ada, settings = {}) => connect({ kind: 'github', url: 'https://github.com', project: 'data/dags', ...settings }, token, world);
  const ask = async (method, path, body, token = TOKENS.ada) => {
    const answer = await fetch(`${url}${path}`, { method, headers: { ...(token && { authorization: `Bearer ${token}` }), 'content-type': 'application/json' }, ...(body && { body: JSON.stringify(body) }) });
    return { status: answer.status, body: await answer.json() };
  };
  const writes = () => log.filter(({ method, status }) => method !== 'GET' && status < 300).map(({ method, path }) => `${method} ${path}`);
  return { client, ask, log, writes };
}

/** The name that git gives to a file's content. */
const blob = (text) => createHash('sha1').update(`blob ${Buffer.byteLength(text)}\0${text}`).digest('hex');

const open = async (ask) => (await ask('GET', '/repos/data/dags/pulls?state=all')).body;

test('emulate: files become one branch, one commit and one request', async (t) => {
  const { client, ask, writes } = await begin(t);
  assert.deepEqual(await client().person(), { name: 'Ada Lovelace', login: 'ada', email: 'ada@example.com' });
  const { names, report } = steps();
  const wanted = submission();
  const result = await client().submit(wanted, report);
  assert.deepEqual(names(), ['look', 'branch', 'commit', 'request', 'done']);
  assert.deepEqual([result.number, result.branch, result.updated, result.project], [1, wanted.branch, false, 'data/dags']);
  assert.deepEqual(writes(), ['POST /repos/data/dags/git/trees', 'POST /repos/data/dags/git/commits', 'POST /repos/data/dags/git/refs', 'POST /repos/data/dags/pulls', 'POST /repos/data/dags/issues/1/labels']);

  const main = (await ask('GET', '/repos/data/dags/git/ref/heads/main')).body.object.sha;
  const commit = (await ask('GET', `/repos/data/dags/git/commits/${result.commit}`)).body;
  assert.deepEqual([commit.message, commit.parents.map(({ sha }) => sha)], [wanted.message, [main]]);
  const tree = (await ask('GET', `/repos/data/dags/git/trees/${commit.tree.sha}?recursive=1`)).body.tree;
  // What the project held already is still there.
  assert.deepEqual(tree.filter(({ type }) => type === 'blob').map(({ path, mode, sha }) => [path, mode, sha]).filter(([path]) => path !== 'README.md').sort(), wanted.files.map(({ path, text }) => [path, '100644', blob(text)]).sort());
  assert.ok(tree.some(({ path }) => path === 'README.md'));
  const [request, ...others] = await open(ask);
  assert.deepEqual(others, []);
  assert.deepEqual([request.title, request.body, request.head.label, request.base.ref, request.draft, request.labels.map(({ name }) => name)], [wanted.title, wanted.description, `data:${wanted.branch}`, 'main', false, ['dagwright']]);
});

test('emulate: the same once more finds what is there, and writes nothing', async (t) => {
  const { client, writes } = await begin(t);
  const first = await client().submit(submission());
  const before = writes().length;
  assert.deepEqual(await client().submit(submission()), first);
  assert.equal(writes().length, before);
});

test('emulate: a double click gives one branch and one request', async (t) => {
  const { client, ask } = await begin(t);
  const [first, second] = await Promise.all([client().submit(submission()), client().submit(submission())]);
  assert.deepEqual([first.commit, first.url], [second.commit, second.url]);
  assert.equal((await open(ask)).length, 1);
});

test('emulate: an open request gets one more commit', async (t) => {
  const { client, ask } = await begin(t);
  const first = await client().submit(submission());
  const changed = submission(1, { files: submission().files.map((file) => (file.path.endsWith('.py') ? { ...file, text: 'print("changed")\n' } : file)) });
  const second = await client().submit(changed);
  assert.deepEqual([second.url, second.updated], [first.url, true]);
  assert.deepEqual((await ask('GET', `/repos/data/dags/git/commits/${second.commit}`)).body.parents.map(({ sha }) => sha), [first.commit]);
  const path = DAG.replace('refresh', 'refresh_1');
  assert.deepEqual(await client().read(path, changed.branch), { text: 'print("changed")\n', version: blob('print("changed")\n'), commit: second.commit });
  assert.equal(await client().read(path), null);
  assert.deepEqual(await client().files('dags'), []);
  assert.equal((await open(ask)).length, 1);
});

test('emulate: a file that changed since it was opened is a conflict, with theirs', async (t) => {
  const { client, ask } = await begin(t);
  await client().submit(submission());
  const path = CONFIG.replace('refresh', 'refresh_1');
  const { version } = await client().read(path, submission().branch);
  const mine = (text, expected) => submission(1, { files: [{ path, text, expected }] });
  await client().submit(mine('theirs\n', version));
  const { params } = await problem(client().submit(mine('mine\n', version)), 'conflict');
  assert.deepEqual(params, { path, theirs: { text: 'theirs\n', version: blob('theirs\n') } });
  await client().submit(mine('mine\n', params.theirs.version));
  assert.equal((await client().read(path, submission().branch)).text, 'mine\n');
  assert.equal((await open(ask)).length, 1);
});

test('emulate: the state of a request is told, with its checks', async (t) => {
  const { client, ask } = await begin(t);
  assert.equal(await client().state(submission()), null);
  const { commit, url } = await client().submit(submission());
  const { description, ...told } = await client().state(submission());
  assert.equal(description, submission().description);
  assert.deepEqual(told, { number: 1, url, title: submission().title, author: 'ada', state: 'open', draft: false, source: 'data/dags', fork: false, branch: submission().branch, commit, pipeline: null });
  const run = (status) => ask('POST', '/repos/data/dags/check-runs', { name: 'validate', head_sha: commit, ...status });
  await run({ status: 'in_progress' });
  assert.equal((await client().state(submission())).pipeline.state, 'running');
  await run({ status: 'completed', conclusion: 'failure' });
  assert.equal((await client().state(submission())).pipeline.state, 'failed');
  await ask('PUT', '/repos/data/dags/pulls/1/merge', {});
  assert.equal((await client().state(submission())).state, 'merged');
  assert.equal((await problem(client().submit(submission()), 'unchanged')).params.url, url);
});

test('emulate: a project that is not there, or archived, is said', async (t) => {
  const { client, ask, writes } = await begin(t);
  await problem(client(TOKENS.ada, { project: 'data/nothing' }).submit(submission()), 'not-found-or-no-access');
  await ask('PATCH', '/repos/data/dags', { archived: true });
  await problem(client().submit(submission()), 'archived');
  assert.deepEqual(writes(), []);
});

test('emulate: where it is not like GitHub, we ask our own forge instead', async (t) => {
  const { ask, client } = await begin(t);
  const { commit } = await client().submit(submission());
  const pull = { title: 'Twice', head: submission().branch, base: 'main' };
  // Each of these GitHub answers otherwise. When one changes here, its case can be tested above.
  assert.deepEqual(
    {
      'a second request for the same branch': (await ask('POST', '/repos/data/dags/pulls', pull)).status,
      'a request for a branch that is not there': (await ask('POST', '/repos/data/dags/pulls', { ...pull, head: 'nothing' })).status,
      'a token that nobody gave': (await ask('GET', '/user', undefined, 'ghp_nobody')).status,
      'the right to push of somebody who may not': (await ask('GET', '/repos/data/dags', undefined, TOKENS.bob)).body.permissions.push,
      'who a fork was made from': (await ask('POST', '/repos/data/dags/forks', {}, TOKENS.bob)).body.parent?.full_name,
      'a commit of the project in its fork': (await ask('GET', `/repos/bob/dags/git/commits/${commit}`, undefined, TOKENS.bob)).status,
    },
    {
      'a second request for the same branch': 201,
      'a request for a branch that is not there': 201,
      'a token that nobody gave': 200,
      'the right to push of somebody who may not': true,
      'who a fork was made from': undefined,
      'a commit of the project in its fork': 404,
    },
  );
  // The refusal itself is as GitHub’s, though it is told as one who may push.
  await problem(client(TOKENS.bob).submit(submission(2)), 'protected');
});
