// The configs among the files that somebody drops or chooses.

/**
 * A file and its path below what was dropped.
 * @typedef {{path: string, file: File, named: boolean}} Found `named`: chosen by itself, and not found in a folder
 */

/** More files than this are more than a page should hold. */
const MOST = 20_000;
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
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
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
 * @returns {Promise<{path: string, text: string, tooLarge: boolean}[]>}
 */
export async function configs(found) {
  const yaml = found.filter(({ path, named }) => named || (/\.ya?ml$/i.test(path) && !ELSEWHERE.test(path)));
  const read = await Promise.all(
    yaml.slice(0, MOST).map(async ({ path, file, named }) => {
      const tooLarge = file.size > LARGEST;
      const text = tooLarge ? '' : await file.text();
      return (named || isConfig(text)) && { path, text, tooLarge };
    }),
  );
  const byPath = new Map(read.filter(Boolean).map((config) => [config.path, config]));
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
  const names = list.map(({ text }) => /^(?:\{\s*)?["']?template["']?[ \t]*:[ \t]*["']?([\w.-]+)/m.exec(text)?.[1]);
  return [...new Set(names.filter(Boolean))].sort();
}

async function walk(entry, named, found) {
  if (found.length >= MOST) return;
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

const sorted = (found) => found.sort((one, other) => (one.path < other.path ? -1 : 1));
