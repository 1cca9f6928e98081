// What GitLab alone does: its errors, its rights, its recorded traffic.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { behaves } from './behaves.mjs';
import { startForge } from './server.mjs';
import { TOKENS, begin, inspect, problem, submission, writes } from './together.mjs';

const COMMITS = /\/repository\/commits$/;

behaves('gitlab', { commit: COMMITS, open: /\/merge_requests$/, forks: /\/fork$/, calls: 2, draft: 'Draft: ' });

test('gitlab: one call makes branch and commit, and guards what was opened', async (t) => {
  const { forge, project, client } = await begin(t, 'gitlab');
  const opened = 'configs/reporting/daily.yaml';
  const { version } = await client().read(opened);
  await client().submit(submission(1, { files: [{ path: opened, text: 'mine\n', expected: version }, { path: 'new.py', text: 'x' }] }));
  const { body } = forge.log.find(({ path }) => COMMITS.test(path));
  assert.deepEqual(JSON.parse(body), {
    branch: submission().branch,
    start_branch: 'main',
    commit_message: submission().message,
    actions: [
      { action: 'update', file_path: opened, content: 'mine\n', encoding: 'text', last_commit_id: version },
      { action: 'create', file_path: 'new.py', content: 'x', encoding: 'text' },
    ],
  });
  assert.equal(await project.repository.lastCommit('main', opened), version);
});

