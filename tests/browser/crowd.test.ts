// Twenty people hand in at the same moment, each in a browser of their own, to one project.
import { execFileSync } from 'node:child_process';
import { type Page } from '@playwright/test';
import { TOKEN, WRITES, expect, handedIn, lead, signIn, submit, test } from './forge.ts';
import { answer, begin, button, field, finish } from './portal.ts';

const PEOPLE = Array.from({ length: 20 }, (_, index) => ({ login: `person${index}`, name: `Person ${index}`, token: `${TOKEN}${index}`, dag: `job_${index}` }));
/** So many forms are filled in at a time; all are handed in at once. */
const AT_A_TIME = 4;

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test('twenty people at once lose nothing and double nothing', async ({ page, browser, forge, project, kind, baseURL, locale }) => {
  test.setTimeout(600_000);
  await begin(page);
  await answer(page);
  await button(page, 'Copy a link to these answers').click();
  await expect(page.getByRole('status').filter({ hasText: 'A link that opens these answers is in the clipboard.' })).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await page.goto('about:blank');

  const wrong: string[] = [];
  const pages: Page[] = [];
  const arrive = async ({ login, name, token, dag }: (typeof PEOPLE)[number], index: number) => {
    forge.state.addToken(token, forge.state.addPerson({ login, name }).login);
    project.members[login] = 'write';
    const context = await browser.newContext({ baseURL, locale, serviceWorkers: 'block' });
    context.on('weberror', (error) => wrong.push(String(error.error())));
    await lead(context, forge, kind);
    const own = (pages[index] = await context.newPage());
    await own.goto(link);
    await field(own, 'Name').first().fill(dag);
    await field(own, 'What it does').fill(`Done for ${name}`);
    await finish(own);
    await signIn(own, token);
  };
  for (let first = 0; first < PEOPLE.length; first += AT_A_TIME) {
    await Promise.all(PEOPLE.slice(first, first + AT_A_TIME).map((person, index) => arrive(person, first + index)));
  }

  // The forge answers nobody before all have asked.
  let go = () => {};
  const gate = { method: 'POST', path: WRITES[kind].commit, act: 'hold', until: new Promise<void>((resolve) => (go = resolve)), times: PEOPLE.length };
  forge.faults.push(gate);
  await Promise.all(pages.map(submit));
  await expect.poll(() => gate.times, { timeout: 60_000 }).toBe(0);
  go();
  await Promise.all(pages.map((own) => expect(own.getByText('It is handed in:')).toBeVisible({ timeout: 60_000 })));

  const git = (...words: string[]) => execFileSync('git', ['--git-dir', project.repository.folder, ...words], { encoding: 'utf8' }).trim().split('\n');
  const branches = git('for-each-ref', '--format=%(refname:lstrip=2)', 'refs/heads').filter((branch) => branch !== 'main');
  expect(project.requests.map(({ branch }: any) => branch).sort()).toEqual(branches);
  expect(branches).toHaveLength(PEOPLE.length);
  for (const { login, name, dag } of PEOPLE) {
    const request = project.requests.find(({ author }: any) => author.login === login);
    expect(request.title).toBe(`Add finance_reports_${dag}`);
    expect(git('log', '--format=%an', `main..${request.branch}`)).toEqual([name]);
    expect(git('diff', '--name-status', `main...${request.branch}`)).toEqual([`A\tconfigs/finance_reports/${dag}.yaml`, `A\tdags/finance_reports/finance_reports_${dag}.py`]);
    expect(git('show', `${request.branch}:configs/finance_reports/${dag}.yaml`).join('\n')).toContain(`Done for ${name}`);
    const own = pages[PEOPLE.findIndex((person) => person.login === login)]!;
    await handedIn(own, request.number);
  }
  expect(git('log', '--format=%s', 'main')).toEqual(['Begin']);
  await project.repository.fsck();
  expect(wrong).toEqual([]);
  await Promise.all(pages.map((own) => own.context().close()));
});
