// A real PostgreSQL server of a test's own: it listens on this machine only and is gone with the test.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { chownSync, cpSync, existsSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { freePort } from '../package/port.mjs';

/** PostgreSQL refuses to run as root; this is the account `nobody`, whatever it is called. */
const account = process.getuid() === 0 ? { uid: 65534, gid: 65534 } : {};
const user = 'postgres';
const password = "it's a “secret” @:/?#%";
const database = 'datasurface_merge';

/** Starts a server with an empty database. */
export async function startPostgres() {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'dagwright-postgres-')));
  if (account.uid) chownSync(folder, account.uid, account.gid);
  const { programs, env } = install(folder);
  const data = join(folder, 'data');
  const passwordFile = join(folder, 'password');
  const port = await freePort();
  const options = { ...account, cwd: folder, env: { ...process.env, ...env, PGPASSWORD: password }, encoding: 'utf8' };
  let server = null;

  const run = (program, words, input = '') => {
    const { status, stdout, stderr, error } = spawnSync(join(programs, program), words, { ...options, input, maxBuffer: 1 << 28 });
    if (error) throw error;
    if (status !== 0) throw new Error(`${program}: ${stderr}`);
    return stdout;
  };
  /** Runs a script of SQL, and returns what it prints; its first error is thrown. */
  const execute = (sql, name = database) =>
    run('psql', ['-X', '-q', '-A', '-t', '-h', '127.0.0.1', '-p', String(port), '-U', user, '-d', name, '-v', 'ON_ERROR_STOP=1'], sql);

  /** What one query selects, as objects. */
  const rows = (select) => JSON.parse(execute(`SELECT coalesce(json_agg(row), '[]') FROM (${select}) AS row;`));

  const start = async () => {
    assert.equal(server, null, 'the server is running');
    let said = '';
    server = spawn(join(programs, 'postgres'), ['-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', folder, '-c', 'fsync=off'], {
      ...options,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    server.stderr.on('data', (chunk) => (said += chunk));
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.ended = ended;
    for (let tries = 0; ; tries += 1) {
      const ready = spawnSync(join(programs, 'pg_isready'), ['-h', '127.0.0.1', '-p', String(port)], options);
      if (ready.status === 0) return;
      if (server.exitCode !== null || tries === 200) throw new Error(`PostgreSQL does not start: ${said}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };

  /** Ends the server; whoever is connected is cut off. */
  const stop = async () => {
    if (server === null) return;
    const { ended } = server;
    server.kill('SIGCONT');
    server.kill('SIGINT');
    await ended;
    server = null;
  };

  /** Ends the server and removes its data. */
  const remove = async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  };

  try {
    writeFileSync(passwordFile, password, { mode: 0o644 });
    run('initdb', ['-D', data, '-U', user, '-A', 'scram-sha-256', '--pwfile', passwordFile, '-E', 'UTF8', '--locale=C', '--no-sync']);
    await start();
    execute(`CREATE DATABASE ${database};`, 'postgres');
  } catch (error) {
    await remove();
    throw error;
  }

  return {
    host: '127.0.0.1',
    port,
    user,
    password,
    database,
    execute,
    rows,
    start,
    stop,
    /** Ends the server, and starts it again with the same data. */
    restart: async () => {
      await stop();
      await start();
    },
    /** From now on connections are accepted by the system and answered by nobody, as where a host is overloaded. */
    freeze: () => server.kill('SIGSTOP'),
    thaw: () => server.kill('SIGCONT'),
    remove,
  };
}

/** The folder of PostgreSQL's programs, and the environment that they need. */
function install(folder) {
  const cached = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'dagwright/postgresql');
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((one, other) => Number(other) - Number(one)) : [];
  const folders = [...versions.map((version) => join(debian, version, 'bin')), ...process.env.PATH.split(delimiter)];
  const initdb = folders.map((path) => join(path, 'initdb')).find((path) => existsSync(path));
  if (initdb) return { programs: dirname(realpathSync(initdb)), env: {} };
  assert.ok(existsSync(join(cached, 'bin/initdb')), 'PostgreSQL is missing; “tools/setup test” installs it.');
  // The account that the server runs under cannot look into root's home.
  const home = account.uid ? join(folder, 'programs') : cached;
  if (account.uid) cpSync(cached, home, { recursive: true, verbatimSymlinks: true });
  return { programs: realpathSync(join(home, 'bin')), env: { LD_LIBRARY_PATH: join(home, 'libraries') } };
}
