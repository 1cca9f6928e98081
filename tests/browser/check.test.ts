// Many configs at once: dropped, checked with progress, looked through, and handed on.
import type { Page } from '@playwright/test';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { button, download, expect, field, test } from './portal.ts';

const good = (name: string) => `template: kubernetes-job@1
package: finance
name: ${name}
parameters:
  description: Closes the day
  owner: finance
  steps:
    - name: close
      image: finance/close:1.0.0
`;
const folder = mkdtempSync(join(tmpdir(), 'dagwright-check-'));
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes a folder of files and answers with its path. */
function write(name: string, files: Record<string, string>) {
  for (const [path, text] of Object.entries(files)) {
    const target = join(folder, name, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
  return join(folder, name);
}

async function open(page: Page) {
  await page.goto('');
  await page.getByRole('link', { name: 'Check configs' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Check configs' })).toBeFocused();
}

const rows = (page: Page) => page.locator('summary').filter({ hasText: /\.ya?ml/, visible: true });
const done = (page: Page, text: string | RegExp) =>
  expect(page.getByRole('main').getByRole('status').filter({ hasText: /./ })).toHaveText(text);

test('a folder is checked, the worst first, and handed on', async ({ page }) => {
  const path = write('mixed', {
    'configs/finance/good.yaml': good('good'),
    'configs/finance/latest.yaml': good('latest').replace(':1.0.0', ':latest'),
    'configs/finance/bad.yaml': good('bad').replace('owner: finance', 'owner: 5'),
    'configs/finance/twin.yml': good('good'),
    'configs/finance/broken.yaml': 'template: kubernetes-job@1\n  package: [',
    'configs/finance/unknown.yaml': 'template: no-such@1\n',
    'docker-compose.yaml': 'services: {}\n',
    'README.md': 'template: none',
    'node_modules/x/config.yaml': good('hidden'),
  });
  await open(page);
  await page.getByLabel('Or a folder').setInputFiles(path);
  await done(page, '6 configs checked. 3 other files were left out.');
  const names = (await rows(page).allTextContents()).map((text) => /(\w+)\.ya?ml/.exec(text)![1]);
  expect(names).toEqual(['bad', 'broken', 'twin', 'unknown', 'latest', 'good']);
  await button(page, /^With errors/).click();
  await expect(rows(page).filter({ hasText: 'latest' })).toHaveCount(0);
  const bad = page.getByRole('group').filter({ hasText: 'finance/bad.yaml' });
  await bad.getByText('finance/bad.yaml').click();
  await expect(bad.getByRole('listitem').first()).toContainText('Line 6: ');
  const search = page.getByLabel('Search files and findings');
  await search.fill('broken');
  await expect(rows(page)).toHaveCount(1);
  await search.fill('');
  await button(page, /^With warnings/).click();
  await search.fill('version latest');
  await expect(rows(page)).toHaveCount(1);
  // What the file is called does not matter.
  await search.fill('image-latest-tag');
  await expect(rows(page)).toHaveCount(1);
  await search.fill('nowhere');
  await expect(rows(page)).toHaveCount(0);
  await expect(page.getByText('No file and no finding has all these words.')).toBeVisible();
  await button(page, 'Show all files').click();
  await expect(search).toBeFocused();
  await expect(rows(page)).toHaveCount(6);

  const json = await download(page, () => button(page, 'Save as JSON').click());
  expect(json.name).toBe('findings.json');
  const findings = JSON.parse(json.bytes.toString());
  expect(findings.find(({ file }: { file: string }) => file.endsWith('bad.yaml'))).toMatchObject({ line: 6, pointer: '/parameters/owner', severity: 'error' });
  expect(findings.some(({ code, file }: { code: string; file: string }) => code === 'duplicate-dag-id' && file.endsWith('twin.yml'))).toBe(true);
  const table = await download(page, () => button(page, 'Save as table').click());
  expect(table.name).toBe('findings.csv');
  expect(table.bytes.toString()).toContain('mixed/configs/finance/bad.yaml,6,');

  await bad.getByRole('button', { name: 'Open in its form' }).click();
  await expect(page).toHaveURL(/#\/new\/kubernetes-job\?/);
  await expect(field(page, 'Package')).toHaveValue('finance');
});

test('on a narrow screen the path of each file can be read', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page);
  await page.getByLabel('Or a folder').setInputFiles(write('narrow', { 'configs/finance_reports/nightly_close.yaml': good('a'), 'configs/finance_reports/monthly_close.yaml': good('b').replace('owner: finance', 'owner: 5') }));
  await done(page, '2 configs checked.');
  for (const row of await rows(page).all()) {
    const path = row.locator('.result-path');
    const lines = await path.evaluate((own) => own.getClientRects().length && Math.round(own.getBoundingClientRect().height / parseFloat(getComputedStyle(own).lineHeight)));
    expect(lines).toBeLessThanOrEqual(2);
  }
});

test('a thousand configs show how far they are, and can be stopped', async ({ page }) => {
  const path = write('thousand', Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`job${index}.yaml`, good(`job${index}`)])));
  await open(page);
  await page.getByLabel('Or a folder').setInputFiles(path);
  await expect(page.getByRole('progressbar', { name: 'Checked so far' })).toBeVisible();
  await expect(page.getByText(/^\d+ of 1000 configs checked/)).toBeVisible();
  // Not every number is said aloud.
  await expect(page.getByRole('main').getByRole('status').filter({ hasText: 'of 1000' })).toHaveCount(0);
  await done(page, '1000 configs checked.');
  await expect(rows(page)).toHaveCount(200);
  await button(page, 'Show 200 more').click();
  await expect(rows(page)).toHaveCount(400);
  await expect(rows(page).nth(200)).toBeFocused();
  await expect(button(page, /^In order 1,000$/)).toBeVisible();

  await page.evaluate(() => {
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (message: string) {
      setTimeout(() => post.call(this, message), 20);
    };
  });
  await page.getByLabel('Or a folder').setInputFiles(path);
  await expect(page.getByText(/^[1-9]\d* of 1000/)).toBeVisible();
  await button(page, 'Stop').click();
  await done(page, /^\d{1,3} configs checked/);
});

