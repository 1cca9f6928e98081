// Real Airflow loads and serialises what the command writes, without a warning, and sees in it what the engine saw.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';
import { dagwright, repository, workspace } from '../package/installed.mjs';

const versions = ['2.5.3', '2.11.2', '3.3.2'];

/** Every example of the catalogue, and every config that the engine's own tests call right. */
const configs = Object.fromEntries(
  ['templates/kubernetes-job/examples', 'core/tests/fixtures/ok', 'core/tests/fixtures/render'].flatMap((folder) =>
    readdirSync(join(repository, folder)).map((name) => [
      `configs/${folder.split('/').at(-1)}/${name}`,
      readFileSync(join(repository, folder, name), 'utf8'),
    ]),
  ),
);

const any = 'configs/any.yaml';
/** Starts when any of two assets was updated, which Airflow knows from 2.9 on. */
const waitsForAny = readFileSync(join(repository, 'templates/kubernetes-job/examples/orders_report_when_ready.yaml'), 'utf8').replace(
  '  schedule:\n',
  '  schedule:\n    wait_for: any\n',
);

const environment = (version) =>
  execFileSync('bash', [join(repository, 'tests/airflow/environment.sh'), version], { encoding: 'utf8' }).trim();

/** A DAG by what both sides say of it. */
const facts = ({ dag_id, schedule, catchup, tags, tasks, groups, partial }) => ({
  dag_id,
  schedule: schedule?.text ?? (typeof schedule === 'string' ? schedule : null),
  catchup,
  tags,
  groups,
  partial,
  tasks: Object.fromEntries(
    tasks.map(({ task_id, operator, decorator, downstream, trigger_rule, retries, group }) => [
      task_id,
      { operator, decorator, downstream, trigger_rule, retries, group },
    ]),
  ),
});

/** What Airflow says of a DAG, without what the reader says is not known. */
function known(airflow, read) {
  const unknown = new Set(read.unknown);
  const seen = facts(airflow);
  const said = facts(read);
  // An order of groups has no meaning, and a file that does not say `catchup` leaves it to the configuration.
  const sorted = (groups) => groups.toSorted((one, other) => (one.group_id < other.group_id ? -1 : 1));
  for (const side of [seen, said]) {
    side.groups = sorted(side.groups);
    for (const member of ['schedule', 'tags']) if (unknown.has(member)) side[member] = null;
    if (read.catchup === null) side.catchup = null;
    for (const [id, task] of Object.entries(side.tasks)) {
      for (const member of ['operator', 'trigger_rule', 'retries']) if (said.tasks[id]?.[member] === null) task[member] = null;
    }
  }
  return [seen, said];
}

for (const version of versions) {
  test(`Airflow ${version} agrees with the engine`, () => {
    // One folder a config and environment: several configs make the same DAG, and each environment has its own Airflow.
    const known = version === '2.5.3' ? configs : { ...configs, [any]: waitsForAny };
    const place = workspace(known);
    const folders = Object.keys(known).flatMap((path, index) => {
      const out = `out/${index}`;
      const written = dagwright(place, ['generate', path, '--out', out, '--airflow', version]);
      assert.equal(written.status, 0, written.stderr);
      return readdirSync(join(place, out, 'dags')).map((folder) => join(out, 'dags', folder));
    });
    assert.ok(folders.length >= Object.keys(known).length);

    const judged = spawnSync(environment(version), [join(repository, 'tests/airflow/judge.py'), ...folders], {
      cwd: place,
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    });
    assert.notEqual(judged.status, 2, judged.stderr);
    const verdict = JSON.parse(judged.stdout);
    assert.equal(verdict.airflow, version);
    assert.ok(verdict.files.length >= folders.length, 'a folder is empty');

    const pathOf = (file) => relative(place, join(file.folder, file.path));
    const paths = verdict.files.map(pathOf);
    const read = dagwright(place, ['graph', ...paths, '--json', '--airflow', version]);
    assert.equal(read.status, 0, read.stderr);
    const graphs = new Map(JSON.parse(read.stdout).map((graph) => [graph.file, graph]));
    for (const file of verdict.files) {
      const path = pathOf(file);
      assert.deepEqual(file.import_errors, [], path);
      assert.deepEqual(file.serialisation_errors, {}, path);
      assert.deepEqual(file.warnings, [], path);
      const graph = graphs.get(path);
      assert.deepEqual(graph.unresolved, [], path);
      assert.equal(graph.dags.length, 1, path);
      assert.deepEqual(graph.dags.map(facts), file.dags.map(facts), path);
    }
  });

  test(`the judge for Airflow ${version} sees faults`, () => {
    const judged = spawnSync(environment(version), [join(repository, 'tests/airflow/judge_test.py')], { encoding: 'utf8' });
    assert.equal(judged.status, 0, judged.stdout + judged.stderr);
  });
}

