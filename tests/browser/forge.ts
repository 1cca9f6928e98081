// A forge for tests of the page: it speaks as the real one does, keeps its files in git, and stands behind an address of its own.
import type { Page } from '@playwright/test';
import { startForge } from '../forge/server.mjs';
import { button, expect, test as base } from './portal.ts';

export const HOST = 'https://forge.test';
export const TOKEN = ['glpat', 'AdaAdaAdaAdaAdaAda12'].join('-');

export type Kind = 'gitlab' | 'github' | 'gitea';
export type Forge = Awaited<ReturnType<typeof startForge>>;

/** A forge behind an address of its own, and a project that takes what the form makes. */
export const test = base.extend<{ kind: Kind; settings: object; forge: Forge; project: any }>({
  kind: ['gitlab', { option: true }],
  // What the settings say beside the forge's address, and of the forge beside that.
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
    await context.route(`${HOST}/**`, async (route) => {
      const request = route.request();
      const address = request.url().replace(HOST, forge.url);
      const headers = { ...(await request.allHeaders()), host: new URL(forge.url).host };
      try {
        const response = await fetch(address, { method: request.method(), headers, body: request.postData() ?? undefined, redirect: 'manual' });
        await route.fulfill({ status: response.status, headers: Object.fromEntries(response.headers), body: Buffer.from(await response.arrayBuffer()) });
      } catch {
        await route.abort();
      }
    });
    await context.route('**/portal.json', (route) =>
      route.fulfill({ json: { catalogues: ['templates'], ...settings, forge: { kind, url: HOST, project: 'data/dags', title: 'New job {dag_id}', labels: ['dag'], ...(settings as { forge?: object }).forge } } }),
    );
    await use(forge);
    expect(forge.violations, 'what the forge and the page said to each other is what the forge describes').toEqual([]);
    await forge.close();
  },
  project: async ({ forge }, use) => use(await forge.state.addProject({ path: 'data/dags', members: { ada: 'write' }, files: { 'README.md': '# DAGs\n' } })),
});

/** Signs in where things are handed in. */
export async function signIn(page: Page, token = TOKEN) {
  await page.getByText('Hand it in for review').click();
  await page.getByLabel('A token of forge.test').fill(token);
  await button(page, 'Sign in').click();
}