test('files are dropped anywhere on the page, and those that are no configs are said to be none', async ({ page }) => {
  await open(page);
  const drop = async (files: Record<string, string>) => {
    const transfer = await page.evaluateHandle((files) => {
      const data = new DataTransfer();
      for (const [name, text] of Object.entries(files)) data.items.add(new File([text], name));
      return data;
    }, files);
    for (const type of ['dragover', 'drop']) await page.dispatchEvent('h1', type, { dataTransfer: transfer });
  };
  await drop({ 'a.yaml': good('a'), 'b.yaml': good('b').replace('finance/close:1.0.0', 'finance/close') });
  await done(page, '2 configs checked.');
  await drop({ 'large.yaml': `template: kubernetes-job@1\n${'# large\n'.repeat(200_000)}`, 'text.yaml': 'no config' });
  await done(page, '2 configs checked.');
  await page.getByText('large.yaml').click();
  await expect(page.getByText('The file is larger than any config may be, so it was not read.')).toBeVisible();
  await page.getByLabel('Or a folder').setInputFiles(write('empty', { 'a.txt': '' }));
  await done(page, /^There is no config among these files\./);
});

test('an engine that stops at a config goes on with the next', async ({ page, allowed }) => {
  allowed.push(/on purpose/);
  await page.route('**/worker.js', async (route) => {
    const response = await route.fetch();
    const trap = 'addEventListener("message", ({ data }) => { if (data.includes("name: trap")) throw new Error("on purpose"); });';
    await route.fulfill({ response, body: `${trap}\n${await response.text()}` });
  });
  await open(page);
  const path = write('trap', { 'a.yaml': good('a'), 'b.yaml': good('trap'), 'c.yaml': good('c') });
  await page.getByLabel('Or a folder').setInputFiles(path);
  await done(page, '3 configs checked.');
  await page.getByText('trap/b.yaml').click();
  await expect(page.getByText('The checks did not come to an end with this config.')).toBeVisible();
  await expect(button(page, /^In order 2$/)).toBeVisible();
});

