// What a reviewer reads: what will run, the answers, the picture, what was found, and where it came from.
import { otherwise, said } from '../review/answers.js';

/** More tasks than this are no picture that anybody reads. */
const MOST = 60;
/** Longer answers are cut, and so are longer lists: the config holds them. */
const LONGEST = 200;
const MOST_ITEMS = 20;

/**
 * The description of a merge request, in Markdown. Whatever somebody typed stands in code spans, where no forge takes it for a
 * mention, a link or a command.
 * @param {{answer: any, environments: {name: string, answer: any}[], template: {id: string, version: string, title: string}, link: string | null, hash: string | null}} made
 * @param {any} say
 * @returns {string}
 */
export function description({ answer, environments, template, link, hash }, say) {
  const findings = [answer, ...environments.map(({ answer }) => answer)].flatMap(({ diagnostics }) => diagnostics);
  const distinct = [...new Map(findings.map(({ severity, code, message }) => [`${severity} ${code} ${message}`, { severity, code, message }])).values()];
  const [dag] = answer.dags;
  const parts = [
    answer.summary && `${code(answer.summary)}`,
    environments.length > 0 && table([say.environment, say.whatRuns], environments.map(({ name, answer }) => [name, answer.summary ?? ''])),
    `### ${say.yourAnswers}\n\n${table([say.question, say.answer], flat(said(answer, say)))}`,
    ...environments.map(({ name }) => {
      const own = otherwise(answer, name);
      return own.length > 0 && `### ${say.otherwiseIn(name)}\n\n${table([say.question, say.answer], own.map(({ place, after }) => [place, after ?? say.notSaid]))}`;
    }),
    dag && dag.tasks.length <= MOST && `### ${say.thePicture}\n\n${mermaid(dag)}`,
    `### ${say.checks}\n\n${distinct.length === 0 ? say.nothingFound : distinct.map(({ severity, code: name, message }) => `- ${say.severity(severity)}: ${code(message)} (${code(name)})`).join('\n')}`,
    [say.madeWith(code(`${template.id}@${template.version}`)), hash && say.configHash(code(hash)), link && `[${say.openInPortal}](${link})`].filter(Boolean).join(' '),
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

/**
 * The message of a commit: a subject, and lines by which the change is found again.
 * @param {{title: string, template: string, hash: string | null, person: string | null}} made
 */
export function message({ title, template, hash, person }) {
  const line = (text) => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
  const trailers = [
    `Dagwright-Template: ${line(template)}`,
    hash && `Dagwright-Config-Hash: ${line(hash)}`,
    person && `Requested-by: ${line(person)}`,
  ];
  return `${line(title)}\n\n${trailers.filter(Boolean).join('\n')}\n`;
}

/**
 * The title of a merge request, from the portal's pattern.
 * @param {string} pattern such as `Add {dag_id}`
 * @param {Record<string, string>} values
 */
export const title = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

/**
 * A DAG for Mermaid, which the forges draw.
 * @param {{tasks: {task_id: string, downstream: string[]}[]}} dag
 */
export function mermaid({ tasks }) {
  const numbers = new Map(tasks.map(({ task_id }, index) => [task_id, `t${index}`]));
  const boxes = tasks.map(({ task_id }) => `  ${numbers.get(task_id)}["${task_id.replace(/[^\w.\-]/gu, (character) => `#${character.codePointAt(0)};`)}"]`);
  const edges = tasks.flatMap(({ task_id, downstream }) => downstream.filter((id) => numbers.has(id)).map((id) => `  ${numbers.get(task_id)} --> ${numbers.get(id)}`));
  return ['```mermaid', 'flowchart LR', ...boxes, ...edges, '```'].join('\n');
}

/** Answers of groups by their way: “Steps, Step 1, Image”. */
const flat = (rows, way = []) =>
  rows.flatMap(({ title, value, items, inside = [] }) => {
    const place = [...way, title];
    const told = items ?? value;
    return [...(told === undefined ? [] : [[place.join(' / '), told]]), ...flat(inside, place)];
  });

function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map((cells) => line(cells.map(cell)))].join('\n');
}

/** An answer, or several. */
function cell(told) {
  if (!Array.isArray(told)) return code(told);
  const shown = told.slice(0, MOST_ITEMS).map(code).join(', ');
  return told.length > MOST_ITEMS ? `${shown}, …` : shown;
}

/** A text as a code span on one line. */
function code(text) {
  const shown = String(text).replace(/[\p{Cc}\u2028\u2029]+/gu, ' ⏎ ').trim();
  const cut = shown.length > LONGEST ? `${shown.slice(0, LONGEST)}…` : shown;
  if (cut === '') return '';
  const longest = Math.max(0, ...[...cut.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const room = cut.startsWith('`') || cut.endsWith('`') ? ' ' : '';
  // In a table, a bar ends the cell even inside code.
  return `${fence}${room}${cut.replaceAll('|', '\\|')}${room}${fence}`;
}
