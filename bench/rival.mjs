// The same work with the libraries that one would take without Dagwright: js-yaml reads the configs, ajv checks them
// against the schema of the same template, nunjucks renders the same Python from the same template. It neither reads the
// Python back nor explains what it finds.
//
//   node rival.mjs 4|5 CATALOGUE FOLDER [--print]
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [version, catalogue, folder, print] = process.argv.slice(2);
const require = createRequire(new URL('../tests/package.json', import.meta.url));
const { load } = require(version === '4' ? 'js-yaml-4' : 'js-yaml');
const { default: Ajv } = require('ajv/dist/2020.js');
const { default: addFormats } = require('ajv-formats');
const nunjucks = require('nunjucks');

const read = (name) => readFileSync(join(catalogue, 'kubernetes-job', name), 'utf8');
const template = load(read('template.yaml'));
const validate = validator(template.parameters);
const environment = renderer(['dag.py.j2', 'runbook.md.j2']);
const dag = environment.getTemplate('dag.py.j2', true);

let written = 0;
for (const path of readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.yaml')).sort()) {
  const source = readFileSync(join(folder, path), 'utf8');
  const config = load(source);
  const { parameters } = config;
  if (!validate(parameters)) {
    console.error(path, validate.errors);
    process.exitCode = 1;
    continue;
  }
  dropEmpty(parameters);
  const text = dag.render({
    parameters,
    dag_id: `${config.package}_${config.name}`,
    config_path: `configs/${config.package}/${config.name}.yaml`,
    digest: createHash('sha256').update(source).digest('hex'),
    template,
  });
  written += text.length;
  if (print) process.stdout.write(text);
}
if (!print) console.log(written);

function validator(schema) {
  const ajv = new Ajv({ strict: false, useDefaults: true, allErrors: true });
  addFormats(ajv);
  ajv.addFormat('schedule', /^(@(once|hourly|daily|weekly|monthly|yearly)|\S+( \S+){4})$/);
  ajv.addFormat('duration', /^(\d+[smhd])+$/);
  ajv.addFormat('connection-id', /^[\w.-]+$/);
  ajv.addFormat('asset-uri', /^[a-z][\w.+-]*:\/\/\S+$/i);
  ajv.addFormat('image', /^[a-z0-9./_:-]+:[\w.-]+$/);
  return ajv.compile(schema);
}

/** The templates of the catalogue in the dialect of nunjucks: it has no literals of its own, and takes [] for true. */
function renderer(names) {
  const sources = Object.fromEntries(
    names.map((name) => {
      const filter = name.endsWith('.py.j2') ? 'python' : 'markdown';
      const raw = [];
      const text = read(name)
        .replace(/\{% raw %\}[^]*?\{% endraw %\}/g, (block) => `\0${raw.push(block) - 1}\0`)
        .replace(/\{\{ (.*?) \}\}/g, (_, expression) => `{{ (${expression})|${filter} }}`)
        .replaceAll('|list', '|length')
        // It cannot keep the blanks before a block; where they count, for assets, the configs that are measured never come.
        .replaceAll('{%+ ', '{% ')
        .replace(/\0(\d+)\0/g, (_, index) => raw[index]);
      return [name, text];
    }),
  );
  const loader = { getSource: (name) => ({ src: sources[name], path: name, noCache: false }) };
  const env = new nunjucks.Environment(loader, { autoescape: false, trimBlocks: true, lstripBlocks: true });
  const literal = (value) => {
    if (value === undefined || value === null) return 'None';
    if (value === true) return 'True';
    if (value === false) return 'False';
    if (typeof value !== 'string') return String(value);
    return JSON.stringify(value).replace(/[\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
  };
  class Code extends String {}
  env.addFilter('python', (value) => (value instanceof Code ? String(value) : literal(value)));
  env.addFilter('markdown', (value) => {
    if (value === true) return 'yes';
    if (value === false) return 'no';
    return (Array.isArray(value) ? value.join(', ') : String(value)).replace(/[\\`*<>[\]]/g, '\\$&');
  });
  env.addFilter('identifier', (value) => {
    if (!/^[A-Za-z_]\w*$/.test(value)) throw new Error(`${value} is no identifier`);
    return new Code(value);
  });
  env.addFilter('seconds', (value) => {
    const units = { s: 1, m: 60, h: 3600, d: 86400 };
    return [...value.matchAll(/(\d+)([smhd])/g)].reduce((sum, [, number, unit]) => sum + Number(number) * units[unit], 0);
  });
  env.addFilter('lines', (value, indent) => new Code(lines(value, indent, literal)));
  const least = (have) => (wanted) => compare(have, wanted) >= 0;
  env.addGlobal('airflow_at_least', least('3.3'));
  env.addGlobal('provider_at_least', () => true);
  env.addGlobal('render', function (name) {
    return env.getTemplate(name, true).render(this.ctx);
  });
  return env;
}

/** A value over several lines, one item a line. */
function lines(value, indent, literal) {
  const pad = ' '.repeat(indent);
  const end = ' '.repeat(indent - 4);
  if (typeof value === 'string') return `(\n${value.split(/(?<=\n)/).map((line) => `${pad}${literal(line)}\n`).join('')}${end})`;
  if (Array.isArray(value)) return `[\n${value.map((item) => `${pad}${literal(item)},\n`).join('')}${end}]`;
  return `{\n${Object.entries(value).map(([key, item]) => `${pad}${literal(key)}: ${literal(item)},\n`).join('')}${end}}`;
}

function compare(left, right) {
  const [a, b] = [left, right].map((text) => text.split('.').map(Number));
  return a[0] - b[0] || a[1] - b[1] || (a[2] ?? 0) - (b[2] ?? 0);
}

function dropEmpty(value) {
  for (const [key, member] of Object.entries(value)) {
    if (typeof member !== 'object' || member === null) continue;
    dropEmpty(member);
    if (Object.keys(member).length === 0) delete value[key];
  }
}
