// Wherever the focus goes, and however small the window is, what has it can be seen.
import type { Page } from '@playwright/test';
import { answer, button, expect, expectFocusVisible, field, finish, panel, start, test, unfold } from './portal.ts';

/** Presses Tab, or Shift and Tab, until the focus has been everywhere, and answers with the number of stops. Each is watched. */
async function tabThrough(page: Page, name: 'Tab' | 'Shift+Tab') {
  let stops = 0;
  const first = await page.evaluateHandle(() => document.activeElement);
  do {
    await page.keyboard.press(name);
    stops += 1;
    expect(stops, 'stops of the Tab key').toBeLessThan(300);
  } while (!(await first.evaluate((element) => document.activeElement === element)));
  return stops;
}

for (const [width, height] of [[1440, 900], [1280, 720], [390, 844], [320, 640], [320, 256]] as const) {
  test.describe(`${width} by ${height}`, () => {
    test.use({ viewport: { width, height }, contextOptions: { reducedMotion: 'reduce' } });

    test('each stop of the Tab key can be seen, forwards and back', async ({ form: page }) => {
      test.setTimeout(180_000);
      await answer(page);
      await unfold(page);
      for (const name of ['Tab', 'Shift+Tab'] as const) {
        await field(page, 'Owner').focus();
        expect(await tabThrough(page, name)).toBeGreaterThan(50);
      }
    });

    test('what is added, copied or led to comes into view', async ({ form: page }) => {
      const steps = page.getByRole('group', { name: 'Steps' });
      for (const [count, name] of ['extract', 'load', 'report'].entries()) {
        await button(page, 'Add step').last().click();
        await expect(steps.getByRole('textbox', { name: 'Name' }).nth(count)).toBeFocused();
        await expectFocusVisible(page);
        await page.keyboard.type(name);
        await steps.getByRole('textbox', { name: 'Image' }).nth(count).fill(`reporting/${name}:1.0.0`);
      }
      await button(page, 'Duplicate Step 2: load').click();
      await expect(steps.getByRole('textbox', { name: 'Name' }).nth(2)).toBeFocused();
      await expectFocusVisible(page);
      for (const name of ['Add argument', 'Add address']) {
        const add = button(page, name).last();
        await add.click();
        await expect(add).not.toBeFocused();
        await expectFocusVisible(page);
      }
      // What is missing stands in a list of links, each of which leads to its field.
      await button(page, 'Check and download').click();
      await expect(page.locator('#error-summary')).toBeFocused();
      await expectFocusVisible(page);
      const links = page.locator('#error-summary').getByRole('link');
      for (let index = 0; index < (await links.count()); index += 1) {
        await links.nth(index).click();
        await expect(links.nth(index)).not.toBeFocused();
        await expectFocusVisible(page);
      }
    });

    test('a task in the graph leads to its step', async ({ form: page }) => {
      await start(page, 'sales reports nightly');
      const picture = await panel(page, 'Picture');
      const names = ['extract_orders', 'extract_returns', 'check_totals', 'build_reports'];
      for (const name of [...names, ...names.reverse()]) {
        await picture.getByRole('button', { name: new RegExp(`^${name} \\(`) }).click();
        await expect(page.locator(':focus')).toHaveValue(name);
        await expectFocusVisible(page);
      }
    });

    test('each stop in the review can be seen, and so can the answer that is changed', async ({ form: page }) => {
      test.setTimeout(180_000);
      await start(page, 'sales reports nightly');
      const dialog = await finish(page);
      await expect(dialog.getByRole('heading', { name: 'Your answers' })).toBeVisible();
      await dialog.getByText('Hand it in for review').click();
      for (const name of ['Tab', 'Shift+Tab'] as const) {
        await button(page, 'Close').focus();
        await tabThrough(page, name);
      }
      await dialog.getByRole('button', { name: 'Change: Image' }).last().click();
      await expect(page.locator(':focus')).toHaveValue(/^reporting\/|^sales\//);
      await expectFocusVisible(page);
    });
  });
}
