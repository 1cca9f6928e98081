// Keeps the two programs that a first visit loads within their budgets, as a static host sends them: with Brotli.
import { readdirSync, readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';

const page = readdirSync('dist').filter((name) => /^dagwright-web.*\.wasm$/.test(name));
if (page.length !== 1) {
  console.error(`dist/ holds ${page.length} wasm files of the page where one is expected; run “make build” again.`);
  process.exit(1);
}

// The engine is loaded in the worker, after the page can be used.
const budgets = [
  { name: 'page', path: `dist/${page[0]}`, budget: 290 },
  { name: 'engine', path: 'npm/engine.wasm', budget: 1350 },
];

for (const { name, path, budget } of budgets) {
  const bytes = readFileSync(path);
  const kilobytes = brotliCompressSync(bytes).length / 1000;
  const verdict = kilobytes <= budget ? 'within' : 'OVER';
  console.log(`${name}: ${(bytes.length / 1000).toFixed(0)} kB, ${kilobytes.toFixed(0)} kB as Brotli, ${verdict} the budget of ${budget} kB`);
  if (kilobytes > budget) process.exitCode = 1;
}
