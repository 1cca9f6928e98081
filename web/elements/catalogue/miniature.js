// What a template makes, as a small picture: boxes and lines without words.
import { draw } from '../make.js';
import { path } from '../picture/curve.js';
import { family } from '../picture/family.js';
import { fitted, ruler } from '../picture/order.js';

/** More boxes than this are no picture any more. */
const MOST = 200;

/**
 * The picture of an example, as `dagwright catalog` writes it; nothing where there is none.
 * @param {{width: number, height: number, nodes: any[], edges: number[][][]} | null | undefined} preview
 * @param {{named?: boolean}} [options] `named`: whether each box has its name, which asks for room
 * @returns {SVGElement | undefined}
 */
export function miniature(preview, { named = false } = {}) {
  if (!preview) return undefined;
  const { width, height } = preview;
  const nodes = list(preview.nodes);
  if (!(width > 0 && height > 0) || nodes.length === 0 || nodes.length > MOST) return undefined;
  const frame = { class: 'miniature', viewBox: `-4 -4 ${width + 8} ${height + 8}`, width: width + 8, height: height + 8, 'aria-hidden': 'true' };
  const lines = list(preview.edges).map((points) => draw('path', { class: 'graph-edge', d: path(list(points).map(list)) }));
  const isTask = ({ operator }) => typeof operator === 'string';
  const groups = nodes.filter((node) => !isTask(node)).map(({ x, y, width, height }) => draw('rect', { class: 'miniature-group', x, y, width, height, rx: 10 }));
  // Groups lie below the lines, and tasks above.
  return draw('svg', frame, ...groups, ...lines, ...nodes.filter(isTask).map((node) => task(node, named)));
}

function task({ x, y, width, height, id, operator }, named) {
  const middle = y + height / 2;
  const icon = draw('rect', { class: 'miniature-icon', x: x + 10, y: middle - 13, width: 26, height: 26, rx: 6 });
  const words = named
    ? draw('text', { class: 'task-name', x: x + 46, y: middle + 4 }, fitted(String(id).split('.').at(-1) ?? '', width - 56, ruler(13, 600)))
    : draw('rect', { class: 'miniature-name', x: x + 46, y: middle - 5, width: Math.max(width - 76, 0), height: 10, rx: 5 });
  const box = draw('rect', { class: 'task-frame', x, y, width, height, rx: 10 });
  return draw('g', { class: 'miniature-task', 'data-family': family(operator) }, box, icon, words);
}

/**
 * What should be a list; a catalogue may say anything.
 * @returns {any}
 */
const list = (value) => (Array.isArray(value) ? value : []);
