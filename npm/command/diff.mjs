import { answers } from './answers.mjs';
import { examineAll } from './examine.mjs';
import { exitCode, findings, inOrder, textLines } from './findings.mjs';
import { readInputs } from './inputs.mjs';
import { openPortal } from './portal.mjs';
import { complain, jsonText, painter, visible, write } from './terminal.mjs';

/** Longer texts are cut in a table. */
const longest = 40;

export default {
  summary: 'Shows what configs say otherwise for their environments.',
  usage: 'PATH... [--format text|json]',
  details: [
    'PATH is a config, a folder (all configs in it), or - for standard input. Each table has a column for the config as it',
    'stands and one for each environment: the version of Airflow and what will run where they are not the same everywhere,',
    'and each answer that is not. Errors go to standard error.',
  ],
  options: {
    format: { type: 'string', value: 'FORMAT', choices: ['text', 'json'], help: 'how to print the tables; text is the default' },
  },
  async run(paths, values) {
    const portal = await openPortal(values);
    const { engine, settings } = portal;
    const inputs = await readInputs(paths, portal, 'config');
    const compared = await examineAll(
      engine,
      inputs,
      (engine, { text }) => compare(engine, settings, text),
      (diagnostics) => ({ diagnostics, environments: [], rows: [] }),
    );
    const found = [...portal.findings];
    for (const [index, { diagnostics }] of compared.entries()) found.push(...findings(diagnostics, inputs[index].file));
    const tables = compared.map(({ environments, rows }, index) => ({ file: inputs[index].file, environments, rows }));
    write(values.format === 'json' ? jsonText(tables) : tables.map(table).join('\n'));
    const wrong = inOrder(found).filter(({ severity }) => severity === 'error');
    complain(textLines(wrong, painter(process.stderr)).map((line) => `${line}\n`).join(''));
    return exitCode(wrong);
  },
};

/** The rows in which the environments of a config are not the same. */
async function compare(engine, settings, text) {
  const list = await answers(engine, settings, text);
  const [{ environments, differences = [] }] = list;
  if (environments.length === 0) return { diagnostics: list[0].diagnostics, environments, rows: [] };
  const rows = [
    { place: 'Airflow', pointer: null, text: settings.airflow.version, values: environments.map((name) => airflowIn(settings, name)) },
    { place: 'What will run', pointer: null, text: null, values: list.map(({ summary }) => summary) },
  ].filter(({ values }) => new Set(values).size > 1);
  return { diagnostics: list.flatMap(({ diagnostics }) => diagnostics), environments, rows: [...rows, ...differences.map(({ place, pointer, text, values }) => ({ place, pointer, text, values }))] };
}

function airflowIn({ environments, airflow }, name) {
  return environments.find((own) => own.name === name)?.airflow?.version ?? airflow.version;
}

function table({ file, environments, rows }) {
  if (rows.length === 0) return `${visible(file)}\n  ${environments.length === 0 ? 'There are no environments.' : 'All environments are the same.'}\n`;
  const lines = [['', 'as it stands', ...environments], ...rows.map(({ place, text, values }) => [place, text, ...values])].map((cells) => cells.map(cell));
  const widths = lines[0].map((_, column) => Math.max(...lines.map((cells) => cells[column].length)));
  const drawn = lines.map((cells) => `  ${cells.map((text, column) => text.padEnd(widths[column])).join('  ').trimEnd()}\n`);
  return [`${visible(file)}\n`, ...drawn].join('');
}

function cell(text) {
  const plain = visible(text ?? '–');
  const letters = Array.from(plain);
  return letters.length > longest ? `${letters.slice(0, longest - 1).join('')}…` : plain;
}
