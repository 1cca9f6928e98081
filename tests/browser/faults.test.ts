// What goes wrong on the way to a merge request: the person reads what happened and what to do, keeps what they wrote, and whatever they
// press next ends in one branch, one commit and one request, which git itself is asked for.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Page, chromium } from '@playwright/test';
import { type Forge, HOST, TOKEN, WRITES, handedIn, hold, nothing, once, outcome, ready, signIn, steps, submit, test } from './forge.ts';
import { answer, begin, button, download, expect, field, finish } from './portal.ts';

const refused = /the server responded with a status of (4|5)\d\d|net::ERR_|blocked by CORS policy/;

test.beforeEach(({ allowed }) => void allowed.push(refused));

/** Lets the page's rests pass at once, until it says how it ended. The clock must be in the test's hands. */
const ended = (page: Page, words: string | RegExp) =>
  expect(async () => {
    // Much less than the page waits for an answer.
    await page.clock.fastForward(3_000);
    await expect(outcome(page)).toContainText(words, { timeout: 100 });
  }).toPass({ timeout: 30_000 });

const asked = (forge: Forge, method: string, path: RegExp) => forge.log.filter((each: any) => each.method === method && path.test(each.path)).length;

test('without a connection everything but handing in goes on, and handing in when it is back', async ({ page, context, project }) => {
  await ready(page);
  await page.clock.install();
  const cut = (route: any) => route.abort('internetdisconnected');
  await context.route(`${HOST}/**`, cut);
  await context.setOffline(true);
  await submit(page);
  await ended(page, 'The server cannot be reached from this page. Either there is no connection');
  await button(page, 'Close').click();
  await field(page, 'Owner').fill('');
  await expect(page.getByRole('status').filter({ hasText: '1 problem to mend' })).toBeVisible();
  await field(page, 'Owner').fill('finance');
  await expect(page.getByText('Everything is in order.')).toBeVisible();
  const dialog = await finish(page);
  const file = await download(page, () => dialog.getByRole('button', { name: /\.py$/ }).click());
  expect(file.bytes.toString()).toContain('finance/nightly:1.0.0');
  await nothing(project);
  await context.setOffline(false);
  await context.unroute(`${HOST}/**`, cut);
  await submit(page);
  await handedIn(page);
  await once(project);
});

for (const kind of ['gitlab', 'github', 'gitea'] as const) {
  test.describe(kind, () => {
    test.use({ kind });

    test('answers that are lost on their way are looked for', async ({ page, forge, project }) => {
      await ready(page);
      await page.clock.install();
      for (const path of [WRITES[kind].commit, WRITES[kind].open]) forge.fault({ method: 'POST', path, act: 'drop-after' });
      await submit(page);
      await ended(page, 'It is handed in:');
      await once(project);
    });

    for (const write of ['commit', 'open'] as const) {
      test(`two tabs at once, the first of which waits at “${write}”, end at the same request`, async ({ page, context, forge, project }) => {
        await ready(page);
        const other = await context.newPage();
        await other.goto(page.url());
        await expect(field(other, 'Owner')).toHaveValue('finance');
        await finish(other);
        await signIn(other);
        const { go, arrived } = hold(forge, { path: WRITES[kind][write] });
        await submit(page);
        await arrived();
        await submit(other);
        await handedIn(other);
        // The forge refuses what is there already, in its own words.
        go();
        await handedIn(page);
        expect(forge.log.filter(({ method, path, status }: any) => method === 'POST' && WRITES[kind][write].test(path) && [400, 409, 422].includes(status))).toHaveLength(1);
        await once(project);
      });
    }
  });
}

for (const write of ['commit', 'open'] as const) {
  test(`a reload while “${write}” is under way is gone on from`, async ({ page, forge, project }) => {
    await ready(page);
    const { go, arrived } = hold(forge, { path: WRITES.gitlab[write] });
    await submit(page);
    await arrived();
    await page.reload();
    await expect(page.getByRole('status').filter({ hasText: /^Draft from .* restored\./ })).toBeVisible();
    go();
    await finish(page);
    await signIn(page);
    // What is there already may have been seen on signing in.
    await button(page, /^(Submit for review|Update merge request 1)$/).click();
    await handedIn(page);
    await once(project);
  });
}

