// The PostgreSQL that the tests of factories run against can be down, slow and restarted.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { createConnection } from 'node:net';
import { after, before, test } from 'node:test';
import { startPostgres } from './postgres.mjs';

let postgres;
before(async () => (postgres = await startPostgres()));
after(() => postgres?.remove());

/** What becomes of a connection within a time: `refused`, `silent`, or the first byte that is answered. */
const knock = () =>
  new Promise((resolve) => {
    const socket = createConnection(postgres.port, postgres.host, () => socket.write(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])));
    const finish = (outcome) => {
      socket.destroy();
      resolve(outcome);
    };
    socket.setTimeout(1000, () => finish('silent'));
    socket.on('error', () => finish('refused'));
    socket.on('data', (bytes) => finish(bytes.toString()));
  });

test('a query gives rows with their types', () => {
  assert.deepEqual(postgres.rows("SELECT 1 AS number, 'a\nb' AS text, NULL AS nothing"), [{ number: 1, text: 'a\nb', nothing: null }]);
  assert.deepEqual(postgres.rows('SELECT 1 WHERE false'), []);
});

test('a script that fails throws what PostgreSQL said, and does nothing after it', () => {
  assert.throws(() => postgres.execute('CREATE TABLE one (a int); SELECT nothing; CREATE TABLE two (a int);'), /column "nothing" does not exist/);
  assert.deepEqual(postgres.rows("SELECT to_regclass('one') AS one, to_regclass('two') AS two"), [{ one: 'one', two: null }]);
});

test('only who knows the password gets in', () => {
  assert.deepEqual(postgres.rows('SELECT DISTINCT auth_method FROM pg_hba_file_rules'), [{ auth_method: 'scram-sha-256' }]);
  assert.equal(postgres.execute('SHOW listen_addresses;').trim(), '127.0.0.1');
});

test('it is slow when frozen, down when stopped, and has its data after a restart', async () => {
  postgres.execute('CREATE TABLE kept AS SELECT 42 AS answer;');
  assert.equal(await knock(), 'N');
  postgres.freeze();
  assert.equal(await knock(), 'silent');
  postgres.thaw();
  assert.equal(await knock(), 'N');
  await postgres.restart();
  assert.deepEqual(postgres.rows('SELECT answer FROM kept'), [{ answer: 42 }]);
  await postgres.stop();
  assert.equal(await knock(), 'refused');
  await postgres.start();
  assert.deepEqual(postgres.rows('SELECT answer FROM kept'), [{ answer: 42 }]);
});

test('a frozen server ends as well, and leaves no folder behind', async () => {
  const other = await startPostgres();
  const data = other.execute('SHOW data_directory;').trim();
  other.freeze();
  await other.remove();
  assert.ok(!existsSync(data));
});
