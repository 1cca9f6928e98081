// Any schema becomes a form: those of other form libraries, and one small schema for each shape. docs/forms.md has the
// result; DAGWRIGHT_UPDATE=1 writes it anew.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { jsonForms, rjsf, schemaStore, webhooks } from './corpora.mjs';
import { config, draw, refusals, template } from './forms.mjs';
import { home, repository } from './installed.mjs';
import { shapes } from './shapes.mjs';

const { Engine } = await import(pathToFileURL(join(home, 'node_modules/dagwright/index.node.mjs')));
const manual = join(repository, 'docs/forms.md');
const engine = new Engine({ audience: 'engineer' });

function load(schema) {
  const { templates, diagnostics } = engine.load(template(schema));
  return { loaded: templates.length === 1, diagnostics };
}

const tables = [];
const refused = [];

for (const [title, samples] of [
  ['react-jsonschema-form, snapshot tests', rjsf()],
  ['JSON Forms, examples', jsonForms()],
  ['SchemaStore', schemaStore()],
  ['GitHub, webhooks', webhooks()],
]) {
  const sum = { samples: 0, refused: 0, warned: 0, native: 0, yaml: 0, fitting: 0, unfit: 0 };
  for (const { name, schema, data, fitting = [], unfit = [] } of samples) {
    test(`${title}: ${name}`, () => {
      const { loaded, diagnostics } = load(schema);
      sum.samples += 1;
      if (!loaded) {
        sum.refused += 1;
        const reason = diagnostics.find(({ severity }) => severity === 'error')?.message;
        assert.ok(reason, 'a refusal has its reason');
        refused.push([name, reason.replace('The schema of the parameters: ', '')]);
        return;
      }
      if (diagnostics.length > 0) sum.warned += 1;
      draw(engine, undefined);
      draw(engine, {});
      const { fields } = draw(engine, data);
      for (const { kind } of fields) sum[kind === 'yaml' ? 'yaml' : 'native'] += 1;
      for (const value of fitting) {
        assert.deepEqual(refusals(draw(engine, value).answer, value), []);
        sum.fitting += 1;
      }
      for (const value of unfit) {
        const found = refusals(engine.check({ config: { values: config(value) } }), value);
        assert.ok(found.length > 0, JSON.stringify(value));
        sum.unfit += 1;
      }
    });
  }
  tables.push([title, sum]);
}

for (const { title, schema, fits, unfit } of shapes) {
  test(`a form has ${title}`, () => {
    assert.deepEqual(load(schema), { loaded: true, diagnostics: [] });
    for (const value of fits) assert.deepEqual(draw(engine, value).errors, [], JSON.stringify(value));
    for (const [value, place] of unfit) {
      const { errors } = draw(engine, value);
      const places = errors.map(({ primary }) => primary.pointer);
      assert.ok(places.length > 0 && places.includes(`/parameters/value${place}`), `${JSON.stringify(value)}: ${places}`);
    }
  });
}

test('the manual of forms is current', () => {
  const drawn = shapes.map(({ title, schema, fits }) => {
    load(schema);
    const [field] = draw(engine, fits[0]).fields;
    const form = field.branches ? 'a choice of forms' : words[field.kind];
    return `| ${title} | ${form} |`;
  });
  const rows = tables.map(([title, sum]) => `| ${[title, ...Object.values(sum)].join(' | ')} |`);
  const reasons = refused.map(([name, reason]) => `| ${name} | ${reason.replaceAll('|', '\\|')} |`);
  const text = readFileSync(manual, 'utf8');
  const written = [
    ['shapes', ['| a schema asks for | it is drawn as |', '| --- | --- |', ...drawn]],
    [
      'corpora',
      [
        '| schemas of | samples | refused | with a warning | fields of their own | fields as YAML | answers that fit | answers that do not |',
        '| --- | --- | --- | --- | --- | --- | --- | --- |',
        ...rows,
      ],
    ],
    ['refused', ['| schema of SchemaStore | the first reason |', '| --- | --- |', ...reasons]],
  ];
  const current = written.reduce((before, [name, lines]) => replaced(before, name, lines), text);
  if (process.env.DAGWRIGHT_UPDATE) writeFileSync(manual, current);
  else assert.equal(text, current, 'DAGWRIGHT_UPDATE=1 writes docs/forms.md anew');
});

const words = {
  text: 'a text',
  number: 'a number',
  switch: 'a switch',
  choice: 'a choice',
  choices: 'boxes to tick',
  schedule: 'a schedule',
  list: 'a list',
  map: 'names with an answer each',
  group: 'a group',
  yaml: 'YAML',
};

function replaced(text, name, lines) {
  const pattern = new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- end -->)`);
  assert.match(text, pattern);
  return text.replace(pattern, (_, start, end) => `${start}${lines.join('\n')}\n${end}`);
}
