// A part is missing or fails: the page says what and what to do, and what was written stays.
import type { Page } from '@playwright/test';
import { answer, begin, button, expect, field, finish, test } from './portal.ts';

const alert = (page: Page) => page.getByRole('alert').filter({ visible: true });
const missing = /the server responded with a status of (404|503)/;
const blocked = /net::ERR_FAILED/;

test('the catalogue is not found, and is tried again', async ({ page, allowed }) => {
  allowed.push(missing);
  await page.route('**/catalogue.json', (route) => route.fulfill({ status: 404 }));
  await page.goto('');
  await expect(alert(page)).toContainText('The templates could not be read');
  await expect(alert(page)).toContainText('catalogue.json: not found. The address may be wrong, or it was not published.');
  await page.unroute('**/catalogue.json');
  await button(page, 'Try again').click();
  await expect(page.getByRole('link', { name: 'Kubernetes job', exact: true })).toBeVisible();
  await expect(alert(page)).toHaveCount(0);
});

test('a question that waits for others is not taken for one without an answer', async ({ form: page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await answer(page);
  await expect(page.getByRole('tabpanel', { name: 'Picture' })).toContainText('close_books');
  await page.evaluate(() => {
    const post = Worker.prototype.postMessage;
    let free = Promise.resolve();
    Worker.prototype.postMessage = function (message: string) {
      free = free.then(() => new Promise<void>((done) => setTimeout(done, 900))).then(() => post.call(this, message));
    };
  });
  for (let press = 0; press < 5; press += 1) await button(page, 'Copy a link to these answers').click();
  await page.waitForTimeout(6_000);
  await expect(page.getByText('A link that opens these answers is in the clipboard.')).toBeVisible();
  await expect(page.getByText('There is no link: the checks did not answer')).toHaveCount(0);
});

test('the catalogue is not what it should be', async ({ page }) => {
  await page.route('**/catalogue.json', (route) => route.fulfill({ body: '<!doctype html><title>Sign in</title>' }));
  await page.goto('');
  await expect(alert(page)).toContainText('catalogue.json: not what was expected (');
});

test('a catalogue that never comes is not waited for without end', async ({ page, allowed }) => {
  allowed.push(/Failed to load resource|aborted/);
  await page.route('**/catalogue.json', () => {});
  await page.goto('');
  await expect(alert(page)).toContainText('catalogue.json: no answer. Look at your connection, then try again.', { timeout: 50_000 });
  await page.unroute('**/catalogue.json');
  await button(page, 'Try again').click();
  await expect(page.getByRole('link', { name: 'Kubernetes job', exact: true })).toBeVisible();
});

test('the catalogue is empty', async ({ page }) => {
  await page.route('**/catalogue.json', (route) => route.fulfill({ json: { templates: [] } }));
  await page.goto('');
  await expect(page.getByRole('main')).toContainText('There are no templates yet');
});

test('the address of a form whose catalogue is not found says so', async ({ page, allowed }) => {
  allowed.push(missing);
  await page.route('**/catalogue.json', (route) => route.fulfill({ status: 404 }));
  await page.goto('#/new/kubernetes-job');
  await expect(page.getByRole('main')).toContainText('catalogue.json: not found.');
});

test('a file of the template is missing, and is tried again', async ({ page, allowed }) => {
  allowed.push(missing);
  await page.route('**/template.yaml', (route) => route.fulfill({ status: 503 }));
  await page.goto('#/new/kubernetes-job');
  await expect(page.getByRole('status').filter({ hasText: 'the template\'s files: the host refused it (HTTP 503).' })).toBeVisible();
  await page.unroute('**/template.yaml');
  await button(page, 'Try again').click();
  await expect(field(page, 'What it does')).toBeVisible();
});

for (const [text, words] of [
  ['{"airflow": {"version": 3.3}}', 'In portal.json, `airflow.version` cannot be used: it should be a text in quotes.'],
  ['{"colours": {"accent": "blue"}}', 'In portal.json, `colours.accent` cannot be used: it should be a colour such as "#3d55cc".'],
  ['{\n  "title":\n}', 'portal.json is not JSON: look at line 3, column 1.'],
  ['[]', 'portal.json must hold one JSON object'],
] as const) {
  test(`settings that cannot be used name the place: ${text}`, async ({ page }) => {
    await page.route('**/portal.json', (route) => route.fulfill({ body: text }));
    await page.goto('');
    await expect(alert(page).getByRole('heading', { name: 'This portal is not set up right' })).toBeVisible();
    await expect(alert(page)).toContainText(words);
    await expect(alert(page)).toContainText('Whoever keeps the portal can mend this');
  });
}

test('a portal without settings has the usual ones', async ({ page, allowed }) => {
  allowed.push(missing);
  await page.route('**/portal.json', (route) => route.fulfill({ status: 404 }));
  await begin(page);
});

test('the engine cannot be fetched, and is tried again', async ({ page, allowed }) => {
  allowed.push(missing, /engine\.wasm|WebAssembly|Uncaught/);
  await page.route('**/engine.wasm', (route) => route.fulfill({ status: 404 }));
  await page.goto('#/new/kubernetes-job');
  const notice = page.getByRole('status').filter({ hasText: 'The checks could not be started. Your answers are kept.' });
  await expect(notice).toBeVisible();
  await page.unroute('**/engine.wasm');
  await notice.getByRole('button', { name: 'Try again' }).click();
  await expect(field(page, 'What it does')).toBeVisible();
  await expect(notice).toHaveCount(0);
});

for (const part of ['dagwright-web-*_bg.wasm', 'dagwright-web-*.js']) {
  test(`the page itself is not whole: ${part}`, async ({ page, allowed }) => {
    allowed.push(blocked, /Failed to fetch/);
    await page.route(`**/${part}`, (route) => route.abort());
    await page.goto('');
    await expect(alert(page).getByRole('heading', { name: 'This page could not be started' })).toBeVisible();
    await expect(alert(page)).toContainText('Chrome or Edge 123, Firefox 121, Safari 17.5, or newer');
  });
}

test('a browser without WebAssembly', async ({ page, allowed }) => {
  allowed.push(/WebAssembly/);
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'WebAssembly'));
  await page.goto('');
  await expect(alert(page)).toHaveCount(1);
  await expect(alert(page)).toContainText('It needs a browser with WebAssembly and module scripts');
});

