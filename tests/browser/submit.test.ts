// Handing in: from the page to a merge request.
import type { Locator, Page } from '@playwright/test';
import { type Forge, HOST, TOKEN, WRITES, handedIn, hold, outcome, ready, signIn, steps, submit, test } from './forge.ts';
import { answer, begin, button, expect, field, finish } from './portal.ts';

/** How much the letters of a control stand out from what lies behind them, as WCAG reckons it. */
const contrast = (control: Locator) =>
  control.evaluate((element) => {
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
    const paint = (colour: string) => {
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
    };
    const luminance = () => {
      const [red, green, blue] = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map((part) => {
        const value = part / 255;
        return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
    };
    const around: Element[] = [];
    for (let own: Element | null = element; own; own = own.parentElement) around.unshift(own);
    for (const own of around) paint(getComputedStyle(own).backgroundColor);
    const ground = luminance();
    canvas.globalAlpha = Number(getComputedStyle(element).opacity);
    paint(getComputedStyle(element).color);
    const [low, high] = [ground, luminance()].sort((one, other) => one - other);
    return (high! + 0.05) / (low! + 0.05);
  });

for (const kind of ['gitlab', 'github', 'gitea'] as const) {
  test.describe(kind, () => {
    test.use({ kind, settings: { forge: { title: 'New job {dag_id}', labels: ['dag'] } } });

    test('becomes one merge request with everything that a reviewer needs', async ({ page, project, kind }) => {
      await begin(page);
      await answer(page);
      await finish(page);
      await signIn(page);
      await expect(page.getByText('Signed in as Ada Lovelace (ada).')).toBeVisible();
      await expect(page.getByLabel('Title', { exact: true })).toHaveValue('New job finance_reports_nightly');
      await expect(page.getByLabel(/^A token of/)).toHaveValue('');
      // Two presses and a key are one.
      await button(page, 'Submit for review').dblclick();
      await page.keyboard.press('Enter');
      await expect(outcome(page)).toContainText('It is handed in:');
      await expect(page.getByRole('link', { name: 'Merge request 1' })).toHaveAttribute('href', { gitlab: /\/data\/dags\/-\/merge_requests\/1$/, github: /\/data\/dags\/pull\/1$/, gitea: /\/data\/dags\/pulls\/1$/ }[kind]);
      expect(project.requests).toHaveLength(1);
      const [request] = project.requests;
      expect(request.title).toBe('New job finance_reports_nightly');
      // Gitea takes only labels that the project has.
      if (kind !== 'gitea') expect(request.labels).toEqual(['dag']);
      expect(request.description).toContain('```mermaid');
      expect(request.description).toContain('| `What runs / What it does` | `Closes the day` |');
      expect((await project.repository.branches()).sort()).toEqual([request.branch, 'main']);
      expect(request.branch).toMatch(/^dagwright\/finance_reports_nightly-[0-9a-f]{8}$/);

      // The same once more is the same request, and another answer goes into it.
      await button(page, 'Close').click();
      await field(page, 'Owner').fill('controlling');
      await finish(page);
      await expect(button(page, 'Update merge request 1')).toBeVisible();
      await button(page, 'Update merge request 1').click();
      await expect(outcome(page)).toContainText('It is handed in:');
      expect(project.requests).toHaveLength(1);
      expect(await project.repository.text(request.branch, 'configs/finance_reports/nightly.yaml')).toContain('controlling');
      const storage = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.documentElement.outerHTML, location.href]));
      expect(storage).not.toContain(TOKEN);
      await page.reload();
      await finish(page);
      await page.getByText('Hand it in for review').click();
      await expect(page.getByLabel('A token of forge.test')).toHaveValue('');
    });
  });
}

