// Factories create their DAGs from rows of a real PostgreSQL, whatever state it and its rows are in.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { dagwright, repository, workspace } from '../package/installed.mjs';
import { python, startParser } from './parser.mjs';
import { startPostgres } from './postgres.mjs';

const TABLE = 'yellowlive_airflow_dsg';
const FACTORY = 'yellowlive_factory_dag';
const STREAM = 'yellowlive__Store1_ingestion';

/** The same config as the example of the template for one stream. */
const config = {
  stream_key: 'Store1',
  single_dataset: false,
  datasets: ['customers', 'addresses'],
  store_name: 'Store1',
  ingestion_type: 'sql_snapshot',
  namespace_name: 'ns-kub-pg-test',
  platform_name: 'yellowlive',
  original_platform_name: 'YellowLive',
  postgres_hostname: 'pg-data',
  postgres_database: 'datasurface_merge',
  postgres_port: 5432,
  postgres_credential_secret_name: 'postgres',
  git_credential_secret_name: 'git',
  slack_credential_secret_name: 'slack',
  datasurface_docker_image: 'datasurface/datasurface:1.0.0',
  git_repo_url: 'https://github.com/billynewport/mvpmodel',
  git_repo_branch: 'main',
  source_credential_secret_name: 'postgres',
};
const stream = (stream_key) => ({ ...config, stream_key });
/** What a factory may say for all of its rows. */
const shared = Object.keys(config).filter(
  (name) => !['stream_key', 'single_dataset', 'datasets', 'store_name', 'ingestion_type', 'source_credential_secret_name'].includes(name),
);
const dagOf = (key) => `yellowlive__${key}_ingestion`;

const literal = (text) => `'${text.replaceAll("'", "''")}'`;
const insert = (key, content, status = 'active') =>
  `INSERT INTO ${TABLE} (stream_key, config_json, status) VALUES (${literal(key)}, ${literal(
    typeof content === 'string' ? content : JSON.stringify(content),
  )}, ${literal(status)});`;

let postgres;
before(async () => {
  postgres = await startPostgres();
});
after(() => postgres?.remove());

const generate = (version, text) => {
  const place = workspace({ 'config.yaml': text });
  const written = dagwright(place, ['generate', 'config.yaml', '--out', 'out', '--airflow', version]);
  assert.equal(written.status, 0, written.stdout + written.stderr);
  const files = readdirSync(join(place, 'out'), { recursive: true }).filter((path) => path.endsWith('.py'));
  assert.equal(files.length, 1);
  return join(place, 'out', files[0]);
};
const example = (template, name) => readFileSync(join(repository, 'templates', template, 'examples', `${name}.yaml`), 'utf8');
const factoryConfig = (changes = '') =>
  example('ingestion-factory', FACTORY).replace(
    /parameters:\n[^]*/,
    `parameters:
  platform_name: yellowlive
  postgres_hostname: ${postgres.host}
  postgres_port: ${postgres.port}
  postgres_database: ${postgres.database}
  owner: data-platform
  time_to_live: 1s
  database_timeout: 1s
${changes}`,
  );
const expire = () => new Promise((resolve) => setTimeout(resolve, 1100));

