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
  await expect(page.getByRole('heading', { name: 'Go on with a draft' })).toBeVisible();
  await page.evaluate(() => {
    for (const key of Object.keys(localStorage)) localStorage.setItem(key, '{"saved": "yesterday", "document": [');
  });
  await page.reload();
  await page.getByRole('link', { name: 'Kubernetes job', exact: true }).click();
  await expect(field(page, 'What it does')).toHaveValue('');
});

test('several drafts are kept side by side, by name and time', async ({ form: page }) => {
  await answer(page);
  await start(page, 'reporting seeder refresh all');
  await expect(field(page, 'Name').first()).toHaveValue('refresh_all');
  await field(page, 'Owner').fill('reporting');
  await page.getByRole('link', { name: 'All templates' }).click();
  const drafts = page.getByRole('region', { name: 'Go on with a draft' }).getByRole('listitem');
  await expect(drafts).toHaveText([/^reporting_seeder_refresh_all.*Kubernetes job, \d\d:\d\d/, /^finance_reports_nightly/]);
  await button(page, 'Throw away: reporting_seeder_refresh_all').click();
  await button(page, 'Bring back: reporting_seeder_refresh_all').click();
  await button(page, 'Throw away: finance_reports_nightly').click();
  await page.reload();
  await expect(drafts).toHaveText([/^reporting_seeder_refresh_all/]);
  await page.getByRole('link', { name: 'reporting_seeder_refresh_all' }).click();
  await expect(field(page, 'Owner')).toHaveValue('reporting');
});

test('what was opened and not changed leaves no draft behind', async ({ form: page }) => {
  await start(page, 'reporting seeder refresh all');
  await expect(field(page, 'Name').first()).toHaveValue('refresh_all');
  await page.waitForTimeout(700);
  await start(page, 'sales reports nightly');
  await expect(field(page, 'Name').first()).not.toHaveValue('refresh_all');
  await page.getByRole('link', { name: 'All templates' }).click();
  await expect(page.getByRole('region', { name: 'Go on with a draft' }).getByRole('listitem')).toHaveText([/^sales/]);
});

test('two tabs with one draft lose nothing of either', async ({ form: page, context }) => {
  await answer(page);
  await page.waitForTimeout(700);
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(field(other, 'Owner')).toHaveValue('finance');
  await field(page, 'Owner').fill('first tab');
  await page.waitForTimeout(700);
  await field(other, 'Name').first().fill('second_tab');
  await other.waitForTimeout(700);
  await field(page, 'Package').fill('first_package');
  await page.waitForTimeout(700);
  await other.reload();
  await expect(field(other, 'Name').first()).toHaveValue('second_tab');
  await page.reload();
  await expect(field(page, 'Owner')).toHaveValue('first tab');
  await expect(field(page, 'Package')).toHaveValue('first_package');
  await page.goto('#/');
  await expect(page.getByRole('region', { name: 'Go on with a draft' }).getByRole('listitem')).toHaveText([/first_package_nightly/, /finance_reports_second_tab/]);
});

test('undo brings back the file that was open as well', async ({ form: page }) => {
  const paste = async (text: string) => {
    await button(page, 'Open a config').click();
    await page.getByLabel('Or paste its text').fill(text);
    await page.getByRole('dialog').getByRole('button', { name: 'Open', exact: true }).click();
    await expect(page.getByRole('dialog')).toBeHidden();
  };
  await paste('# The first file\ntemplate: kubernetes-job@1\nname: first\n');
  await expect(field(page, 'Name').first()).toHaveValue('first');
  await paste('# The second file\ntemplate: kubernetes-job@1\nname: second\n');
  await expect(field(page, 'Name').first()).toHaveValue('second');
  await button(page, 'Undo').click();
  const config = await panel(page, 'Config');
  await expect(config).toContainText('name: first');
  await expect(config).toContainText('# The first file');
  await button(page, 'Redo').click();
  await expect(config).toContainText('# The second file');
});

test('the keys undo and redo, and tell what they do', async ({ form: page }) => {
  await field(page, 'Owner').fill('finance');
  await field(page, 'Package').fill('sales');
  await page.keyboard.press('Control+z');
  await expect(field(page, 'Package')).toHaveValue('');
  await expect(field(page, 'Owner')).toHaveValue('finance');
  await page.keyboard.press('Control+Shift+z');
  await expect(field(page, 'Package')).toHaveValue('sales');
  await field(page, 'Package').press('?');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keys' });
  await expect(dialog).toContainText('takes the last change back');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await button(page, 'Keys').click();
  await expect(dialog).toBeVisible();
});

test('the way back out of a field, by the browser itself', async ({ form: page }) => {
  await field(page, 'Owner').fill('finance');
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1, name: 'What should run?' })).toBeFocused();
  await page.goForward();
  await expect(field(page, 'Owner')).toHaveValue('finance');
});

test('what another tab wrote into a draft stays, though this one never changed it', async ({ form: page, context }) => {
  await start(page, 'reporting seeder refresh all');
  await expect(field(page, 'Name').first()).toHaveValue('refresh_all');
  await page.waitForTimeout(700);
  const other = await context.newPage();
  await other.goto(page.url());
  await field(other, 'Owner').fill('other tab');
  await other.waitForTimeout(700);
  await other.close();
  await start(page, 'sales reports nightly');
  await expect(field(page, 'Name').first()).not.toHaveValue('refresh_all');
  await page.goto('#/');
  await page.getByRole('link', { name: 'reporting_seeder_refresh_all' }).click();
  await expect(field(page, 'Owner')).toHaveValue('other tab');
});

test('what is being written as text outlives a reload', async ({ form: page }) => {
  await answer(page);
  const config = await panel(page, 'Config');
  await config.getByRole('button', { name: 'Edit as text' }).click();
  const text = config.getByRole('textbox', { name: 'Config' });
  await text.fill(`# Half a thought\n${await text.inputValue()}`);
  await page.waitForTimeout(900);
  await page.reload();
  await expect(await panel(page, 'Config')).toContainText('# Half a thought');
});

test('keys that are pressed alone can be switched off', async ({ form: page }) => {
  await button(page, 'Keys').click();
  const dialog = page.getByRole('dialog', { name: 'Keys' });
  await dialog.getByLabel('Keys that are pressed alone').uncheck();
  await page.keyboard.press('Escape');
  await page.reload();
  await expect(field(page, 'Owner')).toBeVisible();
  await expect(button(page, 'Keys')).toBeVisible();
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('?');
  await expect(dialog).toBeHidden();
});