test('a server that fails, whatever it says, is told as such, and nothing is written', async ({ page, forge, project }) => {
  await ready(page);
  await page.clock.install();
  for (const [status, body, words] of [
    [500, { message: '500 Internal Server Error' }, 'The server said: 500 Internal Server Error'],
    [502, '<html><head><title>502 Bad Gateway</title></head></html>', 'The server said: 502 Bad Gateway'],
    [503, '', 'Press the button again in a moment: nothing is done twice.'],
    [504, '<html><title>Gateway Time-out</title>', 'The server said: Gateway Time-out'],
    [200, '<!doctype html><title>Sign in to the proxy</title>', 'The server said: Sign in to the proxy'],
    [201, '{"id": "4f', 'Press the button again in a moment: nothing is done twice.'],
  ] as const) {
    const path = WRITES.gitlab.commit;
    const before = asked(forge, 'POST', path);
    forge.fault({ method: 'POST', path, act: 'answer', status, body, times: 9 });
    await submit(page);
    await ended(page, 'The server has a problem of its own.');
    await expect(outcome(page)).toContainText(words);
    expect(asked(forge, 'POST', path) - before).toBe(3);
    forge.faults.length = 0;
    await nothing(project);
  }
  await submit(page);
  await handedIn(page);
  await once(project);
});

test('a token that runs out on the way is asked for again, and nothing that was written is lost', async ({ page, forge, project }) => {
  await ready(page);
  const token = forge.state.tokens.get(TOKEN);
  token.expired = true;
  await submit(page);
  await expect(outcome(page)).toContainText('The token is not valid, or no longer. Sign in again; everything you wrote is here.');
  await expect(page.getByLabel('A token of forge.test')).toHaveValue('');
  await nothing(project);
  token.expired = false;
  await page.getByLabel('A token of forge.test').fill(TOKEN);
  await button(page, 'Sign in').click();
  await submit(page);
  await handedIn(page);
  await once(project);
});

test('a token that may only read, and a project that is hidden, are told apart', async ({ page, forge, project }) => {
  await ready(page);
  const token = forge.state.tokens.get(TOKEN);
  token.scopes = ['read_api'];
  await submit(page);
  await expect(outcome(page)).toContainText('The token may not do this. It needs the scope “api');
  token.scopes = undefined;
  project.secret = true;
  project.members = {};
  await submit(page);
  await expect(outcome(page)).toContainText('The project is not there, or you may not see it. Ask those who keep the portal.');
  await nothing(project);
  project.members = { ada: 'write' };
  await submit(page);
  await handedIn(page);
  await once(project);
});

