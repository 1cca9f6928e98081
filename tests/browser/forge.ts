// A forge that speaks as the real one does and keeps its files in git, behind an address of its own, for pages that hand something in.
import { execFileSync } from 'node:child_process';
import type { BrowserContext, Page } from '@playwright/test';
import { startForge } from '../forge/server.mjs';
import { answer, begin, button, expect, finish, test as base } from './portal.ts';

export { expect };

export const HOST = 'https://forge.test';
export const TOKEN = ['glpat', 'AdaAdaAdaAdaAdaAda12'].join('-');

export type Kind = 'gitlab' | 'github' | 'gitea';
export type Forge = Awaited<ReturnType<typeof startForge>>;

/** What the settings of the portal say beside where the forge is. */
type PortalSettings = { forge?: object; owners?: object };

/** The call that makes the branch with its commit, and the one that opens the request. */
export const WRITES: Record<Kind, { commit: RegExp; open: RegExp }> = {
  gitlab: { commit: /\/repository\/commits$/, open: /\/merge_requests$/ },
  github: { commit: /\/git\/refs$/, open: /\/pulls$/ },
  gitea: { commit: /\/contents$/, open: /\/pulls$/ },
};

/** Leads what a browser asks the forge for to where it runs, and gives the portal its settings. */
export async function lead(context: BrowserContext, forge: Forge, kind: Kind, { forge: own, ...settings }: PortalSettings = {}) {
  await context.route(`${HOST}/**`, async (route) => {
    const request = route.request();
    const address = request.url().replace(HOST, forge.url);
    try {
      const headers = { ...(await request.allHeaders()), host: new URL(forge.url).host };
      const response = await fetch(address, { method: request.method(), headers, body: request.postData() ?? undefined, redirect: 'manual' });
      // Playwright would let the page read what the browser does not.
      if (request.resourceType() === 'fetch' && !response.headers.has('access-control-allow-origin')) await route.abort('failed');
      else await route.fulfill({ status: response.status, headers: Object.fromEntries(response.headers), body: Buffer.from(await response.arrayBuffer()) });
    } catch {
      // The line broke, or the page that asked is gone.
      await route.abort().catch(() => {});
    }
  });
  await context.route('**/portal.json', (route) =>
    route.fulfill({ json: { catalogues: ['templates'], ...settings, forge: { kind, url: HOST, project: 'data/dags', ...own } } }),
  );
}

/** Ada may write to the project, Bob may read it; there is a token of Ada's that may do little. */
export const test = base.extend<{ kind: Kind; settings: PortalSettings; forge: Forge; project: any }>({
  kind: ['gitlab', { option: true }],
  settings: [{}, { option: true }],
  forge: async ({ context, elsewhere, allowed, kind, settings }, use) => {
    const forge = await startForge(kind, { cors: true });
    // Whether something is there is asked by looking for it.
    allowed.push(/status of 40[134]/);
    elsewhere.push(HOST);
    forge.state.addPerson({ login: 'ada', name: 'Ada Lovelace' });
    forge.state.addPerson({ login: 'bob', name: 'Bob Ross' });
    forge.state.addToken(TOKEN, 'ada');
    forge.state.addToken(TOKEN.replace(/Ada/g, 'Bob'), 'bob');
    forge.state.addToken(TOKEN.replace(/Ada/g, 'Few'), 'ada', { scopes: ['read_api'] });
    await lead(context, forge, kind, settings);
    await use(forge);
    expect(forge.violations, 'what the forge and the page said to each other is what the forge describes').toEqual([]);
    await forge.close();
  },
  project: async ({ forge }, use) => use(await forge.state.addProject({ path: 'data/dags', members: { ada: 'write' }, files: { 'README.md': '# DAGs\n' } })),
});

/** Holds the answer to the next call back until it is let go; `arrived` when the forge has been asked. */
export function hold(forge: Forge, fault: { method?: string; path: RegExp }) {
  let go = () => {};
  const held = { method: 'POST', act: 'hold', until: new Promise<void>((resolve) => (go = resolve)), times: 1, ...fault };
  forge.faults.push(held);
  return { go, arrived: () => expect.poll(() => held.times).toBe(0) };
}

export const outcome = (page: Page) => page.locator('.submit-outcome');
export const steps = (page: Page) => page.locator('.submit-steps').getByRole('listitem');

/** Signs in where things are handed in. */
export async function signIn(page: Page, token = TOKEN) {
  await page.getByText('Hand it in for review').click();
  await page.getByLabel('A token of forge.test').fill(token);
  await button(page, 'Sign in').click();
}

/** From the catalogue to the button that hands in, signed in. */
export async function ready(page: Page) {
  await begin(page);
  await answer(page);
  await finish(page);
  await signIn(page);
  await expect(page.getByText('Signed in as')).toBeVisible();
}

export const submit = (page: Page) => button(page, 'Submit for review').click();

export async function handedIn(page: Page, number = 1) {
  await expect(outcome(page)).toContainText('It is handed in:');
  await expect(outcome(page).getByRole('link', { name: `Merge request ${number}`, exact: true })).toBeVisible();
}

const git = (project: any, ...words: string[]) => execFileSync('git', ['--git-dir', project.repository.folder, ...words], { encoding: 'utf8' }).trim().split('\n').filter(Boolean);

/** The project holds one branch more, with one commit that adds the two files, and one request for it. */
export async function once(project: any) {
  expect(project.requests.map(({ state, target }: any) => [state, target])).toEqual([['open', 'main']]);
  const [{ branch }] = project.requests;
  expect(branch).toMatch(/^dagwright\//);
  expect(git(project, 'for-each-ref', '--format=%(refname)').sort()).toEqual([`refs/heads/${branch}`, 'refs/heads/main']);
  expect(git(project, 'log', '--format=%an <%ae>: %s', `main..${branch}`)).toEqual(['Ada Lovelace <ada@example.com>: Add finance_reports_nightly']);
  expect(git(project, 'diff', '--name-status', `main...${branch}`)).toEqual(['A\tconfigs/finance_reports/nightly.yaml', 'A\tdags/finance_reports/finance_reports_nightly.py']);
  await untouched(project);
}

/** Nothing was written at all. */
export async function nothing(project: any) {
  expect(project.requests).toEqual([]);
  expect(git(project, 'for-each-ref', '--format=%(refname)')).toEqual(['refs/heads/main']);
  await untouched(project);
}

async function untouched(project: any) {
  expect(git(project, 'log', '--format=%s', 'main')).toEqual(['Begin']);
  await project.repository.fsck();
}
