// A config that is there already, from a file, a drop or the clipboard; and what is said to one that cannot be opened.
import type { Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { answer, begin, button, expect, field, panel, pasteConfig, start, test } from './portal.ts';

const example = readFileSync(new URL('../../templates/kubernetes-job/examples/reporting_seeder_refresh_all.yaml', import.meta.url), 'utf8');

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Open a config' });

async function choose(page: Page, text: string) {
  await button(page, 'Open a config').click();
  await dialog(page)
    .getByLabel('Choose a file, or drop it anywhere on this page')
    .setInputFiles({ name: 'config.yaml', mimeType: 'application/yaml', buffer: Buffer.from(text) });
}

/** What every refusal has in common: the words, and a form that is as it was. */
async function refused(page: Page, words: string | RegExp) {
  const alert = dialog(page).getByRole('alert');
  await expect(alert.getByRole('heading', { name: 'This config cannot be opened' })).toBeVisible();
  await expect(alert.getByRole('listitem').filter({ hasText: words })).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toBeHidden();
  await expect(button(page, 'Open a config')).toBeFocused();
  await expect(field(page, 'What it does')).toHaveValue('Closes the day');
  await field(page, 'Owner').fill('reporting');
  await expect(await panel(page, 'Config')).toContainText('owner: reporting');
}

test('from the catalogue, by its text', async ({ page }) => {
  await page.goto('');
  await pasteConfig(page, example);
  await expect(page.getByRole('heading', { level: 1, name: /^Kubernetes job/ })).toBeFocused();
  await expect(page.getByRole('status').filter({ hasText: 'The config is open.' })).toHaveCount(1);
  await expect(field(page, 'Package')).toHaveValue('reporting_seeder');
  await expect(page.getByRole('textbox', { name: 'Word 3' })).toHaveValue('reporting_seeder');
  await expect(page.getByRole('switch', { name: 'Safe to run again' })).toBeChecked();
  await expect(page.getByLabel('How often').locator('option:checked')).toHaveText('Daily at 02:00 UTC');
});

test('as a file, with comments and order kept', async ({ form: page }) => {
  await answer(page);
  await choose(page, `# Asked for by finance\n${example.replace('  owner: reporting\n', '  owner: reporting # since May\n')}`);
  await expect(field(page, 'Package')).toHaveValue('reporting_seeder');
  await field(page, 'Whom to call').fill('Nobody');
  const config = await panel(page, 'Config');
  await expect(config).toContainText('on_call: Nobody');
  await expect(config).toContainText('# Asked for by finance');
  await expect(config).toContainText('owner: reporting # since May');
  await button(page, 'Undo').click();
  await button(page, 'Undo').click();
  await expect(field(page, 'What it does')).toHaveValue('Closes the day');
});

test('by dropping it onto the page', async ({ form: page }) => {
  const files = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], 'config.yaml'));
    return transfer;
  }, example);
  await page.getByRole('main').dispatchEvent('dragover', { dataTransfer: files });
  await expect(page.getByText('Drop the config to open it')).toBeVisible();
  await page.getByRole('main').dispatchEvent('drop', { dataTransfer: files });
  await expect(page.getByText('Drop the config to open it')).toBeHidden();
  await expect(field(page, 'Package')).toHaveValue('reporting_seeder');
});

test('from an example, which is opened in the place of the answers', async ({ form: page }) => {
  await answer(page);
  await start(page, 'sales reports nightly');
  await expect(field(page, 'Package')).toHaveValue('sales_reports');
  await expect(button(page, 'sales reports nightly')).toBeHidden();
  const picture = page.getByRole('tabpanel', { name: 'Picture' }).getByRole('group', { name: /^sales_reports_nightly: 6 tasks\./ });
  for (const task of ['extract_orders', 'extract_returns', 'check_totals', 'build_reports', 'send_reports', 'remove_extracts']) {
    await expect(picture.getByText(task, { exact: true })).toBeVisible();
  }
  await button(page, 'Undo').click();
  await expect(field(page, 'Package')).toHaveValue('finance_reports');
});

test('a text that is broken says where', async ({ form: page }) => {
  await answer(page);
  await pasteConfig(page, 'template: kubernetes-job@1\npackage: a\n  name: b\n');
  await refused(page, /^Line 3, column \d+: This cannot be read from here on: /);
});

test('a text that is no config', async ({ form: page }) => {
  await answer(page);
  await pasteConfig(page, '- one\n- two\n');
  await refused(page, /config/);
  await pasteConfig(page, 'package: a\n');
  await refused(page, 'This config does not say which template it is for. It needs a line such as template: kubernetes-job@1.');
  await pasteConfig(page, '   \n');
  await refused(page, 'There is no text yet. Choose a file or paste the text of a config.');
});

test('a template that is not offered', async ({ form: page }) => {
  await answer(page);
  await pasteConfig(page, 'template: no-such-thing@1\npackage: a\nname: b\n');
  await refused(page, 'This config is for the template “no-such-thing”, which this portal does not offer.');
});

