// What the tests of all kinds of forge begin with: a forge with a team and its project, and a client that does not really wait.
import assert from 'node:assert/strict';
import { connect } from '../../web/elements/forge.js';
import { startForge } from './server.mjs';

export const TOKENS = { ada: 'glpat-AdaAdaAdaAdaAdaAda01', bob: 'glpat-BobBobBobBobBobBob02', eve: 'glpat-EveEveEveEveEveEve03' };

export const CONFIG = 'configs/reporting/refresh.yaml';
export const DAG = 'dags/reporting/reporting_refresh.py';
const OPENED = 'template: kubernetes-job@1\npackage: reporting\nname: daily\n';

/**
 * A forge with data/dags in it: Ada may push, Bob may only read, Eve is a stranger.
 * It ends with the test, and then everything must have been as the forge's description says.
 */
export async function begin(test, kind, { project: more, ...options } = {}) {
  const forge = await startForge(kind, options);
  for (const [login, name] of [['ada', 'Ada Lovelace'], ['bob', 'Bob Ross'], ['eve', 'Eve Polastri']]) forge.state.addPerson({ login, name });
  for (const [login, token] of Object.entries(TOKENS)) forge.state.addToken(token, login);
  const project = await forge.state.addProject({ path: 'data/dags', files: { 'README.md': '# DAGs\n', 'configs/reporting/daily.yaml': OPENED, 'dags/reporting/reporting_daily.py': 'print(1)\n' }, members: { ada: 'write', bob: 'read' }, ...more });
  test.after(async () => {
    await forge.close();
    assert.deepEqual([...new Set(forge.violations)], []);
  });
  const waits = [];
  const client = (token = TOKENS.ada, { settings, ...world } = {}) =>
    connect({ kind, url: forge.url, project: 'data/dags', ...settings }, token, { wait: async (milliseconds) => void waits.push(milliseconds), random: () => 0, origin: 'https://portal.example.com', ...world });
  return { forge, project, client, waits };
}

/** What a page hands over; the branch is named after the content. */
export function submission(number = 1, more = {}) {
  const config = `template: kubernetes-job@1\npackage: reporting\nname: refresh_${number}\n# Ünïcode, “quotes”, \t tabs\r\nand no end of line: 日本語 🚀`;
  return {
    branch: `dagwright/reporting/refresh_${number}-${'0123456789ab'.slice(0, 12)}`,
    title: `Add DAG reporting_refresh_${number}`,
    message: `Add DAG reporting_refresh_${number}\n\nMade with Dagwright.`,
    description: 'What it does:\n\n* “refresh”',
    labels: ['dagwright'],
    files: [
      { path: CONFIG.replace('refresh', `refresh_${number}`), text: config, expected: null },
      { path: DAG.replace('refresh', `refresh_${number}`), text: `print("${number}")\n` },
    ],
    ...more,
  };
}

/** The codes of steps, waits left out. */
export function steps() {
  const seen = [];
  const report = (step, detail) => seen.push([step, detail]);
  return { seen, report, names: () => seen.map(([step]) => step) };
}

/** Fails unless the promise fails with a Problem of that code; gives the Problem. */
export async function problem(promise, code) {
  try {
    await promise;
  } catch (error) {
    assert.equal(error.name, 'Problem', error.stack);
    assert.equal(error.code, code, `${error.message} ${JSON.stringify(error.params)}`);
    // Nothing that can be printed, copied or sent holds a token.
    const all = [error.stack, error.message, error.words, JSON.stringify(error), JSON.stringify(error.params), String(error.cause)].join(' ');
    for (const token of Object.values(TOKENS)) assert.ok(!all.includes(token), `The token is in: ${all}`);
    return error;
  }
  return assert.fail(`It was to fail with ${code}, but did not.`);
}

/** The branch holds one commit on top of where it started, with exactly these bytes. */
export async function inspect(repository, wanted, { person = { name: 'Ada Lovelace', email: 'ada@example.com' }, start = 'main', commits = 1 } = {}) {
  const head = await repository.head(wanted.branch);
  assert.ok(head, `There is no branch ${wanted.branch}`);
  assert.equal(await repository.count(`${await repository.base(await repository.commit(start), head)}..${head}`), commits);
  for (const { path, text } of wanted.files) {
    const entry = await repository.entry(head, path);
    assert.equal(entry?.mode, '100644', path);
    assert.ok(Buffer.from(text).equals(await repository.bytes(entry.sha)), `${path} has other bytes`);
  }
  const { name, email, message } = await repository.show(head);
  assert.deepEqual({ name, email, message: message.trimEnd() }, { ...person, message: wanted.message });
  await repository.fsck();
  return head;
}

/** Hands the same in twice as Ada, and answers with the path and version of its config. */
export async function handedIn(client, project) {
  assert.equal((await client().person()).name, 'Ada Lovelace');
  await client().submit(submission());
  await inspect(project.repository, submission());
  await client().submit(submission());
  const path = CONFIG.replace('refresh', 'refresh_1');
  const { version } = await client().read(path, submission().branch);
  return { path, version };
}

/** Writes that the forge took. */
export const writes = (forge) => forge.log.filter(({ method, status }) => !['GET', 'HEAD'].includes(method) && status < 300).map(({ method, path }) => `${method} ${path.replace(/^\/api\/v\d/, '')}`);