test.describe('github', () => {
  test.use({ kind: 'github' });

  test('a rest that the server asks for is taken, to the second', async ({ page, forge, project }) => {
    await ready(page);
    await page.clock.install();
    const path = WRITES.github.commit;
    forge.fault({ method: 'POST', path, act: 'answer', status: 429, body: { message: 'You have exceeded a secondary rate limit.' }, headers: { 'retry-after': '40' } });
    await submit(page);
    await expect(steps(page).last()).toContainText('The server asked for a rest of 40 seconds');
    const before = forge.log.length;
    await page.clock.fastForward(35_000);
    await expect(button(page, 'Cancel')).toBeVisible();
    expect(forge.log).toHaveLength(before);
    await nothing(project);
    await page.clock.fastForward(6_000);
    await handedIn(page);
    await once(project);
  });

  test('a rest before anything is written is told as well', async ({ page, forge, project }) => {
    await ready(page);
    await page.clock.install();
    forge.fault({ method: 'GET', path: /\/contents\//, act: 'answer', status: 429, body: { message: 'You have exceeded a secondary rate limit.' }, headers: { 'retry-after': '40' } });
    await submit(page);
    await expect(steps(page)).toHaveText([/^Looking at what is there/, 'The server asked for a rest of 40 seconds']);
    await nothing(project);
    await page.clock.fastForward(41_000);
    await handedIn(page);
    await once(project);
  });

  test('a rest that nobody would wait for is told instead', async ({ page, forge, project }) => {
    await ready(page);
    const path = WRITES.github.commit;
    forge.fault({ method: 'POST', path, act: 'answer', status: 403, body: { message: 'API rate limit exceeded' }, headers: { 'retry-after': '3600' } });
    await submit(page);
    await expect(outcome(page)).toContainText('The server has had too many questions.');
    expect(asked(forge, 'POST', path)).toBe(1);
    await nothing(project);
    await submit(page);
    await handedIn(page);
    await once(project);
  });
});

for (const [name, cors, words] of [
  ['whose rest a page may not read', true, 'The server has had too many questions. Try again in some minutes.'],
  ['that does not let the page read even that', false, 'The server cannot be reached from this page.'],
] as const) {
  test(`a busy server ${name} is asked three times and left alone`, async ({ page, forge, project }) => {
    await ready(page);
    await page.clock.install();
    const path = WRITES.gitlab.commit;
    forge.fault({ method: 'POST', path, act: 'answer', status: 429, body: 'Retry later\n', headers: { 'retry-after': '1' }, cors, times: 99 });
    await submit(page);
    await ended(page, words);
    expect(asked(forge, 'POST', path)).toBe(3);
    await nothing(project);
    forge.faults.length = 0;
    await submit(page);
    await handedIn(page);
    await once(project);
  });
}

test('two presses of a key are one, and the second does not take the first back', async ({ page, forge, project }) => {
  await ready(page);
  await button(page, 'Submit for review').focus();
  await Promise.all([page.keyboard.press('Enter'), page.keyboard.press('Enter')]);
  await handedIn(page);
  expect(asked(forge, 'POST', WRITES.gitlab.commit)).toBe(1);
  await once(project);
});

test('two presses, the mouse and a key at once are one', async ({ page, forge, project }) => {
  await ready(page);
  const { go, arrived } = hold(forge, { path: WRITES.gitlab.commit });
  const send = button(page, 'Submit for review');
  await send.focus();
  // Nobody waits between two presses until the button takes them.
  await Promise.all([page.keyboard.press('Enter'), send.dblclick({ force: true })]);
  await send.press('Enter');
  await arrived();
  go();
  await handedIn(page);
  expect(asked(forge, 'POST', WRITES.gitlab.commit)).toBe(1);
  await once(project);
});

test('a server that does not answer is waited for a minute, and can be left before', async ({ page, forge, project }) => {
  await ready(page);
  await page.clock.install();
  const holds = [1, 2, 3].map(() => hold(forge, { path: WRITES.gitlab.commit }));
  await submit(page);
  await holds[0].arrived();
  await button(page, 'Cancel').click();
  await expect(outcome(page)).toContainText('Cancelled. What was written already stays there, and pressing the button again goes on from it.');
  await submit(page);
  await holds[1].arrived();
  await page.clock.fastForward(61_000);
  await expect(steps(page).last()).toContainText('a rest of');
  await page.clock.fastForward(8_000);
  await holds[2].arrived();
  // All three are done by the server after all, and nothing waits for them any more.
  for (const { go } of holds) go();
  await ended(page, 'It is handed in:');
  await once(project);
});

test('a server that never answers is told after three tries', async ({ page, forge, project }) => {
  await ready(page);
  await page.clock.install();
  const holds = [1, 2, 3].map(() => hold(forge, { path: WRITES.gitlab.commit }));
  await submit(page);
  for (const { arrived } of holds) {
    await arrived();
    await page.clock.fastForward(61_000);
    if (holds.at(-1)!.arrived !== arrived) {
      await expect(steps(page).last()).toContainText('a rest of');
      await page.clock.fastForward(8_000);
    }
  }
  await expect(outcome(page)).toContainText('The server did not answer in time. Press the button again: nothing is done twice.');
  for (const { go } of holds) go();
  await submit(page);
  await ended(page, 'It is handed in:');
  await once(project);
});

for (const [what, take] of [
  ['forbidden', () => Object.defineProperty(window, 'localStorage', { get: () => { throw new DOMException('Access is denied for this document.', 'SecurityError'); } })],
  ['full', () => { Storage.prototype.setItem = () => { throw new DOMException('The quota has been exceeded.', 'QuotaExceededError'); }; }],
] as const) {
  test(`where storage is ${what}, handing in works all the same, and so does taking it home`, async ({ page, project }) => {
    await page.addInitScript(take);
    await ready(page);
    await submit(page);
    await handedIn(page);
    await once(project);
    const file = await download(page, () => page.getByRole('dialog').getByRole('button', { name: /\.yaml$/ }).click());
    expect(file.bytes.toString()).toContain('Closes the day');
  });
}

test('a page that crashes while it hands in is gone on with in a new one', async ({ page, context, forge, project }) => {
  await ready(page);
  const { go, arrived } = hold(forge, { path: WRITES.gitlab.commit });
  await submit(page);
  await arrived();
  const address = page.url();
  const crashed = page.waitForEvent('crash');
  void (await context.newCDPSession(page)).send('Page.crash').catch(() => {});
  await crashed;
  go();
  const next = await context.newPage();
  await next.goto(address);
  await expect(next.getByRole('status').filter({ hasText: /^Draft from .*\d\d:\d\d.* restored\./ })).toBeVisible();
  await finish(next);
  await signIn(next);
  await button(next, /^(Submit for review|Update merge request 1)$/).click();
  await handedIn(next);
  await once(project);
});

test('a browser that ends keeps what was written, with the time', async ({ baseURL }, info) => {
  const folder = mkdtempSync(join(tmpdir(), 'dagwright-browser-'));
  const { launchOptions, locale, timezoneId } = info.project.use;
  const open = () => chromium.launchPersistentContext(folder, { ...launchOptions, locale, timezoneId, baseURL });
  try {
    const first = await open();
    const page = await first.newPage();
    await begin(page);
    await answer(page);
    await expect(page.getByRole('tabpanel', { name: 'Picture' })).toContainText('close_books');
    const address = page.url();
    // What is written is kept within a second.
    await expect.poll(() => page.evaluate(() => JSON.stringify({ ...localStorage }))).toContain('finance/nightly:1.0.0');
    await first.close();
    const second = await open();
    const again = await second.newPage();
    await again.goto(address);
    await expect(again.getByRole('status').filter({ hasText: /^Draft from .*\d\d:\d\d.* restored\./ })).toBeVisible();
    await expect(again.getByRole('textbox', { name: 'Image' })).toHaveValue('finance/nightly:1.0.0');
    await second.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('WebAssembly that a host sends under a wrong name works', async ({ page }) => {
  await page.route('**/*.wasm', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), 'content-type': 'text/html' } });
  });
  await begin(page);
  await answer(page);
  await finish(page);
});

