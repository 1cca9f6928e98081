// Random templates: with a harmless and with a hostile answer they give the same syntax tree, or nothing is written.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { home } from '../package/installed.mjs';

const here = (name) => new URL(name, import.meta.url);
const require = createRequire(join(home, 'package.json'));
const { Engine } = await import(pathToFileURL(require.resolve('dagwright')));

const ROUNDS = Number(process.env.ROUNDS ?? 4_000);
const SEED = Number(process.env.SEED ?? 11);

const hostile = [
  ...JSON.parse(readFileSync(here('hostile.json'), 'utf8')),
  '{__import__(chr(111)+chr(115)).system(chr(105)+chr(100))}',
  '{x}',
  '{{x}}',
  '}',
  "'",
  "'''",
  'one\ntwo',
  'one\n"two"\n',
].filter((text) => text !== '');

// Jinja in answers is meant here, so that what is left to refuse is Python.
const MANIFEST = `
id: random
version: 1.0.0
title: Random
summary: A random template.
parameters:
  type: object
  properties:
    a: {type: string, format: airflow-jinja}
    b: {type: string, format: airflow-jinja}
    n: {type: number}
    list: {type: array, items: {type: string, format: airflow-jinja}}
    map: {type: object, additionalProperties: {type: string, format: airflow-jinja}}
    flag: {type: boolean, default: true}
    name: {type: string, default: some_name}
outputs: [{source: dag.py.j2}]
`;

/** A generator of random numbers that gives the same ones on every machine. */
function random(seed) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (count) => Math.floor(next() * count);
  return { below, one: (list) => list[below(list.length)], happens: (share) => next() < share };
}

const VALUES = [
  '{{ parameters.a }}',
  '{{ parameters.b }}',
  '{{ parameters.a|lines(8) }}',
  '{{ parameters.n }}',
  '{{ parameters.list }}',
  '{{ parameters.list|lines(4) }}',
  '{{ parameters.map }}',
  '{{ "x" ~ parameters.a ~ "y" }}',
  '{{ parameters.name|identifier }}',
];
const PREFIXES = ['', '', '', 'f', 'F', 'rf', 'fR', 't', 'b', 'r', 'u', 'rb'];
const QUOTES = ["'", '"', "'''", '"""'];
const FRAGMENTS = [
  ...[...VALUES, ...QUOTES, ...PREFIXES, '{', '}', '{x}', '{x!r:>{y}}', '{{ "{{" }}', '(', ')', '[', ']', ',', '.'],
  ...[':', '=', ' ', '\n', '#', '\\', '0', 'x', ' if x else ', '{% if parameters.flag %}', '{% else %}', '{% endif %}'],
  ...['{% include "part.py.j2" %}', '{{ m(parameters.a) }}'],
];