for (const kind of ['gitlab', 'github', 'gitea'] as const) {
  test.describe(kind, () => {
    test.use({ kind, settings: { owners: { finance_reports: 'data/finance' }, forge: { reviewers: ['bob', 'ada', 'nobody'] } } });

    test('whoever comes back with other answers goes on with their request', async ({ page, project, allowed }) => {
      allowed.push(/status of 422/);
      await begin(page);
      await answer(page);
      await finish(page);
      await signIn(page);
      await button(page, 'Submit for review').click();
      await expect(outcome(page)).toContainText('It is handed in:');
      const [request] = project.requests;
      request.title = 'Close the books';

      await page.reload();
      await field(page, 'Owner').fill('controlling');
      await finish(page);
      await signIn(page);
      await expect(button(page, 'Update merge request 1')).toBeVisible();
      await expect(page.getByLabel('Title', { exact: true })).toHaveValue('Close the books');
      await page.getByLabel('Title', { exact: true }).fill('Close all books');
      await button(page, 'Update merge request 1').click();
      // Nobody knows any more whose the text over there is.
      await expect(outcome(page)).toContainText('Your merge request holds another configs/finance_reports/nightly.yaml');
      await expect(outcome(page).getByRole('region', { name: 'What yours would change there' })).toContainText('controlling');
      expect(await project.repository.text(request.branch, 'configs/finance_reports/nightly.yaml')).not.toContain('controlling');
      await button(page, 'Put mine in its place').click();
      await expect(outcome(page)).toContainText('It is handed in:');
      expect(project.requests).toHaveLength(1);
      expect(await project.repository.text(request.branch, 'configs/finance_reports/nightly.yaml')).toContain('controlling');
      expect(request.title).toBe('Close all books');
      expect(request.description).toContain('| `What runs / Owner` | `controlling` |');
      expect(await project.repository.branches()).toHaveLength(2);
    });

    test('whoever goes on from a copy of the project does so there', async ({ page, forge, project, allowed }) => {
      // A copy is empty until it is made, and takes nobody for a reviewer whom its maker may not ask.
      allowed.push(/status of 4(?:09|22)/);
      await begin(page);
      await answer(page);
      await finish(page);
      await signIn(page, TOKEN.replace(/Ada/g, 'Bob'));
      await button(page, 'Submit for review').click();
      await expect(outcome(page)).toContainText('It is handed in:');
      const [request] = project.requests;

      await page.reload();
      await field(page, 'Owner').fill('controlling');
      await finish(page);
      await signIn(page, TOKEN.replace(/Ada/g, 'Bob'));
      await button(page, 'Update merge request 1').click();
      await button(page, 'Put mine in its place').click();
      await expect(outcome(page)).toContainText('It is handed in:');
      expect(project.requests).toHaveLength(1);
      expect(await forge.state.find('bob/dags').repository.text(request.branch, 'configs/finance_reports/nightly.yaml')).toContain('controlling');
      expect(await project.repository.branches()).toEqual(['main']);

      // Somebody else with the same config is told of it, and may still open their own.
      await button(page, 'Close').click();
      await field(page, 'Owner').fill('audit');
      await finish(page);
      await button(page, 'Sign out').click();
      await page.getByLabel('A token of forge.test').fill(TOKEN);
      await button(page, 'Sign in').click();
      await expect(outcome(page)).toContainText('Merge request 1 by bob is open for this config.');
      await button(page, 'Submit for review').click();
      await expect(outcome(page)).toContainText('It is handed in:');
      expect(project.requests).toHaveLength(2);
    });

    test('what a colleague has open stays theirs', async ({ page, project, allowed }) => {
      allowed.push(/status of 422/);
      project.members.bob = 'write';
      await begin(page);
      await answer(page);
      await finish(page);
      await signIn(page);
      await button(page, 'Submit for review').click();
      await expect(outcome(page)).toContainText('It is handed in:');
      const [{ branch }] = project.requests;
      const head = await project.repository.head(branch);

      // With the very same answers there is nothing to hand in, and nothing to go on with.
      await button(page, 'Sign out').click();
      await expect(outcome(page)).toBeEmpty();
      await page.getByLabel('A token of forge.test').fill(TOKEN.replace(/Ada/g, 'Bob'));
      await button(page, 'Sign in').click();
      await expect(outcome(page)).toContainText('Merge request 1 by ada is open for this config.');
      await button(page, 'Submit for review').click();
      await expect(button(page, 'Cancel')).toBeHidden();
      await expect(outcome(page)).toContainText('Merge request 1 by ada is open for this config.');

      // Other answers are a request of one’s own.
      await page.reload();
      await field(page, 'Owner').fill('controlling');
      await finish(page);
      await signIn(page, TOKEN.replace(/Ada/g, 'Bob'));
      await expect(outcome(page)).toContainText('Merge request 1 by ada is open for this config.');
      await button(page, 'Submit for review').click();
      await expect(outcome(page)).toContainText('It is handed in: Merge request 2');
      expect(await project.repository.head(branch)).toBe(head);
    });

    test('whose package it is, is said before, and who is to look at it is asked', async ({ page, forge, project, allowed }) => {
      allowed.push(/status of 422/);
      project.secret = true;
      project.members.bob = 'write';
      await begin(page);
      await answer(page);
      await finish(page);
      await signIn(page);
      await expect(page.getByText('The package finance_reports belongs to data/finance, and you are not one of them.')).toBeVisible();
      await button(page, 'Submit for review').click();
      await expect(outcome(page)).toContainText('These could not be asked to look at it: nobody.');
      expect(project.requests[0].reviewers).toEqual(kind === 'gitlab' ? ['bob'] : ['bob', 'data/finance']);

      forge.state.people.get('bob').teams.push('data/finance');
      await button(page, 'Sign out').click();
      await page.getByLabel('A token of forge.test').fill(TOKEN.replace(/Ada/g, 'Bob'));
      await button(page, 'Sign in').click();
      await expect(page.getByText('Signed in as Bob Ross (bob).')).toBeVisible();
      await expect(outcome(page)).toContainText('Merge request 1 by ada is open for this config.');
      await expect(page.getByText(/belongs to data\/finance/)).toBeHidden();
    });
  });
}

