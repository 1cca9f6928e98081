import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { display, readInput, readText, textFiles } from './files.mjs';
import { reason, Stop } from './stop.mjs';

/**
 * One document that a command was asked about.
 * @typedef {object} Input
 * @property {string} file its path as it is shown; `-` is the standard input
 * @property {'config' | 'python'} kind
 * @property {string} text
 */

/**
 * The documents behind paths, in their order, each once. A folder stands for the configs in it, and for the files of
 * Python where `python` is asked for; the catalogue in it is left out unless the path leads into the catalogue.
 * @param {string[]} paths
 * @param {{catalogues: string[], python: boolean, named?: 'config' | 'any'}} options
 *   `named`: whether a path may name a file of Python
 * @returns {Promise<Input[]>}
 */
export async function readInputs(paths, { catalogues, python, named = 'any' }) {
  const inputs = [];
  const seen = new Set();
  const take = (input) => {
    const place = input.file === '-' ? '-' : resolve(input.file);
    if (!seen.has(place)) inputs.push(input);
    seen.add(place);
  };
  for (const path of paths) {
    if (path === '-') {
      const text = await readInput();
      take({ file: '-', kind: python && !isConfig(text) ? 'python' : 'config', text });
    } else if (isFolder(path)) {
      const before = inputs.length;
      for (const input of inFolder(path, catalogues, python)) take(input);
      if (inputs.length === before && seen.size === 0) throw nothingIn(path, python);
    } else {
      const kind = path.endsWith('.py') ? 'python' : 'config';
      if (kind === 'python' && named === 'config') {
        throw new Stop(`${display(path)} is Python, and this command reads configs.`, 'Name the config that it was made from.');
      }
      take({ file: display(path), kind, text: readText(path) });
    }
  }
  return inputs;
}

function inFolder(folder, catalogues, python) {
  const outside = catalogues.filter((catalogue) => resolve(catalogue) !== resolve(folder));
  const inputs = [];
  for (const path of textFiles(folder, (below) => !outside.includes(resolve(below)))) {
    const file = display(join(folder, path));
    if (/\.ya?ml$/.test(path)) {
      const text = readText(join(folder, path), isConfig);
      if (text !== undefined) inputs.push({ file, kind: 'config', text });
    } else if (python && path.endsWith('.py')) {
      inputs.push({ file, kind: 'python', text: readText(join(folder, path)) });
    }
  }
  return inputs;
}

/** Whether a document names a template at its top level, and so means to be a config. */
function isConfig(text) {
  return /^(?:\{\s*)?["']?template["']?[ \t]*:/m.test(text);
}

function isFolder(path) {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    throw new Stop(`${display(path)} cannot be read: ${reason(error)}.`, 'Check the path, then run this again.');
  }
}

function nothingIn(path, python) {
  return new Stop(
    `${display(path)} holds no config${python ? ' and no Python' : ''}.`,
    'A config is a .yaml or .yml file with “template:” at its top level.',
  );
}
