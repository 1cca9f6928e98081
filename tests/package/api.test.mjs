import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { pathToFileURL } from 'node:url';
import { catalogue, home } from './installed.mjs';

const place = join(home, 'node_modules/dagwright');
const { Engine, ready } = await import(pathToFileURL(join(place, 'index.node.mjs')));

const values = {
  template: 'kubernetes-job@1',
  package: 'finance',
  name: 'nightly',
  parameters: { description: 'Closes the day', owner: 'finance', steps: [{ name: 'run', image: 'finance/nightly:1.0.0' }] },
};

function engine(settings) {
  const made = new Engine(settings);
  assert.deepEqual(made.load(catalogue()).diagnostics, []);
  return made;
}

test('the engine answers values and text alike', () => {
  const made = engine();
  const answer = made.answer({ config: { values }, revision: 7 });
  assert.equal(answer.revision, 7);
  assert.deepEqual(answer.diagnostics, []);
  assert.equal(answer.dags[0].dag_id, 'finance_nightly');
  const again = made.answer({ config: { text: answer.config.text }, revision: 7 });
  assert.deepEqual(again, answer);
});

test('a check says of a config what its answer says', () => {
  const made = engine();
  const question = { config: { values: { ...values, environments: { prod: {}, dev: { retries: 'many' } } } }, environment: 'dev' };
  const { diagnostics, dags } = made.answer(question);
  assert.notDeepEqual(diagnostics, []);
  assert.deepEqual(made.check(question), { diagnostics, dag_ids: dags.map((dag) => dag.dag_id), environments: ['prod', 'dev'] });
});

