// What Lighthouse says of the page, as a telephone on a slow line sees it: the median of each score.
//
//   node judge.mjs           prints JSON: the scores from 0 to 100, for each page and category
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const port = 8176;
const runs = 3;
const pages = { 'the catalogue': '', 'a form by its link': '#/new/kubernetes-job' };
const categories = ['performance', 'accessibility', 'best-practices'];

const server = spawn(process.execPath, ['tools/serve.mjs', 'dist', String(port)], { cwd: repository, stdio: ['ignore', 'pipe', 'inherit'] });
try {
  await new Promise((resolve) => server.stdout.once('data', resolve));
  const results = {};
  for (const [page, hash] of Object.entries(pages)) {
    const judged = [];
    for (let run = 0; run < runs; run += 1) judged.push(await judge(`http://127.0.0.1:${port}/${hash}`));
    results[page] = Object.fromEntries(categories.map((category) => [category, median(judged.map((scores) => scores[category]))]));
  }
  console.log(JSON.stringify(results));
} finally {
  server.kill();
}

/** The scores of one visit with nothing kept from before. */
async function judge(address) {
  const browser = await launch({ chromePath: process.env.CHROMIUM ?? '/usr/bin/chromium', chromeFlags: ['--headless=new', '--no-sandbox'] });
  try {
    const { lhr } = await lighthouse(address, { port: browser.port, onlyCategories: categories, output: 'json', logLevel: 'error' });
    if (lhr.runtimeError) throw new Error(`Lighthouse could not judge ${address}: ${lhr.runtimeError.message}`);
    return Object.fromEntries(categories.map((category) => [category, Math.round(lhr.categories[category].score * 100)]));
  } finally {
    browser.kill();
  }
}

function median(values) {
  return values.sort((one, other) => one - other)[Math.floor(values.length / 2)];
}
