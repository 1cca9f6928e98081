// The package as its users get it: packed, and installed into an empty folder.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';

export const repository = fileURLToPath(new URL('../..', import.meta.url));

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'dagwright-package-')));
after(() => rmSync(folder, { recursive: true, force: true }));

const npm = (words, cwd) => execFileSync('npm', [...words, '--loglevel=error'], { cwd, encoding: 'utf8' });
const packed = JSON.parse(npm(['pack', '--json', '--pack-destination', folder], join(repository, 'npm')));

/** Paths of the files in the package, sorted. */
export const contents = [packed].flat()[0].files.map((file) => file.path).sort();

/** The folder that the package is installed in. */
export const home = join(folder, 'home');
mkdirSync(home);
writeFileSync(join(home, 'package.json'), '{"private": true, "type": "module"}\n');
const [tarball] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
npm(['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', join(folder, tarball)], home);

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
