// Without a connection, and when a newer version has come: against a host of its own, which can be ended and changed.
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type RequestListener, createServer } from 'node:http';
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

/** What stands in the place of the host until the test ends. */
let other: ReturnType<typeof createServer> | undefined;

test.afterEach(() => {
  host.kill();
  other?.closeAllConnections();
  other?.close();
  other = undefined;
  rmSync(folder, { recursive: true });
});

/** Takes the host away, and has something else answer at its address. */
async function instead(answer: RequestListener) {
  host.kill();
  await once(host, 'exit');
  other = createServer(answer).listen(PORT, '127.0.0.1');
  await once(other, 'listening');
}

const signInPage: RequestListener = (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Sign in to this network</title>');

/** Waits until the page is kept. */
const kept = (page: Page) =>
  expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state), { timeout: 30_000 }).toBe('activated');

/** Publishes a file as another build would have made it, and names its content. */
function build(name: string, change: (text: string) => string) {
  const path = join(folder, name);
  const text = change(readFileSync(path, 'utf8'));
  writeFileSync(path, text);
  for (const ending of ['.br', '.gz']) rmSync(path + ending, { force: true });
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

/** The files below the page that the browser keeps, beside those of the version itself. */
const keptFiles = (page: Page) =>
  page.evaluate(async () => {
    const [name] = (await caches.keys()).filter((name) => name.endsWith(' kept files'));
    const requests = await (await caches.open(name!)).keys();
    return requests.map(({ url }) => url.slice(document.baseURI.replace(/#.*/, '').length));
  });

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

  const digest = build('index.html', (text) => text.replace('<body>', '<body data-newer="yes">'));
  build('service-worker.js', (text) => text.replace(/VERSION = "/, '$&newer-').replace(/(?<="index.html":")[^"]+/, digest));
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

/** Publishes settings with a name of their own. */
function rename(title: string) {
  const settings = join(folder, 'portal.json');
  writeFileSync(settings, JSON.stringify({ ...JSON.parse(readFileSync(settings, 'utf8')), title }));
}

/** The page is there, with the settings and templates that it had. */
async function works(page: Page) {
  await expect(page.getByRole('link', { name: 'Jobs of finance' })).toBeVisible();
  await page.getByRole('link', { name: 'Kubernetes job', exact: true }).click();
  await expect(field(page, 'What it does')).toBeVisible();
}

test('the page on which a network asks people to sign in takes the place of no file', async ({ page, allowed }) => {
  allowed.push(/Failed to (load resource|fetch)|ERR_CONNECTION/);
  rename('Jobs of finance');
  await page.goto('');
  await kept(page);
  await instead(signInPage);
  for (const time of ['while it answers', 'once nothing does']) {
    await test.step(time, async () => {
      await page.goto('about:blank');
      await page.goto('');
      await works(page);
      other!.closeAllConnections();
      other!.close();
    });
  }
});

test('a host that has nothing to say but errors is as good as none', async ({ page, allowed }) => {
  allowed.push(/Failed to load resource/);
  rename('Jobs of finance');
  await page.goto('');
  await kept(page);
  await instead((_, response) => response.writeHead(503).end('Service Unavailable'));
  await page.goto('about:blank');
  await page.goto('');
  await works(page);
});

test('a host that takes a request and never answers is not waited for', async ({ page }) => {
  rename('Jobs of finance');
  await page.goto('');
  await kept(page);
  await instead(() => {});
  await page.goto('about:blank');
  await page.goto('');
  await works(page);
});

test('settings that cannot be read are shown as such, and kept nowhere', async ({ page, allowed }) => {
  allowed.push(/Failed to (load resource|fetch)|ERR_CONNECTION/);
  rename('Jobs of finance');
  await page.goto('');
  await kept(page);
  writeFileSync(join(folder, 'portal.json'), '{"title": "Jobs of fin');
  await page.reload();
  await expect(page.getByText('portal.json is not JSON')).toBeVisible();
  host.kill();
  await once(host, 'exit');
  await page.reload();
  await works(page);
});

test('only what belongs to the page is kept, and nothing that is not to be stored', async ({ page }) => {
  writeFileSync(join(folder, 'private.json'), '{"who": "Ada"}');
  writeFileSync(join(folder, 'templates', 'other.yaml'), 'who: Ada\n');
  await page.goto('');
  await kept(page);
  await page.evaluate(() => Promise.all(['private.json', 'portal.json?who=ada', 'templates/other.yaml'].map((address) => fetch(address).then((response) => response.text()))));
  const files = await keptFiles(page);
  expect(files).toEqual(expect.arrayContaining(['portal.json', 'templates/catalogue.json', 'templates/kubernetes-job/template.yaml']));
  const { templates } = JSON.parse(readFileSync(join(folder, 'templates', 'catalogue.json'), 'utf8'));
  const named = templates.flatMap((template: { files: string[] }) => template.files.map((file) => `templates/${file}`));
  expect(files.filter((file) => !['portal.json', 'templates/catalogue.json', ...named].includes(file))).toEqual([]);

  const before = JSON.parse(readFileSync(join(folder, 'portal.json'), 'utf8'));
  await instead((request, response) => response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify({ ...before, title: 'Not to be stored' })));
  expect(await page.evaluate(() => fetch('portal.json').then((response) => response.json()))).toMatchObject({ title: 'Not to be stored' });
  const stored = await page.evaluate(() => caches.match(new URL('portal.json', document.baseURI)).then((response) => response!.json()));
  expect(stored.title).toBe(before.title);
});

test('a newer version of which a file is not the one that was built is not taken', async ({ page, allowed }) => {
  allowed.push(/integrity|digest|Failed to (load resource|fetch)/i);
  rename('Jobs of finance');
  await page.goto('');
  await kept(page);
  build('service-worker.js', (text) => text.replace(/VERSION = "/, '$&newer-'));
  build('index.html', () => '<!doctype html><title>Sign in to this network</title>');
  const ended = page.evaluate(async () => {
    const registration = (await navigator.serviceWorker.getRegistration())!;
    const found = new Promise<ServiceWorker>((take) => registration.addEventListener('updatefound', () => take(registration.installing!)));
    await registration.update();
    const worker = await found;
    while (worker.state === 'installing') await new Promise((take) => worker.addEventListener('statechange', take, { once: true }));
    return worker.state;
  });
  expect(await ended).toBe('redundant');
  await page.reload();
  await works(page);
});