for (const [what, text, words] of [
  ['10 MB of nesting', '['.repeat(10_000_000), /^Line 1, column 1: This is larger than 1 MB, which no config needs\./],
  ['nesting below the limit of size', `template: kubernetes-job@1\nparameters: ${'{a: '.repeat(200_000)}`, /nested more than 32 levels deep/],
  ['an alias bomb', `a: &a [x]\n${Array.from({ length: 30 }, (_, at) => `b${at}: &b${at} [${`*${at ? `b${at - 1}` : 'a'},`.repeat(9)}]`).join('\n')}\n`, /^Line 1, column \d+: This uses an anchor \(&\) or an alias \(\*\), which a form cannot show\./],
  ['bytes that are no text', '\u0000\u0001\u0002PK\u0003\u0004', /Line 1/],
] as const) {
  test(`${what} is refused, and the page lives on`, async ({ form: page }) => {
    await answer(page);
    await choose(page, text);
    await refused(page, words);
  });
}

test('the config is written as text, and what is wrong with it is said by line', async ({ form: page }) => {
  await answer(page);
  const config = await panel(page, 'Config');
  await config.getByRole('button', { name: 'Edit as text' }).click();
  const text = config.getByRole('textbox', { name: 'Config' });
  const whole = await text.inputValue();
  expect(whole).toContain('owner: finance');

  await text.fill(`${whole}  broken: [\n`);
  await expect(config.getByText(/^Line \d+, column \d+: .*The bracket \[ is not closed/)).toBeVisible();
  await expect(field(page, 'What it does')).toBeDisabled();
  await expect(page.getByText('The questions can be answered again once it is fixed.')).toBeVisible();
  await expect(field(page, 'What it does')).toHaveValue('Closes the day');

  await text.fill(whole.replace('owner: finance', 'owner: reporting # new'));
  await expect(field(page, 'Owner')).toHaveValue('reporting');
  await config.getByRole('button', { name: 'Back to the questions' }).click();
  await field(page, 'What it does').fill('Closes the week');
  await expect(config.getByRole('region', { name: 'Config' })).toContainText('description: Closes the week');
  await expect(config.getByRole('region', { name: 'Config' })).toContainText('owner: reporting # new');
});

test('a form by its link asks for each file of its template once, and for none of the catalogue’s own parts', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname.replace(/^.*\/(?=templates\/|elements-)/, '')));
  await page.goto('#/new/kubernetes-job');
  await expect(field(page, 'What it does')).toBeVisible();
  expect(asked.filter((path) => path.startsWith('templates/')).sort()).toEqual([
    'templates/catalogue.json',
    'templates/kubernetes-job/dag.py.j2',
    'templates/kubernetes-job/runbook.md.j2',
    'templates/kubernetes-job/template.yaml',
  ]);
  expect(asked.filter((path) => path.startsWith('elements-') && path.includes('catalogue'))).toEqual([]);
});

test('an address that leads nowhere', async ({ page }) => {
  await page.goto('#/new/no-such-thing');
  await expect(page.getByRole('heading', { name: 'This portal has no template “no-such-thing”' })).toBeVisible();
  await page.goto('#/elsewhere');
  await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: 'All templates' }).click();
  await expect(page.getByRole('heading', { name: 'What should run?' })).toBeVisible();
  await begin(page);
});

test('a generated Python file opens in its form by the link at its head', async ({ page, context }) => {
  await context.route('**/portal.json', (route) =>
    route.fulfill({ json: { catalogues: ['templates'], url: 'https://portal.example.com/dags', paths: {} } }),
  );
  await begin(page);
  await answer(page);
  const code = await panel(page, 'Code');
  await expect(code.getByRole('region', { name: 'Code' })).toContainText('# Portal: https://portal.example.com/dags/#/open/1.');
  const python = await code.getByRole('region', { name: 'Code' }).locator('.line').allTextContents();
  await field(page, 'Owner').fill('somebody');
  await button(page, 'Open a config').click();
  await dialog(page)
    .getByLabel('Choose a file, or drop it anywhere on this page')
    .setInputFiles({ name: 'nightly.py', mimeType: 'text/x-python', buffer: Buffer.from(python.join('\n')) });
  await expect(dialog(page)).toBeHidden();
  await expect(field(page, 'Owner')).toHaveValue('finance');
  await expect(page.getByRole('textbox', { name: 'Image' })).toHaveValue('finance/nightly:1.0.0');
});

test('a Python file without such a link names the config to open', async ({ form: page }) => {
  await answer(page);
  await choose(page, '# Made by Dagwright 0.1.0. Change the config, not this file.\n# Template: kubernetes-job@1.0.0\n# Config: configs/a/b.yaml\n\nx = 1\n');
  await refused(page, 'Open the config that it was made from: configs/a/b.yaml.');
});

test('a refusal is gone when the dialog is opened again', async ({ page }) => {
  await page.goto('');
  await pasteConfig(page, 'nothing: [');
  await expect(dialog(page).getByRole('alert')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toBeHidden();
  await button(page, 'Open a config').click();
  await expect(dialog(page)).toBeVisible();
  await expect(dialog(page).getByRole('alert')).toHaveCount(0);
});
