import { display } from './files.mjs';
import { amount, inOrder } from './findings.mjs';
import { generate } from './generate.mjs';
import { readInputs } from './inputs.mjs';
import { readOutput } from './output.mjs';
import { openPortal } from './portal.mjs';
import { report } from './validate.mjs';

export default {
  summary: 'Finds drift: generated files that are missing, or no longer what their configs give.',
  usage: 'PATH... [--out DIR]',
  details: [
    'PATH is a config, a folder (all configs in it), or - for standard input. Nothing is written.',
  ],
  options: {
    out: { type: 'string', value: 'DIR', help: 'the folder that “generate” wrote to; the working directory is the default' },
    environment: { type: 'string', value: 'NAME', help: 'look at this environment only' },
    format: { type: 'string', value: 'FORMAT', choices: ['text', 'json'], help: 'how to print the findings; text is the default' },
  },
  async run(paths, values) {
    const portal = await openPortal(values);
    const inputs = await readInputs(paths, portal, 'config');
    const { found, outputs } = await generate(portal, inputs, values);
    const drifted = [...outputs].flatMap(([path, { file, text }]) => drift(path, file, text));
    return report(inOrder([...found, ...drifted]), values.format, `${amount(outputs.size, 'generated file')} compared`);
  },
};

function drift(path, config, text) {
  const present = readOutput(path);
  if (present === text) return [];
  const remedy = 'Run “dagwright generate” on the config again; changes belong into the config, never into what it gives.';
  const finding = { file: display(path), line: 1, column: 1, pointer: null, severity: 'error', help: remedy };
  if (present === null) return [{ ...finding, code: 'drift', message: `This is not a regular file; ${config} gives one.` }];
  return present === undefined
    ? [{ ...finding, code: 'drift-missing', message: `This file is missing; ${config} gives it.` }]
    : [{ ...finding, ...difference(present, text), code: 'drift', message: `This file is not what ${config} gives, from here on.` }];
}

/** Line and column of the first character that differs. */
function difference(present, text) {
  const [ours, theirs] = [present.split('\n'), text.split('\n')];
  const line = ours.findIndex((words, index) => words !== theirs[index]);
  if (line === -1) return { line: ours.length, column: ours.at(-1).length + 1 };
  const [own, other] = [Array.from(ours[line]), Array.from(theirs[line] ?? '')];
  const column = own.findIndex((character, index) => character !== other[index]);
  return { line: line + 1, column: (column === -1 ? own.length : column) + 1 };
}
