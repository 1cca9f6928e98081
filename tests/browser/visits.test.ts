// Where the address leads, and what nobody wants any more when it arrives.
import type { Page } from '@playwright/test';
import { answer, begin, button, expect, field, pasteConfig, test } from './portal.ts';

const example = `template: kubernetes-job@1
package: reporting_seeder
name: refresh_all
`;

/** Lets the engine hear of nothing for a while: what is asked is under way. */
const slow = (page: Page) =>
  page.evaluate(() => {
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (message: string) {
      setTimeout(() => post.call(this, message), 1_500);
    };
  });

/** Long enough for all that was asked while the engine was slow. */
const late = (page: Page) => page.waitForTimeout(4_000);

test('a link that brings answers is followed where its form is open already', async ({ form: page }) => {
  await answer(page);
  await page.goto('#/new/kubernetes-job?package=sales&parameters/owner=sales');
  await expect(field(page, 'Package')).toHaveValue('sales');
  await expect(field(page, 'Owner')).toHaveValue('sales');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  // The same link once more is another visit too.
  await field(page, 'Package').fill('changed');
  await page.waitForTimeout(700);
  await page.goto('#/new/kubernetes-job?package=sales&parameters/owner=sales');
  await expect(field(page, 'Package')).toHaveValue('sales');
});

test('a link that narrows the catalogue is followed where the catalogue is shown', async ({ page }) => {
  await page.goto('');
  await expect(page.getByRole('link', { name: 'Kubernetes job', exact: true })).toBeVisible();
  await page.goto('#/?tag=nothing-has-this');
  await expect(page.getByRole('link', { name: 'Kubernetes job', exact: true })).toBeHidden();
});

test('opening a config that was cancelled leads nowhere', async ({ page }) => {
  await begin(page);
  await page.getByRole('link', { name: 'All templates' }).click();
  await slow(page);
  await pasteConfig(page, example);
  const dialog = page.getByRole('dialog', { name: 'Open a config' });
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toBeHidden();
  await late(page);
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('heading', { level: 1, name: 'What should run?' })).toBeVisible();
});

test('an example that arrives late does not lead back to the form that was left', async ({ form: page }) => {
  await slow(page);
  await page.getByText('Start from an example').click();
  await button(page, 'sales reports nightly').click();
  await page.getByRole('link', { name: 'All templates' }).click();
  await late(page);
  await expect(page.getByRole('heading', { level: 1, name: 'What should run?' })).toBeVisible();
});

test('a config that was checked and is opened does not lead away from the page that was gone to meanwhile', async ({ page }) => {
  await begin(page);
  await page.getByRole('link', { name: 'Check configs' }).click();
  await page.getByLabel('Or choose files').setInputFiles({ name: 'a.yaml', mimeType: 'application/yaml', buffer: Buffer.from(example) });
  await page.getByText('a.yaml').click();
  await slow(page);
  await button(page, 'Open in its form').click();
  await page.goto('#/about/kubernetes-job');
  await expect(page.getByRole('link', { name: 'Use this template' })).toBeVisible();
  await late(page);
  await expect(page.getByRole('link', { name: 'Use this template' })).toBeVisible();
});

test('every page has a title of its own, those that lead nowhere too', async ({ form: page }) => {
  await expect(page).toHaveTitle('Kubernetes job · Dagwright');
  await page.goto('#/nothing-is-here');
  await expect(page).toHaveTitle('There is no such page · Dagwright');
  await page.goto('#/new/no-such-template');
  await expect(page).toHaveTitle('This portal has no template “no-such-template” · Dagwright');
  await page.goto('#/check');
  await expect(page).toHaveTitle('Check configs · Dagwright');
  await page.goto('#/open/2.nothing');
  await expect(page).toHaveTitle('This link cannot be opened · Dagwright');
  await page.route('**/portal.json', (route) => route.fulfill({ body: '{' }));
  await page.reload();
  await expect(page).toHaveTitle('This portal is not set up right');
});

test('a page that was left no longer listens', async ({ page }) => {
  const session = await page.context().newCDPSession(page);
  const listeners = async () => {
    await session.send('HeapProfiler.collectGarbage');
    const { jsEventListeners } = await session.send('Memory.getDOMCounters');
    return jsEventListeners;
  };
  const visit = async (rounds: number) => {
    for (let round = 0; round < rounds; round += 1) {
      await page.goto('#/check');
      await expect(page.getByLabel('Or choose files')).toBeVisible();
      await page.goto('#/about/kubernetes-job');
      await expect(page.getByRole('link', { name: 'Use this template' })).toBeVisible();
      await page.goto('#/');
      await expect(page.getByRole('link', { name: 'Kubernetes job', exact: true })).toBeVisible();
    }
  };
  await page.goto('');
  await visit(3);
  const before = await listeners();
  await visit(20);
  expect(await listeners()).toBeLessThan(before + 10);
});
