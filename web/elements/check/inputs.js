// The configs among the files that somebody drops or chooses.

/**
 * A file and its path below what was dropped.
 * @typedef {{path: string, file: File, named: boolean}} Found `named`: chosen by itself, and not found in a folder
 */

/** More configs than this are more than a page should hold. */
export const MOST = 20_000;
/** Files that are read at the same time. */
const AT_ONCE = 100;
/** The engine reads no larger config. */
const LARGEST = 1 << 20;
/** Folders that hold what others made. */
const ELSEWHERE = /(^|\/)(\.[^/]+|node_modules|__pycache__)\//;

/**
 * Everything behind a drop, folders with all that is in them, in the order of the paths.
 * @param {DataTransfer} transfer
 * @returns {Promise<Found[]>}
 */
export async function dropped(transfer) {
  // The list is emptied as soon as this function waits for anything.
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry?.() ?? []);
  // What comes from another program than one that shows folders has no entries.
  if (entries.length === 0) return chosen(transfer.files);
  const found = [];
  for (const entry of entries) await walk(entry, entry.isFile, found);
  return sorted(found);
}

/**
 * What was chosen by itself, or with the folder around it.
 * @param {FileList} list
 * @returns {Found[]}
 */
export function chosen(list) {
  return sorted([...list].map((file) => ({ path: file.webkitRelativePath || file.name, file, named: !file.webkitRelativePath })));
}

/**
 * The configs among the files: a YAML file that names a template, or whatever was named by itself.
 * @param {Found[]} found
 * @returns {Promise<{path: string, text: string, problem?: 'tooLarge' | 'unreadable'}[]>}
 */
export async function configs(found) {
  const yaml = found.filter(({ path, named }) => named || (isYaml(path) && !ELSEWHERE.test(path)));
  const byPath = new Map();
  for (let at = 0; at < yaml.length; at += AT_ONCE) {
    const read = yaml.slice(at, at + AT_ONCE).map(async ({ path, file, named }) => {
      if (file.size > LARGEST) return { path, text: '', problem: 'tooLarge' };
      const text = await file.text().catch(() => null);
      if (text === null) return { path, text: '', problem: 'unreadable' };
      return (named || isConfig(text)) && { path, text };
    });
    for (const config of await Promise.all(read)) if (config) byPath.set(config.path, config);
  }
  return [...byPath.values()];
}

/**
 * Whether a document names a template at its top level, and so means to be a config; the command line asks the same.
 * @param {string} text
 */
export const isConfig = (text) => /^(?:\{\s*)?["']?template["']?[ \t]*:/m.test(text);

/**
 * The ids of the templates that configs name, each once.
 * @param {{text: string}[]} list
 * @returns {string[]}
 */
export function templates(list) {
  const names = list.flatMap(({ text }) => /^(?:\{\s*)?["']?template["']?[ \t]*:[ \t]*["']?([\w.-]+)/m.exec(text)?.[1] ?? []);
  return [...new Set(names)].sort();
}

async function walk(entry, named, found) {
  const path = entry.fullPath.replace(/^\//, '');
  if (entry.isFile) {
    found.push({ path, file: await new Promise((take, fail) => entry.file(take, fail)), named });
    return;
  }
  if (ELSEWHERE.test(`${path}/`)) return;
  const reader = entry.createReader();
  // A folder tells of its content in parts, and ends with an empty one.
  for (;;) {
    const part = await new Promise((take, fail) => reader.readEntries(take, fail));
    if (part.length === 0) return;
    for (const inner of part) await walk(inner, false, found);
  }
}

const isYaml = (path) => /\.ya?ml$/i.test(path);

const sorted = (found) => found.sort((one, other) => (one.path < other.path ? -1 : 1));
