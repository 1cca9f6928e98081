// Without a connection, and when a newer version has come: against a host of its own, which can be ended and changed.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { port } from '../playwright.config.ts';
import { answer, download, expect, field, finish, panel, test } from './portal.ts';

const PORT = port - 1;

test.use({ serviceWorkers: 'allow', baseURL: `http://127.0.0.1:${PORT}/another/folder/` });
test.describe.configure({ mode: 'serial' });

let folder: string;
let host: ChildProcess;

test.beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dagwright-'));
  cpSync(new URL('../../dist', import.meta.url), folder, { recursive: true });
  host = spawn(process.execPath, [new URL('../../tools/serve.mjs', import.meta.url).pathname, folder, String(PORT), '/another/folder']);
  await once(host.stdout!, 'data');
});

test.afterEach(() => {
  host.kill();
  rmSync(folder, { recursive: true });
});

/** Waits until the page is kept. */
const kept = (page: Page) =>
  expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state), { timeout: 30_000 }).toBe('activated');

/** Publishes a file as another build would have made it. */
function build(name: string, change: (text: string) => string) {
  const path = join(folder, name);
  writeFileSync(path, change(readFileSync(path, 'utf8')));
  for (const ending of ['.br', '.gz']) rmSync(path + ending, { force: true });
}

test('the page opens and makes a DAG when its host is gone', async ({ page, allowed }) => {
  allowed.push(/Failed to (load resource|fetch)|ERR_CONNECTION/);
  await page.goto('');
  await kept(page);
  host.kill();
  await once(host, 'exit');
  await page.goto('about:blank');
  await page.goto('#/new/kubernetes-job');
  await expect(field(page, 'What it does')).toBeVisible();
  await answer(page);
  await expect((await panel(page, 'Picture')).getByRole('group', { name: /task/ })).toContainText('close_books');
  const dialog = await finish(page);
  const file = await download(page, () => dialog.getByRole('button', { name: /\.py$/ }).click());
  expect(file.bytes.toString()).toContain('image="finance/nightly:1.0.0"');
});

test('a newer version asks before it comes, and the answers stay', async ({ page }) => {
  await page.goto('#/new/kubernetes-job');
  await answer(page);
  await kept(page);
  const notice = page.getByText('A newer version of this page is there. Your answers stay.');
  await expect(notice).toBeHidden();

  build('index.html', (text) => text.replace('<body>', '<body data-newer="yes">'));
  build('service-worker.js', (text) => text.replace(/VERSION = "/, '$&newer-'));
  // Browsers look for it by themselves when a page is opened.
  await page.reload();
  await expect(notice).toBeVisible({ timeout: 30_000 });
  await expect(page.locator('body')).not.toHaveAttribute('data-newer');
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect(page.locator('body')).toHaveAttribute('data-newer', 'yes');
  await expect(field(page, 'What it does')).toHaveValue('Closes the day');
  await expect(notice).toBeHidden();
});

test('settings and templates that were changed are seen at once', async ({ page }) => {
  await page.goto('');
  await kept(page);
  const settings = join(folder, 'portal.json');
  writeFileSync(settings, JSON.stringify({ ...JSON.parse(readFileSync(settings, 'utf8')), title: 'Jobs of finance' }));
  await page.reload();
  await expect(page.getByRole('link', { name: 'Jobs of finance' })).toBeVisible();
});
