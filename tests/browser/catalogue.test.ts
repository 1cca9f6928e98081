// Many templates: how people find the right one, and learn about it.
import type { Page } from '@playwright/test';
import { answer, begin, button, expect, field, panel, test } from './portal.ts';

const missing = /the server responded with a status of (404|503)/;

/** Templates of several teams; the first is the real one. */
const others = [
  { id: 'sql-report', title: 'SQL report', summary: 'Sends the rows of a query as a sheet.', owner: 'analytics', tags: ['sql', 'report'] },
  { id: 'file-import', title: 'File import', summary: 'Loads files from a bucket into a table.', owner: 'ingestion', tags: ['sql', 'files'] },
  { id: 'file-export', title: 'File export', summary: 'Writes a table into files.', owner: 'ingestion', tags: ['files'] },
  { id: 'backup', title: 'Tägliche Sicherung', summary: 'Copies a database.', owner: 'platform', tags: [] },
  { id: 'old-job', title: 'Old job', summary: 'Runs a container.', owner: 'platform', tags: ['files'], status: 'deprecated', replaced_by: 'kubernetes-job' },
];

/** Publishes more templates beside the real one. */
async function publish(page: Page, templates: object[] = others) {
  await page.route('**/catalogue.json', async (route) => {
    const catalogue = await (await route.fetch()).json();
    const real = catalogue.templates.find(({ id }: { id: string }) => id === 'kubernetes-job');
    const more = templates.map((template) => ({ ...real, status: 'active', examples: [], preview: undefined, ...template }));
    await route.fulfill({ json: { templates: [real, ...more] } });
  });
}

const titles = (page: Page) => page.getByRole('main').getByRole('heading', { level: 2 }).allTextContents();

test('is searched while typing, with the best first, before the engine has come', async ({ page }) => {
  await page.route('**/engine.wasm', () => undefined);
  await publish(page);
  await page.goto('');
  const found = page.getByRole('status').filter({ hasText: 'templates' });
  await expect(found).toHaveText('6 templates');
  await page.keyboard.press('/');
  await expect(page.getByLabel('Search the templates')).toBeFocused();
  await page.keyboard.type('sql');
  await expect(found).toHaveText('2 of 6 templates');
  expect(await titles(page)).toEqual(['SQL report', 'File import']);
  await page.getByLabel('Search the templates').fill('kuberentes');
  expect(await titles(page)).toEqual(['Kubernetes job']);
  await page.getByLabel('Search the templates').fill('no such thing');
  await expect(page.getByText('No template fits that.')).toBeVisible();
  await button(page, 'Show all templates').click();
  await expect(page.getByLabel('Search the templates')).toBeFocused();
  expect(await titles(page)).toHaveLength(6);
});

test('is narrowed by tags and teams, which the address keeps', async ({ page, allowed }) => {
  allowed.push(missing);
  await publish(page);
  await page.goto('');
  await button(page, /^files 3$/).click();
  await expect(button(page, /^files 3$/)).toBeFocused();
  expect(await titles(page)).toEqual(['File import', 'File export', 'Old job']);
  await page.getByLabel('Kept by').selectOption('ingestion');
  expect(await titles(page)).toEqual(['File import', 'File export']);
  await page.getByRole('link', { name: 'About it: File import' }).click();
  await page.goBack();
  await expect(button(page, /^files 2$/)).toHaveAttribute('aria-pressed', 'true');
  expect(await titles(page)).toEqual(['File import', 'File export']);
  await page.reload();
  await expect(page.getByLabel('Kept by')).toHaveValue('ingestion');
  expect(await titles(page)).toEqual(['File import', 'File export']);
});

test('with few templates there is nothing to search', async ({ page }) => {
  await publish(page, []);
  await page.goto('');
  await expect(page.getByRole('link', { name: 'Kubernetes job', exact: true })).toBeVisible();
  await expect(page.getByLabel('Search the templates')).toBeHidden();
});

test('of several catalogues, those that cannot be read are named and the others serve', async ({ page, allowed }) => {
  allowed.push(missing);
  await page.route('**/portal.json', (route) => route.fulfill({ json: { catalogues: ['templates', 'finance/', 'sales'] } }));
  await page.route('**/finance/catalogue.json', (route) => route.fulfill({ status: 404 }));
  await page.route('**/sales/catalogue.json', (route) => route.fulfill({ body: '{"templates": [' }));
  await page.goto('');
  await expect(page.getByRole('link', { name: 'Kubernetes job', exact: true })).toBeVisible();
  const alert = page.getByRole('alert').filter({ visible: true });
  await expect(alert).toContainText('finance/catalogue.json: not found.');
  await expect(alert).toContainText('sales/catalogue.json: not what was expected (');
  await page.unroute('**/finance/catalogue.json');
  await page.unroute('**/sales/catalogue.json');
  for (const [name, id] of [['finance', 'closing'], ['sales', 'report']]) {
    await page.route(`**/${name}/catalogue.json`, (route) =>
      route.fulfill({ json: { templates: [{ id, version: '1.0.0', title: `The ${id}`, summary: '', files: [] }] } }),
    );
  }
  await button(page, 'Try again').click();
  await expect(page.getByRole('link', { name: 'The closing', exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: 'The report', exact: true })).toBeVisible();
  await expect(alert).toHaveCount(0);
});