test.describe('github', () => {
  test.use({ kind: 'github', settings: { owners: { finance_reports: 'data/finance' }, forge: { api: 'https://relay.test/api/v3', mail: 'dags@example.com' } } });

  test('its API may be had through a relay, and patches go by mail', async ({ page, context, forge, project, elsewhere, allowed }) => {
    elsewhere.push('https://relay.test');
    allowed.push(/status of 40[134]/);
    const asked: string[] = [];
    await context.route('https://relay.test/**', async (route) => {
      const request = route.request();
      asked.push(request.url());
      const response = await fetch(request.url().replace('https://relay.test', forge.url), { method: request.method(), headers: { ...(await request.allHeaders()), host: new URL(forge.url).host }, body: request.postData() ?? undefined });
      await route.fulfill({ status: response.status, headers: Object.fromEntries(response.headers), body: Buffer.from(await response.arrayBuffer()) });
    });
    // A token for one project need not be allowed to see teams.
    forge.state.tokens.get(TOKEN).scopes = ['contents:write'];
    await begin(page);
    await answer(page);
    await finish(page);
    await page.getByText('Hand it in for review').click();
    await expect(page.getByText('This page sends it only to relay.test, which passes it on')).toBeVisible();
    await expect(page.getByRole('link', { name: 'Write to dags@example.com' })).toHaveAttribute('href', /^mailto:dags@example\.com\?subject=%5BPATCH%5D%20Add%20finance_reports_nightly&body=/);
    await page.getByLabel('A token of forge.test').fill(TOKEN);
    await button(page, 'Sign in').click();
    await expect(page.getByText('The package finance_reports belongs to data/finance. They will want to see this.')).toBeVisible();
    await button(page, 'Submit for review').click();
    await expect(outcome(page)).toContainText('It is handed in:');
    expect(project.requests).toHaveLength(1);
    expect(forge.log.length).toBe(asked.length);
  });
});

test('without the right to write, it goes by a copy of the project', async ({ page, forge, project }) => {
  await begin(page);
  await answer(page);
  await finish(page);
  await signIn(page, TOKEN.replace(/Ada/g, 'Bob'));
  await button(page, 'Submit for review').click();
  await expect(page.locator('.submit-steps')).toContainText('Making a copy of the project');
  await expect(outcome(page)).toContainText('It is handed in:');
  expect(project.requests).toHaveLength(1);
  expect(forge.state.projects.map(({ path }: { path: string }) => path)).toEqual(['data/dags', 'bob/dags']);
});

