// What was checked last. It stays as long as the page does, so that whoever opens one of many configs comes back to the others.

/** Rows that are drawn at once; the others wait behind a button. */
export const ROWS = 200;

/**
 * One config. `findings` and `dag_ids` are what the engine said of it; `element` is its row, once that is drawn.
 * @typedef {{path: string, text: string, status: string, findings: any[], dag_ids: string[], problem?: string, element?: HTMLElement}} Row
 */

const NOTHING = { finished: true, skipped: 0, shown: ROWS, only: 'all', words: '' };

/**
 * `finished`: whether no row waits to be checked, alone or with the others; `shown`, `only` and `words`: which rows are on view;
 * `opened`: the row whose config was opened last.
 * @type {{rows: Row[], finished: boolean, skipped: number, shown: number, only: string, words: string, opened: Row | null}}
 */
export const results = { ...NOTHING, rows: [], opened: null };

/** Forgets them, for other files. What somebody searches for stays. */
export const clear = () => Object.assign(results, { ...NOTHING, words: results.words, rows: [], opened: null, finished: false });
