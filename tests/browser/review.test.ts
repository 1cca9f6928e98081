// Before anything is handed over it is read once more: the answers, what will run where, the files, and what changed.
import type { Page } from '@playwright/test';
import { answer, begin, button, download, expect, field, finish, start, test } from './portal.ts';

const opened = `# The close of the day, kept by finance.
template: kubernetes-job@1
package: finance
name: closing
parameters:
  description: Closes the day
  owner: finance   # ask Ada
  retries: 1
  steps:
    - name: close
      image: finance/close:1.0.0
`;

async function open(page: Page, text: string) {
  await page.goto('');
  await button(page, 'Open a config').click();
  const dialog = page.getByRole('dialog', { name: 'Open a config' });
  await dialog.getByLabel('Or paste its text').fill(text);
  await dialog.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(field(page, 'Owner')).toHaveValue('finance');
}

test('shows the answers in words, and leads back to each', async ({ form: page }) => {
  await start(page, 'reporting seeder refresh all');
  await expect(field(page, 'Name').first()).toHaveValue('refresh_all');
  const dialog = await finish(page);
  await expect(dialog.getByRole('heading', { name: 'Your answers' })).toBeVisible();
  const image = dialog.locator('.answer').filter({ hasText: 'Image' }).first();
  await expect(image).toContainText('reporting/seeder');
  await expect(dialog.getByRole('heading', { name: 'The next runs' })).toBeVisible();
  await expect(dialog.getByRole('listitem').filter({ hasText: 'UTC)' })).toHaveCount(3);
  await image.getByRole('button', { name: 'Change: Image' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.locator(':focus')).toHaveValue(/^reporting\/seeder/);
});

test('shows what changed in a config that was opened', async ({ page }) => {
  await open(page, opened);
  let dialog = await finish(page);
  await expect(dialog).toContainText('Nothing changes: it says what it said when you opened it.');
  await button(page, 'Close').click();
  await field(page, 'What it does').fill('Closes the month');
  dialog = await finish(page);
  const changes = dialog.getByRole('region', { name: 'What changes in the config' });
  await expect(changes.locator('.change-gone')).toHaveText('−Gone:   description: Closes the day');
  await expect(changes.locator('.change-new')).toHaveText(/^\+New: {3}description: ["']?Closes the month["']?$/);
  await expect(changes).toContainText('# ask Ada');
});

test('shows the environments side by side, and hands over a file for each', async ({ page }) => {
  await page.route('**/portal.json', (route) => route.fulfill({ json: { environments: ['dev', 'prod'] } }));
  await open(page, `${opened}environments:\n  dev:\n    schedule: null\n  prod:\n    schedule: "0 2 * * *"\n    retries: 5\n`);
  const dialog = await finish(page);
  const rows = dialog.getByRole('table').getByRole('row');
  await expect(rows.nth(1)).toContainText('dev');
  await expect(rows.nth(2)).toContainText('Daily at 02:00 UTC');
  await expect(rows.nth(2)).toContainText('retries: 5');
  await expect(dialog).toContainText('dags/dev/finance/finance_closing.py');
  await expect(dialog).toContainText('dags/prod/finance/finance_closing.py');
  const zip = await download(page, () => button(page, 'Download all as .zip').click());
  for (const path of ['configs/finance/closing.yaml', 'dags/dev/finance/finance_closing.py', 'dags/prod/finance/finance_closing.py']) {
    expect(zip.bytes.includes(path)).toBe(true);
  }
});

test('says so where its part cannot be fetched, and hands over all the same', async ({ page, allowed }) => {
  allowed.push(/404/);
  await page.route('**/review.js', (route) => route.fulfill({ status: 404 }));
  await begin(page);
  await answer(page);
  const dialog = await finish(page);
  await expect(dialog.getByRole('alert')).toBeVisible();
  const zip = await download(page, () => button(page, 'Download all as .zip').click());
  expect(zip.bytes.length).toBeGreaterThan(500);
});
