// What holds for every kind of forge. Each test talks HTTP to a forge of its own, and looks into the repositories with git afterwards.
import assert from 'node:assert/strict';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { CONFIG, TOKENS, begin, inspect, problem, steps, submission, writes } from './together.mjs';

const OPENED = 'configs/reporting/daily.yaml';
const ADA = { name: 'Ada Lovelace', email: 'ada@example.com' };
const BOB = { name: 'Bob Ross', email: 'bob@example.com' };

/**
 * @param {'gitlab' | 'github' | 'gitea'} kind
 * @param {object} traits
 * @param {RegExp} traits.commit the path of the call that makes or moves the branch, a POST
 * @param {RegExp} [traits.again] the same, where it already exists
 * @param {RegExp} traits.open the path of the call that opens a request
 * @param {RegExp} traits.forks the path of the call that forks
 * @param {number} traits.calls that write for one submission
 * @param {string} traits.draft what the title of a draft begins with
 */
export function behaves(kind, { commit, again = commit, open, forks, calls, draft }) {
  const named = (name, act) => test(`${kind}: ${name}`, act);
  const one = async (project, wanted = submission(), facts) => {
    await inspect(project.repository, wanted, facts);
    assert.deepEqual(project.requests.map(({ branch, state }) => [branch, state]), [[wanted.branch, 'open']]);
  };

  named('files become one branch, one commit and one request', async (t) => {
    const { forge, project, client } = await begin(t, kind);
    const { names, seen, report } = steps();
    const result = await client().submit(submission(), report);
    assert.deepEqual(result, { url: result.url, number: 1, branch: submission().branch, commit: await project.repository.head(submission().branch), updated: false, project: 'data/dags' });
    assert.ok(result.url.startsWith(`${forge.url}/data/dags/`), result.url);
    assert.deepEqual(names(), ['look', 'branch', 'commit', 'request', 'done']);
    assert.deepEqual(seen.at(-1)[1], result);
    await one(project);
    assert.equal(project.requests[0].title, submission().title);
    assert.equal(project.requests[0].description, submission().description);
    assert.equal(writes(forge).length, calls, writes(forge).join());
    assert.deepEqual(await project.repository.branches(), [submission().branch, 'main']);
  });

  named('the same submission again finds what is there, and writes nothing', async (t) => {
    const { forge, project, client } = await begin(t, kind);
    const first = await client().submit(submission());
    const before = writes(forge).length;
    const { names, report } = steps();
    assert.deepEqual(await client().submit(submission(), report), first);
    assert.deepEqual(names(), ['look', 'done']);
    assert.equal(writes(forge).length, before);
    await one(project);
  });

  named('a double click gives one of each', async (t) => {
    const { project, client } = await begin(t, kind);
    const [first, second] = await Promise.all([client().submit(submission()), client().submit(submission())]);
    assert.equal(first.url, second.url);
    assert.equal(first.commit, second.commit);
    await one(project);
  });

  named('twenty people at once lose nothing and double nothing', async (t) => {
    const { project, client } = await begin(t, kind);
    const wanted = Array.from({ length: 20 }, (_, number) => submission(number));
    const results = await Promise.all(wanted.map((each) => client().submit(each)));
    assert.equal(new Set(results.map(({ url }) => url)).size, 20);
    assert.deepEqual(project.requests.map(({ branch }) => branch).sort(), wanted.map(({ branch }) => branch).sort());
    for (const each of wanted) await inspect(project.repository, each);
    assert.equal((await project.repository.branches()).length, 21);
  });

  for (const [name, path, fault] of [
    ['the line breaks before the commit arrives', commit, { act: 'drop' }],
    ['the line breaks after the commit was made', commit, { act: 'drop-after' }],
    ['a proxy gives up after the commit was made', commit, { act: 'answer-after', status: 502, body: '<html><title>502 Bad Gateway</title>', cors: false }],
    ['the commit fails inside the server', commit, { act: 'answer', status: 500, body: { message: '500 Internal Server Error' } }],
    ['the answer to the commit is cut off', commit, { act: 'answer-after', status: 201, body: '{"id": "4f' }],
    ['the line breaks before the request is opened', open, { act: 'drop' }],
    ['the line breaks after the request was opened', open, { act: 'drop-after' }],
    ['a page comes instead of the answer that the request was opened', open, { act: 'answer-after', status: 200, body: '<!doctype html><title>Sign in</title>' }],
  ]) {
    named(`one of each although ${name}`, async (t) => {
      const { forge, project, client } = await begin(t, kind);
      forge.fault({ method: 'POST', path, ...fault });
      const result = await client().submit(submission());
      assert.equal(result.number, 1);
      await one(project);
    });
  }

  named('a commit that never arrives is tried three times, and nothing is there', async (t) => {
    const { forge, project, client, waits } = await begin(t, kind);
    forge.fault({ method: 'POST', path: commit, act: 'drop', times: 9 });
    const { params } = await problem(client().submit(submission()), 'no-cors-or-network');
    assert.deepEqual(params, { origin: 'https://portal.example.com', server: forge.url });
    assert.equal(forge.faults[0].times, 6);
    assert.deepEqual(waits, [1000, 2000]);
    assert.deepEqual(await project.repository.branches(), ['main']);
  });

  named('when only the request cannot be opened, the way to open it by hand is told', async (t) => {
    const { forge, project, client } = await begin(t, kind);
    forge.fault({ method: 'POST', path: open, act: 'answer', status: 500, body: { message: 'Boom' }, times: 9 });
    const { params, words } = await problem(client().submit(submission()), 'server');
    assert.equal(words, 'Boom');
    assert.equal(params.branch, submission().branch);
    assert.ok(params.open.startsWith(`${forge.url}/data/dags/`), params.open);
    await inspect(project.repository, submission());
    forge.faults.length = 0;
    await client().submit(submission());
    await one(project);
  });

  for (const step of ['look', 'branch', 'commit', 'request']) {
    named(`who stops at “${step}” is obeyed, and going on gives one of each`, async (t) => {
      const { project, client } = await begin(t, kind);
      const stop = new AbortController();
      await problem(client(TOKENS.ada, { signal: stop.signal }).submit(submission(), (now) => now === step && stop.abort()), 'cancelled');
      assert.equal(project.requests.length, 0);
      await client().submit(submission());
      await one(project);
    });
  }

  for (const [name, path] of [['commit', commit], ['request', open]]) {
    named(`a page that is closed while the ${name} is under way loses and doubles nothing`, async (t) => {
      const { forge, project, client } = await begin(t, kind);
      const stop = new AbortController();
      let go;
      forge.fault({ method: 'POST', path, act: 'hold', until: new Promise((resolve) => (go = resolve)) });
      const stopped = problem(client(TOKENS.ada, { signal: stop.signal }).submit(submission()), 'cancelled');
      while (forge.faults[0].times > 0) await new Promise((resolve) => setTimeout(resolve, 5));
      stop.abort();
      await stopped;
      // The server goes on with it while the next page looks.
      go();
      await client().submit(submission());
      await one(project);
    });
  }

  named('who stops while waiting waits no longer', async (t) => {
    const { forge, client } = await begin(t, kind);
    forge.fault({ act: 'answer', status: 429, body: 'Retry later\n', times: 9 });
    const stop = new AbortController();
    const report = (step) => step === 'wait' && setTimeout(() => stop.abort(), 10);
    await problem(client(TOKENS.ada, { signal: stop.signal, wait: () => new Promise(() => {}) }).submit(submission(), report), 'cancelled');
  });

  named('a branch with the same content is taken as it is', async (t) => {
    const { forge, project, client } = await begin(t, kind);
    const wanted = submission();
    const made = await project.repository.push(wanted.branch, Object.fromEntries(wanted.files.map(({ path, text }) => [path, text])), ADA, wanted.message, 'main');
    const result = await client().submit(wanted);
    assert.equal(result.commit, made);
    assert.equal(writes(forge).filter((each) => commit.test(each.replace(/^POST /, ''))).length, 0);
    await one(project);
  });

  named('a branch with other content and no open request is nobody’s to overwrite', async (t) => {
    const { project, client } = await begin(t, kind);
    const made = await project.repository.push(submission().branch, { 'other.py': 'x' }, ADA, 'Other', 'main');
    const { params } = await problem(client().submit(submission()), 'branch-exists');
    assert.equal(params.branch, submission().branch);
    assert.equal(await project.repository.head(submission().branch), made);
    assert.equal(project.requests.length, 0);
  });

  named('a request that is open gets one more commit, and only if something changed', async (t) => {
    const { project, client } = await begin(t, kind);
    const first = await client().submit(submission());
    const [config, dag] = submission().files;
    const changed = submission(1, { message: 'Change DAG reporting_refresh_1', files: [config, { ...dag, text: 'print("changed")\n' }] });
    const { names, report } = steps();
    const second = await client().submit(changed, report);
    assert.deepEqual([second.url, second.updated], [first.url, true]);
    assert.notEqual(second.commit, first.commit);
    assert.deepEqual(names(), ['look', 'branch', 'commit', 'done']);
    assert.deepEqual(await client().submit(changed), { ...second, updated: false });
    await inspect(project.repository, changed, { commits: 2 });
    assert.equal((await project.repository.show(second.commit)).parents[0], first.commit);
    assert.equal(project.requests.length, 1);
  });

  named('one more commit whose answer is lost is one more commit', async (t) => {
    const { forge, project, client } = await begin(t, kind);
    await client().submit(submission());
    const changed = submission(1, { files: [{ ...submission().files[1], text: 'print("changed")\n' }] });
    forge.fault({ path: again, act: 'drop-after' });
    const { updated, commit: head } = await client().submit(changed);
    assert.equal(updated, true);
    assert.equal(head, await project.repository.head(changed.branch));
    assert.equal(await project.repository.count(`main..${head}`), 2);
  });

  named('two pages that change an open request at once leave no mix of both', async (t) => {
    const { project, client } = await begin(t, kind);
    await client().submit(submission());
    const version = (await client().read(submission().files[0].path, submission().branch)).version;
    const changes = ['one', 'two'].map((text) => submission(1, { files: [{ ...submission().files[0], text, expected: version }] }));
    const results = await Promise.allSettled(changes.map((each) => client().submit(each)));
    const done = results.filter(({ status }) => status === 'fulfilled');
    assert.equal(done.length, 1);
    const { reason } = results.find(({ status }) => status === 'rejected');
    const winner = results.indexOf(done[0]) === 0 ? 'one' : 'two';
    assert.deepEqual([reason.code, reason.params.theirs.text], ['conflict', winner]);
    assert.equal(await project.repository.text(submission().branch, submission().files[0].path), winner);
  });

  named('a file that changed since it was opened stops with theirs, and can be sent again', async (t) => {
    const { project, client } = await begin(t, kind);
    const opened = await client().read(OPENED);
    await project.repository.push('main', { [OPENED]: 'theirs\n' }, BOB);
    const wanted = (expected) => submission(1, { files: [{ path: OPENED, text: 'mine\n', expected }] });
    const { params } = await problem(client().submit(wanted(opened.version)), 'conflict');
    assert.equal(params.path, OPENED);
    assert.equal(params.theirs.text, 'theirs\n');
    assert.deepEqual(await project.repository.branches(), ['main']);
    await client().submit(wanted(params.theirs.version));
    await one(project, wanted());
  });

  named('a file that came or went since then is a conflict as well', async (t) => {
    const { client } = await begin(t, kind);
    const wanted = (path, expected) => submission(1, { files: [{ path, text: 'mine\n', expected }] });
    assert.equal((await problem(client().submit(wanted(OPENED, null)), 'conflict')).params.theirs.text, 'template: kubernetes-job@1\npackage: reporting\nname: daily\n');
    assert.deepEqual((await problem(client().submit(wanted(CONFIG, '0'.repeat(40))), 'conflict')).params, { path: CONFIG, theirs: null });
  });

  named('what is already there as wanted is no conflict, but no change either', async (t) => {
    const { project, client } = await begin(t, kind);
    const text = await project.repository.text('main', OPENED);
    await problem(client().submit(submission(1, { files: [{ path: OPENED, text, expected: null }] })), 'unchanged');
    assert.deepEqual(await project.repository.branches(), ['main']);
  });

  named('after the merge the same submission tells where it went', async (t) => {
    const { forge, project, client } = await begin(t, kind);
    const result = await client().submit(submission());
    await forge.state.merge(await forge.state.follow(project.requests[0]));
    assert.equal((await problem(client().submit(submission()), 'unchanged')).params.url, result.url);
    assert.equal((await client().state(submission())).state, 'merged');
    await project.repository.remove(submission().branch);
    assert.equal((await problem(client().submit(submission()), 'unchanged')).params.number, result.number);
    assert.equal(project.requests.length, 1);
  });

  named('a request that was closed without a merge is followed by a new one', async (t) => {
    const { project, client } = await begin(t, kind);
    await client().submit(submission());
    project.requests[0].state = 'closed';
    assert.equal((await client().submit(submission())).number, 2);
    assert.deepEqual(project.requests.map(({ state }) => state), ['closed', 'open']);
  });

  named('who may not push sends it from a fork', async (t) => {
    const { forge, project, client } = await begin(t, kind);
    const { names, report } = steps();
    const result = await client(TOKENS.bob).submit(submission(), report);
    const fork = forge.state.projects.find(({ forkOf }) => forkOf === project);
    assert.deepEqual([result.project, fork.path], ['bob/dags', 'bob/dags']);
    assert.ok(result.url.startsWith(`${forge.url}/data/dags/`), result.url);
    assert.ok(names().includes('fork'));
    assert.deepEqual(await project.repository.branches(), ['main']);
    await inspect(fork.repository, submission(), { person: BOB });
    assert.deepEqual(project.requests.map(({ source }) => source.path), ['bob/dags']);
    assert.deepEqual(await client(TOKENS.bob).submit(submission()), result);
    assert.equal((await client(TOKENS.bob).state(submission())).number, 1);
    assert.equal(project.requests.length, 1);
  });

  named('what somebody else has asked for already is not asked for again', async (t) => {
    const { forge, project, client } = await begin(t, kind);
    const first = await client().submit(submission());
    assert.deepEqual(await client(TOKENS.bob).submit(submission()), first);
    assert.equal(forge.state.projects.length, 1);
    await one(project);
    // Other content is another matter, even if the branch has the same name.
    const other = submission(1, { files: [{ path: CONFIG, text: 'other\n' }] });
    if (kind === 'gitea') {
      // Its forks copy every branch, and cannot do otherwise.
      await problem(client(TOKENS.bob).submit(other), 'branch-exists');
    } else {
      assert.equal((await client(TOKENS.bob).submit(other)).project, 'bob/dags');
      assert.equal(project.requests.length, 2);
    }
    assert.equal(await project.repository.head(submission().branch), first.commit);
  });

  named('a fork that is there and far behind still gives a request with only the new files', async (t) => {
    const { forge, project, client } = await begin(t, kind);
    const fork = await forge.state.addFork(project, forge.state.people.get('bob'));
    const version = await project.repository.push('main', { [OPENED]: 'newer\n', 'dags/other.py': 'x\n' }, ADA);
    const opened = await client(TOKENS.bob).read(OPENED);
    const wanted = submission(1, { files: [{ path: OPENED, text: 'mine\n', expected: opened.version }, { path: CONFIG, text: 'new\n', expected: null }] });
    await client(TOKENS.bob).submit(wanted);
    assert.equal(forge.state.projects.length, 2);
    const head = await fork.repository.head(wanted.branch);
    assert.deepEqual((await fork.repository.show(head)).parents, [version]);
    await inspect(fork.repository, wanted, { person: BOB, start: version });
  });

  named('a fork that two pages make at once is one fork', async (t) => {
    const { forge, project, client } = await begin(t, kind);
    const [first, second] = await Promise.all([client(TOKENS.bob).submit(submission()), client(TOKENS.bob).submit(submission())]);
    assert.equal(first.url, second.url);
    assert.equal(forge.state.projects.filter(({ forkOf }) => forkOf === project).length, 1);
    assert.equal(project.requests.length, 1);
  });

  named('where forks are not allowed, that is what is said', async (t) => {
    const { client } = await begin(t, kind, { project: { forkable: false } });
    assert.equal((await problem(client(TOKENS.bob).submit(submission()), 'protected')).params.fork, 'refused');
  });

  named('a fork whose request was lost is taken up again', async (t) => {
    const { forge, project, client } = await begin(t, kind);
    forge.fault({ method: 'POST', path: forks, act: 'drop-after' });
    await client(TOKENS.bob).submit(submission());
    assert.equal(forge.state.projects.filter(({ forkOf }) => forkOf === project).length, 1);
    assert.equal(project.requests.length, 1);
  });

  named('a branch that nobody may push to is said to be protected', async (t) => {
    const { project, client } = await begin(t, kind, { project: { guarded: { 'dagwright/*': 'admin' } } });
    await problem(client().submit(submission()), 'protected');
    assert.equal(project.requests.length, 0);
  });

  named('a busy forge is asked three times, with rests that grow', async (t) => {
    const { forge, project, client, waits } = await begin(t, kind);
    forge.fault({ method: 'POST', path: commit, act: 'answer', status: 429, body: 'Retry later\n', times: 2 });
    const { seen, report } = steps();
    await client().submit(submission(), report);
    assert.deepEqual(waits, [1000, 2000]);
    assert.deepEqual(seen.filter(([step]) => step === 'wait').map(([, detail]) => detail), [{ seconds: 1 }, { seconds: 2 }]);
    await one(project);
  });

  named('a forge that stays busy is left alone', async (t) => {
    const { forge, client } = await begin(t, kind);
    forge.fault({ method: 'GET', path: /\/user$/, act: 'answer', status: 429, body: 'Retry later\n', times: 99 });
    await problem(client().person(), 'rate-limit');
    assert.equal(forge.faults[0].times, 96);
  });

  named('rests are longer by chance, never longer than twice', async (t) => {
    const { forge, client, waits } = await begin(t, kind);
    forge.fault({ method: 'GET', act: 'answer', status: 429, body: 'Retry later\n', times: 3 });
    await problem(client(TOKENS.ada, { random: () => 0.999 }).person(), 'rate-limit');
    assert.deepEqual(waits.map(Math.round), [1999, 3998]);
  });

  for (const [name, token] of [['that the forge does not know', 'glpat-WrongWrongWrongWrong'], ['that has run out', 'glpat-OldOldOldOldOldOldOld']]) {
    named(`a token ${name} leads to signing in`, async (t) => {
      const { forge, client } = await begin(t, kind);
      forge.state.addToken('glpat-OldOldOldOldOldOldOld', 'ada', { expired: true });
      for (const act of [(one) => one.person(), (one) => one.project(), (one) => one.submit(submission()), (one) => one.read('README.md')]) {
        assert.equal((await problem(act(client(token)), 'signed-out')).status, 401);
      }
    });
  }

  named('a token that runs out in the middle is renewed once, and the work goes on', async (t) => {
    const { forge, project, client } = await begin(t, kind);
    forge.state.addToken('glpat-OldOldOldOldOldOldOld', 'ada', { expired: true });
    let now = 'glpat-OldOldOldOldOldOldOld';
    let renewals = 0;
    const renew = async () => ((renewals += 1), (now = TOKENS.ada));
    await client({ current: () => now, renew }).submit(submission());
    assert.equal(renewals, 1);
    await one(project);
    now = 'glpat-OldOldOldOldOldOldOld';
    await problem(client({ current: () => now, renew: async () => ((renewals += 1), now) }).person(), 'signed-out');
    assert.equal(renewals, 2);
  });

  named('a project that is not there, or hidden, is one and the same', async (t) => {
    const { client } = await begin(t, kind, { project: { secret: true } });
    for (const act of [(one) => one.project(), (one) => one.read('README.md'), (one) => one.submit(submission())]) {
      await problem(act(client(TOKENS.eve)), 'not-found-or-no-access');
      await problem(act(client(TOKENS.ada, { settings: { project: 'data/nothing' } })), 'not-found-or-no-access');
    }
  });

  named('nothing goes on to where the forge leads, neither what is read nor what is written', async (t) => {
    const { forge, project, client } = await begin(t, kind);
    const reached = [];
    const elsewhere = createHttpServer((request, response) => {
      reached.push(`${request.method} ${request.url}`);
      response.setHeader('access-control-allow-origin', '*').end('{}');
    });
    await new Promise((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    t.after(() => elsewhere.close());
    const headers = { location: `http://127.0.0.1:${elsewhere.address().port}/` };
    for (const [method, path, status] of [['GET', undefined, 302], ['POST', commit, 307], ['POST', commit, 308], ['POST', open, 303]]) {
      forge.fault({ method, path, act: 'answer', status, body: '', headers });
      const { params } = await problem(client().submit(submission()), 'redirected');
      assert.equal(params.server, forge.url);
    }
    assert.deepEqual(reached, []);
    await client().submit(submission());
    await one(project);
  });

  named('an archived project takes nothing', async (t) => {
    const { forge, client } = await begin(t, kind, { project: { archived: true } });
    assert.equal((await client().project()).archived, true);
    assert.ok((await problem(client().submit(submission()), 'archived')).params.url.startsWith(forge.url));
    assert.deepEqual(writes(forge), []);
  });

  named('a project that was renamed is told as such, and by a relay that follows with its new name', async (t) => {
    const { forge, project, client } = await begin(t, kind);
    forge.state.rename(project, 'platform/pipelines');
    assert.equal((await problem(client().submit(submission()), 'redirected')).params.url, `${forge.url}/data/dags`);
    const relay = (address, options) => fetch(address, { ...options, redirect: 'follow' });
    const { params } = await problem(client(TOKENS.ada, { fetch: relay }).submit(submission()), 'moved');
    assert.deepEqual(params, { what: 'project', from: 'data/dags', to: 'platform/pipelines' });
    await client(TOKENS.ada, { settings: { project: params.to } }).submit(submission());
    await one(project);
  });

  named('a branch to merge into that is gone is told with the default one', async (t) => {
    const { client } = await begin(t, kind);
    const { params } = await problem(client(TOKENS.ada, { settings: { target: 'master' } }).submit(submission()), 'moved');
    assert.deepEqual(params, { what: 'branch', from: 'master', to: 'main' });
  });

  named('requests go to the branch that the settings name', async (t) => {
    const { project, client } = await begin(t, kind);
    await project.repository.push('release/2026', { 'release.txt': 'x' }, ADA, 'Release', 'main');
    const ada = client(TOKENS.ada, { settings: { target: 'release/2026' } });
    await ada.submit(submission());
    assert.equal(project.requests[0].target, 'release/2026');
    assert.equal(await project.repository.text(submission().branch, 'release.txt'), 'x');
    assert.equal((await ada.read('release.txt')).text, 'x');
    await inspect(project.repository, submission(), { start: 'release/2026' });
  });

  named('files and folders are read as they are', async (t) => {
    const { project, client } = await begin(t, kind);
    const text = '\uFEFFü “x” 日本語 🚀\r\n\tno end of line';
    await project.repository.push('main', { 'folder with space/ü #1?.yaml': text, ...Object.fromEntries(Array.from({ length: 130 }, (_, index) => [`many/${index}.yaml`, 'x'])) }, ADA);
    const head = await project.repository.head('main');
    const file = await client().read('folder with space/ü #1?.yaml');
    assert.deepEqual([file.text, file.commit], [text, head]);
    assert.deepEqual(await client().read('folder with space/ü #1?.yaml', head), file);
    assert.deepEqual(await client().files('folder with space'), ['folder with space/ü #1?.yaml']);
    const pages = [];
    assert.equal((await client().files('many', (paths) => pages.push(paths))).length, 130);
    assert.equal(pages.flat().length, 130);
    assert.equal((await client().files('')).length, 134);
    for (const [path, ref] of [['configs/none.yaml'], ['none/none.yaml'], [OPENED, 'no-such-branch'], ['configs']]) assert.equal(await client().read(path, ref), null, path);
    assert.deepEqual(await client().files('none'), []);
    assert.deepEqual(await client().files('README.md'), []);
  });

  named('a large file is one too', async (t) => {
    const { project, client } = await begin(t, kind);
    const text = `# ${'ü'.repeat(600_000)}\n`;
    await client().submit(submission(1, { files: [{ path: 'large.py', text }] }));
    assert.equal((await client().read('large.py', submission().branch)).text, text);
    await client().submit(submission(1, { files: [{ path: 'large.py', text }] }));
    await one(project, submission(1, { files: [{ path: 'large.py', text }] }));
  });

  named('a draft is one', async (t) => {
    const { project, client } = await begin(t, kind);
    await client().submit(submission(1, { draft: true }));
    assert.ok(project.requests[0].draft ?? project.requests[0].title.startsWith(draft));
    assert.equal((await client().state(submission())).draft, true);
  });

  named('labels are set', async (t) => {
    const { project, client } = await begin(t, kind);
    project.labels = [{ id: 1, name: 'dagwright' }];
    await client().submit(submission());
    assert.deepEqual(project.requests[0].labels, ['dagwright']);
  });

  named('reviewers are asked, and those who cannot be are told', async (t) => {
    const { forge, project, client } = await begin(t, kind, { project: { secret: true, members: { ada: 'write', bob: 'write' } } });
    const result = await client().submit(submission(1, { reviewers: ['bob', 'nobody', 'ada'] }));
    assert.equal(project.requests.length, 1);
    assert.ok(project.requests[0].reviewers.includes('bob'));
    // GitLab lets people review their own.
    assert.deepEqual(result.unasked, kind === 'gitlab' ? ['nobody'] : ['nobody', 'ada']);
    const before = writes(forge).length;
    assert.equal((await client().submit(submission(1, { reviewers: ['bob', 'nobody'] }))).unasked, undefined);
    assert.equal(writes(forge).length, before);
  });

  named('the teams of a person are told', async (t) => {
    const { forge, client } = await begin(t, kind);
    assert.deepEqual(await client().teams(), []);
    forge.state.people.get('ada').teams.push('data/finance', 'data/ops');
    const teams = await client().teams();
    for (const team of ['data/finance', 'data/ops']) assert.ok(teams.includes(team), teams.join());
  });

  named('an update brings title and description with it, and leaves alone what tells of the content already', async (t) => {
    const { forge, project, client } = await begin(t, kind);
    const at = (hash, config, more) => submission(1, { hash, description: `About ${hash}`, files: [{ path: CONFIG, text: config }], ...more });
    await client().submit(at('aaaa', 'a\n', { draft: true }));
    const [request] = project.requests;
    const beginning = request.title.slice(0, -submission().title.length);
    await client().submit(at('bbbb', 'b\n', { title: 'Another title' }));
    assert.deepEqual([request.title, request.description], [`${beginning}Another title`, 'About bbbb']);
    request.description = 'About bbbb, which is fine';
    const before = writes(forge).length;
    await client().submit(at('bbbb', 'b\n', { title: 'Another title' }));
    assert.equal(writes(forge).length, before);
    // Where it cannot be told, the commit counts.
    forge.fault({ method: kind === 'gitlab' ? 'PUT' : 'PATCH', path: /\/(?:merge_requests|pulls)\/\d+$/, act: 'answer', status: 403, body: { message: '403 Forbidden' } });
    assert.equal((await client().submit(at('cccc', 'c\n'))).number, 1);
    assert.equal(await project.repository.text(request.branch, CONFIG), 'c\n');
    // Somebody else with the very same changes nothing of it.
    project.members.bob = 'write';
    await client(TOKENS.bob).submit(at('cccc', 'c\n', { title: 'Mine' }));
    assert.equal(request.title, `${beginning}Another title`);
    assert.equal(project.requests.length, 1);
  });

  named('an earlier request for the same config is found by its branch, and told apart from those of others', async (t) => {
    const { project, client } = await begin(t, kind);
    const stem = 'dagwright/reporting_refresh-';
    const wanted = (hash, path = CONFIG) => submission(1, { branch: `${stem}${hash}`, files: [{ path, text: `name: ${hash}\n` }] });
    assert.equal(await client().earlier({ stem, path: CONFIG }), null);
    await client().submit(wanted('00000001', 'configs/other/refresh.yaml'));
    await client().submit(wanted('0000000x'));
    assert.equal(await client().earlier({ stem, path: CONFIG }), null, 'another config of that name, and another branch');
    // Bob may not write, so that his comes from a fork.
    await client(TOKENS.bob).submit(wanted('00000003'));
    const theirs = await client().earlier({ stem, path: CONFIG });
    assert.deepEqual([theirs.number, theirs.own, theirs.fork, theirs.author], [3, false, true, 'bob']);
    const own = await client(TOKENS.bob).earlier({ stem, path: CONFIG });
    assert.deepEqual([own.number, own.own, own.fork], [3, true, true]);
    await client().submit(wanted('00000004'));
    assert.deepEqual([(await client().earlier({ stem, path: CONFIG })).number, (await client(TOKENS.bob).earlier({ stem, path: CONFIG })).number], [4, 3]);
    project.requests[3].state = 'closed';
    assert.equal((await client().earlier({ stem, path: CONFIG })).number, 3);
  });

  named('a request from a fork is read and gone on with in the fork', async (t) => {
    const { forge, project, client } = await begin(t, kind);
    const bob = client(TOKENS.bob);
    const result = await bob.submit(submission());
    const [{ path }] = submission().files;
    assert.equal(await bob.read(path, submission().branch), null);
    const there = await bob.read(path, submission().branch, { fork: true });
    assert.equal(there.text, submission().files[0].text);
    assert.equal((await bob.state(submission())).fork, true);
    // Even when he has got the right to write meanwhile.
    project.members.bob = 'write';
    const second = await bob.submit(submission(1, { fork: true, files: [{ path, text: 'more\n', expected: there.version }] }));
    assert.deepEqual([second.number, second.project, second.updated], [1, result.project, true]);
    assert.equal(project.requests.length, 1);
    assert.deepEqual(await project.repository.branches(), ['main']);
    assert.equal(await forge.state.find(result.project).repository.text(submission().branch, path), 'more\n');
  });

  named('the state of a request is told, with its checks', async (t) => {
    const { forge, project, client } = await begin(t, kind);
    assert.equal(await client().state(submission()), null);
    const { commit: head, url } = await client().submit(submission());
    assert.deepEqual(await client().state(submission()), { number: 1, url, state: 'open', draft: false, branch: submission().branch, commit: head, source: kind === 'gitlab' ? project.id : 'data/dags', author: 'ada', title: submission().title, description: submission().description, fork: false, pipeline: null });
    for (const [status, expected] of [['pending', 'waiting'], ['running', 'running'], ['success', 'passed'], ['failed', 'failed']]) {
      project.pipelines.set(head, { status });
      const { pipeline } = await client().state(submission());
      assert.equal(pipeline.state, kind === 'gitea' && status === 'running' ? 'waiting' : expected);
      assert.ok(pipeline.url.startsWith(forge.url), pipeline.url);
    }
  });

  named('no server, or one that does not let the page in, is told with both addresses', async (t) => {
    const { client } = await begin(t, kind);
    const server = createServer();
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${server.address().port}`;
    await new Promise((resolve) => server.close(resolve));
    for (const act of [(one) => one.person(), (one) => one.submit(submission())]) {
      assert.deepEqual((await problem(act(client(TOKENS.ada, { settings: { url: `${url}/` } })), 'no-cors-or-network')).params, { origin: 'https://portal.example.com', server: url });
    }
  });

  named('a server that is down is asked again as long as it is only asked', async (t) => {
    const { forge, project, client } = await begin(t, kind);
    forge.fault({ method: 'GET', act: 'answer', status: 503, body: '<html><head><title>Waiting for the server</title>', times: 2 });
    await client().submit(submission());
    await one(project);
    forge.fault({ method: 'GET', act: 'answer', status: 503, body: '<html><head><title>Waiting for the server</title>', times: 3 });
    assert.equal((await problem(client().person(), 'server')).words, 'Waiting for the server');
  });

  named('an answer that is no JSON is an error of the server', async (t) => {
    const { forge, client } = await begin(t, kind);
    for (const body of ['<!doctype html><title>Sign in to the proxy</title>', '{"id": 1, "na', '']) {
      forge.fault({ method: 'GET', act: 'answer', status: 200, body, times: 1 });
      await problem(client().person(), 'server');
    }
  });

  named('a server that never answers is waited for only so long', async (t) => {
    const { forge, client } = await begin(t, kind);
    forge.fault({ method: 'GET', act: 'hold', until: new Promise((resolve) => setTimeout(resolve, 300)), times: 9 });
    assert.deepEqual((await problem(client(TOKENS.ada, { patience: 50 }).person(), 'timeout')).params, { seconds: 0.05 });
  });

  named('a server that repeats the token is not quoted with it', async (t) => {
    const { forge, client } = await begin(t, kind);
    const echo = `Bad credentials “${TOKENS.ada}” in Authorization: Bearer ${TOKENS.ada} or PRIVATE-TOKEN: ${TOKENS.bob}, ${encodeURIComponent(TOKENS.eve)}`;
    for (const [status, body] of [[400, { message: echo }], [401, { message: echo }], [403, { message: [echo] }], [422, { message: { base: [echo] } }], [500, `<title>${echo}</title>`]]) {
      forge.fault({ method: 'GET', path: /\/user$/, act: 'answer', status, body });
      await client().person().then(assert.fail, async (error) => {
        await problem(Promise.reject(error), error.code);
        assert.match(error.words, /Bad credentials/);
      });
    }
  });

  named('a token that looks like nothing in particular is blanked too', async (t) => {
    const { forge, client } = await begin(t, kind);
    const token = forge.state.addToken('5f/e0+c1=a2.b3', 'ada');
    forge.fault({ method: 'GET', path: /\/user$/, act: 'answer', status: 401, body: { message: `No: ${token}, ${encodeURIComponent(token)}.` } });
    assert.equal((await problem(client(token).person(), 'signed-out')).words, 'No: …, ….');
  });

  named('neither the client nor the forge shows a token', async (t) => {
    const { forge, client } = await begin(t, kind);
    const ada = client();
    await ada.submit(submission());
    const { inspect: show } = await import('node:util');
    assert.ok(!show(ada, { depth: 9, showHidden: true }).includes(TOKENS.ada));
    for (const { path, query, body } of forge.log) assert.ok(!`${path}?${query}${body}`.includes(TOKENS.ada), path);
  });
}
