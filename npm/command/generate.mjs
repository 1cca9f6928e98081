import { resolve } from 'node:path';
import { answers, dagIds } from './answers.mjs';
import { examineAll } from './examine.mjs';
import { display } from './files.mjs';
import { amount, count, exitCode, findings, inOrder, textLines } from './findings.mjs';
import { readInputs } from './inputs.mjs';
import { outputPath, readOutput, writeOutput } from './output.mjs';
import { openPortal } from './portal.mjs';
import { Stop } from './stop.mjs';
import { complain, painter, visible, write } from './terminal.mjs';

export default {
  summary: 'Writes the files that configs give.',
  usage: 'CONFIG... --out DIR [--environment NAME]',
  details: [
    'CONFIG is a config, a folder (all configs in it), or - for standard input. Files are written below DIR for every',
    'environment of the settings, else for each that the config names itself. Where anything is wrong with one config,',
    'nothing is written.',
  ],
  options: {
    out: { type: 'string', value: 'DIR', help: 'where to write; made where it is missing' },
    environment: { type: 'string', value: 'NAME', help: 'write for this environment only' },
  },
  async run(paths, values) {
    if (values.out === undefined) {
      throw new Stop('“dagwright generate” was not told where to write.', 'Name the folder with --out DIR.');
    }
    const portal = await openPortal(values);
    const inputs = await readInputs(paths, portal, 'config');
    const { found, outputs } = await generate(portal, inputs, values);
    if (found.length > 0) {
      complain([...textLines(found, painter(process.stderr)), ''].join('\n'));
    }
    const code = exitCode(found);
    if (code > 0) {
      complain(`${count(found)}; nothing was written.\n`);
      return code;
    }
    write(writeAll(outputs));
    return 0;
  },
};

/**
 * What configs give, and what is wrong with them.
 * @returns {Promise<{found: object[], outputs: Map<string, {file: string, text: string}>}>} the texts by the path they belong at
 */
export async function generate({ engine, settings, findings: wrong }, inputs, { out = '.', environment }) {
  const results = await examineAll(
    engine,
    inputs,
    (engine, { text }) => answers(engine, settings, text, environment),
    (diagnostics) => [{ diagnostics, files: [], dags: [] }],
  );
  const found = [...wrong];
  const outputs = new Map();
  for (const [index, list] of results.entries()) {
    const { file } = inputs[index];
    for (const answer of list) {
      found.push(...findings(answer.diagnostics, file));
      for (const output of answer.files) {
        const path = outputPath(out, output.path);
        found.push(...collision(outputs.get(path), file, path, output.text));
        outputs.set(path, { file, text: output.text });
      }
    }
  }
  const summaries = results.map((list, index) => ({ file: inputs[index].file, dag_ids: dagIds(list) }));
  found.push(...findings(await engine.relate(summaries), inputs[0].file));
  return { found: inOrder(found), outputs };
}

/** Two configs, or two environments of one, may give the same file, but not one path two texts. */
function collision(other, file, path, text) {
  if (other === undefined || other.text === text) return [];
  const [from, remedy] =
    other.file === file
      ? ['another environment of this config', 'Put {environment} into “paths.output” of portal.json, or ask for one with --environment.']
      : [other.file, 'Give one of them another package or name.'];
  return [
    {
      file,
      line: 1,
      column: 1,
      pointer: null,
      code: 'output-collision',
      severity: 'error',
      message: `This config and ${from} both give ${display(path)}, each with another text.`,
      help: remedy,
    },
  ];
}

function writeAll(outputs) {
  const lines = [];
  let written = 0;
  for (const [path, { text }] of outputs) {
    const same = readOutput(path) === text;
    if (!same) {
      writeOutput(path, text);
      written += 1;
    }
    lines.push(`${same ? 'unchanged' : 'written'}  ${visible(display(resolve(path)))}\n`);
  }
  return `${lines.join('')}${amount(written, 'file')} written, ${outputs.size - written} unchanged.\n`;
}
