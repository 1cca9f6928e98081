// The package as its users get it, for the tests of a file: installed once, and gone with them.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after } from 'node:test';
import { install } from './install.mjs';

export { repository } from './install.mjs';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'dagwright-package-')));
after(() => rmSync(folder, { recursive: true, force: true }));

const installed = install(folder);

/** Paths of the files in the package, sorted. */
export const contents = installed.contents;

/** The folder that the package is installed in. */
export const home = installed.home;

/** The catalogue in the package, as the engine takes it. */
export function catalogue() {
  const templates = contents.filter((path) => path.startsWith('templates/'));
  return templates.map((path) => ({
    path: path.slice('templates/'.length),
    text: readFileSync(join(home, 'node_modules/dagwright', path), 'utf8'),
  }));
}

/** A new folder with some files in it. */
export function workspace(files = {}) {
  const place = mkdtempSync(join(folder, 'workspace-'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(place, path)), { recursive: true });
    writeFileSync(join(place, path), content);
  }
  return place;
}

/** Runs the installed command. */
export function dagwright(cwd, words, { input = '', env = {} } = {}) {
  const { status, signal, stdout, stderr, error } = spawnSync(join(home, 'node_modules/.bin/dagwright'), words, {
    cwd,
    input,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', ...env },
    maxBuffer: 1 << 28,
  });
  if (error && error.code !== 'EPIPE') throw error;
  return { status, signal, stdout, stderr };
}
