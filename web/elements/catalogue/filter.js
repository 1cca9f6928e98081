// Which templates somebody is looking for, best first.

/**
 * What somebody looks for.
 * @typedef {{words: string, tags: string[], owner: string}} Filter
 */

/**
 * What a word of the search is worth where it is found: at the beginning of a word, and inside one.
 * @type {Record<string, [number, number]>}
 */
const WORTH = { title: [16, 8], id: [8, 6], tags: [8, 4], summary: [3, 2], owner: [2, 1] };
/** What a word is worth that is only nearly there. */
const NEARLY = 1;
/** Shorter words are too like each other to be forgiven a letter. */
const FORGIVEN = 4;

/**
 * Reads the filter of an address.
 * @param {string} query
 * @returns {Filter}
 */
export function read(query) {
  const params = new URLSearchParams(query);
  return { words: params.get('q') ?? '', tags: params.getAll('tag'), owner: params.get('owner') ?? '' };
}

/**
 * Writes a filter for the address; nothing where all is shown.
 * @param {Filter} filter
 */
export function write({ words, tags, owner }) {
  const params = new URLSearchParams();
  if (words.trim()) params.set('q', words.trim());
  for (const tag of tags) params.append('tag', tag);
  if (owner) params.set('owner', owner);
  return params.toString();
}

/**
 * The templates that fit: those that are offered first, then the best; among equals their order stays.
 * @template {{id: string, title: string, summary: string, owner: string, tags: string[], status: string}} Template
 * @param {Template[]} templates
 * @param {Filter} filter
 * @returns {Template[]}
 */
export function find(templates, { words, tags, owner }) {
  const wanted = folded(words).split(/\s+/).filter(Boolean);
  return templates
    .filter((template) => tags.every((tag) => template.tags.includes(tag)) && (!owner || template.owner === owner))
    .map((template) => ({ template, worth: worth(template, wanted) }))
    .filter(({ worth }) => worth > 0)
    .sort((one, other) => Number(gone(one)) - Number(gone(other)) || other.worth - one.worth)
    .map(({ template }) => template);
}

/**
 * How often each value occurs, in the order of the alphabet.
 * @param {string[]} values
 * @returns {[string, number][]}
 */
export function counted(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([one], [other]) => one.localeCompare(other));
}

const gone = ({ template }) => template.status === 'deprecated';

/** What a template is worth: nothing where one of the words is missing. */
function worth(template, wanted) {
  const texts = Object.entries(WORTH).map(([name, worth]) => ({ text: folded([template[name]].flat().join(' ')), worth }));
  let sum = 1;
  for (const word of wanted) {
    const found = Math.max(...texts.map(({ text, worth }) => within(text, word, worth)));
    if (found === 0) return 0;
    sum += found;
  }
  return sum;
}

function within(text, word, [beginning, inside]) {
  const place = text.indexOf(word);
  if (place >= 0) return place === 0 || text.split(/[^\p{L}\p{N}]+/u).some((own) => own.startsWith(word)) ? beginning : inside;
  const near = word.length >= FORGIVEN && text.split(/[^\p{L}\p{N}]+/u).some((own) => alike(own, word));
  return near ? NEARLY : 0;
}

/** Whether two words differ in one letter: another one, one too many or too few, or two that changed places. */
function alike(one, other) {
  if (Math.abs(one.length - other.length) > 1) return false;
  let start = 0;
  while (start < one.length && one[start] === other[start]) start += 1;
  const [left, right] = [one.slice(start), other.slice(start)];
  return (
    left.slice(1) === right.slice(1) ||
    left.slice(1) === right ||
    left === right.slice(1) ||
    (left[0] === right[1] && left[1] === right[0] && left.slice(2) === right.slice(2))
  );
}

/** A text without what people do not care for when they search: capitals and accents. */
export const folded = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
