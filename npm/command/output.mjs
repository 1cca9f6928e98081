import { randomBytes } from 'node:crypto';
import { closeSync, constants, fstatSync, lstatSync, mkdirSync, openSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { display } from './files.mjs';
import { reason, Stop } from './stop.mjs';

/**
 * Where a generated file belongs below `root`. A path that leads out of it is refused, be it by `..`, by being
 * absolute, or by a symbolic link on the way.
 */
export function outputPath(root, path) {
  const plain = path.split('/').every((name) => name !== '' && name !== '.' && name !== '..' && !/[\\:\0]/.test(name));
  if (!plain) throw outside(path, root);
  const target = join(root, path);
  const base = deepest(resolve(root));
  const folder = deepest(resolve(dirname(target)));
  if (folder !== base && !folder.startsWith(base.endsWith(sep) ? base : base + sep)) throw outside(path, root);
  return target;
}

/**
 * The text of a generated file, with the line ends that we write; undefined where there is none. What is no regular file, such
 * as a pipe, is not read, for that could go on for ever: it equals no text.
 */
export function readOutput(target) {
  let descriptor;
  try {
    descriptor = openSync(target, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    if (!fstatSync(descriptor).isFile()) return null;
    return readFileSync(descriptor, 'utf8').replaceAll('\r\n', '\n');
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    if (error.code === 'ENXIO' || error.code === 'EOPNOTSUPP') return null;
    throw new Stop(`${display(target)} cannot be read: ${reason(error)}.`, 'Check the path, then run this again.');
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** Writes a file so that a reader sees either the old text or the new one, never a part. */
export function writeOutput(target, text) {
  const present = lstatSync(target, { throwIfNoEntry: false });
  if (present && !present.isFile() && !present.isSymbolicLink()) {
    throw new Stop(`${display(target)} cannot be written: it is not a regular file.`, 'Remove it, or name another folder with --out.');
  }
  const temporary = join(dirname(target), `.dagwright-${randomBytes(6).toString('hex')}`);
  try {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(temporary, text, { flag: 'wx' });
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw new Stop(`${display(target)} cannot be written: ${reason(error)}.`, 'Check the folder, then run this again.');
  }
}

/** The real path of the deepest folder on the way that exists already. */
function deepest(path) {
  try {
    return realpathSync(path);
  } catch (error) {
    if (error.code !== 'ENOENT' || isLink(path)) {
      throw new Stop(`${display(path)} cannot be used: ${reason(error)}.`, 'Name another folder with --out.');
    }
    return deepest(dirname(path));
  }
}

function isLink(path) {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

function outside(path, root) {
  return new Stop(
    `“${path}” does not stay in ${display(resolve(root))}, so nothing was written.`,
    'Correct “paths.output” of portal.json, or the names in the config that it is made of.',
  );
}