test.describe(() => {
  test.use({ javaScriptEnabled: false });
  test('a browser without JavaScript', async ({ page }) => {
    await page.goto('');
    await expect(page.getByRole('heading', { name: 'This page needs JavaScript' })).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Diese Seite braucht JavaScript' })).toBeVisible();
    await expect(page.getByRole('paragraph').filter({ visible: true })).toHaveText([
      /Nothing that you write is sent anywhere\.$/,
      /Nichts, was Sie schreiben, wird irgendwohin gesendet\.$/,
    ]);
  });
});

for (const [what, does] of [
  ['hangs', 'for (;;);'],
  ['fails', 'throw new Error("on purpose");'],
  ['answers nonsense', 'event.stopImmediatePropagation(); postMessage("?");'],
] as const) {
  test.describe(`an engine that ${what}`, () => {
    test.beforeEach(async ({ page, allowed }) => {
      allowed.push(/on purpose/);
      await page.route('**/worker.js', async (route) => {
        const response = await route.fetch();
        const trap = `addEventListener('message', (event) => { if (event.data.includes('set the trap')) { ${does} } });\n`;
        await route.fulfill({ response, body: trap + (await response.text()) });
      });
      await begin(page);
      await answer(page);
      await expect(page.getByRole('tabpanel', { name: 'Picture' })).toContainText('close_books');
    });

    test('costs neither the form nor the next answer', async ({ page }) => {
      await field(page, 'Whom to call').fill('set the trap');
      const notice = page.getByRole('status').filter({ hasText: 'The last change made the checks stop. Your answers are kept' });
      await expect(notice).toBeVisible();
      await expect(field(page, 'Whom to call')).toHaveValue('set the trap');
      await expect(field(page, 'What it does')).toHaveValue('Closes the day');
      await expect(page.getByRole('tabpanel', { name: 'Picture' })).toContainText('close_books');

      await field(page, 'Whom to call').fill('Finance');
      await expect(notice).toHaveCount(0);
      await expect(page.getByText('Everything is in order.')).toBeVisible();
      await finish(page);
    });

    if (what !== 'hangs') return;
    test('does not lock a person out after a reload', async ({ page }) => {
      await field(page, 'Whom to call').fill('set the trap');
      await expect(page.getByRole('status').filter({ hasText: 'The last change made the checks stop.' })).toBeVisible();
      await page.reload();
      // A new engine has ten seconds for its first answer, beside those that it needs to start.
      await expect(page.getByRole('status').filter({ hasText: 'The last change made the checks stop.' })).toBeVisible({ timeout: 30_000 });
      await button(page, 'Start over').click();
      await expect(field(page, 'What it does')).toHaveValue('');
    });
  });
}