test('WebAssembly that the browser does not know is told on a page that can be read', async ({ page, allowed }) => {
  allowed.push(/WebAssembly|CompileError/);
  await page.route('**/dagwright-web-*_bg.wasm', async (route) => {
    const response = await route.fetch();
    const body = Buffer.from(await response.body());
    // No browser knows a version from the future.
    body[4] = 99;
    await route.fulfill({ response, body });
  });
  await page.goto('');
  await expect(page.getByRole('alert').filter({ visible: true }).getByRole('heading', { name: 'This page could not be started' })).toBeVisible();
});

test('a host whose policy forbids WebAssembly gets the same page', async ({ browser, baseURL }) => {
  // The page is not watched here: the policy is to be broken.
  const context = await browser.newContext({ baseURL });
  const page = await context.newPage();
  await page.route(baseURL!, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace("'wasm-unsafe-eval' ", '') });
  });
  await page.goto('');
  await expect(page.getByRole('alert').filter({ visible: true }).getByRole('heading', { name: 'This page could not be started' })).toBeVisible();
  await context.close();
});

test('a tab from before a new version was published says what to do, and the answers stay', async ({ form: page }) => {
  await answer(page);
  await page.getByRole('link', { name: 'All templates' }).click();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Go on with a draft' })).toBeVisible();
  // Files with a hash in their name are gone from the host, those that the page has not asked for yet among them.
  await page.route(/\/elements-[0-9a-f]+\//, (route) => route.fulfill({ status: 404 }));
  await page.getByRole('link', { name: 'finance_reports_nightly' }).click();
  await expect(page.getByRole('alert').filter({ visible: true }).first()).toContainText('This part of the page could not be fetched. Check your connection, then reload the page: your answers are kept in this browser.');
  await expect(field(page, 'What it does')).toHaveValue('Closes the day');
  await page.unrouteAll();
  await page.reload();
  await expect(field(page, 'What it does')).toHaveValue('Closes the day');
  await finish(page);
});
