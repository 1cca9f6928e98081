// What is kept in the browser, and what happens where it keeps nothing.
import { answer, begin, button, expect, field, panel, start, test } from './portal.ts';

test('the answers are there again after a reload', async ({ form: page }) => {
  await answer(page);
  await page.reload();
  await expect(page.getByRole('status').filter({ hasText: /^Draft from .*\d\d:\d\d.* restored\./ })).toBeVisible();
  await expect(field(page, 'What it does')).toHaveValue('Closes the day');
  await expect(page.getByRole('textbox', { name: 'Image' })).toHaveValue('finance/nightly:1.0.0');
  await expect(page.getByRole('tabpanel', { name: 'Picture' })).toContainText('close_books');
  await expect(page.locator('[aria-invalid]')).toHaveCount(0);

  await button(page, 'Start over').click();
  await expect(field(page, 'What it does')).toHaveValue('');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await button(page, 'Undo').click();
  await expect(field(page, 'What it does')).toHaveValue('Closes the day');
  await button(page, 'Redo').click();
  await page.reload();
  await expect(field(page, 'What it does')).toHaveValue('');
  await expect(page.getByText(/^Draft from/)).toHaveCount(0);
});

test('the comments of an opened config outlive a reload', async ({ form: page }) => {
  await start(page, 'reporting seeder refresh all');
  const config = await panel(page, 'Config');
  await expect(config).toContainText('memory_limit: 2Gi');
  await config.getByRole('button', { name: 'Edit as text' }).click();
  const text = config.getByRole('textbox', { name: 'Config' });
  await text.fill(`# Kept\n${await text.inputValue()}`);
  await config.getByRole('button', { name: 'Back to the questions' }).click();
  await expect(config.getByRole('region', { name: 'Config' })).toContainText('# Kept');
  await page.reload();
  await expect(await panel(page, 'Config')).toContainText('# Kept');
});

test('the colours that were chosen are kept', async ({ page }) => {
  await page.goto('');
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const device = await ground();
  await button(page, 'Colours: those of your device').click();
  await button(page, 'Colours: light').click();
  await expect(button(page, 'Colours: dark')).toBeVisible();
  await expect.poll(ground).not.toBe(device);
  await page.reload();
  await expect(button(page, 'Colours: dark')).toBeVisible();
  await expect.poll(ground).not.toBe(device);
});

for (const [what, words, take] of [
  [
    'forbidden',
    'Your browser keeps nothing for this page, so the answers are gone when you close it. Download the config to keep them.',
    () => {
      Object.defineProperty(window, 'localStorage', {
        get() {
          throw new DOMException('Access is denied for this document.', 'SecurityError');
        },
      });
    },
  ],
  [
    'full',
    'Your browser has no room left for drafts, so the latest answers are gone when you close the page. Download the config to keep them.',
    () => {
      Storage.prototype.setItem = () => {
        throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
      };
    },
  ],
] as const) {
  test(`storage that is ${what} is said calmly, and the page works`, async ({ page }) => {
    await page.addInitScript(take);
    await begin(page);
    await answer(page);
    await expect(page.getByRole('status').filter({ hasText: words })).toHaveCount(1);
    await expect(page.getByRole('alert').filter({ visible: true })).toHaveCount(0);
    await expect(page.getByRole('tabpanel', { name: 'Picture' })).toContainText('close_books');
    await button(page, 'Colours: those of your device').click();
    await expect(button(page, 'Colours: light')).toBeVisible();
    await page.getByRole('link', { name: 'All templates' }).click();
    await expect(page.getByRole('link', { name: 'Kubernetes job', exact: true })).toBeVisible();
  });
}

test('a draft that no page has written is left alone', async ({ form: page }) => {
  await answer(page);
  await page.getByRole('link', { name: 'All templates' }).click();
  await expect(page.getByText('You have a draft')).toBeVisible();
  await page.evaluate(() => {
    for (const key of Object.keys(localStorage)) localStorage.setItem(key, '{"saved": "yesterday", "document": [');
  });
  await page.reload();
  await page.getByRole('link', { name: 'Kubernetes job', exact: true }).click();
  await expect(field(page, 'What it does')).toHaveValue('');
});
