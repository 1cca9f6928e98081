// Measures sizes and times, and writes docs/benchmarks.md. Nothing here is a test: a slow machine fails nothing.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { catalogue, repository, values, writeConfigs } from './workload.mjs';

const scratch = mkdtempSync(join(tmpdir(), 'dagwright-bench-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

const sizes = [20, 500];
const templates = join(scratch, 'templates');
for (const { path, text: content } of catalogue()) {
  mkdirSync(join(templates, path, '..'), { recursive: true });
  writeFileSync(join(templates, path), content);
}
writeFileSync(join(scratch, 'portal.json'), '{"catalogues": ["templates"]}');
const folders = Object.fromEntries([1, 1_000, 10_000].map((count) => {
  const folder = join(scratch, `${count}`);
  writeConfigs(folder, count, 10);
  return [count, folder];
}));
sameText();

const wasm = step('one change in a form', () => JSON.parse(node(['bench/form.mjs', ...sizes.map(String)])));
const native = step('the same, natively', () => JSON.parse(runNative()));
const one = step('validate one config', () => wall(15, () => validate(folders[1])));
const thousand = step('validate 1,000 configs', () => wall(5, () => validate(folders[1_000])));
const tenThousand = step('validate 10,000 configs', () => wall(1, () => validate(folders[10_000])));
const rivals = ['4', '5'].map((major) => ({
  name: `js-yaml ${version(major === '4' ? 'js-yaml-4' : 'js-yaml')} + ajv ${version('ajv')} + nunjucks ${version('nunjucks')}`,
  one: step(`one config beside js-yaml ${major}`, () => wall(15, () => rival(major, folders[1]))),
  thousand: step(`1,000 configs beside js-yaml ${major}`, () => wall(5, () => rival(major, folders[1_000]))),
}));
const busy = step('large forms on the page', () => JSON.parse(node(['bench/page.mjs'])));
const judged = step('what Lighthouse says', () => JSON.parse(node(['bench/lighthouse/judge.mjs'])));
const page = readdirSync(join(repository, 'dist')).find((name) => /^dagwright-web.*\.wasm$/.test(name));
const brotli = (path) => brotliCompressSync(readFileSync(join(repository, path))).length / 1000;

const rows = [
  ['one change in the form of a 20-task DAG → new answer, Node’s wasm, median', '≤ 2 ms', ms(wasm[0])],
  ['the same with 500 tasks', '≤ 30 ms', ms(wasm[1])],
  ['`validate` of 1,000 configs of 10 tasks, cold process, wall', '≤ 1 s', seconds(thousand)],
  ['the same with 10,000', 'linear', seconds(tenThousand)],
  ...rivals.map((other) => [`1,000 configs with ${other.name}, cold process, wall`, 'not faster', seconds(other.thousand)]),
  ['`validate` of one config, cold process, wall', '≤ 0.2 s', seconds(one)],
  ...rivals.map((other) => [`one config with ${other.name}, cold process, wall`, '', seconds(other.one)]),
  ['wasm against the same native code, 20 tasks', '≤ 1.6 times', times(wasm[0] / native[0])],
  ['wasm against the same native code, 500 tasks', '≤ 1.6 times', times(wasm[1] / native[1])],
  ...Object.entries(busy).map(([what, longest]) => [`longest task of the page, ${what}`, '≤ 50 ms', ms(longest)]),
  ...Object.entries(judged).flatMap(([where, scores]) =>
    Object.entries(scores).map(([category, score]) => [`Lighthouse on a telephone, ${where}: ${category.replace('-', ' ')}`, '≥ 95', score]),
  ),
  ['the page’s wasm, Brotli', '≤ 250 kB', `${brotli(join('dist', page)).toFixed(0)} kB`],
  ['the engine’s wasm, Brotli', '≤ 1,250 kB', `${brotli('npm/engine.wasm').toFixed(0)} kB`],
];
const document = `# Benchmarks

\`make bench\` measures and writes this page. One run, on ${machine()}, with Node ${process.versions.node}.

| what | to meet | measured |
| --- | --- | --- |
${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}

- The form: a config of the template \`kubernetes-job\`, whose description changes; the question and the answer cross into and out of the wasm as plain objects. The native program does the same work from JSON text to JSON text.
- The rivals read the same configs with the same catalogue: js-yaml reads, ajv checks the template’s own schema, nunjucks renders the template, adapted by a few mechanical replacements. Their Python is compared with ours before anything is measured. They do not parse that Python, read the DAG from it or explain what they find; \`validate\` does, within its time.
- A cold process is a new \`node\`, with the start of Node in the time. The wall time is the median of 15 runs for one config, of 5 for 1,000, and one run for 10,000.
- A task of the page is what keeps it from answering the next key. Somebody opens a form with 500 more fields, and a config of 500 tasks; types a sentence into one of those fields, into the form of those tasks, with their code beside it, and into one of them; and moves a task. Its time is that of the processor.
- Lighthouse ${version('lighthouse', 'bench/lighthouse')} judges \`dist/\`, served by \`make serve\`, with its own picture of a telephone on a slow line: the median of three visits.
- Sizes are those of Brotli at its highest level, as static hosts send them.
`;
writeFileSync(join(repository, 'docs/benchmarks.md'), document);
console.log(`\n${document}\nWritten to docs/benchmarks.md.`);

function node(words, options = {}) {
  return execFileSync(process.execPath, words, { cwd: repository, encoding: 'utf8', maxBuffer: 1 << 28, ...options });
}

function validate(folder) {
  node(['npm/dagwright.mjs', 'validate', folder, '--portal', join(scratch, 'portal.json')]);
}

function rival(major, folder, ...words) {
  return node(['bench/rival.mjs', major, templates, folder, ...words]);
}

/** The rivals do the same work only if they write the same Python. */
function sameText() {
  const out = join(scratch, 'out');
  node(['npm/dagwright.mjs', 'generate', folders[1], '--out', out, '--portal', join(scratch, 'portal.json')]);
  const ours = readFileSync(join(out, 'dags/finance/finance_job0.py'), 'utf8').replace(/^(#.*\n)+\n*/, '');
  for (const major of ['4', '5']) {
    const theirs = rival(major, folders[1], '--print');
    if (theirs.trim() !== ours.trim()) {
      writeFileSync(join(repository, 'target/ours.py'), ours);
      writeFileSync(join(repository, 'target/theirs.py'), theirs);
      throw new Error('The rival writes another Python than we do; compare target/ours.py with target/theirs.py and mend bench/rival.mjs.');
    }
  }
}

function runNative() {
  const input = JSON.stringify({ files: catalogue(), documents: sizes.map((tasks) => values(1, tasks)) });
  const words = ['run', '--quiet', '--release', '--locked', '--package', 'dagwright', '--example', 'native'];
  return execFileSync('cargo', words, { cwd: repository, encoding: 'utf8', input, maxBuffer: 1 << 28 });
}

function wall(runs, work) {
  const measured = Array.from({ length: runs }, () => {
    const start = performance.now();
    work();
    return (performance.now() - start) / 1000;
  });
  return measured.sort((a, b) => a - b)[Math.floor(runs / 2)];
}

function step(name, work) {
  process.stderr.write(`bench: ${name}\n`);
  return work();
}

function version(name, folder = 'tests') {
  return JSON.parse(readFileSync(join(repository, folder, 'node_modules', name, 'package.json'), 'utf8')).version;
}

function machine() {
  return `${cpus().length} cores of ${cpus()[0].model.trim()} with ${Math.round(totalmem() / 2 ** 30)} GiB`;
}

function ms(value) {
  return `${value.toFixed(2)} ms`;
}

function seconds(value) {
  return `${value.toFixed(2)} s`;
}

function times(value) {
  return `${value.toFixed(2)} times`;
}
