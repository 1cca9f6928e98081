// Hostile values in every field: in the file nothing but literals may differ, and CPython must agree.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { catalogue, home } from '../package/installed.mjs';

const here = (name) => new URL(name, import.meta.url);
const require = createRequire(join(home, 'package.json'));
const { Engine } = await import(pathToFileURL(require.resolve('dagwright')));
const hostile = JSON.parse(readFileSync(here('hostile.json'), 'utf8'));
const text = readFileSync(here('config.yaml'), 'utf8');

/** Pointers of every text below a value, and of every key of a map. */
function* places(value, path = []) {
  if (typeof value === 'string') yield path;
  else if (value && typeof value === 'object') {
    for (const [key, member] of Object.entries(value)) yield* places(member, [...path, key]);
  }
}

function replaced(document, path, value) {
  const copy = structuredClone(document);
  const holder = path.slice(0, -1).reduce((place, key) => place[key], copy);
  holder[path.at(-1)] = value;
  return copy;
}

function renamed(document, path, from, to) {
  const copy = structuredClone(document);
  const map = path.reduce((place, key) => place[key], copy);
  map[to] = map[from];
  delete map[from];
  return copy;
}

const shapes = (texts) =>
  JSON.parse(
    execFileSync('python3', [new URL('shapes.py', import.meta.url).pathname], {
      input: JSON.stringify(texts),
      encoding: 'utf8',
      maxBuffer: 1 << 30,
    }),
  );

for (const version of ['2.5', '2.11', '3.3']) {
  test(`hostile values stay values for Airflow ${version}`, () => {
    const engine = new Engine({ airflow: { version } });
    assert.deepEqual(engine.load(catalogue()).diagnostics, []);
    const ask = (values) => engine.answer({ config: { values }, environment: null });

    const benign = engine.answer({ config: { text } });
    assert.deepEqual(benign.diagnostics, []);
    const { document } = benign.config;
    const cases = [];
    for (const path of places(document)) {
      for (const value of hostile) cases.push([path, value, replaced(document, path, value)]);
    }
    const variables = ['parameters', 'steps', '0', 'environment_variables'];
    for (const key of hostile) cases.push([[...variables, '(key)'], key, renamed(document, variables, 'A_VARIABLE', key)]);
    assert.ok(cases.length > 1_500, `only ${cases.length} cases`);

    const written = [];
    for (const [path, value, values] of cases) {
      const answer = ask(values);
      const [file] = answer.files;
      if (!file) {
        assert.ok(
          answer.diagnostics.some((diagnostic) => diagnostic.severity === 'error'),
          `nothing is written and nothing is said: /${path.join('/')} ${JSON.stringify(value)}`,
        );
        continue;
      }
      assert.match(file.path, /^dags\/[a-z_]+\/[a-z_]+\.py$/);
      assert.match(file.text, /^[\n -~]*$/, `not plain ASCII: /${path.join('/')} ${JSON.stringify(value)}`);
      written.push({ path, value, text: file.text });
    }
    assert.ok(written.length > cases.length / 2, `only ${written.length} of ${cases.length} were written`);

    const [expected, ...found] = shapes([benign.files[0].text, ...written.map((file) => file.text)]);
    // A value that is empty may leave an optional line out, as an author means it to.
    const emptied = new Set(
      written.filter(({ value }) => value === '').map(({ text: file }) => file),
    );
    found.forEach(({ digest, texts }, position) => {
      const { path, value, text: file } = written[position];
      if (emptied.has(file)) return;
      assert.equal(digest, expected.digest, `the shape changed: /${path.join('/')} ${JSON.stringify(value)}`);
      if (path[0] === 'parameters' && !isWrittenOtherwise(path)) {
        assert.ok(
          texts.some((literal) => literal === value || literal.includes(value)),
          `the value is not in the file: /${path.join('/')} ${JSON.stringify(value)}`,
        );
      }
    });
  });
}

/** Durations become seconds, documentation is Markdown, and Airflow 2.5 has a flag for what happens to a container. */
const isWrittenOtherwise = (path) => /(_delay|_timeout|^documentation|^on_call|^on_finish_action)$/.test(path.at(-1));
