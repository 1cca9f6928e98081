// What is read before it is handed over holds every answer: those of each example of each template, as the engine of the package
// gives them.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import test from 'node:test';
import { pathToFileURL } from 'node:url';
import { otherwise, said } from '../../web/elements/review/answers.js';
import { description } from '../../web/elements/submit/description.js';
import { ENGLISH } from '../../web/elements/words.js';
import { GERMAN } from '../../web/elements/words/german.js';
import { fieldsOf } from './forms.mjs';
import { catalogue, home } from './installed.mjs';

const { Engine } = await import(pathToFileURL(join(home, 'node_modules/dagwright/index.node.mjs')));
const examples = catalogue().filter(({ path }) => /\/examples\/[^/]+\.ya?ml$/.test(path));

/** Every value that is no list and no object, with its place. */
function* leaves(value, pointer = '') {
  if (typeof value !== 'object' || value === null) yield [pointer, value];
  else for (const [key, inner] of Object.entries(value)) yield* leaves(inner, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
}

/** Every row, each before those inside it. */
function* rowsOf(rows) {
  for (const row of rows) {
    yield row;
    yield* rowsOf(row.inside ?? []);
  }
}

/** The value that a text of the engine stands for. */
function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** How an answer is told. */
function told(value, { kind, options, unit } = {}, say) {
  const option = options?.find((option) => option.value === value)?.label;
  if (option !== undefined) return (text) => text === option;
  if (kind === 'schedule') return (text) => text.endsWith(`(${value})`);
  if (typeof value === 'boolean') return (text) => text === (value ? say.yes : say.no);
  return (text) => text === (unit ? `${value} (${unit})` : String(value).trimEnd());
}

assert.ok(examples.length >= 4);
for (const { path, text } of examples) {
  for (const language of ['en', 'de']) {
    test(`no answer of ${path} is missing from its review (${language})`, () => {
      const say = { en: ENGLISH, de: GERMAN }[language];
      const engine = new Engine({ language });
      engine.load(catalogue());
      const answer = engine.answer({ config: { text } });
      const { package: owner, name, parameters, environments = {} } = answer.config.document;
      const fields = new Map([...fieldsOf(answer.fields)].map((field) => [field.pointer, { ...answer.prompts[field.prompt], ...field }]));
      const rows = new Map([...rowsOf(said(answer, say))].filter(({ value, items }) => value !== undefined || items).map((row) => [row.pointer, row]));
      const reviewed = description({ answer, environments: [], template: { id: 'x', version: '1', title: 'X' }, link: null, hash: null }, say);
      const answers = [...leaves({ package: owner, name, parameters })];
      assert.ok(answers.length > 5);
      for (const [pointer, value] of answers) {
        // An item of a plain list stands in the row of the list.
        const row = rows.get(pointer) ?? rows.get(pointer.replace(/\/[^/]*$/, ''));
        assert.ok(row, `${pointer} has no row`);
        const shown = row.items ?? [row.value.trimEnd()];
        assert.ok(shown.some(told(value, fields.get(pointer), say)), `${pointer}: ${JSON.stringify(value)} is told as ${JSON.stringify(shown)}`);
        for (const line of shown.flatMap((text) => text.split('\n'))) assert.ok(reviewed.includes(line.slice(0, 60)), `“${line}” is missing from the description`);
      }
      for (const [environment, own] of Object.entries(environments)) {
        const values = (inside) => [...leaves(inside)].map(([, value]) => value);
        assert.deepEqual(values(otherwise(answer, environment).map(({ after }) => read(after))), values(own));
      }
    });
  }
}