test('what stands in the way is said, and the token in no words', async ({ page, forge, project, allowed }) => {
  allowed.push(/status of 4\d\d|status of 5\d\d|net::ERR|CORS/);
  await begin(page);
  await answer(page);
  await finish(page);
  await signIn(page, 'glpat-nothing');
  await expect(outcome(page)).toContainText('The token is not valid, or no longer.');
  await page.getByLabel('A token of forge.test').fill(TOKEN.replace(/Ada/g, 'Few'));
  await button(page, 'Sign in').click();
  await button(page, 'Submit for review').click();
  await expect(outcome(page)).toContainText('The token may not do this. It needs the scope “api');
  await button(page, 'Sign out').click();
  await page.getByLabel('A token of forge.test').fill(TOKEN);
  await button(page, 'Sign in').click();
  project.archived = true;
  await button(page, 'Submit for review').click();
  await expect(outcome(page)).toContainText('The project is archived');
  project.archived = false;
  forge.fault({ method: 'POST', path: /\/repository\/commits$/, act: 'answer', status: 400, body: { message: `Commit message does not follow the pattern. ${TOKEN}` } });
  await button(page, 'Submit for review').click();
  await expect(outcome(page)).toContainText('The server said: Commit message does not follow the pattern.');
  expect(await page.content()).not.toContain(TOKEN);
  await button(page, 'Submit for review').click();
  await expect(outcome(page)).toContainText('It is handed in:');
  expect(project.requests).toHaveLength(1);
});

test('an answer that is lost is looked for, and nothing is done twice', async ({ page, forge, project, allowed }) => {
  allowed.push(/net::ERR/);
  await begin(page);
  await answer(page);
  await finish(page);
  await signIn(page);
  forge.fault({ method: 'POST', path: /\/repository\/commits$/, act: 'drop-after' });
  forge.fault({ method: 'POST', path: /\/merge_requests$/, act: 'drop-after' });
  await button(page, 'Submit for review').click();
  await expect(outcome(page)).toContainText('It is handed in:');
  expect(project.requests).toHaveLength(1);
  expect(await project.repository.branches()).toHaveLength(2);
});

test('a config that somebody changed meanwhile is shown before anything is written', async ({ page, forge, project }) => {
  const path = 'configs/finance_reports/nightly.yaml';
  await project.repository.push('main', { [path]: 'template: kubernetes-job@1\nname: theirs\n' }, { name: 'Bob', email: 'b@example.com' });
  await begin(page);
  await answer(page);
  await finish(page);
  await signIn(page);
  await button(page, 'Submit for review').click();
  await expect(outcome(page)).toContainText(`There is a ${path} already, and it says something else.`);
  await expect(outcome(page).getByRole('region', { name: 'What yours would change there' })).toContainText('name: theirs');
  expect(forge.log.filter(({ method }: { method: string }) => method === 'POST')).toEqual([]);
  await button(page, 'Put mine in its place').click();
  await expect(outcome(page)).toContainText('It is handed in:');
  expect(project.requests).toHaveLength(1);
});

test('it can be stopped, and goes on from there', async ({ page, forge, project }) => {
  await begin(page);
  await answer(page);
  await finish(page);
  await signIn(page);
  let go = () => {};
  forge.fault({ method: 'POST', path: /\/merge_requests$/, act: 'hold', until: new Promise<void>((resolve) => (go = resolve)) });
  await button(page, 'Submit for review').click();
  await expect(page.locator('.submit-steps')).toContainText('Opening the merge request');
  await button(page, 'Cancel').click();
  await expect(outcome(page)).toContainText('Cancelled.');
  go();
  await button(page, 'Submit for review').click();
  await expect(outcome(page)).toContainText('It is handed in:');
  expect(project.requests).toHaveLength(1);
});

test('signing in that is stopped before its window has an address ends, and so does the window', async ({ page, forge }) => {
  expect(forge.log).toEqual([]);
  await page.goto('');
  await expect(page.getByRole('link', { name: 'Kubernetes job', exact: true })).toBeVisible();
  const [code, opener, closed] = await page.evaluate(async () => {
    const folder = document.querySelector('meta[name=dagwright-elements]')!.getAttribute('content');
    const { signInByWindow } = await import(new URL(`${folder}/sign-in/window.js`, document.baseURI).href);
    const control = new AbortController();
    const open = window.open.bind(window);
    let opened: Window | undefined;
    window.open = (...words) => (opened = open(...words)!);
    const ended = signInByWindow({ kind: 'gitlab', url: 'https://forge.test', client: 'x' }, control.signal);
    const { opener } = opened!;
    control.abort();
    const late = new Promise((resolve) => setTimeout(resolve, 5_000, 'never'));
    return [await Promise.race([ended.then(() => 'signed in', (problem: any) => problem.code), late]), opener, opened!.closed];
  });
  expect([code, opener, closed]).toEqual(['cancelled', null, true]);
});

