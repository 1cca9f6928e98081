// How long the page is busy, in Chromium: the longest stretch in which it could not have answered a key. It is told in processor
// time, so that what else runs on the machine does not count.
//
//   node page.mjs            prints JSON: the longest task in milliseconds, for each thing that a person does
import { createRequire } from 'node:module';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository, values } from './workload.mjs';

const { chromium } = createRequire(join(repository, 'tests/package.json'))('@playwright/test');
const port = 8177;
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const template = readFileSync(join(repository, 'templates/kubernetes-job/template.yaml'), 'utf8');

/** Five hundred more questions. */
const questions = Array.from({ length: 500 }, (_, index) => `    field_${index}: {type: string, title: Question ${index}, maxLength: 40}\n`).join('');
const manyFields = template.replace('  properties:\n', `  properties:\n${questions}`);
const manySteps = template.replace('maxItems: 50', 'maxItems: 500');
const server = spawn(process.execPath, [join(repository, 'tools/serve.mjs'), join(repository, 'dist'), String(port)], { stdio: 'ignore' });
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
try {
  const results = {};
  for (const [name, body, prepare] of [
    ['the first answer of 500 fields', manyFields, async (page) => () => openForm(page)],
    ['typing into one of 500 fields', manyFields, async (page) => type(page, await openFields(page))],
    ['the first answer of 500 tasks', manySteps, pasteTasks],
    ['typing into the form of 500 tasks', manySteps, async (page) => type(page, await openTasks(page))],
    ['the same with their code beside it', manySteps, async (page) => type(page, await openTasks(page, 'Code'))],
    ['typing into one of 500 tasks', manySteps, async (page) => type(page, await openStep(page))],
    ['moving the second of 500 tasks', manySteps, moveStep],
  ]) {
    const page = await browser.newPage({ serviceWorkers: 'block', viewport: { width: 1440, height: 900 } });
    await page.route('**/kubernetes-job/template.yaml', (route) => route.fulfill({ body }));
    const act = await prepare(page);
    results[name] = await longest(page, async () => {
      await act();
      await page.waitForTimeout(3000);
    });
    await page.close();
  }
  console.log(JSON.stringify(results));
} finally {
  await browser.close();
  server.kill();
}

/** The processor time of the longest task of the page's main thread meanwhile, in milliseconds. */
async function longest(page, act) {
  const session = await page.context().newCDPSession(page);
  const events = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: ['toplevel'] } });
  await act();
  await session.send('Tracing.end');
  await complete;
  const own = new Set(events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(({ pid, tid }) => `${pid} ${tid}`));
  const tasks = events.filter(({ name, pid, tid, tdur }) => name.endsWith('RunTask') && own.has(`${pid} ${tid}`) && tdur);
  return Math.max(...tasks.map(({ tdur }) => tdur)) / 1000;
}

/** Nobody types evenly: the engine is asked whenever a person halts, and in the middle of the words as well. */
async function type(page, control) {
  await control.click();
  await page.waitForTimeout(3000);
  return async () => {
    for (const [index, key] of [...'Closes the books of the month, and sends them.'].entries()) {
      await page.keyboard.press(key);
      await page.waitForTimeout(index % 5 === 4 ? 400 : 90);
    }
  };
}

async function openForm(page) {
  await page.goto(`http://127.0.0.1:${port}/#/new/kubernetes-job`);
  await page.getByLabel('What it does').waitFor();
}

async function openFields(page) {
  await openForm(page);
  return page.getByLabel('Question 250');
}

async function pasteTasks(page) {
  await openForm(page);
  await page.getByRole('button', { name: 'Open a config' }).click();
  await page.getByLabel('Or paste its text').fill(JSON.stringify(values(1, 500)));
  return async () => {
    await page.getByRole('dialog').getByRole('button', { name: 'Open', exact: true }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  };
}

async function openTasks(page, tab = 'Picture') {
  const open = await pasteTasks(page);
  await open();
  await page.getByRole('tab', { name: tab }).click();
  return page.getByLabel('What it does');
}

async function openStep(page) {
  await openTasks(page);
  await page.getByRole('button', { name: 'Step 251: step250', exact: true }).click();
  return page.getByRole('textbox', { name: 'Image' });
}

async function moveStep(page) {
  await openTasks(page);
  const down = page.getByRole('button', { name: /^Move Step 2: .* down$/ });
  // Finding the button among all of them is work of the driver, in the page.
  await down.focus();
  await page.waitForTimeout(3000);
  return () => page.keyboard.press('Enter');
}
