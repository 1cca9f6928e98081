import { answers, now, reading } from './answers.mjs';
import { examineAll } from './examine.mjs';
import { exitCode, findings, inOrder, textLines } from './findings.mjs';
import { readInputs } from './inputs.mjs';
import { openPortal } from './portal.mjs';
import { complain, jsonText, painter, visible, write } from './terminal.mjs';

export default {
  summary: 'Prints the tasks and edges of DAGs, as read from their Python.',
  usage: 'PATH... [--json]',
  details: [
    'PATH is a config, a file of Python, a folder (all configs and all Python in it), or - for standard input. A config is',
    'drawn as it stands, without the overrides of an environment, unless one is named. Findings go to standard error.',
  ],
  options: {
    environment: { type: 'string', value: 'NAME', help: 'draw the configs for this environment' },
    json: { type: 'boolean', help: 'print JSON' },
  },
  async run(paths, values) {
    const portal = await openPortal(values);
    const { engine, settings } = portal;
    const inputs = await readInputs(paths, portal, 'any');
    const answered = await examineAll(
      engine,
      inputs,
      (engine, input) => (input.kind === 'python' ? reading(engine, settings, input, values.environment) : answer(engine, settings, input.text, values.environment)),
      (diagnostics) => ({ diagnostics, dags: [], unresolved: [], partial: true }),
    );
    const found = [...portal.findings];
    const graphs = answered.map(({ dags, unresolved, partial, diagnostics }, index) => {
      const { file } = inputs[index];
      found.push(...findings(diagnostics, file));
      return { file, dags: dags.map(dagJson), unresolved: unresolved.map(({ line, column, reason }) => ({ line, column, reason })), partial };
    });
    write(values.json ? jsonText(graphs) : graphs.flatMap(graphText).join(''));
    const wrong = inOrder(found).filter((finding) => finding.severity === 'error');
    complain(textLines(wrong, painter(process.stderr)).map((line) => `${line}\n`).join(''));
    return exitCode(wrong);
  },
};

async function answer(engine, settings, text, environment) {
  if (environment === undefined) return engine.answer({ config: { text }, now: now() });
  const [answer] = await answers(engine, settings, text, environment);
  return answer;
}

function dagJson({ dag_id, schedule, catchup, tags, tasks, groups, partial, unknown = [] }) {
  return {
    dag_id,
    schedule,
    catchup,
    tags,
    tasks: tasks.map(({ task_id, operator, decorator = null, downstream, trigger_rule, retries, group }) => ({
      task_id,
      operator,
      decorator,
      downstream,
      trigger_rule,
      retries,
      group,
    })),
    groups,
    partial,
    unknown,
  };
}

function graphText({ file, dags, unresolved, partial }) {
  return [
    ...(partial && dags.length === 0 ? [`${file}  (not everything could be read)\n`] : []),
    ...dags.flatMap(({ dag_id, schedule, tasks, partial, unknown }) => [
      `${dag_id ?? '?'}  ${scheduleText(schedule)}${remarks(partial, unknown)}\n`,
      ...tasks.map(({ task_id, operator, downstream }) =>
        `  ${task_id}  ${operator ?? '?'}${downstream.length > 0 ? `  >> ${downstream.join(', ')}` : ''}\n`),
    ]),
    ...unresolved.map(({ line, column, reason }) => `${file}:${line}:${column} unresolved ${reason}\n`),
  ].map((line) => `${visible(line.slice(0, -1))}\n`);
}

function scheduleText({ kind, text }) {
  if (kind === 'unknown') return 'schedule not known';
  return `${text ?? 'only by hand'}${kind === 'default' ? ' (default)' : ''}`;
}

function remarks(partial, unknown) {
  const others = unknown.filter((member) => member !== 'schedule');
  return `${partial ? '  (not everything could be read)' : ''}${others.length > 0 ? `  (not known: ${others.join(', ')})` : ''}`;
}
