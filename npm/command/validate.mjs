import { examineAll } from './examine.mjs';
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
    for (const [index, { diagnostics, ids }] of (await examineAll(portal, inputs, values.environment)).entries()) {
      const { file } = inputs[index];
      found.push(...findings(diagnostics, file));
      summaries.push({ file, dag_ids: ids });
    }
    found.push(...findings(portal.engine.relate(summaries), inputs[0].file));
    return report(inOrder(found), values.format, `${amount(inputs.length, 'file')} checked`);
  },
};

/** Prints findings, and gives the exit code. */
export function report(list, format, checked) {
  if (format === 'json') {
    write(`${JSON.stringify(list, null, 2)}\n`);
  } else {
    write([...textLines(list, painter(process.stdout)), `${count(list)}; ${checked}.`, ''].join('\n'));
  }
  return exitCode(list);
}
