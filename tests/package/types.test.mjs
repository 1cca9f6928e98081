// Three proofs that engine.d.ts tells the truth: it names the fields that the Rust types have, real answers satisfy it,
// and a program that uses all of it compiles.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { pathToFileURL } from 'node:url';
import { catalogue, home, repository } from './installed.mjs';

const place = join(home, 'node_modules/dagwright');
const declarations = readFileSync(join(place, 'engine.d.ts'), 'utf8');

/** Compiles files in the folder that the package is installed in, as strictly as TypeScript can. */
function compile(names, resolution) {
  const options = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noUnusedLocals: true,
    noEmit: true,
    target: 'es2022',
    lib: ['es2022', 'dom'],
    types: [],
    ...resolution,
  };
  writeFileSync(join(home, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files: names }));
  try {
    execFileSync(join(repository, 'tests/node_modules/.bin/tsc'), ['--project', home, '--pretty', 'false'], { encoding: 'utf8' });
  } catch (error) {
    assert.fail(error.stdout);
  }
}

test('a program that uses every type compiles, in Node and in a bundler', () => {
  cpSync(join(repository, 'tests/package/uses.ts'), join(home, 'uses.ts'));
  compile(['uses.ts'], { module: 'nodenext', moduleResolution: 'nodenext' });
  compile(['uses.ts'], { module: 'esnext', moduleResolution: 'bundler' });
});

test('real answers satisfy the types', async () => {
  const { Engine } = await import(pathToFileURL(join(place, 'index.node.mjs')));
  const engine = new Engine();
  const loaded = engine.load(catalogue());
  const examples = catalogue().filter(({ path }) => path.includes('/examples/')).map(({ text }) => text);
  const wrong = examples.map((text) => text.replace('kubernetes-job@1', 'kubernetes-jop@1'));
  const odd = examples.map((text) => text.replace(/^ {4}- name: .*$/gm, '    - name: Not Good').replaceAll('image:', 'imag:'));
  const answers = [...examples, ...wrong, ...odd, 'a: [', ''].flatMap((text) =>
    [null, 'prod'].map((environment) => engine.answer({ config: { text }, environment, now: 1_800_000_000 })),
  );
  const dags = answers.flatMap((answer) => answer.dags);
  const facts = {
    Answer: answers,
    Loaded: [loaded, engine.load([{ path: 'x/template.yaml', text: 'id: 3' }])],
    Layout: dags.map((dag) => engine.layout(dag, [])),
    PythonAnswer: ['def (:', 'from airflow import DAG\nwith DAG(f()) as dag:\n    for x in y:\n        Task(task_id=x)\n'].map((text) => engine.read(text)),
    Decoded: ['a: 1', 'caf\xe9'].map((text) => engine.decode(Buffer.from(text, 'latin1'))),
    SettingsReading: ['{}', '{"titel": 1}', JSON.stringify({ logo: 'x.svg', colours: { accent: '#000000' }, airflow: { providers: { slack: '9.0.0' } }, environments: ['dev', { name: 'prod', airflow: { version: '2.11' } }], policies: ['policies.yaml'] })].map((text) => Engine.settings(text)),
  };
  assert.ok(dags.length > 3 && facts.Layout[0].nodes.length > 0);
  const lines = Object.entries(facts).flatMap(([type, list]) => [
    `import type { ${type} } from 'dagwright';`,
    ...list.map((value) => `(${JSON.stringify(value)}) satisfies ${type};`),
  ]);
  writeFileSync(join(home, 'facts.ts'), lines.join('\n'));
  compile(['facts.ts'], { module: 'nodenext', moduleResolution: 'nodenext' });
});

test('the types name the fields of the Rust types, no more and no fewer', () => {
  const sources = ['answer', 'dag', 'diagnostic', 'field', 'file', 'layout', 'settings', 'source'].map((name) =>
    readFileSync(join(repository, `core/src/${name}.rs`), 'utf8'),
  );
  const rust = new Map(sources.flatMap((source) => [...structs(source), ...variants(source)]));
  const typescript = new Map(interfaces(declarations));
  const missing = [...rust.keys()].filter((name) => !typescript.has(name));
  assert.deepEqual(missing, [], 'Rust types that engine.d.ts does not have');
  for (const [name, fields] of rust) assert.deepEqual(typescript.get(name), fields, name);
  assert.ok(rust.size > 30);
});

/** Names in TypeScript that differ from those in Rust. */
const renamed = { Field: 'FieldCommon', Text: 'ConfigText', Values: 'ConfigValues' };

/** Fields of the public structs that cross the boundary; an optional one is marked by `?`. */
function structs(source) {
  return [...source.matchAll(/^#\[derive\([^)]*Serialize[^)]*\)\]\n((?:#\[.*\]\n)*)pub struct (\w+) \{\n([^]*?)^\}/gm)].map(([, , name, body]) => [
    renamed[name] ?? name,
    fields(body, / {4}pub (\w+): /, / {4}#\[serde\((.*)\)\]/),
  ]);
}

/** Fields of the variants of the tagged enums: `FieldKind::Text` is `TextField`; and of `ConfigInput`. */
function variants(source) {
  const found = [];
  for (const [, name, body] of source.matchAll(/^pub enum (FieldKind|ConfigInput) \{\n([^]*?)^\}/gm)) {
    for (const [, variant, , inner = ''] of body.matchAll(/^ {4}(\w+)( \{\n([^]*?)^ {4}\})?,$/gm)) {
      const own = fields(inner, / {8}(\w+): /, / {8}#\[serde\((.*)\)\]/);
      found.push(name === 'FieldKind' ? [`${variant}Field`, ['kind', ...own].sort()] : [renamed[variant], own]);
    }
  }
  return found;
}

function fields(body, field, attribute) {
  const names = [];
  let optional = false;
  for (const line of body.split('\n')) {
    const [, attributes] = attribute.exec(line) ?? [];
    if (attributes !== undefined) {
      if (['flatten', 'skip'].includes(attributes)) optional = undefined;
      else optional = attributes.includes('skip_serializing_if') || optional;
    }
    const [, name] = field.exec(line) ?? [];
    if (name === undefined) continue;
    if (optional !== undefined) names.push(optional ? `${name}?` : name);
    optional = false;
  }
  return names.sort();
}

/** Members of the interfaces; what may be left out only on the way in is not optional in Rust. */
function interfaces(text) {
  const inward = {
    Request: ['environment', 'now', 'revision'],
    PythonRequest: ['environment', 'now', 'path'],
    ConfigValues: ['base'],
    Environment: ['airflow', 'inventory', 'policies'],
  };
  return [...text.matchAll(/^export interface (\w+) \{\n([^]*?)^\}/gm)].map(([, name, body]) => [
    name,
    [...body.matchAll(/^ {2}(\w+)(\??): /gm)].map(([, member, mark]) => (inward[name]?.includes(member) ? member : member + mark)).sort(),
  ]);
}
