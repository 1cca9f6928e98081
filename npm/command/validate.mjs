import { checks } from './answers.mjs';
import { amount, count, exitCode, findings, inOrder, textLines } from './findings.mjs';
import { readInputs } from './inputs.mjs';
import { openPortal } from './portal.mjs';
import { painter, write } from './terminal.mjs';

export default {
  summary: 'Says what is wrong with configs and with files of Python.',
  usage: 'PATH... [--format text|json]',
  details: [
    'PATH is a config, a file of Python, a folder (all configs in it), or - for a config on standard input. A config is',
    'checked for every environment of the settings, else for each that it names itself.',
  ],
  options: {
    environment: { type: 'string', value: 'NAME', help: 'check for this environment only' },
    format: { type: 'string', value: 'FORMAT', choices: ['text', 'json'], help: 'how to print the findings; text is the default' },
  },
  async run(paths, values) {
    const portal = openPortal(values);
    const inputs = await readInputs(paths, { catalogues: portal.catalogues, python: false });
    const summaries = [];
    const found = [...portal.findings];
    for (const input of inputs) {
      const { diagnostics, ids } = examine(portal, input, values.environment);
      found.push(...findings(diagnostics, input.file));
      summaries.push({ file: input.file, dag_ids: ids });
    }
    found.push(...findings(portal.engine.relate(summaries), inputs[0].file));
    return report(inOrder(found), values.format, `${amount(inputs.length, 'file')} checked`);
  },
};

function examine(portal, { kind, text }, environment) {
  if (kind === 'python') {
    const { dags, diagnostics } = portal.engine.read(text);
    return { diagnostics, ids: dags.map((dag) => dag.dag_id) };
  }
  const list = checks(portal, text, environment);
  return { diagnostics: list.flatMap(({ diagnostics }) => diagnostics), ids: [...new Set(list.flatMap(({ dag_ids }) => dag_ids))] };
}

/** Prints findings, and gives the exit code. */
export function report(list, format, checked) {
  if (format === 'json') {
    write(`${JSON.stringify(list, null, 2)}\n`);
  } else {
    write([...textLines(list, painter(process.stdout)), `${count(list)}; ${checked}.`, ''].join('\n'));
  }
  return exitCode(list);
}
