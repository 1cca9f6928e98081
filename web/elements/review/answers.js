// The answers as a person reads them: what was asked, and what was said to it.

/**
 * One answer, or a heading with answers below it.
 * @typedef {{title: string, pointer: string, value?: string, lines?: boolean, inside?: Row[]}} Row
 *   `lines`: whether the value is a text of several lines
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
  // A schedule says in one sentence what the fields inside it ask for.
  const below = kind === 'schedule' ? undefined : inside;
  if (below) {
    const plain = kind === 'list' && below.length > 0 && below.every(({ kind, value }) => ['text', 'number', 'choice'].includes(kind) && typeof value !== 'object');
    if (plain) return value === undefined ? undefined : { title, pointer, value: below.map((item) => text(item, say)).join(', ') };
    const rows = grouped(below, say);
    return rows.length > 0 ? { title, pointer, inside: rows } : undefined;
  }
  if (value === undefined) return undefined;
  const written = text(field, say);
  return { title, pointer, value: written, lines: written.includes('\n') };
}

/** An answer in words. */
function text({ kind, value, options, sentence, unit, text }, say) {
  if (kind === 'yaml') return text.trimEnd();
  if (kind === 'schedule' && sentence) return sentence;
  if (kind === 'choices' && Array.isArray(value)) return value.map((own) => label(options, own)).join(', ');
  if (kind === 'choice') return label(options, value);
  if (value === null || value === '') return say.none;
  if (typeof value === 'boolean') return value ? say.yes : say.no;
  if (typeof value === 'object') return JSON.stringify(value);
  return unit ? `${value} (${unit})` : String(value);
}

const label = (options, value) => options.find((option) => JSON.stringify(option.value) === JSON.stringify(value))?.label ?? String(value);

/**
 * The files that are written: those of each environment, where there are any.
 * @param {{files: {path: string, text: string}[]}} answer
 * @param {{answer: {files: {path: string, text: string}[]}}[]} environments
 */
export const outputs = (answer, environments) => (environments.length > 0 ? environments.flatMap(({ answer }) => answer.files) : answer.files);

/**
 * What an environment says otherwise, as places below the parameters and values.
 * @param {any} document
 * @param {string} environment
 * @returns {{place: string, before: unknown, after: unknown}[]}
 */
export function overrides(document, environment) {
  const found = [];
  const walk = (place, before, after) => {
    if (isObject(after)) {
      for (const [key, value] of Object.entries(after)) walk([...place, key], isObject(before) ? before[key] : undefined, value);
    } else if (JSON.stringify(before) !== JSON.stringify(after)) {
      found.push({ place: place.join('.'), before, after });
    }
  };
  walk([], document?.parameters, document?.environments?.[environment] ?? {});
  return found;
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
