import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** The most bytes that are read; the engine says what is wrong with a file of more. */
const longest = 1_000_000;

const scratch = Buffer.allocUnsafeSlow(longest + 1);

/** Opens a pipe that nobody writes to without waiting for somebody who does. */
const waitless = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/**
 * What a file gives before the engine makes text of it: its bytes, or why there are none.
 * @typedef {{bytes: Uint8Array} | {problem: import('../engine.d.ts').FileProblem}} Source
 */

/** A path as it is shown: with `/`, and relative where it is below the working directory. */
export function display(path) {
  const below = relative(process.cwd(), path);
  const short = below === '' || below === '..' || below.startsWith(`..${sep}`) ? path : below;
  return short.split(sep).join('/');
}

/**
 * Reads a regular file, and nothing else: a device or a pipe could go on for ever.
 * @param {(text: string) => boolean} [wanted] a look at the file's beginning; where it says no, undefined is returned
 * @returns {Source | undefined}
 */
export function readSource(path, wanted) {
  let descriptor;
  try {
    descriptor = openSync(path, waitless);
    if (!fstatSync(descriptor).isFile()) return { problem: { problem: 'not-regular' } };
    const bytes = beginning(descriptor);
    return wanted && !wanted(glimpse(bytes)) ? undefined : { bytes };
  } catch (error) {
    return { problem: problemOf(error) };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** So much of a file that it can be told whether it is too long. */
function beginning(descriptor) {
  let length = 0;
  for (let more; (more = readSync(descriptor, scratch, length, scratch.length - length, null)) > 0; ) length += more;
  return new Uint8Array(scratch.subarray(0, length));
}

/** Bytes as text, whatever they are: good enough to look at. */
function glimpse(bytes) {
  const [one, two] = bytes;
  if (one === 0xff && two === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (one === 0xfe && two === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return new TextDecoder().decode(bytes);
}

/** What of a standard input is read: no more than can be told to be too long. */
export async function readInput() {
  const chunks = [];
  let length = 0;
  for await (const chunk of process.stdin) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > longest) break;
  }
  const bytes = new Uint8Array(Buffer.concat(chunks));
  return { bytes, text: glimpse(bytes) };
}

/**
 * The files below a folder by their paths, with `/`, sorted, and the folders that cannot be read, with what is wrong. Symbolic
 * links are not followed, so that a folder shows nothing but what is in it; names that begin with a dot, and installed
 * packages, are left out.
 * @param {(path: string) => boolean} [enter] whether to go into a folder
 * @returns {{path: string, problem?: import('../engine.d.ts').FileProblem}[]}
 */
export function filesBelow(folder, enter = () => true, below = '') {
  let entries;
  try {
    entries = readdirSync(join(folder, below), { withFileTypes: true });
  } catch (error) {
    return [{ path: below, problem: problemOf(error) }];
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.name.startsWith('.') || entry.name === 'node_modules') return [];
    if (entry.isFile()) return [{ path }];
    return entry.isDirectory() && enter(join(folder, path)) ? filesBelow(folder, enter, path) : [];
  });
}

/** Whether there is anything by this name, if only a link that leads nowhere, or something that may not be looked at. */
export function isThere(path) {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return true;
  }
}

/** @returns {import('../engine.d.ts').FileProblem} */
function problemOf(error) {
  // A socket cannot be opened at all.
  return error.code === 'ENXIO' || error.code === 'EOPNOTSUPP' ? { problem: 'not-regular' } : { problem: 'unreadable', reason: error.code ?? error.message };
}
