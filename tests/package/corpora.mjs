// Schemas and data that others made, from packages that are installed for the tests.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import vm from 'node:vm';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { repository } from './installed.mjs';

const packages = join(repository, 'tests/node_modules');

/** The forms that the snapshot tests of react-jsonschema-form draw: their code is run with a form that only listens. */
export function rjsf() {
  const folder = join(packages, '@rjsf/snapshot-tests/lib');
  const found = [];
  for (const file of readdirSync(folder).filter((name) => name.endsWith('Tests.js')).sort()) {
    const tests = [];
    let name = '';
    const listen = (form, { schema, formData } = {}) => {
      if (schema && form === 'Form') found.push({ name: `${file.slice(0, -8)}: ${name}`, schema, data: formData });
    };
    const anything = new Proxy(() => anything, { get: (_, key) => (key === Symbol.toPrimitive ? () => '' : anything), apply: () => anything });
    const globals = {
      _jsx: listen,
      _jsxs: listen,
      render: () => anything,
      describe: (title, run) => run(),
      test: (title, run) => tests.push([title, run]),
      beforeEach: () => {},
      afterEach: () => {},
      beforeAll: () => {},
      afterAll: () => {},
      expect: anything,
      vi: anything,
      exports: {},
    };
    const text = readFileSync(join(folder, file), 'utf8');
    const imported = [...text.matchAll(/^import (.*?) from/gm)].flatMap(([, names]) => names.match(/\w+/g));
    for (const name of imported) globals[name.trim()] ??= anything;
    const code = text.replace(/^import .*$/gm, '').replace(/^export (?=function (\w+))/gm, '').replace(/^export .*$/gm, '');
    const suites = [...text.matchAll(/^export function (\w+)/gm)].map(([, suite]) => `${suite}('Form', {});`);
    vm.runInNewContext(`${code}\n${suites.join('\n')}`, globals);
    for (const [title, run] of tests) {
      name = title;
      // What a test expects of a real form does not hold here.
      Promise.resolve().then(run).catch(() => {});
      try {
        run();
      } catch {}
    }
  }
  return distinct(found);
}

/** The examples of JSON Forms. */
export function jsonForms() {
  const { getExamples } = createRequire(join(packages, 'x.js'))('@jsonforms/examples');
  const usable = getExamples().filter(({ schema }) => schema);
  return distinct(usable.map(({ name, schema, data }) => ({ name, schema, data })));
}

/** The catalogue of SchemaStore, with the schemas that it has from elsewhere. The schema of schemas is answered with others. */
export function schemaStore() {
  const folder = join(packages, 'schemastore/schemas/json');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const names = files.map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).replaceAll('\\', '/'));
  const samples = distinct(names.sort().map((name) => ({ name, schema: JSON.parse(readFileSync(join(folder, name), 'utf8')) })));
  const draft = /^http:\/\/json-schema\.org\/draft-07\/schema/;
  const small = samples.filter(({ schema }) => draft.test(schema.$schema) && JSON.stringify(schema).length < 20_000);
  const ofSchemas = samples.find(({ schema }) => draft.test(schema.$id));
  const { $id, $schema, ...rules } = ofSchemas.schema;
  Object.assign(ofSchemas, judged(rules, small.map(({ schema }) => schema)));
  return samples;
}

/** The events of GitHub: a schema each, with what was sent. */
export function webhooks() {
  const read = (path) => JSON.parse(readFileSync(join(packages, '@octokit', path), 'utf8'));
  const { definitions } = read('webhooks-schemas/schema.json');
  const events = read('webhooks-examples/api.github.com/index.json');
  return events.map(({ name, examples }) => {
    const schema = withDefinitions(definitions[`${name}_event`] ?? definitions[`${name}$event`], definitions);
    return { name, schema, ...judged(schema, examples) };
  });
}

/** Answers, and what the first of them becomes by one fault, in those that fit and those that do not. */
function judged(schema, answers) {
  const fits = addFormats(new Ajv({ strict: false })).compile(schema);
  const unfit = [...answers, ...broken(answers[0])].filter((value) => !fits(value));
  return { fitting: answers.filter((value) => fits(value)), unfit };
}

/** A schema with the definitions that it leads to. */
function withDefinitions(schema, definitions) {
  const needed = {};
  const search = (text) => {
    for (const [, name] of text.matchAll(/"\$ref":"#\/definitions\/([^"]+)"/g)) {
      if (needed[name]) continue;
      needed[name] = definitions[name];
      search(JSON.stringify(needed[name]));
    }
  };
  search(JSON.stringify(schema));
  return { ...schema, definitions: needed };
}

/** A value with one fault each: a member that is missing, that is one too many, or that is of another type. */
function* broken(value) {
  for (const [name, member] of Object.entries(value)) {
    const { [name]: _, ...rest } = value;
    yield rest;
    yield { ...value, [name]: member === null || typeof member !== 'object' ? [member] : 1 };
    if (member && typeof member === 'object' && !Array.isArray(member)) {
      const [first] = Object.keys(member);
      if (first) yield { ...value, [name]: { ...member, [first]: { nobody: 'asked' } } };
    }
  }
  yield { ...value, nobody: 'asked' };
}

/** Plain JSON, each once. */
function distinct(samples) {
  const known = new Map();
  for (const { name, schema, data } of samples) {
    const sample = JSON.parse(JSON.stringify({ schema, data }));
    const key = JSON.stringify(sample);
    if (!known.has(key)) known.set(key, { name, ...sample });
  }
  return [...known.values()];
}