test('the table says what the command line says', async ({ page }) => {
  const path = write('same', { 'a.yaml': good('a').replace(':1.0.0', ''), 'b.yaml': good('b').replace('steps', 'stepz') });
  await open(page);
  await page.getByLabel('Or a folder').setInputFiles(path);
  await done(page, '2 configs checked.');
  const json = await download(page, () => button(page, 'Save as JSON').click());
  const { execFileSync } = await import('node:child_process');
  const run = () => {
    try {
      return execFileSync(process.execPath, [join(import.meta.dirname, '../../npm/dagwright.mjs'), 'validate', path, '--format', 'json'], { encoding: 'utf8' });
    } catch (error) {
      return (error as { stdout: string }).stdout;
    }
  };
  const place = ({ file, line, column, code }: Record<string, unknown>) => `${String(file).split('/').pop()}:${line}:${column} ${code}`;
  expect(JSON.parse(json.bytes.toString()).map(place).sort()).toEqual(JSON.parse(run()).map(place).sort());
  expect(readFileSync(join(path, 'a.yaml'), 'utf8')).toContain('finance');
});

test('the results are there again when somebody comes back from one of the configs', async ({ page }) => {
  const files = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`job${index}.yaml`, good(`job${index}`)]));
  const path = write('back', { ...files, 'bad1.yaml': good('bad1').replace('owner: finance', 'owner: 5'), 'bad2.yaml': good('bad2').replace('owner: finance', 'owner: 5') });
  await open(page);
  await page.getByLabel('Or a folder').setInputFiles(path);
  await done(page, '302 configs checked.');
  await button(page, /^With errors/).click();
  await page.getByLabel('Search files and findings').fill('bad');
  await expect(rows(page)).toHaveCount(2);
  const bad = page.getByRole('group').filter({ hasText: 'bad2.yaml' });
  await bad.getByText('back/bad2.yaml').click();
  for (let time = 0; time < 2; time += 1) {
    await bad.getByRole('button', { name: 'Open in its form' }).click();
    await expect(field(page, 'Package')).toHaveValue('finance');
    if (time === 0) await page.goBack();
    else await page.getByRole('link', { name: 'Check configs' }).click();
    await done(page, '302 configs checked.');
    await expect(rows(page)).toHaveCount(2);
    await expect(button(page, /^With errors/)).toHaveAttribute('aria-pressed', 'true');
    await expect(page.getByLabel('Search files and findings')).toHaveValue('bad');
    await expect(bad.getByRole('button', { name: 'Open in its form' })).toBeFocused();
  }
  await button(page, /^All/).click();
  await page.getByLabel('Search files and findings').fill('');
  await expect(rows(page)).toHaveCount(200);
  const json = await download(page, () => button(page, 'Save as JSON').click());
  expect(JSON.parse(json.bytes.toString())).toHaveLength(2);
});

test('who leaves while configs are being checked finds the rest checked on coming back', async ({ page }) => {
  const path = write('leave', Object.fromEntries(Array.from({ length: 120 }, (_, index) => [`job${index}.yaml`, good(index === 119 ? 'job0' : `job${index}`)])));
  await open(page);
  await page.evaluate(() => {
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (message: string) {
      setTimeout(() => post.call(this, message), 5);
    };
  });
  await page.getByLabel('Or a folder').setInputFiles(path);
  await expect(page.getByText(/^[1-9]\d* of 120/)).toBeVisible();
  await page.getByRole('link', { name: 'Dagwright' }).first().click();
  await expect(page.getByRole('heading', { name: 'What should run?' })).toBeVisible();
  await page.goBack();
  await done(page, '120 configs checked.');
  // What only all of them together show is found as well.
  await expect(button(page, /^With errors 1$/)).toBeVisible();
});

test('a change of language tells that it loses the results, before it does', async ({ page }) => {
  const path = write('language', { 'configs/good.yaml': good('good') });
  await open(page);
  await page.getByLabel('Or a folder').setInputFiles(path);
  await expect(rows(page)).toHaveCount(1);
  await button(page, 'DE').click();
  const dialog = page.getByRole('dialog', { name: 'Change the language to Deutsch?' });
  await expect(dialog).toContainText('The results of “Check configs” are lost');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(rows(page)).toHaveCount(1);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'Check configs' })).toBeVisible();
  await page.getByLabel('Or a folder').setInputFiles(path);
  await expect(rows(page)).toHaveCount(1);
  await button(page, 'DE').click();
  await dialog.getByRole('button', { name: 'Change to Deutsch' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
});
