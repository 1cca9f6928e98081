// The tasks of a DAG in words: their order, and their names cut to size.

/** @typedef {import('../../../npm/engine.d.ts').Dag} Dag */
/** @typedef {import('../../../npm/engine.d.ts').Task} Task */

/**
 * The tasks in an order in which each comes behind those that it waits for, with the ids of those. Tasks that wait for
 * each other, which Airflow refuses, come last.
 * @param {Dag} dag
 * @returns {{task: Task, upstream: string[]}[]}
 */
export function steps({ tasks }) {
  /** @type {Map<string, string[]>} */
  const upstream = new Map(tasks.map(({ task_id }) => [task_id, []]));
  for (const { task_id, downstream } of tasks) {
    for (const below of downstream) upstream.get(below)?.push(task_id);
  }
  const counts = new Map([...upstream].map(([task_id, before]) => [task_id, before.length]));
  const left = new Map(tasks.map((task) => [task.task_id, task]));
  const ordered = [];
  // Airflow refuses two tasks of one name; here the later one stands for both.
  while (left.size > 0) {
    const all = [...left.values()];
    const task = all.find(({ task_id }) => counts.get(task_id) === 0) ?? all[0];
    left.delete(task.task_id);
    for (const next of task.downstream) counts.set(next, (counts.get(next) ?? 0) - 1);
    ordered.push({ task, upstream: upstream.get(task.task_id) ?? [] });
  }
  return ordered;
}

/**
 * The name of a task or group inside its group.
 * @param {string} id
 * @param {string | null | undefined} group
 */
export const shortName = (id, group) => (group && id.startsWith(`${group}.`) ? id.slice(group.length + 1) : id);

/**
 * A name of at most `length` letters, cut in its middle, since names often differ at their ends.
 * @param {string} name
 * @param {number} length
 */
export function cut(name, length) {
  const letters = [...name];
  if (letters.length <= length) return name;
  const end = Math.floor(Math.max(length - 1, 0) / 2);
  return `${letters.slice(0, length - 1 - end).join('')}…${letters.slice(letters.length - end).join('')}`;
}

/**
 * The name, or as much of its beginning and end as a width allows.
 * @param {string} name
 * @param {number} width
 * @param {(text: string) => number} measure how wide a text is drawn
 */
export function fitted(name, width, measure) {
  if (measure(name) <= width) return name;
  let [fits, letters] = [0, [...name].length];
  while (fits + 1 < letters) {
    const middle = Math.floor((fits + letters) / 2);
    if (measure(cut(name, middle)) <= width) fits = middle;
    else letters = middle;
  }
  return cut(name, Math.max(fits, 1));
}

/** @type {CanvasRenderingContext2D | null | undefined} */
let canvas;

/**
 * Measures texts as the style sheet sets them: a canvas does so without laying out the page.
 * @param {number} size in pixels
 * @param {number} weight
 * @returns {(text: string) => number}
 */
export function ruler(size, weight) {
  canvas ??= document.createElement('canvas').getContext('2d');
  const font = `${weight} ${size}px ${getComputedStyle(document.body).fontFamily}`;
  return (text) => {
    // Where there is no canvas, no letter is wider than it is high.
    if (!canvas) return text.length * size;
    canvas.font = font;
    return canvas.measureText(text).width;
  };
}
