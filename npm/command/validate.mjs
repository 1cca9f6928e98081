import { checks, reading } from './answers.mjs';
import { examineAll } from './examine.mjs';
import { amount, count, exitCode, findings, inOrder, textLines } from './findings.mjs';
import { readInputs } from './inputs.mjs';
import { openPortal } from './portal.mjs';
import { jsonText, painter, write } from './terminal.mjs';

/** How each generated file begins. */
const GENERATED = '# Made by Dagwright';

export default {
  summary: 'Says what is wrong with configs and with files of Python.',
  usage: 'PATH... [--format text|json]',
  details: [
    'PATH is a config, a file of Python, a folder (all configs and all Python in it), or - for standard input. A config is',
    'checked for every environment of the settings, else for each that it names itself; a file of Python for the one in',
    'whose folder it lies.',
  ],
  options: {
    environment: { type: 'string', value: 'NAME', help: 'check for this environment only' },
    format: { type: 'string', value: 'FORMAT', choices: ['text', 'json'], help: 'how to print the findings; text is the default' },
  },
  async run(paths, values) {
    const portal = await openPortal(values);
    const { engine, settings } = portal;
    const inputs = await readInputs(paths, portal, 'any');
    const results = await examineAll(
      engine,
      inputs,
      (engine, input) => (input.kind === 'python' ? read(engine, settings, input, values.environment) : check(engine, settings, input.text, values.environment)),
      (diagnostics) => ({ diagnostics, dag_ids: [] }),
    );
    const found = [...portal.findings];
    for (const [index, { diagnostics }] of results.entries()) found.push(...findings(diagnostics, inputs[index].file));
    // A generated file makes the DAGs of its config, and not others of the same id.
    const ofConfigs = new Set(results.flatMap(({ dag_ids }, index) => (inputs[index].kind === 'python' ? [] : dag_ids)));
    const summaries = results.map(({ dag_ids }, index) => ({
      file: inputs[index].file,
      dag_ids: isGenerated(inputs[index]) ? dag_ids.filter((id) => !ofConfigs.has(id)) : dag_ids,
    }));
    found.push(...findings(await engine.relate(summaries), inputs[0].file));
    return report(inOrder(found), values.format, `${amount(inputs.length, 'file')} checked`);
  },
};

function isGenerated({ kind, text }) {
  return kind === 'python' && text?.startsWith(GENERATED);
}

async function read(engine, settings, input, environment) {
  const { dags, diagnostics } = await reading(engine, settings, input, environment);
  return { diagnostics, dag_ids: dags.map((dag) => dag.dag_id).filter((id) => id !== null) };
}

async function check(engine, settings, text, environment) {
  const list = await checks(engine, settings, text, environment);
  return { diagnostics: list.flatMap(({ diagnostics }) => diagnostics), dag_ids: [...new Set(list.flatMap(({ dag_ids }) => dag_ids))] };
}

/** Prints findings, and gives the exit code. */
export function report(list, format, checked) {
  if (format === 'json') {
    write(jsonText(list));
  } else {
    write([...textLines(list, painter(process.stdout)), `${count(list)}; ${checked}.`, ''].join('\n'));
  }
  return exitCode(list);
}
