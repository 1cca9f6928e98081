// What changed between two texts, line by line.
import { diffLines } from 'diff/lib/diff/line.js';
import { make } from '../make.js';

/** Lines around a change that are shown with it. */
const AROUND = 3;
/** Texts with more differences than this are told to differ, and no more: comparing takes time that grows with them. */
const MOST = 2000;

/**
 * A line of a comparison.
 * @typedef {{kind: 'same' | 'gone' | 'new' | 'gap', text: string}} Line
 */

/**
 * The lines that changed, with some around them; nothing where the texts are the same, or too different to be compared.
 * @param {string} before
 * @param {string} after
 * @returns {Line[]}
 */
export function changes(before, after) {
  const parts = diffLines(before, after, { maxEditLength: MOST }) ?? [];
  const lines = parts.flatMap(({ value, added, removed }) =>
    value
      .replace(/\n$/, '')
      .split('\n')
      .map((text) => /** @type {Line} */ ({ kind: added ? 'new' : removed ? 'gone' : 'same', text })),
  );
  const near = new Set(lines.flatMap(({ kind }, at) => (kind === 'same' ? [] : Array.from({ length: 2 * AROUND + 1 }, (_, step) => at - AROUND + step))));
  if (near.size === 0) return [];
  return lines.flatMap((line, at) => (near.has(at) ? [line] : at === 0 || near.has(at - 1) ? [{ kind: 'gap', text: '' }] : []));
}

const MARK = { same: ' ', gone: '−', new: '+', gap: '⋯' };

/**
 * The same as an element; the signs say to those who see no colour what is new.
 * @param {Line[]} lines
 * @param {{label: string, gone: string, new: string}} say
 */
export function drawn(lines, say) {
  const spoken = { gone: say.gone, new: say.new };
  return make(
    'div',
    { class: 'changes', tabindex: 0, role: 'region', 'aria-label': say.label },
    ...lines.map(({ kind, text }) =>
      make(
        'div',
        { class: `change change-${kind}` },
        make('span', { class: 'change-mark', 'aria-hidden': 'true' }, MARK[kind]),
        spoken[kind] && make('span', { class: 'visually-hidden' }, `${spoken[kind]}: `),
        make('code', {}, text),
      ),
    ),
  );
}
