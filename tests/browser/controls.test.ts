// Controls: what they refer to is there, and they have the size and the place that a person expects.
import { answer, begin, button, expect, field, panel, start, test, unfold } from './portal.ts';

test('the menu of examples closes on Escape, on a press beside it and when the focus leaves it', async ({ form: page }) => {
  const example = button(page, 'sales reports nightly');
  const summary = page.getByText('Start from an example');
  await summary.click();
  await expect(example).toBeVisible();
  await example.focus();
  await page.keyboard.press('Escape');
  await expect(example).toBeHidden();
  await expect(summary).toBeFocused();

  await page.keyboard.press('Enter');
  await expect(example).toBeVisible();
  await page.getByRole('heading', { level: 1 }).click();
  await expect(example).toBeHidden();

  await summary.click();
  await expect(example).toBeVisible();
  await button(page, 'Copy a link to these answers').focus();
  await expect(example).toBeHidden();
});

test('every list of suggestions that a control refers to is there', async ({ page }) => {
  await page.route('**/portal.json', (route) => route.fulfill({ json: { inventory: { images: ['finance/close:1.0.0'] } } }));
  await begin(page);
  await start(page, 'sales reports nightly');
  await unfold(page);
  for (const step of await page.getByRole('button', { name: /^Step \d: / }).all()) await step.click();
  await expect(page.getByRole('group', { name: 'Waits for' }).first()).toBeVisible();
  const missing = () => page.evaluate(() => [...document.querySelectorAll('input[list]')].filter((own) => !document.getElementById(own.getAttribute('list')!)).map((own) => own.id));
  await expect.poll(missing).toEqual([]);
  expect(await page.locator('input[list]').count()).toBeGreaterThan(0);
});

test('a finding leads to its place by the name of the list and of the row', async ({ form: page }) => {
  await start(page, 'sales reports nightly');
  await button(page, /^Step 2: /).click();
  const waits = page.getByRole('group', { name: 'Waits for' });
  await waits.getByRole('button', { name: 'Add step' }).click();
  await waits.getByRole('textbox').last().fill('extrat');
  const checks = await panel(page, 'Checks');
  await expect(checks.getByRole('button', { name: /^Go to Step 2: \w+ › Waits for$/ })).toBeVisible();
});

test('an environment variable with a wrong name says so at the name, and its buttons stay small', async ({ form: page }) => {
  await answer(page);
  await button(page, 'Add variable').click();
  const group = page.getByRole('group', { name: 'Environment variables' });
  const name = group.getByLabel('Name of variable 1');
  await name.fill('1 bad name');
  const value = group.getByRole('textbox').nth(1);
  await value.fill('x');
  await value.blur();
  await button(page, 'Check and download').click();
  await expect(name).toHaveAttribute('aria-invalid', 'true');
  await expect(name).toHaveAccessibleDescription(/does not have the form asked for: letters, digits and underscores/);
  await expect(value).not.toHaveAttribute('aria-invalid');
  const finding = group.locator('.finding-error');
  await expect(finding).toHaveCount(1);
  const [field, other, remove, words] = await Promise.all([name, value, group.getByRole('button', { name: /^Remove/ }), finding].map((own) => own.boundingBox()));
  expect(remove!.height).toBeLessThanOrEqual(44);
  expect(Math.abs(remove!.y - field!.y)).toBeLessThan(8);
  expect(Math.abs(other!.y - field!.y)).toBeLessThan(2);
  expect(words!.y).toBeGreaterThan(field!.y);
  expect(words!.x).toBeLessThan(other!.x);
});

test.describe('where a day has two halves', () => {
  test.use({ locale: 'en-US' });
  test('a time is shown whole', async ({ form: page }) => {
    await page.getByLabel('How often').selectOption('Every day at…');
    const time = page.getByLabel('at', { exact: true });
    await time.fill('12:58');
    const { scroll, width } = await time.evaluate((own: HTMLInputElement) => ({ scroll: own.scrollWidth, width: own.clientWidth }));
    expect(scroll).toBeLessThanOrEqual(width);
    const needed = await time.evaluate((own: HTMLInputElement) => {
      const free = own.cloneNode() as HTMLInputElement;
      free.style.cssText = 'width: max-content; min-width: 0; position: absolute';
      own.parentElement!.append(free);
      const { width } = free.getBoundingClientRect();
      free.remove();
      return width;
    });
    expect((await time.boundingBox())!.width).toBeGreaterThanOrEqual(needed);
    await expect(field(page, 'Owner')).toBeVisible();
  });
});