/** The files of a template. */
function template({ one, below, happens }) {
  const branch = (make) => {
    const condition = one(['parameters.flag', 'not parameters.flag', 'true', 'false']);
    return one([
      () => `{% if ${condition} %}${make()}{% else %}${make()}{% endif %}`,
      () => `{% if ${condition} %}${make()}{% endif %}`,
      () => `{% for i in ${one(['[1]', '[]', '[1, 2]'])} %}${make()}{% else %}${make()}{% endfor %}`,
      () => `{% with w = parameters.a %}${make()}{% endwith %}`,
      () => '{% include "part.py.j2" %}',
      () => '{{ m(parameters.a) }}',
      () => `{% call m(1) %}${make()}{% endcall %}`,
      () => `{% block ${one(['c', 'd'])}${below(1_000_000)} %}${make()}{% endblock %}`,
      () => '{% raw %}{{ x }}{% endraw %}',
    ])();
  };
  const piece = () => one(['text', '{x}', '{os.name}', ' ', '{ {', '}}', "it's", '\\n', '%s']);
  const inside = (depth) => {
    const next = () => {
      if (depth > 0 && happens(0.2)) return branch(() => inside(depth - 1));
      return happens(0.1) ? one(VALUES) : piece();
    };
    return Array.from({ length: below(4) }, next).join('');
  };
  const text = (depth) => {
    const quote = one(QUOTES);
    return one(PREFIXES) + quote + inside(depth) + quote;
  };
  const expression = (depth) => {
    if (depth === 0) return happens(0.6) ? one(VALUES) : text(0);
    const part = () => expression(depth - 1);
    return one([
      () => one(VALUES),
      () => text(depth),
      () => branch(part),
      () => `[${part()}, ${part()}]`,
      () => `{ ${part()}: ${part()} }`,
      () => `f(${part()}, key=${part()})`,
      () => `${part()} + ${part()}`,
      () => `x ${one(['', '** ', '- ', '% '])}${part()}`,
      () => `${part()}${one(['', ' ', '.real', '[0]', ' if x else y', '()'])}`,
      () => `${text(0)} ${part()}`,
      () => `x[${part()}]`,
      () => `(\n    ${part()}\n)`,
    ])();
  };
  const statement = () => {
    const value = expression(1 + below(3));
    return one([
      () => `x = ${value}\n`,
      () => `x = ${value}\n`,
      () => `${value}\n`,
      () => `x: ${value} = ${expression(1)}\n`,
      () => `def g(a=${value}):\n    return ${expression(1)}\n`,
      () => `class A(${value}):\n    pass\n`,
      () => `@f(${value})\ndef g(): pass\n`,
      () => `match ${value}:\n    case ${expression(1)}: pass\n`,
      () => `for i in ${value}: pass\n`,
      () => `# ${value}\n`,
    ])();
  };
  const broken = (own) => {
    if (!happens(0.4)) return own;
    const at = below(own.length + 1);
    return own.slice(0, at) + one(FRAGMENTS) + own.slice(at + (happens(0.3) ? below(3) : 0));
  };
  const macro = `{% macro m(v) %}${happens(0.2) ? text(1) : '{{ v }}'}{% endmacro %}`;
  const body = Array.from({ length: 1 + below(2) }, () => broken(statement())).join('');
  const part = happens(0.7) ? one(VALUES) : broken(expression(1));
  if (happens(0.8)) return { 'dag.py.j2': `${macro}\n${body}`, 'part.py.j2': part };
  return {
    'dag.py.j2': `{% extends "parent.py.j2" %}\n${macro}\n{% block b %}${broken(expression(2))}{% endblock %}\n`,
    'parent.py.j2': `${macro}\n${broken('x = {% block b %}1{% endblock %}\n')}`,
    'part.py.j2': part,
  };
}

const shapes = (texts) =>
  JSON.parse(
    execFileSync('python3', ['-W', 'ignore', here('shapes.py').pathname], {
      input: JSON.stringify(texts),
      encoding: 'utf8',
      maxBuffer: 1 << 30,
    }),
  );

test(`hostile values stay values in ${ROUNDS} random templates (seed ${SEED})`, () => {
  const engine = new Engine({ airflow: { version: '3.3' } });
  const chance = random(SEED);
  const pairs = [];
  let loaded = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const files = template(chance);
    const sources = Object.entries(files).map(([name, text]) => ({ path: `random/${name}`, text }));
    const { diagnostics } = engine.load([{ path: 'random/template.yaml', text: MANIFEST }, ...sources]);
    if (diagnostics.some(({ severity }) => severity === 'error')) continue;
    loaded += 1;
    const written = (a, b, n) => {
      const parameters = { a, b, n, list: [a, b], map: { k: a } };
      const values = { template: 'random@1', package: 'random', name: 'test', parameters };
      return engine.answer({ config: { values }, environment: null }).files[0]?.text;
    };
    const benign = written('one', 'two', 7);
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const attack = written(chance.one(hostile), chance.one(hostile), chance.one([-7, -0.5, 1e300, 3]));
      if (benign && attack) pairs.push({ files, benign, attack });
    }
  }
  assert.ok(loaded > ROUNDS / 10, `only ${loaded} of ${ROUNDS} were loaded`);
  assert.ok(pairs.length > ROUNDS / 20, `only ${pairs.length} pairs were written`);
  const digests = shapes(pairs.flatMap(({ benign, attack }) => [benign, attack])).map(({ digest }) => digest);
  pairs.forEach(({ files, benign, attack }, position) => {
    const message = `the shape changed:\n${JSON.stringify(files, null, 2)}\n── harmless\n${benign}\n── hostile\n${attack}`;
    assert.equal(digests[2 * position], digests[2 * position + 1], message);
  });
});
