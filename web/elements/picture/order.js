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