test('gitlab: a file that changes between the look and the commit is a conflict too', async (t) => {
  const { forge, project, client } = await begin(t, 'gitlab');
  const opened = 'configs/reporting/daily.yaml';
  const { version } = await client().read(opened);
  let go;
  forge.fault({ method: 'POST', path: COMMITS, act: 'hold', until: new Promise((resolve) => (go = resolve)) });
  const sent = problem(client().submit(submission(1, { files: [{ path: opened, text: 'mine\n', expected: version }] })), 'conflict');
  while (forge.faults[0].times > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await project.repository.push('main', { [opened]: 'theirs\n' }, { name: 'Bob', email: 'b@example.com' });
  go();
  assert.equal((await sent).params.theirs.text, 'theirs\n');
  assert.deepEqual(await project.repository.branches(), ['main']);
});

test('gitlab: who is not told to be a member may push all the same', async (t) => {
  const { forge, project, client } = await begin(t, 'gitlab', { project: { invited: true } });
  assert.equal((await client().project()).mayPush, null);
  await client().submit(submission());
  assert.equal(forge.state.projects.length, 1);
  await inspect(project.repository, submission());
});

test('gitlab: a project of the fork’s name that is no fork is left alone', async (t) => {
  const { forge, project, client } = await begin(t, 'gitlab');
  await forge.state.addProject({ path: 'bob/dags', members: { bob: 'admin' } });
  const result = await client(TOKENS.bob).submit(submission());
  assert.equal(result.project, 'bob/dags-fork');
  assert.equal(project.requests.length, 1);
});

test('gitlab: a fork that could not be made is told', async (t) => {
  const { forge, project, client } = await begin(t, 'gitlab');
  const fork = await forge.state.addFork(project, forge.state.people.get('bob'));
  fork.failed = 'The repository could not be copied.';
  assert.equal((await problem(client(TOKENS.bob).submit(submission()), 'server')).words, fork.failed);
});

test('gitlab: a fork is waited for', async (t) => {
  const { client, waits } = await begin(t, 'gitlab', { forkLooks: 4 });
  await client(TOKENS.bob).submit(submission());
  assert.equal(waits.length, 4);
});

for (const scopes of [['read_api'], ['write_repository', 'read_repository'], ['read_user']]) {
  test(`gitlab: a token for ${scopes} is too small, and what it needs is told`, async (t) => {
    const { forge, client } = await begin(t, 'gitlab');
    const token = forge.state.addToken('glpat-SmallSmallSmallSmall', 'ada', { scopes });
    const { params, status } = await problem(client(token).submit(submission()), 'scope');
    assert.equal(status, 403);
    assert.match(params.scope, /\bapi\b/);
    assert.deepEqual(writes(forge), []);
  });
}

test('gitlab: push rules are told in the server’s words', async (t) => {
  const { project, client } = await begin(t, 'gitlab');
  for (const words of ["Commit message does not follow the pattern '^PIPE-\\d+'", "Branch name 'x' does not follow the pattern 'feature/.*'", "Committer's email 'ada@example.com' does not follow the pattern '@corp.example'"]) {
    project.rules = [() => words];
    const said = await problem(client().submit(submission()), 'rejected');
    assert.deepEqual([said.words, said.status], [words, 400]);
  }
  await problem(client().submit(submission(1, { branch: 'a..b' })), 'rejected');
  assert.deepEqual(await project.repository.branches(), ['main']);
});

test('gitlab: what stands in the error table becomes its code', async (t) => {
  const { forge, client } = await begin(t, 'gitlab');
  for (const [status, body, code] of [
    [401, { message: '401 Unauthorized' }, 'signed-out'],
    [401, { error: 'invalid_token', error_description: 'Token was revoked. You have to re-authorize from the user.' }, 'signed-out'],
    [401, { errors: [{ message: 'Invalid token' }] }, 'signed-out'],
    [403, { error: 'insufficient_scope', error_description: 'The request requires higher privileges than provided by the access token.', scope: 'api' }, 'scope'],
    [403, { message: '403 Forbidden - You are not allowed to push into this branch' }, 'protected'],
    [400, { message: 'You are not allowed to push into this branch' }, 'protected'],
    [400, { message: ["Branch name 'x' does not follow the pattern"] }, 'rejected'],
    [422, { message: { base: ["You can't use same project/branch for source and target"] } }, 'rejected'],
    [404, { message: '404 Project Not Found' }, 'not-found-or-no-access'],
    [405, { message: 'Non GET methods are not allowed for moved projects' }, 'redirected'],
    [500, { message: '500 Internal Server Error' }, 'server'],
    [503, '<html><title>GitLab is not responding (503)</title></html>', 'server'],
  ]) {
    forge.faults.length = 0;
    forge.fault({ method: 'POST', path: COMMITS, act: 'answer', status, body, times: 3 });
    const said = await client(TOKENS.ada).submit(submission()).then(assert.fail, (error) => error);
    assert.deepEqual([said.code, said.status], [code, status], said.stack);
    assert.ok(said.words, JSON.stringify(body));
  }
});

for (const [status, body] of [[400, { message: "A branch called 'x' already exists. Switch to that branch in order to make changes" }], [400, { message: 'A file with this name already exists' }], [400, { message: 'You are attempting to update a file that has changed since you started editing it.' }]]) {
  test(`gitlab: “${body.message}” is looked into`, async (t) => {
    const { forge, project, client } = await begin(t, 'gitlab');
    forge.fault({ method: 'POST', path: COMMITS, act: 'answer-after', status, body });
    await client().submit(submission());
    await inspect(project.repository, submission());
  });
}

test('gitlab: a request that is there already is found by its number, when the list does not have it yet', async (t) => {
  const { forge, project, client } = await begin(t, 'gitlab');
  const { url } = await client().submit(submission());
  forge.fault({ method: 'GET', path: /\/merge_requests$/, act: 'answer', status: 200, body: [], times: 9 });
  assert.equal((await client().submit(submission())).url, url);
  assert.equal(project.requests.length, 1);
});

test('gitlab: a page may ask from anywhere, but cannot read how long to rest', async (t) => {
  const { forge } = await begin(t, 'gitlab');
  const headers = { origin: 'https://portal.example.com', authorization: `Bearer ${TOKENS.ada}` };
  const asked = await fetch(`${forge.url}/api/v4/user`, { method: 'OPTIONS', headers: { ...headers, 'access-control-request-method': 'GET', 'access-control-request-headers': 'authorization' } });
  assert.deepEqual([asked.status, asked.headers.get('access-control-allow-origin'), asked.headers.get('access-control-allow-headers')], [204, '*', 'authorization']);
  const exposed = (await fetch(`${forge.url}/api/v4/user`, { headers })).headers.get('access-control-expose-headers');
  for (const name of ['X-Next-Page', 'X-Gitlab-Last-Commit-Id']) assert.ok(exposed.includes(name));
  for (const name of ['Retry-After', 'RateLimit']) assert.ok(!exposed.includes(name));
  assert.equal((await fetch(`${forge.url}/data/dags`, { headers })).headers.get('access-control-allow-origin'), null);
});

/** Newer than the recordings of 2020; the OpenAPI document has them. */
const NEWER = new Set(['draft', 'detailed_merge_status', 'reviewers', 'commit_email', 'bio', 'created_at']);

const recorded = JSON.parse(readFileSync(new URL('contracts/gitlab-recorded.json', import.meta.url), 'utf8'));
for (const [index, { method, route, path, query, body, status, headers, answer }] of recorded.entries()) {
  // The page never rebases.
  if (route.endsWith('/rebase')) continue;
  test(`gitlab: the test forge answers like GitLab.com: ${index} ${method} ${route} ${status}`, async (t) => {
    const forge = await startForge('gitlab', { olderTree: true });
    t.after(forge.close);
    await stage(forge, { method, path, query, body, status });
    const address = `${forge.url}${path}${query ? `?${new URLSearchParams(query)}` : ''}`;
    const got = await fetch(address, { method, headers: { authorization: 'Bearer glpat-owner', ...(body && { 'content-type': 'application/json' }) }, ...(body && { body: JSON.stringify(body) }) });
    const text = await got.text();
    assert.equal(got.status, status, text);
    for (const name of headers) assert.ok(got.headers.has(name), `There is no header ${name}`);
    if (answer !== null && method !== 'HEAD' && !route.endsWith('/raw')) like(JSON.parse(text), answer, route);
    // How Decap asks, with everything in the address, is its own affair.
    assert.deepEqual(forge.violations.filter((words) => !/ (?:query|body) /.test(words)), []);
  });
}

/** What was there when the request was recorded. */
async function stage({ state }, { path, query, body, status }) {
  const owner = state.addPerson({ login: 'owner' });
  state.addToken('glpat-owner', 'owner');
  const project = await state.addProject({ path: 'owner/repo', branch: 'master', members: { owner: 'admin' }, secret: true });
  const branch = 'cms/posts/1970-01-01-first-title';
  const named = decodeURIComponent(/files\/([^/]+)/.exec(path)?.[1] ?? '');
  const files = (body?.actions ?? []).filter(({ action }) => action !== 'create').map(({ file_path: file }) => file);
  if (named && status === 200) files.push(named);
  if (path.endsWith('/tree')) files.push(`${query.path}/one.md`);
  const place = query?.ref ?? body?.branch ?? branch;
  if (!body?.start_branch) await state.projects[0].repository.push(branch, { 'draft.md': 'x' }, owner, 'Draft', 'master');
  if (files.length > 0) await project.repository.push(place, Object.fromEntries(files.map((file) => [file, 'x'])), owner, 'Add', 'master');
  const number = Number(/merge_requests\/(\d+)/.exec(path)?.[1] ?? (path.endsWith('merge_requests') && query.state ? 1 : 0));
  for (let made = 0; made < number; made++) await state.addRequest(project, { source: project, branch, target: 'master', person: owner, title: 'Post', description: '', labels: ['decap-cms/draft'] });
}

/** Has nothing that GitLab has not, and everything of the same type. */
function like(ours, theirs, place) {
  if (ours === null || theirs === 'null') return;
  if (Array.isArray(ours)) {
    assert.ok(Array.isArray(theirs), place);
    if (ours.length > 0 && theirs.length > 0) like(ours[0], theirs[0], `${place}[]`);
  } else if (typeof ours === 'object') {
    for (const [key, value] of Object.entries(ours)) {
      if (NEWER.has(key)) continue;
      assert.ok(place === '/user' || key in theirs, `GitLab has no ${key} in ${place}`);
      if (key in theirs) like(value, theirs[key], `${place}.${key}`);
    }
  } else {
    assert.equal(typeof ours, theirs, place);
  }
}
