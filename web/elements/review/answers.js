// The answers as a person reads them: what was asked, and what was said to it.

/**
 * One answer, or a heading with answers below it, or both.
 * @typedef {{title: string, pointer: string, value?: string, lines?: boolean, items?: string[], inside?: Row[]}} Row
 *   `lines`: whether the value is a text of several lines; `items`: the answers of a plain list
 */

/**
 * What was said to the questions, grouped as the form groups them.
 * @param {{fields: any[], prompts: any[]}} answer
 * @param {{yes: string, no: string, none: string}} say
 * @returns {Row[]}
 */
export const said = ({ fields, prompts }, say) => grouped(asking(fields, prompts), say);

/** Fields together with what they ask; a field may have a title of its own. */
function asking(fields, prompts) {
  return fields.map(({ prompt, items, entries, fields: members, ...field }) => {
    const inside = items ?? entries ?? members;
    return { ...prompts[prompt], ...field, inside: inside && asking(inside, prompts) };
  });
}

/**
 * @param {any[]} fields
 * @param {{yes: string, no: string, none: string}} say
 * @returns {Row[]}
 */
function grouped(fields, say) {
  const rows = [];
  for (const field of fields) {
    const row = one(field, say);
    if (!row) continue;
    if (!field.section) {
      rows.push(row);
      continue;
    }
    const last = rows.at(-1);
    if (last?.section === field.section) last.inside.push(row);
    else rows.push({ title: field.section, section: field.section, pointer: field.pointer, inside: [row] });
  }
  return rows;
}

/** A question and its answer; nothing where nothing was said. */
function one(field, say) {
  const { title, pointer, value, kind, inside } = field;
  // What holds nothing but others says of itself only that it is empty, or null.
  const own = value === undefined ? undefined : text(field, say);
  const row = { title, pointer, ...(own !== undefined && { value: own, lines: own.includes('\n') }) };
  if (kind === 'list' && !field.by_position && inside.length > 0 && inside.every(isPlain)) {
    return { ...row, items: inside.filter(({ value }) => value !== undefined).map((item) => text(item, say)) };
  }
  const rows = inside ? grouped(inside, say) : [];
  if (rows.length > 0) return { ...row, inside: rows };
  return own === undefined ? undefined : row;
}

/** Whether an item of a list is told in a word or a line, without a question of its own. */
const isPlain = ({ kind }) => ['text', 'number', 'choice', 'switch'].includes(kind);

/** An answer in words. */
function text({ kind, value, options, sentence, unit, text }, say) {
  if (kind === 'yaml') return text.trimEnd();
  // The words and what is written into the file: a reviewer reads either.
  if (kind === 'schedule' && sentence) return typeof value === 'string' ? `${sentence} (${value})` : sentence;
  if (kind === 'choices' && Array.isArray(value)) return value.map((own) => label(options, own)).join(', ');
  if (kind === 'choice') return label(options, value);
  if (value === null || value === '' || isEmpty(value)) return say.none;
  if (typeof value === 'boolean') return value ? say.yes : say.no;
  if (typeof value === 'object') return JSON.stringify(value);
  return unit ? `${value} (${unit})` : String(value);
}

function label(options, value) {
  const chosen = options.find((option) => JSON.stringify(option.value) === JSON.stringify(value));
  return chosen?.label ?? (typeof value === 'string' ? value : JSON.stringify(value));
}

const isEmpty = (value) => typeof value === 'object' && Object.keys(value).length === 0;

/**
 * The files that are written: those of each environment, where there are any.
 * @param {{files: {path: string, text: string}[]}} answer
 * @param {{answer: {files: {path: string, text: string}[]}}[]} environments
 */
export const outputs = (answer, environments) => (environments.length > 0 ? environments.flatMap(({ answer }) => answer.files) : answer.files);

/**
 * What an environment says otherwise, as the engine found it.
 * @param {{environments: string[], differences?: {place: string, text: string | null, values: (string | null)[]}[]}} answer
 * @param {string} environment
 * @returns {{place: string, after: string | null}[]}
 */
export function otherwise({ environments, differences = [] }, environment) {
  const index = environments.indexOf(environment);
  return differences.filter(({ text, values }) => index >= 0 && values[index] !== text).map(({ place, values }) => ({ place, after: values[index] }));
}