for (const version of ['2.11.2', '3.3.2']) {
  describe(`Airflow ${version}`, () => {
    let home;
    let file;
    let parser;
    const env = () => ({ FACTORY_POSTGRES_USER: postgres.user, FACTORY_POSTGRES_PASSWORD: postgres.password });
    const snapshots = () => join(home, 'configuration_snapshots');
    const snapshot = () => join(snapshots(), readdirSync(snapshots())[0]);
    const parse = async (request) => {
      const outcome = await parser.parse(request);
      assert.deepEqual(outcome.import_errors, [], parser.said());
      return outcome;
    };
    const ids = ({ dags }) => Object.keys(dags).sort();

    before(() => {
      home = mkdtempSync(join(tmpdir(), 'dagwright-airflow-'));
      file = generate(version, factoryConfig());
      parser = startParser(version, file, home, env());
    });
    after(async () => {
      await parser?.stop();
      rmSync(home, { recursive: true, force: true });
    });
    beforeEach(() => {
      postgres.execute(`DROP TABLE IF EXISTS ${TABLE};
        CREATE TABLE ${TABLE} (stream_key varchar(255) PRIMARY KEY, config_json varchar(2048), status varchar(50));`);
      rmSync(snapshots(), { recursive: true, force: true });
    });

    test('every example loads without a warning, and its graph is the one that the engine reads', () => {
      const place = workspace();
      for (const template of ['ingestion-stream', 'ingestion-factory', 'datatransformer-factory', 'meta-factory']) {
        const examples = join(repository, 'templates', template, 'examples');
        const written = dagwright(place, ['generate', examples, '--out', 'out', '--airflow', version]);
        assert.equal(written.status, 0, written.stdout + written.stderr);
      }
      const judged = spawnSync(python(version), [join(repository, 'tests/airflow/judge.py'), 'out'], { cwd: place, encoding: 'utf8' });
      assert.equal(judged.status, 0, judged.stdout + judged.stderr);
      const { files } = JSON.parse(judged.stdout);
      const read = dagwright(place, ['graph', ...files.map(({ path }) => join('out', path)), '--json', '--airflow', version]);
      const graphs = new Map(JSON.parse(read.stdout).map((graph) => [graph.file, graph]));
      const known = ({ dag_id, schedule, catchup, tags, tasks }) => ({ dag_id, schedule: schedule?.text ?? schedule, catchup, tags, tasks });
      for (const { path, dags } of files) {
        const graph = graphs.get(join('out', path));
        assert.deepEqual(graph.dags.map(known), dags.map(known), path);
        assert.ok(graph.dags.every(({ partial }) => !partial), path);
        // Which DAGs the rows of a table become is known to nobody who only reads the file.
        assert.equal(graph.partial, !path.endsWith('_ingestion.py'), path);
      }
      const made = files.flatMap(({ dags }) => dags.map(({ dag_id }) => dag_id)).sort();
      assert.deepEqual(made, [
        'yellowforensic__Store1_ingestion',
        'yellowforensic_datatransformer_factory',
        'yellowforensic_factory_dag',
        'yellowforensic_infrastructure_dag',
        'yellowlive__Store1_ingestion',
        'yellowlive_datatransformer_factory',
        'yellowlive_factory_dag',
        'yellowlive_infrastructure_dag',
      ]);
    });

    test('a row makes the same DAG as the static file of the same config', async () => {
      postgres.execute(insert('Store1', config));
      const outcome = await parse();
      const written = startParser(version, generate(version, example('ingestion-stream', STREAM)), home);
      try {
        const fixed = await written.parse();
        assert.deepEqual(fixed.import_errors, []);
        assert.deepEqual(ids(fixed), [STREAM]);
        assert.deepEqual(outcome.dags[STREAM], fixed.dags[STREAM]);
        const [container] = fixed.dags[STREAM].pods.ingest.spec.containers;
        const names = container.env.map(({ name }) => name);
        for (const name of ['STREAM_KEY', 'DATASETS', 'POSTGRES_HOSTNAME', 'POSTGRES_PASSWORD', 'GIT_TOKEN', 'SLACK_TOKEN', 'SOURCE_USER'])
          assert.ok(names.includes(name), name);
      } finally {
        await written.stop();
      }
      assert.deepEqual(ids(outcome), [FACTORY, STREAM].sort());
      assert.equal(outcome.dags[FACTORY].calls[0].raises, null);
    });

    test('only active rows become DAGs, and a change of a row is seen by a later parse', async () => {
      postgres.execute(insert('Store1', config) + insert('Store2', stream('Store2'), 'inactive'));
      assert.deepEqual(ids(await parse()), [FACTORY, STREAM].sort());
      postgres.execute(`UPDATE ${TABLE} SET status = CASE stream_key WHEN 'Store2' THEN 'active' ELSE 'inactive' END;`);
      assert.deepEqual(ids(await parse()), [FACTORY, STREAM].sort(), 'the rows are fresh enough');
      await expire();
      assert.deepEqual(ids(await parse()), [FACTORY, dagOf('Store2')].sort());
      postgres.execute(`DELETE FROM ${TABLE};`);
      await expire();
      assert.deepEqual(ids(await parse()), [FACTORY]);
    });

    test('a row that is wrong becomes a DAG that says so, and affects no other', async () => {
      const wrong = {
        absent: '{"stream_key": "absent"}',
        broken: '{"stream_key": "broken",',
        list: '[]',
        empty: '',
        twice: JSON.stringify(stream('twice')).replace('{', '{"stream_key": "other", '),
        deep: '['.repeat(2000),
        port: JSON.stringify({ ...stream('port'), postgres_port: '5432' }),
        truth: JSON.stringify({ ...stream('truth'), postgres_port: true }),
        more: JSON.stringify({ ...stream('more'), unknown: 1 }),
        single: JSON.stringify({ ...stream('single'), single_dataset: true }),
        jinja: JSON.stringify({ ...stream('jinja'), store_name: '{{ var.value.secret }}' }),
        lines: JSON.stringify({ ...stream('lines'), namespace_name: 'a\n' }),
        schedule: JSON.stringify({ ...stream('schedule'), schedule: '99 * * * *' }),
        other: JSON.stringify(config),
        platform: JSON.stringify({ ...stream('platform'), platform_name: 'yellowforensic' }),
      };
      const said = {
        absent: /'store_name' is a required property/,
        broken: /config_json is not JSON/,
        list: /\[\] is not of type 'object'/,
        empty: /config_json is not JSON/,
        twice: /'stream_key' occurs more than once/,
        deep: /nested too deep/,
        port: /\$\.postgres_port: '5432' is not of type 'integer'/,
        truth: /\$\.postgres_port: True is not of type 'integer'/,
        more: /'unknown' was unexpected/,
        single: /\$\.datasets: .* is too long/,
        jinja: /\$\.store_name: .* does not match/,
        lines: /\$\.namespace_name: .* does not match/,
        schedule: /99 \* \* \* \*/,
        other: /the DAG of another row/,
        platform: /the DAG of another row/,
      };
      postgres.execute(
        [insert('Store1', config), ...Object.entries(wrong).map(([key, text]) => insert(key, text))].join('\n') +
          insert('not / an id', stream('x')) +
          insert('ü'.repeat(255), '{}') +
          `INSERT INTO ${TABLE} VALUES ('null', NULL, 'active');`,
      );
      const { dags } = await parse();
      assert.deepEqual(dags[STREAM].calls, []);
      for (const [key, sentence] of Object.entries(said)) {
        const dag = dags[dagOf(key)];
        assert.match(dag.calls[0].raises, sentence, key);
        assert.match(dag.doc, sentence, key);
        assert.match(dag.calls[0].raises, new RegExp(`The row '${key}' of ${TABLE} cannot be used`), key);
        assert.match(dags[FACTORY].calls[0].raises, sentence, key);
      }
      assert.match(dags[dagOf('null')].calls[0].raises, /not JSON/);
      assert.equal(Object.keys(dags).length, Object.keys(wrong).length + 5);
      const renamed = Object.keys(dags).filter((id) => /_[0-9a-f]{8}$/.test(id));
      assert.equal(renamed.length, 2);
      assert.match(renamed.find((id) => id.includes('not___an_id')), /^yellowlive__not___an_id_ingestion_[0-9a-f]{8}$/);
    });

    test('duplicate and oversized rows are found where the table does not prevent them', async () => {
      postgres.execute(`DROP TABLE ${TABLE}; CREATE TABLE ${TABLE} (stream_key text, config_json text, status text);`);
      const long = JSON.stringify({ ...stream('long'), datasets: Array.from({ length: 300 }, (_, index) => `dataset_${index}`) });
      postgres.execute(
        insert('Store1', config) + insert('double', stream('double')) + insert('double', stream('double')) + insert('long', long),
      );
      const { dags } = await parse();
      assert.deepEqual(dags[STREAM].calls, []);
      assert.match(dags[dagOf('double')].calls[0].raises, /2 rows have this key/);
      assert.match(dags[dagOf('long')].calls[0].raises, /longer than 2048 characters/);
    });

    test('a database that is down, slow or restarted makes no DAG disappear', async () => {
      postgres.execute(insert('Store1', config));
      const good = await parse();
      const { [FACTORY]: factory, ...created } = good.dags;
      assert.equal(factory.calls[0].raises, null);
      const unchanged = ({ dags: { [FACTORY]: report, ...others } }, sentence) => {
        assert.deepEqual(others, created);
        assert.match(report.calls[0].raises, sentence);
      };
      await postgres.stop();
      await expire();
      unchanged(await parse(), /was read at .* last: Connection refused/);
      const within = await parse();
      unchanged(within, /refused/);
      assert.ok(within.seconds < 0.5, 'the database is not asked at every parse');

      await postgres.start();
      await expire();
      assert.deepEqual((await parse()).dags, good.dags);

      postgres.freeze();
      try {
        await expire();
        const slow = await parse();
        unchanged(slow, /no answer within 1/);
        assert.ok(slow.seconds < 4, `it took ${slow.seconds} seconds`);
      } finally {
        postgres.thaw();
      }
      await expire();
      assert.deepEqual((await parse()).dags, good.dags);

      await postgres.restart();
      await expire();
      assert.deepEqual((await parse()).dags, good.dags);

      await expire();
      unchanged(await parse({ environment: { FACTORY_POSTGRES_PASSWORD: 'wrong' } }), /password authentication failed/);
      postgres.execute(`ALTER TABLE ${TABLE} RENAME TO moved;`);
      try {
        await expire();
        unchanged(await parse(), /relation "yellowlive_airflow_dsg" does not exist/);
      } finally {
        postgres.execute(`ALTER TABLE moved RENAME TO ${TABLE};`);
      }
    });

    test('a table that is locked is given up, and no connection stays open', async () => {
      postgres.execute(insert('Store1', config));
      const good = await parse();
      const lock = spawn('psql', ['-X', '-h', postgres.host, '-p', postgres.port, '-U', postgres.user, postgres.database], {
        env: { ...process.env, PGPASSWORD: postgres.password },
        stdio: ['pipe', 'pipe', 'ignore'],
      });
      try {
        lock.stdin.write(`BEGIN; LOCK TABLE ${TABLE}; SELECT 'locked';\n`);
        await new Promise((resolve) => lock.stdout.on('data', (text) => String(text).includes('locked') && resolve()));
        await expire();
        const slow = await parse();
        assert.deepEqual(slow.dags[STREAM], good.dags[STREAM]);
        assert.ok(slow.seconds < 4, `it took ${slow.seconds} seconds`);
        await expire();
        assert.deepEqual(postgres.rows("SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'airflow%'"), []);
      } finally {
        lock.stdin.end();
        await new Promise((resolve) => lock.once('close', resolve));
      }
    });

    test('without database and snapshot the factory says so, and creates its DAGs as soon as it can', async () => {
      postgres.execute(insert('Store1', config));
      await postgres.stop();
      const none = await parse();
      assert.deepEqual(ids(none), [FACTORY]);
      assert.match(none.dags[FACTORY].calls[0].raises, /Connection refused/);
      await postgres.start();
      await expire();
      assert.deepEqual(ids(await parse()), [FACTORY, STREAM].sort());
      rmSync(snapshots(), { recursive: true });
      const unset = await parse({ environment: { FACTORY_POSTGRES_USER: '' } });
      assert.match(unset.dags[FACTORY].calls[0].raises, /FACTORY_POSTGRES_USER is not set/);
    });

    test('a snapshot that is broken is told and not used', async () => {
      postgres.execute(insert('Store1', config));
      await parse();
      const whole = readFileSync(snapshot(), 'utf8');
      const rows = JSON.parse(whole);
      const broken = [
        whole.slice(0, 40),
        '',
        '[]',
        '{}',
        'null',
        '\u0000',
        JSON.stringify({ ...rows, rows: null }),
        JSON.stringify({ ...rows, rows: [1] }),
        JSON.stringify({ ...rows, rows: [['Store1']] }),
        JSON.stringify({ ...rows, rows: [['Store1', 7]] }),
        JSON.stringify({ ...rows, asked: 'now' }),
        JSON.stringify({ ...rows, more: 1 }),
        JSON.stringify({ ...rows, asked: rows.asked + 1e6 }),
        '['.repeat(100_000),
      ];
      for (const text of broken) {
        writeFileSync(snapshot(), text);
        assert.deepEqual(ids(await parse()), [FACTORY, STREAM].sort(), text.slice(0, 80));
        assert.deepEqual(JSON.parse(readFileSync(snapshot(), 'utf8')).rows, rows.rows);
      }
    });

    test('a worker creates the DAG of its task alone', async () => {
      postgres.execute(insert('Store1', config) + insert('Store2', stream('Store2')));
      assert.deepEqual(ids(await parse({ environment: { _AIRFLOW_PARSING_CONTEXT_DAG_ID: STREAM } })), [FACTORY, STREAM].sort());
      assert.equal(ids(await parse({ environment: { _AIRFLOW_PARSING_CONTEXT_DAG_ID: FACTORY } })).length, 3);
    });

    test('500 rows, and two schedulers that parse at once while rows change', async () => {
      const keys = Array.from({ length: 500 }, (_, index) => `store_${index}`);
      postgres.execute(keys.map((key) => insert(key, stream(key))).join('\n'));
      const all = await parse({ brief: true });
      assert.equal(ids(all).length, 501);
      assert.equal(all.dags[FACTORY].calls[0].raises, null);

      postgres.execute(`DELETE FROM ${TABLE} WHERE stream_key >= 'store_2';`);
      const other = startParser(version, file, home, env());
      try {
        const kept = postgres.rows(`SELECT stream_key FROM ${TABLE}`).length;
        await expire();
        for (let round = 0; round < 6; round += 1) {
          postgres.execute(insert(`more_${round}`, stream(`more_${round}`)));
          if (round % 2 === 0) rmSync(snapshots(), { recursive: true });
          const both = await Promise.all([parse({ brief: true }), other.parse({ brief: true })]);
          for (const outcome of both) {
            assert.deepEqual(outcome.import_errors, []);
            assert.ok(ids(outcome).length > kept + round, `round ${round}: ${ids(outcome).length}`);
            assert.equal(outcome.dags[FACTORY].calls[0].raises, null);
          }
          await expire();
        }
        assert.deepEqual(readdirSync(snapshots()).length, 1);
        assert.ok(existsSync(snapshot()));
      } finally {
        await other.stop();
      }
    });

    describe('the factories of a platform', () => {
      const common = Object.fromEntries(Object.entries(config).filter(([name]) => shared.includes(name)));
      const transformer = { ...common, workspace_name: 'Reports', store_name: 'Reports', datasets: ['totals'] };
      const TRANSFORMER = 'yellowlive__Reports_datatransformer';
      const TRANSFORMERS = 'yellowlive_datatransformer_factory';
      const META = 'yellowlive_infrastructure_dag';
      const start = (template, name) =>
        startParser(
          version,
          generate(
            version,
            example(template, name)
              .replace('pg-data', postgres.host)
              .replace('  owner:', `  postgres_port: ${postgres.port}\n  time_to_live: 1s\n  database_timeout: 1s\n  owner:`),
          ),
          home,
          env(),
        );
      const factoryRow = (type, content, platform = 'YellowLive') =>
        `INSERT INTO yellowlive_factory_dags VALUES (${[platform, type, content, 'active'].map(literal).join(', ')});`;
      const place = { ...common, postgres_hostname: undefined };
      let transformers;
      let meta;

      before(() => {
        transformers = start('datatransformer-factory', TRANSFORMERS);
        meta = start('meta-factory', META);
      });
      after(() => Promise.all([transformers?.stop(), meta?.stop()]));
      beforeEach(() => {
        postgres.execute(`DROP TABLE IF EXISTS yellowlive_airflow_datatransformer, yellowlive_factory_dags;
          CREATE TABLE yellowlive_airflow_datatransformer
            (workspace_name varchar(255) PRIMARY KEY, config_json varchar(2048), status varchar(50));
          CREATE TABLE yellowlive_factory_dags (platform_name varchar(255), factory_type varchar(50), config_json varchar(8192),
            status varchar(50), PRIMARY KEY (platform_name, factory_type));
          INSERT INTO yellowlive_airflow_datatransformer VALUES ('Reports', ${literal(JSON.stringify(transformer))}, 'active');`);
        Object.assign(place, { postgres_hostname: postgres.host, postgres_port: postgres.port, postgres_database: postgres.database });
      });

      test('a data transformer is made from its row', async () => {
        const { dags, import_errors } = await transformers.parse();
        assert.deepEqual(import_errors, []);
        assert.deepEqual(Object.keys(dags).sort(), [TRANSFORMERS, TRANSFORMER].sort());
        const [container] = dags[TRANSFORMER].pods.transform.spec.containers;
        assert.ok(container.env.some(({ name, value }) => name === 'WORKSPACE_NAME' && value === 'Reports'));
        assert.equal(dags[TRANSFORMERS].calls[0].raises, null);
      });

      test('the meta factory makes both factories and their DAGs, reports them, and removes what is inactive', async () => {
        postgres.execute(
          insert('Store1', config) +
            factoryRow('platform', JSON.stringify(place)) +
            factoryRow('datatransformer', JSON.stringify(place)) +
            factoryRow('platform', JSON.stringify(place), 'YellowForensic'),
        );
        const made = await meta.parse();
        assert.deepEqual(made.import_errors, []);
        const all = [FACTORY, META, TRANSFORMERS, STREAM, TRANSFORMER].sort();
        assert.deepEqual(Object.keys(made.dags).sort(), all);
        assert.deepEqual(made.dags[STREAM], (await parse()).dags[STREAM], 'the same DAG as that of the ingestion factory');
        assert.deepEqual(made.dags[TRANSFORMER], (await transformers.parse()).dags[TRANSFORMER]);
        assert.deepEqual(made.dags[META].calls, [
          {
            task_id: 'factory_creation_task',
            raises: null,
            returns: { created: all.filter((id) => id !== META), failed: {} },
          },
        ]);
        const worker = await meta.parse({ environment: { _AIRFLOW_PARSING_CONTEXT_DAG_ID: TRANSFORMER } });
        assert.deepEqual(worker.dags[TRANSFORMER], made.dags[TRANSFORMER]);
        assert.ok(!(STREAM in worker.dags));

        postgres.execute("UPDATE yellowlive_factory_dags SET status = 'inactive' WHERE factory_type = 'platform';");
        await expire();
        assert.deepEqual(Object.keys((await meta.parse()).dags).sort(), [META, TRANSFORMERS, TRANSFORMER].sort());
      });

      test('a row takes from its factory what it does not say, and a failure is recorded where it belongs', async () => {
        const rest = { ...config, namespace_name: undefined };
        postgres.execute(
          insert('Store1', rest) +
            insert('Store2', '[]') +
            factoryRow('platform', JSON.stringify({ ...place, namespace_name: 'from-the-factory' })) +
            factoryRow('unknown', JSON.stringify(place)),
        );
        const { dags } = await meta.parse();
        assert.equal(dags[STREAM].pods.ingest.metadata.namespace, 'from-the-factory');
        assert.match(dags[dagOf('Store2')].calls[0].raises, /not of type 'object'/);
        assert.match(dags.yellowlive_unknown_factory.calls[0].raises, /factory_type is none of platform, datatransformer/);
        assert.match(dags[META].calls[0].raises, /factory_type is none of/);
        assert.match(dags[FACTORY].calls[0].raises, /The row 'Store2'/);

        postgres.execute("DELETE FROM yellowlive_factory_dags WHERE factory_type = 'unknown';");
        await expire();
        const [{ returns }] = (await meta.parse()).dags[META].calls;
        assert.deepEqual(returns.created, [FACTORY, STREAM].sort());
        assert.match(returns.failed[dagOf('Store2')], /The row 'Store2'/);

        postgres.execute("UPDATE yellowlive_factory_dags SET config_json = '{' WHERE factory_type = 'platform'; " + insert('Store3', stream('Store3')));
        await expire();
        const { dags: broken } = await meta.parse();
        assert.match(broken[FACTORY].calls[0].raises, /config_json is not JSON/);
        assert.match(broken[META].calls[0].raises, /config_json is not JSON/);
        assert.deepEqual(broken[dagOf('Store3')].calls, [], 'its row says all that it needs');
        assert.match(broken[STREAM].calls[0].raises, /'namespace_name' is a required property/);
        postgres.execute(`UPDATE yellowlive_factory_dags SET config_json = ${literal(
          JSON.stringify({ ...place, namespace_name: 'from-the-factory' }),
        )};`);
        await expire();
        assert.deepEqual((await meta.parse()).dags[STREAM], dags[STREAM]);

        await postgres.stop();
        try {
          await expire();
          const { dags: kept } = await meta.parse();
          assert.deepEqual(kept[STREAM], dags[STREAM]);
          assert.match(kept[META].calls[0].raises, /refused/);
        } finally {
          await postgres.start();
        }
      });
    });
  });
}

test('the parts that several templates are made of are the same', () => {
  const templates = ['ingestion-stream', 'ingestion-factory', 'datatransformer-factory', 'meta-factory'];
  const parts = new Map();
  for (const id of templates) {
    const folder = join(repository, 'templates', id);
    for (const name of readdirSync(folder).filter((name) => name.endsWith('.py.j2') && name !== 'dag.py.j2')) {
      const text = readFileSync(join(folder, name), 'utf8');
      assert.equal(text, parts.get(name) ?? text, `${id}/${name}`);
      parts.set(name, text);
    }
  }
  assert.equal(parts.size, 8);
});