test('the same question has the same answer, and the web entry has the same names', async () => {
  const [one, two] = [engine(), engine()].map((made) => JSON.stringify(made.answer({ config: { values }, now: 1_800_000_000 })));
  assert.equal(one, two);
  await ready();
  const web = readFileSync(join(place, 'index.web.mjs'), 'utf8');
  assert.match(web, /export \{ Engine \}/);
  assert.match(web, /export function ready\(/);
});

test('a bundler takes the web entry, and that answers too', async () => {
  const web = await import(pathToFileURL(join(place, 'index.web.mjs')));
  await web.ready(readFileSync(join(place, 'engine.wasm')));
  await web.ready();
  assert.equal(new web.Engine().answer({ config: { text: '' } }).diagnostics[0].severity, 'error');
});

test('answers hold plain objects', () => {
  const answer = engine().answer({ config: { values } });
  assert.deepEqual(structuredClone(answer), JSON.parse(JSON.stringify(answer)));
});

test('offsets count as JavaScript does', () => {
  const made = engine();
  const odd = structuredClone(values);
  odd.parameters.description = 'é𝄞';
  const { files } = made.answer({ config: { values: odd } });
  const origin = files[0].origins.find(({ pointer }) => pointer === '/parameters/steps/0/image');
  assert.equal(files[0].text.slice(origin.start, origin.end), '"finance/nightly:1.0.0"');
  const { diagnostics } = made.answer({ config: { text: '"𝄞": 1\n' } });
  const { span } = diagnostics.find(({ primary }) => primary.pointer === '/𝄞').primary;
  assert.equal('"𝄞": 1\n'.slice(span.start, span.end).replaceAll('"', ''), '𝄞');
});

test('a layout has a box for each task', () => {
  const made = engine();
  const { dags } = made.answer({ config: { values } });
  const layout = made.layout(dags[0], []);
  assert.deepEqual(layout.nodes.map(({ id, kind }) => ({ id, kind })), [{ id: 'run', kind: 'task' }]);
  assert.ok(layout.width > 0 && layout.height > 0);
});

test('relate finds two DAGs with one id', () => {
  const found = engine().relate([{ file: 'a', dag_ids: ['x'] }, { file: 'b', dag_ids: ['x'] }]);
  assert.deepEqual(found.map(({ code }) => code), ['duplicate-dag-id']);
});

test('settings are read, and what is wrong with them is told', () => {
  const good = Engine.settings('{"title": "P", "airflow": {"version": "2.11.2"}}');
  assert.deepEqual([good.settings.title, good.settings.airflow.version, good.diagnostics], ['P', '2.11.2', []]);
  const bad = Engine.settings('{"title": 3}');
  assert.equal(bad.diagnostics[0].primary.pointer, '/title');
});

test('a call of another shape throws an Error that names the shape', () => {
  const made = engine();
  const circle = {};
  circle.self = circle;
  const calls = [
    [() => new Engine(3), /new Engine takes settings/],
    [() => new Engine({ environments: 'dev' }), /new Engine takes settings .* but invalid type/],
    [() => new Engine({ airflow: { version: 3 } }), /new Engine takes settings/],
    [() => made.load({}), /Engine\.load takes a list of files \{path, text\}/],
    [() => made.load([{ path: 'x' }]), /missing field `text`/],
    [() => made.answer(), /Engine\.answer takes a request \{config/],
    [() => made.answer({ config: {} }), /Engine\.answer takes a request/],
    [() => made.answer({ config: { text: 'x' }, revision: -1 }), /Engine\.answer takes a request/],
    [() => made.answer(circle), /cannot be written as JSON/],
    [() => made.layout({}, []), /Engine\.layout takes a DAG/],
    [() => made.relate([{}]), /Engine\.relate takes a list of summaries/],
  ];
  for (const [call, message] of calls) {
    assert.throws(call, (error) => error instanceof Error && !(error instanceof WebAssembly.RuntimeError) && message.test(error.message), `${call}`);
  }
  assert.deepEqual(made.answer({ config: { values } }).diagnostics, [], 'the engine still answers');
});

test('nothing that a person can type breaks the engine', () => {
  const made = engine();
  const deep = 10_000_000;
  const texts = ['['.repeat(deep), '{a: '.repeat(deep / 4), '- '.repeat(deep / 2), `a: ${'!'.repeat(1000)}`, '\0', '\ud800', '&a [*a]', '%YAML 9.9\n---\n', '"', '|', `${'x'.repeat(deep)}: y`];
  for (const text of texts) {
    const answer = made.answer({ config: { text } });
    assert.equal(answer.diagnostics[0]?.severity, 'error', text.slice(0, 20));
  }
  for (const python of ['('.repeat(deep), `x = ${'-'.repeat(100_000)}1`, `${'f('.repeat(100_000)}`, 'x = '.repeat(100_000), `${'if x:\n'.repeat(1)}`, 'x'.repeat(deep), `x${'.a'.repeat(200_000)}`, `x = ${'1 + '.repeat(200_000)}1`, '\0', '\ud800']) {
    assert.ok(Array.isArray(made.read(python).diagnostics), python.slice(0, 20));
  }
  let nested = 'x';
  for (let i = 0; i < 100; i += 1) nested = [nested];
  assert.ok(made.answer({ config: { values: { ...values, parameters: { ...values.parameters, steps: nested } } } }).diagnostics.length > 0);
  assert.deepEqual(made.answer({ config: { values } }).diagnostics, [], 'the engine still answers');
});

test('every hostile value stays one literal', () => {
  const made = engine();
  const hostile = ['"', "'", '"""', "'''", '\\', '\\"', '{{ x }}'.replace(/[{}]/g, ''), '\n', '\r\n', '\u2028', '\ud800', '#{', '${x}', '"; import os; os.system("x") #', '\u0000', '\u001b[2J', 'é𝄞\u202e'];
  let written = 0;
  for (const value of hostile) {
    const own = structuredClone(values);
    own.parameters.owner = value;
    const { files, diagnostics } = made.answer({ config: { values: own } });
    if (diagnostics.some(({ severity }) => severity === 'error')) continue;
    const literals = files[0].origins.filter(({ pointer }) => pointer === '/parameters/owner').map(({ start, end }) => files[0].text.slice(start, end));
    assert.ok(literals.length > 0);
    for (const literal of literals) assert.match(literal, /^"(?:[ !#-[\]-~]|\\[ -~])*"$/, JSON.stringify(value));
    written += 1;
  }
  assert.ok(written > hostile.length / 2, `only ${written} were written`);
});
