// The questions are about the config; an environment that differs from it shows beside them, and says so.
import type { Page } from '@playwright/test';
import { button, expect, field, finish, openConfig, panel, test } from './portal.ts';

const config = `template: kubernetes-job@1
package: finance
name: closing
parameters:
  description: Closes the day
  owner: finance
  schedule: "0 6 * * *"
  steps:
    - name: close
      image: finance/close:1.0.0
environments:
  dev:
    schedule: null
    retries: 0
`;

async function open(page: Page, text: string) {
  await page.route('**/portal.json', (route) => route.fulfill({ json: { environments: ['dev', 'prod'] } }));
  await openConfig(page, text);
}

test('below a question stands what its own answer means, whichever environment is shown', async ({ page }) => {
  await open(page, config);
  await page.getByLabel('Show it for').selectOption('dev');
  await expect(page.getByText(/^dev: .*Only when/)).toBeVisible();
  await expect(page.getByText('dev has its own answers to “Schedule”, “Further tries”.')).toBeVisible();
  const schedule = page.getByRole('group', { name: 'Schedule' });
  await expect(schedule).toContainText('Daily at 06:00 UTC');
  await page.getByLabel('How often').selectOption('Every week on…');
  await expect(schedule).toContainText('Monday');
  await expect(schedule).not.toContainText('Only when somebody starts it in Airflow');
  await expect(schedule.getByRole('table')).toBeVisible();
  await expect(await panel(page, 'Code')).toContainText('schedule=None');
  await page.getByLabel('Show it for').selectOption('prod');
  await expect(page.getByText(/has its own answers/)).toHaveCount(0);
});

test('the review shows the answers of the config, whichever environment is shown', async ({ page }) => {
  await open(page, config);
  await page.getByLabel('Show it for').selectOption('dev');
  await expect(page.getByText(/^dev: /)).toBeVisible();
  const dialog = await finish(page);
  const answers = dialog.locator('.answer');
  await expect(answers.filter({ hasText: 'Schedule' })).toContainText('Daily at 06:00 UTC');
  await expect(answers.filter({ hasText: 'Further tries' })).toHaveCount(0);
  await expect(dialog.getByRole('table').getByRole('row').filter({ hasText: 'dev' })).toContainText('retries: 0');
});

test('with an error in one environment, the review says what is in the way, and nothing can be downloaded', async ({ page }) => {
  await open(page, config.replace('retries: 0', 'retries: 99999'));
  await expect(page.getByText('No errors in the config as it stands. “Check and download” checks every environment.')).toBeVisible();
  await button(page, 'Check and download').click();
  const dialog = page.getByRole('dialog', { name: 'Your DAG is not ready yet' });
  await expect(dialog).toBeVisible();
  await expect(dialog.getByText('Your DAG is ready')).toHaveCount(0);
  const reason = dialog.getByRole('status').filter({ hasText: 'Nothing can be downloaded or submitted yet: there are errors in dev.' });
  await expect(reason).toBeInViewport();
  await expect(dialog.getByRole('table')).toBeVisible();
  const downloads = dialog.getByRole('button', { name: /^Download/ });
  await expect(downloads).not.toHaveCount(1);
  for (const one of await downloads.all()) await expect(one).toBeDisabled();
  await button(page, 'Close').click();
  await page.getByLabel('Show it for').selectOption('prod');
  await expect(page.getByText('No errors in prod.')).toBeVisible();
});