/** Signs in in a window, and hands in when the token has run out: it is renewed. */
async function handInByWindow(page: Page, forge: Forge) {
  await begin(page);
  await answer(page);
  await finish(page);
  await page.getByText('Hand it in for review').click();
  const popup = page.context().waitForEvent('page');
  await button(page, 'Sign in at forge.test').click();
  const window = await popup;
  // It may be closed already.
  if (!window.isClosed()) await window.waitForEvent('close');
  await expect(page.getByText('Signed in as Ada Lovelace (ada).')).toBeVisible();
  forge.oauth.expire();
  await button(page, 'Submit for review').click();
  await expect(outcome(page)).toContainText('It is handed in:');
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: 'reduce' } });

    test('a submission under way can be read, and leaves no marks for the next', async ({ page, forge, project }) => {
      await ready(page);
      const { go, arrived } = hold(forge, { path: WRITES.gitlab.commit });
      await submit(page);
      await arrived();
      const send = button(page, 'Submit for review');
      await expect(send).toHaveAttribute('aria-disabled', 'true');
      expect(await contrast(send)).toBeGreaterThanOrEqual(4.5);
      go();
      await handedIn(page);
      expect(project.requests).toHaveLength(1);
      await expect(steps(page)).not.toHaveCount(0);
      await button(page, 'Close').click();
      await field(page, 'Owner').fill('controlling');
      await finish(page);
      await expect(button(page, 'Update merge request 1')).toBeVisible();
      await expect(steps(page)).toHaveCount(0);
    });
  });
}

test('somebody signs in at the forge, in a window of its own, and out again', async ({ page, context, forge, project, baseURL, allowed }) => {
  // The window closes before everything in it has come.
  allowed.push(/net::ERR_/);
  forge.oauth.register('portal', [baseURL!]);
  forge.consents = 'ada';
  await context.route('**/portal.json', (route) => route.fulfill({ json: { catalogues: ['templates'], forge: { kind: 'gitlab', url: HOST, project: 'data/dags', client: 'portal' } } }));
  await handInByWindow(page, forge);
  expect(project.requests).toHaveLength(1);
  const tokens = [...forge.state.tokens.keys()].filter((token: string) => /^[0-9a-f]{64}$/.test(token));
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.documentElement.outerHTML, location.href]));
  for (const token of tokens) expect(kept).not.toContain(token);
  await button(page, 'Sign out').click();
  await expect(button(page, 'Sign in at forge.test')).toBeVisible();
  await expect.poll(() => [...forge.state.tokens.keys()].filter((token: string) => /^[0-9a-f]{64}$/.test(token))).toEqual([]);
});

test.describe('gitea', () => {
  test.use({ kind: 'gitea', settings: { forge: { client: 'portal' } } });

  test('somebody signs in there in a window, as far as it is let', async ({ page, forge, project, baseURL, allowed }) => {
    allowed.push(/net::ERR_/);
    forge.oauth.register('portal', [baseURL!]);
    forge.consents = 'ada';
    await handInByWindow(page, forge);
    expect(project.requests).toHaveLength(1);
    await button(page, 'Sign out').click();
    await expect(button(page, 'Sign in at forge.test')).toBeVisible();
    expect(forge.log.filter(({ status }: { status: number }) => status === 404 || status === 405).filter(({ path }: { path: string }) => path.includes('oauth'))).toEqual([]);
  });
});

test('a sign-in that is refused is said', async ({ page, context, forge, baseURL, allowed }) => {
  allowed.push(/net::ERR_/);
  forge.oauth.register('portal', [baseURL!]);
  forge.consents = null;
  await context.route('**/portal.json', (route) => route.fulfill({ json: { catalogues: ['templates'], forge: { kind: 'gitlab', url: HOST, project: 'data/dags', client: 'portal' } } }));
  await begin(page);
  await answer(page);
  await finish(page);
  await page.getByText('Hand it in for review').click();
  await button(page, 'Sign in at forge.test').click();
  await expect(outcome(page)).toContainText('Cancelled.');
});