test('a page tells about a template, and its examples begin a form', async ({ page }) => {
  await page.goto('');
  await page.getByRole('link', { name: 'About it: Kubernetes job' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Kubernetes job' })).toBeFocused();
  await expect(page).toHaveTitle(/^Kubernetes job/);
  const main = page.getByRole('main');
  await expect(main.getByRole('heading', { name: 'What the platform must provide' })).toBeVisible();
  await expect(main.getByRole('columnheader', { name: 'when' }).first()).toBeVisible();
  await main.getByText('What changed').click();
  await expect(main.getByRole('heading', { name: '1.0.0' })).toBeVisible();
  await main.getByRole('link', { name: 'reporting seeder refresh all' }).click();
  await expect(field(page, 'Name').first()).toHaveValue('refresh_all');
  expect(page.url()).toMatch(/#\/new\/kubernetes-job\?draft=\w+$/);
});

test('what stands in a README is text, whatever it tries', async ({ page }) => {
  await page.route('**/README.md', (route) =>
    route.fulfill({
      body: [
        '# Title',
        '<script>alert(1)</script> <img src=x onerror=alert(1)>',
        '[one](javascript:alert(1)) [two](https://example.com/a) [three](other.md) ![four](https://example.com/x.png)',
        '**bold _both_** `code <b>` a &amp; b &lt;i&gt;',
        '> quoted\n> > twice',
        '1. first\n2. second\n   - inside',
        '| a | b |\n| - | - |\n| <u>1</u> | `2` |',
        '- [ ] to do\n- [x] done',
        '```python\nprint("<b>")\n```',
        `${'> '.repeat(400)}deep`,
      ].join('\n\n'),
    }),
  );
  await page.goto('#/about/kubernetes-job');
  const prose = page.getByRole('main').locator('section.document');
  await expect(prose).toContainText('<script>alert(1)</script>');
  await expect(prose).toContainText('code <b>');
  await expect(prose).toContainText('a & b <i>');
  await expect(prose).toContainText('<u>1</u>');
  await expect(prose.getByRole('link')).toHaveText(['two']);
  expect(await prose.locator('script, img, u, b, i').count()).toBe(0);
  await expect(prose.locator('ol > li > ul > li')).toHaveText('inside');
  await expect(prose.locator('ul > li').filter({ hasText: 'do' })).toHaveText(['☐ to do', '☑ done']);
  await expect(prose.locator('pre code')).toHaveText('print("<b>")');
  await expect(prose).toContainText('> deep');
  await expect(prose.locator('strong em')).toHaveText('both');
});

for (const [what, text] of [
  ['3,000 quotes inside each other', '> '.repeat(3_000) + 'within'],
  ['40,000 beginnings of struck words', '~~a~'.repeat(40_000) + ' within'],
  ['20,000 emphases inside each other', `${'*a '.repeat(20_000)}within${' b*'.repeat(20_000)}`],
  ['more than a page should hold', '- within\n'.repeat(30_000)],
] as const) {
  test(`a README with ${what} leaves the page alive`, async ({ page }) => {
    await page.route('**/README.md', (route) => route.fulfill({ body: text }));
    await page.goto('#/about/kubernetes-job');
    await expect(page.getByRole('main').locator('section.document')).toContainText('within');
    await page.getByRole('link', { name: 'Use this template' }).click();
    await expect(field(page, 'What it does')).toBeVisible();
  });
}

test('a template without words of its own has a page all the same', async ({ page, allowed }) => {
  allowed.push(missing);
  await page.route('**/*.md', (route) => route.fulfill({ status: 404 }));
  await page.goto('#/about/kubernetes-job');
  await expect(page.getByRole('link', { name: 'Use this template' })).toBeVisible();
  await page.goto('#/about/nothing');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('nothing');
});

test('answers move from a template that is no longer offered to the one that replaces it', async ({ page }) => {
  await publish(page, [
    { id: 'old-job', title: 'Old job', status: 'deprecated', replaced_by: 'kubernetes-job', files: ['kubernetes-job/template.yaml'] },
  ]);
  await page.goto('#/new/old-job?package=finance_reports&name=nightly&parameters/owner=finance');
  await expect(page.getByText('No longer offered, use kubernetes-job.')).toBeVisible();
  await button(page, 'Take these answers to “Kubernetes job”').click();
  await expect(page).toHaveURL(/#\/new\/kubernetes-job\?/);
  await expect(field(page, 'Owner')).toHaveValue('finance');
  await expect(field(page, 'Package')).toHaveValue('finance_reports');
});

test('a link may bring answers to a new form, and undo empties it', async ({ page }) => {
  await begin(page);
  await answer(page);
  await page.goto('about:blank');
  await page.goto('#/new/kubernetes-job?package=sales&parameters/owner=sales&parameters/retries=4&template=other@1&utm_source=mail');
  await expect(page.getByText('The link has filled in answers; undo brings back what was here.')).toBeVisible();
  await expect(field(page, 'Package')).toHaveValue('sales');
  await expect(field(page, 'Name').first()).toHaveValue('');
  const config = await panel(page, 'Config');
  await expect(config).toContainText('retries: 4');
  expect(page.url()).toMatch(/#\/new\/kubernetes-job\?draft=\w+$/);
  await button(page, 'Undo').click();
  await expect(field(page, 'Package')).toHaveValue('');
  await page.goto('');
  const drafts = page.getByRole('region', { name: 'Go on with a draft' }).getByRole('listitem');
  await expect(drafts.filter({ hasText: 'finance_reports_nightly' })).toHaveCount(1);
});

test('what a link has brought is there after a reload', async ({ page }) => {
  await page.goto('#/new/kubernetes-job?package=sales&parameters/owner=sales');
  await expect(field(page, 'Package')).toHaveValue('sales');
  await page.waitForTimeout(700);
  await page.reload();
  await expect(field(page, 'Package')).toHaveValue('sales');
  await expect(field(page, 'Owner')).toHaveValue('sales');
});
