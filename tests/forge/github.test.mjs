// What GitHub alone does.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { github } from '../../web/elements/forge/github.js';
import { behaves } from './behaves.mjs';
import { TOKENS, begin, inspect, problem, submission, writes } from './together.mjs';

const REFS = /\/git\/refs$/;

behaves('github', { commit: REFS, again: /\/git\/refs\/heads\//, open: /\/pulls$/, forks: /\/forks$/, calls: 5, draft: '' });

test('github: the API has a host of its own, on an Enterprise server a path', () => {
  assert.equal(github.server('https://github.com'), 'https://api.github.com');
  assert.equal(github.server('https://corp.ghe.com'), 'https://api.corp.ghe.com');
  assert.equal(github.server('https://github.example.com'), 'https://github.example.com/api/v3');
});

for (const [name, headers, seconds] of [
  ['says when', { 'retry-after': '7' }, 7],
  ['is used up for a while', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + 5000) }, null],
]) {
  test(`github: a limit that ${name} is no missing right`, async (t) => {
    const { forge, project, client, waits } = await begin(t, 'github');
    forge.fault({ method: 'POST', path: REFS, act: 'answer', status: 403, body: { message: 'You have exceeded a secondary rate limit.' }, headers });
    const sent = client().submit(submission());
    if (seconds) {
      await sent;
      assert.deepEqual(waits, [seconds * 1000]);
      await inspect(project.repository, submission());
    } else {
      // Longer than anybody waits.
      assert.ok((await problem(sent, 'rate-limit')).params.seconds > 60);
      assert.deepEqual(waits, []);
    }
  });
}

test('github: the rest until the limit is lifted is reckoned from the clock', async (t) => {
  const { forge, client, waits } = await begin(t, 'github');
  forge.fault({ method: 'GET', path: /\/user$/, act: 'answer', status: 403, body: { message: 'API rate limit exceeded' }, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + 20) } });
  await client().person();
  assert.ok(waits[0] > 10_000 && waits[0] <= 21_000, String(waits));
});

for (const [scopes, scope] of [[['read:user'], 'repo'], [[''], 'repo'], [['contents:read'], 'contents:write']]) {
  test(`github: a token for “${scopes}” is too small, and what it needs is told`, async (t) => {
    const { forge, client } = await begin(t, 'github');
    const token = forge.state.addToken('github_pat_SmallSmallSmall', 'ada', { scopes: scopes[0] === 'read:user' ? ['gist'] : scopes });
    assert.equal((await problem(client(token).submit(submission()), 'scope')).params.scope, scope);
    assert.deepEqual(writes(forge), []);
  });
}

test('github: what stands in the error table becomes its code', async (t) => {
  const { forge, client } = await begin(t, 'github');
  for (const [status, body, code] of [
    [401, { message: 'Bad credentials' }, 'signed-out'],
    [403, { message: 'Repository was archived so is read-only.' }, 'archived'],
    [403, { message: 'Resource protected by organization SAML enforcement.' }, 'not-found-or-no-access'],
    [403, { message: 'Resource not accessible by personal access token' }, 'scope'],
    [403, { message: 'Must have push access' }, 'protected'],
    [404, { message: 'Not Found' }, 'not-found-or-no-access'],
    [422, { message: 'Repository rule violations found\n\nBranch name must match a given pattern: feature/*' }, 'rejected'],
    [422, { message: 'Repository rule violations found\n\nCannot create ref due to creations being restricted.' }, 'protected'],
    [422, { message: 'refs/heads/a..b is not a valid ref name.' }, 'rejected'],
    [502, '<html><title>Unicorn!</title>', 'server'],
  ]) {
    forge.faults.length = 0;
    forge.fault({ method: 'POST', path: REFS, act: 'answer', status, body, times: 3 });
    const said = await client().submit(submission()).then(assert.fail, (error) => error);
    assert.deepEqual([said.code, said.status], [code, status], said.stack);
    assert.ok(said.words);
  }
});

