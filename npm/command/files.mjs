import { closeSync, fstatSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { reason, Stop } from './stop.mjs';

/** No config, template or DAG that a person keeps is as long as this, in bytes. */
const longest = 1_000_000;

/** A path as it is shown: with `/`, and relative where it is below the working directory. */
export function display(path) {
  const below = relative(process.cwd(), path);
  const short = below === '' || below === '..' || below.startsWith(`..${sep}`) ? path : below;
  return short.split(sep).join('/');
}

/**
 * The text of a file, without a byte order mark.
 * @param {(text: string) => boolean} [wanted] a look at the file's beginning; where it says no, undefined is returned
 */
export function readText(path, wanted) {
  let descriptor;
  try {
    descriptor = openSync(path);
    const { size } = fstatSync(descriptor);
    if (size > longest) {
      if (wanted && !wanted(beginning(descriptor).toString('utf8'))) return undefined;
      throw tooLong(display(path));
    }
    const bytes = readFileSync(descriptor);
    if (wanted && !wanted(bytes.toString('utf8'))) return undefined;
    return decode(bytes, display(path));
  } catch (error) {
    if (error instanceof Stop) throw error;
    throw new Stop(`${display(path)} cannot be read: ${reason(error)}.`, 'Check the path, then run this again.');
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function beginning(descriptor) {
  const bytes = Buffer.alloc(longest);
  return bytes.subarray(0, readSync(descriptor, bytes, 0, longest, 0));
}

/** The text of standard input. */
export async function readInput() {
  const chunks = [];
  let length = 0;
  for await (const chunk of process.stdin) {
    length += chunk.length;
    if (length > longest) throw tooLong('The standard input');
    chunks.push(chunk);
  }
  return decode(Buffer.concat(chunks), 'The standard input');
}

/**
 * Paths of the files below a folder, with `/`, sorted. Symbolic links are not followed, so that a folder shows nothing
 * but what is in it; names that begin with a dot, and installed packages, are left out.
 * @param {(path: string) => boolean} [enter] whether to go into a folder
 */
export function textFiles(folder, enter = () => true, below = '') {
  const paths = [];
  let entries;
  try {
    entries = readdirSync(join(folder, below), { withFileTypes: true });
  } catch (error) {
    throw new Stop(`${display(join(folder, below))} cannot be read: ${reason(error)}.`, 'Check the path, then run this again.');
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    if (entry.isFile()) paths.push(path);
    if (entry.isDirectory() && enter(join(folder, path))) paths.push(...textFiles(folder, enter, path));
  }
  return paths;
}

function decode(bytes, name) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Stop(`${name} is not text in UTF-8.`, 'Save it as UTF-8, then run this again.');
  }
}

function tooLong(name) {
  return new Stop(
    `${name} is longer than 1 MB, which no config, template or DAG is.`,
    'Check that it is the file you meant.',
  );
}
