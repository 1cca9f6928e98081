// Packs the package and installs it, as its users do.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = fileURLToPath(new URL('../..', import.meta.url));

const npm = (words, cwd) => execFileSync('npm', [...words, '--loglevel=error'], { cwd, encoding: 'utf8' });

/**
 * @param {string} folder an empty one
 * @returns {{contents: string[], home: string}} the paths in the package, and the folder that it is installed in
 */
export function install(folder) {
  const packed = JSON.parse(npm(['pack', '--json', '--pack-destination', folder], join(repository, 'npm')));
  const contents = [packed].flat()[0].files.map((file) => file.path).sort();
  const home = join(folder, 'home');
  mkdirSync(home);
  writeFileSync(join(home, 'package.json'), '{"private": true, "type": "module"}\n');
  const [tarball] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  npm(['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', join(folder, tarball)], home);
  return { contents, home };
}
