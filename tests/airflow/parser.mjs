// A process of real Airflow that parses one DAG file whenever it is asked to.
import { execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { repository } from '../package/install.mjs';

/** The Python of a version of Airflow. */
export const python = (version) =>
  execFileSync('bash', [join(repository, 'tests/airflow/environment.sh'), version], { encoding: 'utf8' }).trim();

/** A cluster that nobody asks: Airflow wants to know one before it tells what a container would be. */
const cluster = JSON.stringify({
  conn_type: 'kubernetes',
  extra: {
    kube_config: JSON.stringify({
      'current-context': 'nowhere',
      contexts: [{ name: 'nowhere', context: { cluster: 'nowhere', user: 'nobody' } }],
      clusters: [{ name: 'nowhere', cluster: { server: 'https://127.0.0.1:1' } }],
      users: [{ name: 'nobody', user: {} }],
    }),
  },
});

/** Starts a process; `home` is its AIRFLOW_HOME, which several may share. */
export function startParser(version, file, home, env = {}) {
  const child = spawn(python(version), [join(repository, 'tests/airflow/parse.py'), file], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      ...process.env,
      AIRFLOW_HOME: home,
      AIRFLOW_CONN_KUBERNETES_DEFAULT: cluster,
      AIRFLOW__CORE__LOAD_EXAMPLES: 'False',
      AIRFLOW__LOGGING__LOGGING_LEVEL: 'WARNING',
      AIRFLOW__USAGE_DATA_COLLECTION__ENABLED: 'False',
      ...env,
    },
  });
  let said = '';
  child.stderr.on('data', (chunk) => (said = (said + chunk).slice(-10_000)));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    /** What one parse gives: `environment` holds variables for this parse, and `brief` leaves out how the DAGs look. */
    parse: async (request = {}) => {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`the process ended: ${said}`);
      return JSON.parse(value);
    },
    /** The end of what it has logged. */
    said: () => said,
    stop: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