test('what the reader is sure of is what Airflow makes', async (t) => {
  const folder = join(repository, 'core/tests/fixtures/python');
  const names = readdirSync(folder).filter((name) => name.endsWith('.py'));
  // Each in a folder of its own: several make the same DAG.
  const place = workspace(Object.fromEntries(names.map((name) => [`${name.slice(0, -3)}/${name}`, readFileSync(join(folder, name), 'utf8')])));
  const paths = names.map((name) => `${name.slice(0, -3)}/${name}`);
  const loaded = new Set();
  for (const version of versions) {
    const read = dagwright(place, ['graph', ...paths, '--json', '--airflow', version]);
    const graphs = new Map(JSON.parse(read.stdout).map((graph) => [graph.file, graph]));
    const judged = spawnSync(environment(version), [join(repository, 'tests/airflow/judge.py'), ...paths.map((path) => dirname(path))], {
      cwd: place,
      encoding: 'utf8',
      maxBuffer: 1 << 26,
      // What fixtures import from elsewhere.
      env: { ...process.env, PYTHONPATH: join(repository, 'tests/airflow/modules'), AIRFLOW_VAR_SCHEDULE: '@daily' },
    });
    assert.notEqual(judged.status, 2, judged.stderr);
    for (const file of JSON.parse(judged.stdout).files) {
      const path = relative(place, join(file.folder, file.path));
      if (file.import_errors.length > 0) continue;
      loaded.add(path);
      await t.test(`${path} with Airflow ${version}`, () => {
        const { dags, unresolved } = graphs.get(path);
        const ids = new Set(dags.map(({ dag_id }) => dag_id));
        const unnamed = dags.filter(({ dag_id }) => dag_id === null);
        for (const made of file.dags.filter(({ dag_id }) => !ids.has(dag_id))) {
          assert.ok(unnamed.length > 0 || unresolved.length > 0, `${made.dag_id} is not read`);
        }
        for (const dag of dags) {
          const made = file.dags.find(({ dag_id }) => dag_id === dag.dag_id);
          if (dag.dag_id === null || dag.partial) continue;
          assert.ok(made, `${dag.dag_id} is invented`);
          const [seen, said] = known(made, dag);
          assert.deepEqual(said, seen);
        }
      });
    }
  }
  await t.test('a fixture that no Airflow loads is found wrong', () => {
    const others = paths.filter((path) => !loaded.has(path));
    assert.deepEqual(others, ['wrong/wrong.py']);
    for (const path of others) assert.equal(dagwright(place, ['graph', path]).status, 1, path);
  });
});

test('Airflow 2.5.3 cannot wait for any of several assets, and the engine says so', () => {
  const place = workspace({
    [any]: waitsForAny,
    'dags/any.py': 'from airflow import DAG, Dataset\n\nwith DAG("any", schedule=(Dataset("a") | Dataset("b"))):\n    pass\n',
  });
  const said = dagwright(place, ['validate', any, '--airflow', '2.5.3']);
  assert.equal(said.status, 1);
  assert.match(said.stdout, /Airflow 2\.5\.3 takes no \| between datasets/);
  const judged = spawnSync(environment('2.5.3'), [join(repository, 'tests/airflow/judge.py'), 'dags'], { cwd: place, encoding: 'utf8' });
  assert.equal(judged.status, 1, judged.stderr);
  assert.match(JSON.parse(judged.stdout).files[0].import_errors[0], /TypeError: unsupported operand type\(s\) for \|/);
});
