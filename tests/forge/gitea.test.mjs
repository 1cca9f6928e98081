// What Gitea and Forgejo alone do.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { behaves } from './behaves.mjs';
import { TOKENS, begin, inspect, problem, submission, writes } from './together.mjs';

const CONTENTS = /\/contents$/;
const ADA = { name: 'Ada Lovelace', email: 'ada@example.com' };
const BOB = { name: 'Bob Ross', email: 'bob@example.com' };

behaves('gitea', { commit: CONTENTS, open: /\/pulls$/, forks: /\/forks$/, calls: 2, draft: 'WIP: ' });

test('forgejo: a fork that is behind is brought up to date by its other address', async (t) => {
  const { forge, project, client } = await begin(t, 'gitea', { forgejo: true });
  const fork = await forge.state.addFork(project, forge.state.people.get('bob'));
  const head = await project.repository.push('main', { 'new.txt': 'x' }, ADA);
  await client(TOKENS.bob).submit(submission());
  await inspect(fork.repository, submission(), { person: BOB, start: head });
});

test('gitea: a fork that went its own way cannot be brought up to date, and that is said', async (t) => {
  const { forge, project, client } = await begin(t, 'gitea');
  const fork = await forge.state.addFork(project, forge.state.people.get('bob'));
  await fork.repository.push('main', { 'own.txt': 'x' }, BOB);
  await project.repository.push('main', { 'new.txt': 'x' }, ADA);
  assert.equal((await problem(client(TOKENS.bob).submit(submission()), 'fork-behind')).params.url, `${forge.url}/bob/dags`);
  assert.equal(project.requests.length, 0);
});

test('gitea: a fork under another name is found', async (t) => {
  const { forge, project, client } = await begin(t, 'gitea');
  await forge.state.addFork(project, forge.state.people.get('bob'), { name: 'my-dags' });
  assert.equal((await client(TOKENS.bob).submit(submission())).project, 'bob/my-dags');
});

test('gitea: a project of the fork’s name that is no fork is left alone', async (t) => {
  const { forge, project, client } = await begin(t, 'gitea');
  await forge.state.addProject({ path: 'bob/dags', members: { bob: 'admin' } });
  assert.equal((await client(TOKENS.bob).submit(submission())).project, 'bob/dags-fork');
  assert.equal(project.requests.length, 1);
});

test('gitea: a token that is too small is told what it needs', async (t) => {
  const { forge, client } = await begin(t, 'gitea');
  const token = forge.state.addToken('0123456789abcdef0123456789abcdef01234567', 'ada', { scopes: ['read:repository', 'read:user'] });
  assert.equal((await problem(client(token).submit(submission()), 'scope')).params.scope, 'write:repository');
  assert.deepEqual(writes(forge), []);
});

test('gitea: what stands in the error table becomes its code', async (t) => {
  const { forge, client } = await begin(t, 'gitea');
  for (const [status, body, code] of [
    [401, { message: 'token is required' }, 'signed-out'],
    [403, { message: 'user should have a permission to write to the target branch' }, 'protected'],
    [403, { message: 'token does not have at least one of required scope(s): [write:repository]' }, 'scope'],
    [404, { message: "The target couldn't be found." }, 'not-found-or-no-access'],
    [422, { message: 'branch name is invalid [name: a..b]' }, 'rejected'],
    [423, { message: 'repo is archived' }, 'archived'],
    [500, { message: '' }, 'server'],
  ]) {
    forge.faults.length = 0;
    forge.fault({ method: 'POST', path: CONTENTS, act: 'answer', status, body, times: 3 });
    const said = await client().submit(submission()).then(assert.fail, (error) => error);
    assert.deepEqual([said.code, said.status], [code, status], said.stack);
  }
});

test('gitea: labels that the project does not know are left out', async (t) => {
  const { project, client } = await begin(t, 'gitea');
  await client().submit(submission());
  assert.deepEqual(project.requests[0].labels, []);
});

test('gitea: a request among hundreds is found', async (t) => {
  const { forge, project, client } = await begin(t, 'gitea');
  await client().submit(submission());
  const first = project.requests[0];
  for (let number = 0; number < 60; number++) await forge.state.addRequest(project, { source: project, branch: 'main', target: 'other', person: first.author, title: 'Other', description: '' });
  assert.equal((await client().submit(submission())).number, 1);
});

test('gitea: no page may ask before the administrator has said so', async (t) => {
  for (const [cors, origin] of [[undefined, null], [true, '*']]) {
    const { forge } = await begin(t, 'gitea', { cors });
    const asked = await fetch(`${forge.url}/api/v1/repos/data/dags`, { headers: { origin: 'https://portal.example.com' } });
    assert.equal(asked.headers.get('access-control-allow-origin'), origin);
    assert.equal(asked.headers.get('access-control-expose-headers'), null);
  }
});

test('gitea: a server that sends less of a tree at once than it was asked for is asked again', async (t) => {
  const { project, client } = await begin(t, 'gitea', { treePage: 10 });
  await project.repository.push('main', Object.fromEntries(Array.from({ length: 25 }, (_, index) => [`configs/a/${index}.yaml`, ''])), { name: 'Ada', email: 'ada@example.com' });
  assert.equal((await client().files('configs')).length, 26);
});

test('gitea: a token that may not see teams tells of none', async (t) => {
  const { forge, client } = await begin(t, 'gitea');
  forge.state.tokens.get(TOKENS.ada).scopes = ['read:user', 'write:repository'];
  assert.equal(await client().teams(), null);
});
