// The config as a person writes it by hand: nothing of it is lost, whether it can be read or not.
import type { Page } from '@playwright/test';
import { answer, button, download, expect, field, panel, test } from './portal.ts';

const editor = (page: Page) => page.getByRole('textbox', { name: 'Config' });
const asked = (page: Page) => page.getByRole('dialog', { name: 'This text cannot be read as a config' });

/** Opens the config as text, and answers with it. */
async function write(page: Page) {
  const config = await panel(page, 'Config');
  await config.getByRole('button', { name: 'Edit as text' }).click();
  await expect(editor(page)).toBeFocused();
  return editor(page).inputValue();
}

/** Writes and presses a button within one task, before the engine can have read anything. */
const writeAndPress = (page: Page, text: string, name: string) =>
  page.evaluate(
    ([text, name]) => {
      const area = document.querySelector<HTMLTextAreaElement>('#config-text')!;
      area.value = text!;
      area.dispatchEvent(new Event('input', { bubbles: true }));
      [...document.querySelectorAll('button')].find((own) => own.textContent?.includes(name!))!.click();
    },
    [text, name],
  );

test('undo, redo, a reload and the list of drafts bring back a text that cannot be read', async ({ form: page }) => {
  await answer(page);
  const whole = await write(page);
  const broken = `${whole}foo: [x`;
  await editor(page).fill(broken);
  await expect(page.getByText('The questions can be answered again once it is fixed.')).toBeVisible();
  await expect(page.getByRole('tabpanel', { name: 'Config' })).toContainText('configs/finance_reports/nightly.yaml');
  await button(page, 'Undo').click();
  await expect(editor(page)).toHaveValue(whole);
  await button(page, 'Redo').click();
  await expect(editor(page)).toHaveValue(broken);
  await button(page, 'Undo').click();
  await button(page, 'Undo').click();
  await expect(editor(page)).toHaveCount(0);
  await button(page, 'Redo').click();
  await button(page, 'Redo').click();
  await expect(editor(page)).toHaveValue(broken);

  await page.reload();
  await expect(editor(page)).toHaveValue(broken);
  await expect(page.getByText('The questions can be answered again once it is fixed.')).toBeVisible();
  await page.getByRole('link', { name: 'All templates' }).click();
  await page.getByRole('link', { name: 'finance_reports_nightly' }).click();
  await expect(editor(page)).toHaveValue(broken);
  await editor(page).fill(broken.replace('foo: [x', '').replace('owner: finance', 'owner: reporting'));
  await expect(field(page, 'Owner')).toHaveValue('reporting');
  await expect(field(page, 'Owner')).toBeEnabled();
});

test('another config takes the place of a text that cannot be read, which stays as a draft', async ({ form: page }) => {
  await answer(page);
  const broken = `${await write(page)}foo: [x`;
  await editor(page).fill(broken);
  await page.getByText('Start from an example').click();
  await button(page, 'sales reports nightly').click();
  await expect(field(page, 'Package')).toHaveValue('sales_reports');
  await button(page, 'Undo').click();
  await expect(editor(page)).toHaveValue(broken);
  await page.getByRole('link', { name: 'All templates' }).click();
  await page.getByRole('region', { name: 'Go on with a draft' }).getByRole('link', { name: 'finance_reports_nightly' }).last().click();
  await expect(editor(page)).toHaveValue(broken);
});

