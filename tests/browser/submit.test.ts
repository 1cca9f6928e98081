// Handing in: from the page to a merge request, against a forge that speaks as the real one does and keeps its files in git.
import type { Page } from '@playwright/test';
import { HOST, TOKEN, test as base, outcome } from './forge.ts';
import { answer, begin, button, expect, field, finish } from './portal.ts';

/** Bob may read, and a token of Ada's may do little; requests have a title and a label of the project's own. */
const test = base.extend({
  forge: async ({ context, forge, kind }, use) => {
    forge.state.addPerson({ login: 'bob', name: 'Bob Ross' });
    forge.state.addToken(TOKEN.replace(/Ada/g, 'Bob'), 'bob');
    forge.state.addToken(TOKEN.replace(/Ada/g, 'Few'), 'ada', { scopes: ['read_api'] });
    await context.route('**/portal.json', (route) =>
      route.fulfill({ json: { catalogues: ['templates'], forge: { kind, url: HOST, project: 'data/dags', title: 'New job {dag_id}', labels: ['dag'] } } }),
    );
    await use(forge);
  },
});

async function signIn(page: Page, token = TOKEN) {
  await page.getByText('Hand it in for review').click();
  await page.getByLabel('A token of forge.test').fill(token);
  await button(page, 'Sign in').click();
}

for (const kind of ['gitlab', 'github', 'gitea'] as const) {
  test.describe(kind, () => {
    test.use({ kind });

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

test('somebody signs in at the forge, in a window of its own, and out again', async ({ page, context, forge, project, baseURL, allowed }) => {
  // The window closes before everything in it has come.
  allowed.push(/net::ERR_/);
  forge.oauth.register('portal', [baseURL!]);
  forge.consents = 'ada';
  await context.route('**/portal.json', (route) => route.fulfill({ json: { catalogues: ['templates'], forge: { kind: 'gitlab', url: HOST, project: 'data/dags', client: 'portal' } } }));
  await begin(page);
  await answer(page);
  await finish(page);
  await page.getByText('Hand it in for review').click();
  const popup = context.waitForEvent('page');
  await button(page, 'Sign in at forge.test').click();
  await (await popup).waitForEvent('close');
  await expect(page.getByText('Signed in as Ada Lovelace (ada).')).toBeVisible();
  forge.oauth.expire();
  await button(page, 'Submit for review').click();
  await expect(outcome(page)).toContainText('It is handed in:');
  expect(project.requests).toHaveLength(1);
  const tokens = [...forge.state.tokens.keys()].filter((token: string) => /^[0-9a-f]{64}$/.test(token));
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.documentElement.outerHTML, location.href]));
  for (const token of tokens) expect(kept).not.toContain(token);
  await button(page, 'Sign out').click();
  await expect(button(page, 'Sign in at forge.test')).toBeVisible();
  await expect.poll(() => [...forge.state.tokens.keys()].filter((token: string) => /^[0-9a-f]{64}$/.test(token))).toEqual([]);
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
