// What a template makes, as a small picture: boxes and lines without words.
import { draw } from '../make.js';
import { path } from '../picture/curve.js';
import { family } from '../picture/family.js';

/** More boxes than this are no picture any more. */
const MOST = 200;

/**
 * The picture of an example, as `dagwright catalog` writes it; nothing where there is none.
 * @param {{width: number, height: number, nodes: object[], edges: number[][][]} | null | undefined} preview
 * @returns {SVGElement | undefined}
 */
export function miniature(preview) {
  const { width, height } = preview ?? {};
  const nodes = list(preview?.nodes);
  if (!(width > 0 && height > 0) || nodes.length === 0 || nodes.length > MOST) return undefined;
  const frame = { class: 'miniature', viewBox: `-4 -4 ${width + 8} ${height + 8}`, 'aria-hidden': 'true' };
  const lines = list(preview.edges).map((points) => draw('path', { class: 'graph-edge', d: path(list(points).map(list)) }));
  const boxes = nodes.map(({ x, y, width, height, operator }) => {
    const size = { x, y, width, height, rx: 10 };
    if (typeof operator !== 'string') return draw('rect', { ...size, class: 'miniature-group' });
    const bar = draw('rect', { class: 'miniature-name', x: x + 46, y: y + height / 2 - 5, width: Math.max(width - 76, 0), height: 10, rx: 5 });
    const icon = draw('rect', { class: 'miniature-icon', x: x + 10, y: y + height / 2 - 13, width: 26, height: 26, rx: 6 });
    return draw('g', { class: 'miniature-task', 'data-family': family(operator) }, draw('rect', { ...size, class: 'task-frame' }), icon, bar);
  });
  // Groups lie below the lines, and tasks above.
  boxes.sort((one, other) => Number(one.localName === 'g') - Number(other.localName === 'g'));
  const groups = boxes.filter(({ localName }) => localName === 'rect').length;
  return draw('svg', frame, ...boxes.slice(0, groups), ...lines, ...boxes.slice(groups));
}

/** What should be a list; a catalogue may say anything. */
const list = (value) => (Array.isArray(value) ? value : []);
