// What a forge said, as one line of plain text. Each spells it in several ways.

/** Longer answers are pages, not sentences. */
const LIMIT = 500;

/**
 * @param {any} data what the answer holds as JSON, if it is JSON
 * @param {string} text
 */
export function wordsOf(data, text) {
  const words = data === undefined ? plain(text) : [...new Set(said(data))].join('; ');
  return words.length > LIMIT ? `${words.slice(0, LIMIT)}…` : words;
}

/** @returns {string[]} */
function said(/** @type {any} */ value, key = '') {
  if (typeof value === 'string') return [key ? `${key} ${value}` : value];
  if (Array.isArray(value)) return value.flatMap((each) => said(each, key));
  if (typeof value !== 'object' || value === null) return [];
  // GitHub: {message, errors: [{message}]}; OAuth: {error, error_description}; GitLab: {message: {title: [words]}}.
  const { message, errors, error, error_description: description } = value;
  if (message === undefined && error === undefined && errors === undefined) return Object.entries(value).flatMap(([name, inside]) => said(inside, name));
  return [...said(message), ...said(description ?? error), ...(Array.isArray(errors) ? errors.flatMap((each) => said(each?.message ?? (typeof each === 'string' ? each : ''))) : [])].filter(Boolean);
}

/** A page that stands in for an answer says the most in its title. */
function plain(/** @type {string} */ text) {
  const title = /<title[^>]*>([^<]*)/i.exec(text)?.[1];
  if (title !== undefined) return title.trim();
  return /^\s*</.test(text) ? '' : text.trim();
}