test('github: errors of one request are told with their details', async (t) => {
  const { forge, client } = await begin(t, 'github');
  forge.fault({ method: 'POST', path: /\/pulls$/, act: 'answer', status: 422, body: { message: 'Validation Failed', errors: [{ resource: 'PullRequest', code: 'custom', message: 'No commits between main and x' }] } });
  assert.equal((await problem(client().submit(submission()), 'rejected')).words, 'Validation Failed; No commits between main and x');
});

test('github: the words of a rule are told', async (t) => {
  const { project, client } = await begin(t, 'github');
  project.rules = [() => 'Commit message must match a given regex pattern: ^PIPE'];
  assert.match((await problem(client().submit(submission()), 'rejected')).words, /\^PIPE/);
  assert.deepEqual(await project.repository.branches(), ['main']);
});

test('github: where there are no drafts, the title says it', async (t) => {
  const { project, client } = await begin(t, 'github', { drafts: false });
  await client().submit(submission(1, { draft: true }));
  assert.deepEqual(project.requests.map(({ title }) => title), [`Draft: ${submission().title}`]);
});

test('github: labels that may not be set are no failure', async (t) => {
  const { forge, project, client } = await begin(t, 'github');
  forge.fault({ method: 'POST', path: /\/labels$/, act: 'answer', status: 403, body: { message: 'Must have triage rights' } });
  await client().submit(submission());
  assert.equal(project.requests.length, 1);
});

test('github: a fork under another name is found', async (t) => {
  const { forge, project, client } = await begin(t, 'github');
  await forge.state.addFork(project, forge.state.people.get('bob'), { name: 'my-dags' });
  assert.equal((await client(TOKENS.bob).submit(submission())).project, 'bob/my-dags');
  assert.equal(forge.state.projects.length, 2);
});

test('github: a page sends no header that GitHub does not let in, and can read the limits', async (t) => {
  const { forge, client } = await begin(t, 'github');
  await client().submit(submission());
  const asked = await fetch(`${forge.url}/api/v3/user`, { method: 'OPTIONS', headers: { origin: 'https://portal.example.com', 'access-control-request-method': 'GET' } });
  const allowed = asked.headers.get('access-control-allow-headers').toLowerCase().split(', ');
  // These a browser or Node adds, and no server is asked about them.
  const safe = new Set(['accept', 'accept-language', 'sec-fetch-mode', 'accept-encoding', 'host', 'connection', 'content-length', 'cache-control', 'pragma']);
  for (const { headers } of forge.log) for (const name of Object.keys(headers)) assert.ok(safe.has(name) || allowed.includes(name), name);
  const read = await fetch(`${forge.url}/api/v3/repos/data/dags`, { headers: { origin: 'https://portal.example.com' } });
  assert.match(read.headers.get('access-control-expose-headers'), /Retry-After/);
  const login = await fetch(`${forge.url}/login/oauth/access_token`, { method: 'POST', headers: { origin: 'https://portal.example.com' } });
  assert.equal(login.headers.get('access-control-allow-origin'), null);
});

test('github: a tree that is too large for one answer is read in pieces', async (t) => {
  const { forge, project, client } = await begin(t, 'github', { treeEntries: 20 });
  const files = Object.fromEntries(['configs/a', 'configs/b/c', 'dags/a', 'dags/b'].flatMap((folder) => Array.from({ length: 15 }, (_, index) => [`${folder}/${index}.yaml`, ''])));
  await project.repository.push('main', files, { name: 'Ada', email: 'ada@example.com' });
  const found = await client().files('configs/b');
  assert.deepEqual(found.sort(), Object.keys(files).filter((path) => path.startsWith('configs/b/')).sort());
  assert.equal((await client().files('')).length, 63);
  // What lies elsewhere is not looked into.
  const asked = forge.log.filter(({ path }) => path.includes('/git/trees/')).length;
  await client().files('configs/b');
  assert.equal(forge.log.filter(({ path }) => path.includes('/git/trees/')).length - asked, 5);
});

test('github: a token that may not see teams tells of none', async (t) => {
  const { forge, client } = await begin(t, 'github');
  forge.state.tokens.get(TOKENS.ada).scopes = ['contents:write'];
  assert.equal(await client().teams(), null);
});