test('going back from a text that cannot be read asks first', async ({ form: page }) => {
  await answer(page);
  const broken = `${await write(page)}foo: [x`;
  // At once, as those do who type and press.
  await writeAndPress(page, broken, 'Back to the questions');
  await expect(asked(page)).toBeVisible();
  await expect(asked(page).getByRole('button', { name: 'Keep editing' })).toBeFocused();
  await asked(page).getByRole('button', { name: 'Keep editing' }).click();
  await expect(asked(page)).toBeHidden();
  await expect(editor(page)).toBeFocused();
  await expect(editor(page)).toHaveValue(broken);

  await button(page, 'Back to the questions').click();
  await page.keyboard.press('Escape');
  await expect(asked(page)).toBeHidden();
  await expect(editor(page)).toBeFocused();

  await button(page, 'Back to the questions').click();
  await asked(page).getByRole('button', { name: 'Discard the text' }).click();
  await expect(editor(page)).toHaveCount(0);
  await expect(button(page, 'Edit as text')).toBeFocused();
  await expect(field(page, 'Owner')).toBeEnabled();
  await expect(field(page, 'Owner')).toHaveValue('finance');
  await button(page, 'Undo').click();
  await expect(editor(page)).toHaveValue(broken);
});

test('what was written last holds, however soon the questions are back', async ({ form: page }) => {
  await answer(page);
  const whole = await write(page);
  await writeAndPress(page, whole.replace('owner: finance', 'owner: reporting # since May'), 'Back to the questions');
  await expect(editor(page)).toHaveCount(0);
  await expect(button(page, 'Edit as text')).toBeFocused();
  await expect(field(page, 'Owner')).toHaveValue('reporting');
  await field(page, 'What it does').fill('Closes the week');
  const config = page.getByRole('region', { name: 'Config' });
  await expect(config).toContainText('description: Closes the week');
  await expect(config).toContainText('owner: reporting # since May');
});

test('the keys of the form undo what was written as text', async ({ form: page }) => {
  await answer(page);
  const whole = await write(page);
  await editor(page).fill(whole.replace('owner: finance', 'owner: reporting'));
  await button(page, 'Back to the questions').click();
  await field(page, 'Owner').focus();
  await page.keyboard.press('Control+z');
  await expect(editor(page)).toHaveValue(whole);
  await expect(editor(page)).toBeFocused();
  await expect(field(page, 'Owner')).toHaveValue('finance');
});

test('questions that cannot be answered look so', async ({ form: page }) => {
  await answer(page);
  const owner = field(page, 'Owner');
  const look = () => owner.evaluate((own) => [getComputedStyle(own).backgroundColor, getComputedStyle(own).cursor, getComputedStyle(own).opacity].join());
  const before = await look();
  const whole = await write(page);
  await editor(page).fill(`${whole}foo: [x`);
  await expect(owner).toBeDisabled();
  await expect.poll(look).not.toBe(before);
  expect(await owner.evaluate((own) => getComputedStyle(own).cursor)).toBe('not-allowed');
  await editor(page).fill(whole);
  await expect(owner).toBeEnabled();
  await expect.poll(look).toBe(before);
});

test('a config that nobody has named yet has no invented path', async ({ form: page }) => {
  const config = await panel(page, 'Config');
  await expect(config).toContainText('configs/{package}/{name}.yaml');
  await field(page, 'Package').fill('finance');
  await expect(config).toContainText('configs/finance/{name}.yaml');
});

test('after a reload, a text that cannot be read stands beside the answers from before it', async ({ form: page }) => {
  await answer(page);
  const broken = `${await write(page)}foo: [x`;
  await editor(page).fill(broken);
  await expect(page.getByText('The questions can be answered again once it is fixed.')).toBeVisible();
  await page.reload();
  await expect(editor(page)).toHaveValue(broken);
  await expect(page.getByText('The questions can be answered again once it is fixed.')).toBeVisible();
  await expect(field(page, 'What it does')).toHaveValue('Closes the day');
  await expect(field(page, 'What it does')).toBeDisabled();
  await expect(page.getByRole('tabpanel', { name: 'Config' })).toContainText('configs/finance_reports/nightly.yaml');
  const { name } = await download(page, () => page.getByRole('tabpanel', { name: 'Config' }).getByRole('button', { name: 'Download' }).click());
  expect(name).toBe('nightly.yaml');
  await editor(page).fill(broken.replace('foo: [x', '').replace('owner: finance', 'owner: reporting'));
  await expect(field(page, 'Owner')).toHaveValue('reporting');
  await expect(field(page, 'Owner')).toBeEnabled();
});
