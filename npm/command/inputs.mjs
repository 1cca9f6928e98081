import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { display, filesBelow, isThere, readInput, readSource } from './files.mjs';
import { Stop } from './stop.mjs';

/**
 * One document that a command was asked about.
 * @typedef {object} Input
 * @property {string} file its path as it is shown; `-` is the standard input
 * @property {'config' | 'python'} kind
 * @property {string | null} text none where the file is none that can be read
 * @property {import('../engine.d.ts').Diagnostic[]} diagnostics why
 */

/**
 * The documents behind paths, in their order, each once. A folder stands for the configs in it, and for the files of
 * Python unless only configs are meant; the catalogue in it is left out unless the path leads into the catalogue.
 * @param {string[]} paths
 * @param {import('./portal.mjs').Portal} portal
 * @param {'config' | 'any'} meant
 * @returns {Promise<Input[]>}
 */
export async function readInputs(paths, { engine, catalogues }, meant) {
  const python = meant === 'any';
  for (const path of paths) if (path !== '-' && !isThere(path)) throw nothingAt(path);
  const inputs = new Map();
  const take = async (place, file, kind, source) => {
    if (!inputs.has(place)) inputs.set(place, { file, kind, ...(await asText(engine, source)) });
  };
  for (const path of paths) {
    if (path === '-') {
      const { bytes, text } = await readInput();
      await take('-', '-', python && !isConfig(text) ? 'python' : 'config', { bytes });
    } else if (isFolder(path)) {
      const found = inFolder(path, catalogues, python);
      if (found.length === 0 && inputs.size === 0) throw nothingIn(path, python);
      for (const { place, kind, source } of found) await take(resolve(place), display(place), kind, source);
    } else {
      const kind = path.endsWith('.py') ? 'python' : 'config';
      if (kind === 'python' && !python) {
        throw new Stop(`${display(path)} is Python, and this command reads configs.`, 'Name the config that it was made from.');
      }
      await take(resolve(path), display(path), kind, readSource(path));
    }
  }
  return [...inputs.values()];
}

/** @param {import('./files.mjs').Source} source */
export async function asText(engine, source) {
  if (source.problem) return { text: null, diagnostics: await engine.refuse(source.problem) };
  return engine.decode(source.bytes);
}

function inFolder(folder, catalogues, python) {
  const outside = catalogues.filter((catalogue) => resolve(catalogue) !== resolve(folder));
  return filesBelow(folder, (below) => !outside.includes(resolve(below))).flatMap(({ path, problem }) => {
    const place = join(folder, path);
    if (problem) return [{ place, kind: 'config', source: { problem } }];
    if (/\.ya?ml$/.test(path)) {
      const source = readSource(place, isConfig);
      return source === undefined ? [] : [{ place, kind: 'config', source }];
    }
    return python && path.endsWith('.py') ? [{ place, kind: 'python', source: readSource(place) }] : [];
  });
}

/** Whether a document names a template at its top level, and so means to be a config. */
function isConfig(text) {
  return /^(?:\{\s*)?["']?template["']?[ \t]*:/m.test(text);
}

function isFolder(path) {
  try {
    return statSync(path).isDirectory();
  } catch {
    // Reading it says what is wrong.
    return false;
  }
}

function nothingAt(path) {
  return new Stop(`${display(path)} cannot be read: there is no such file or folder.`, 'Check the path, then run this again.');
}

function nothingIn(path, python) {
  return new Stop(
    `${display(path)} holds no config${python ? ' and no Python' : ''}.`,
    'A config is a .yaml or .yml file with “template:” at its top level.',
  );
}
