// The files of a project as the settings lay them out.

/** A name in a pattern, such as {package}. */
const NAME = /(\{\w+\})/;

/**
 * A file of a project; the package is empty where the pattern does not name it.
 * @typedef {{path: string, package: string, name: string}} Entry
 */

/**
 * Reads paths by a pattern of the settings, such as configs/{package}/{name}.yaml.
 * @param {string} pattern
 */
export function layout(pattern) {
  const seen = new Set();
  const source = pattern
    // Where a project has no environments, their folder falls away.
    .split(/(\{environment\}\/)/)
    .map((part) => (part === '{environment}/' ? '(?:[^/]+/)?' : part.split(NAME).map(piece).join('')))
    .join('');
  /** @param {string} part */
  function piece(part) {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name === undefined) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    if (seen.has(name)) return `\\k<${name}>`;
    seen.add(name);
    return `(?<${name}>[^/]+?)`;
  }
  const whole = new RegExp(`^${source}$`);
  return {
    /** The folder that holds them all. */
    folder: pattern.split('{')[0].replace(/\/?[^/]*$/, ''),
    /**
     * @param {string} path
     * @returns {Entry | null} null where it is none of them
     */
    read(path) {
      // A folder above is none of the project's, whatever a file says.
      if (/(^|\/)\.\.?(\/|$)/.test(path)) return null;
      const names = whole.exec(path)?.groups;
      const file = path.replace(/^.*\//, '').replace(/\.\w+$/, '');
      return names ? { path, package: names.package ?? '', name: names.name ?? names.dag_id ?? file } : null;
    },
  };
}

/**
 * The entries that hold all the words, by their packages: one's own first.
 * @param {Entry[]} entries
 * @param {{words: string, own: (name: string) => boolean}} wanted
 * @returns {[string, Entry[]][]}
 */
export function grouped(entries, { words, own }) {
  const wanted = plain(words).split(/\s+/).filter(Boolean);
  /** @type {Map<string, Entry[]>} */
  const groups = new Map();
  for (const entry of entries) {
    const text = plain(`${entry.path} ${entry.package}_${entry.name}`);
    if (!wanted.every((word) => text.includes(word))) continue;
    const group = groups.get(entry.package) ?? [];
    group.push(entry);
    groups.set(entry.package, group);
  }
  const before = (/** @type {string} */ one, /** @type {string} */ other) => Number(own(other)) - Number(own(one)) || compare(one, other);
  for (const group of groups.values()) group.sort((one, other) => compare(one.path, other.path));
  return [...groups].sort(([one], [other]) => before(one, other));
}

/** Quicker than by the rules of a language, which thousands of names would feel. */
const compare = (/** @type {string} */ one, /** @type {string} */ other) => (one < other ? -1 : Number(one > other));

const plain = (/** @type {string} */ text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/**
 * The config that a generated file was made from, as its head says.
 * @param {string} text
 */
export function configOf(text) {
  const head = /^# Made by Dagwright\b(?:.*\n#)*.*/.exec(text)?.[0] ?? '';
  return /^# Config: (.*?)\r?$/m.exec(head)?.[1] ?? null;
}
