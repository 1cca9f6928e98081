// Schemas and data that others made, from packages that are installed for the tests.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import vm from 'node:vm';
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
