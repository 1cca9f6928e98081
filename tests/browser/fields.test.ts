// Every kind of question, and what its answer is in the config.
import type { Locator, Page } from '@playwright/test';
import { answer, begin, button, expect, field, panel, start, test, unfold } from './portal.ts';

/** The text of the config, as it changes. */
async function config(page: Page) {
  await panel(page, 'Config');
  return page.getByRole('region', { name: 'Config' });
}

test('texts, numbers and switches', async ({ form: page }) => {
  await answer(page);
  const text = await config(page);
  await field(page, 'Whom to call').fill('Finance on call: 4711 # always');
  await expect(text).toContainText('on_call: "Finance on call: 4711 # always"');
  await field(page, 'Whom to call').fill('');
  await expect(text).not.toContainText('on_call');

  await field(page, 'What others should know').fill('One\nTwo');
  await expect(text).toContainText(/documentation: \|-\s+One\s+Two/);

  const retries = field(page, 'Further tries');
  await expect(retries).toHaveAccessibleDescription(/Left empty: 2\..*tries/);
  await retries.fill('5');
  await expect(text).toContainText('retries: 5');
  await retries.pressSequentially('.');
  await expect(retries).toHaveValue('5.');
  await retries.fill('');
  await expect(text).not.toContainText('retries');

  const rerun = page.getByRole('switch', { name: 'Safe to run again' });
  await expect(rerun).not.toBeChecked();
  await rerun.press('Space');
  await expect(rerun).toBeChecked();
  await expect(text).toContainText('safe_to_rerun: true');
});

test('choices, in view or in a list', async ({ form: page }) => {
  await answer(page);
  const text = await config(page);
  await unfold(page);
  const images = page.getByRole('group', { name: 'Fetch the image' });
  await expect(images.getByRole('radio', { name: 'Only where it is not there yet' })).toBeChecked();
  await images.getByRole('radio', { name: 'Only where it is not there yet' }).press('ArrowDown');
  await expect(images.getByRole('radio', { name: 'Before every run' })).toBeChecked();
  await expect(images.getByRole('radio', { name: 'Before every run' })).toBeFocused();
  await expect(text).toContainText('image_pull_policy: Always');

  const step = page.getByRole('group', { name: 'Steps' });
  await step.getByText('More settings').click();
  await step.getByLabel('Starts when').selectOption('One step before it failed');
  await expect(text).toContainText('trigger_rule: one_failed');
});

test('a list is written, put in order and shortened by keyboard, and the focus stays with it', async ({ form: page }) => {
  await answer(page);
  const text = await config(page);
  const list = page.getByRole('group', { name: 'E-mail to' });
  const add = list.getByRole('button', { name: 'Add address' });
  for (const [index, name] of ['a', 'b', 'c'].entries()) {
    await add.press('Enter');
    await expect(list.getByRole('textbox', { name: `Address ${index + 1}` })).toBeFocused();
    await page.keyboard.type(`${name}@example.com`);
  }
  const order = (...names: string[]) => expect(text).toContainText(new RegExp(`email:\\s+${names.map((name) => `- ${name}@example\\.com`).join('\\s+')}`));
  await order('a', 'b', 'c');

  await list.getByRole('button', { name: 'Move Address 3 up' }).press('Enter');
  await expect(list.getByRole('button', { name: 'Move Address 2 up' })).toBeFocused();
  await order('a', 'c', 'b');
  await page.keyboard.press('Enter');
  const first = list.getByRole('button', { name: 'Move Address 1 up' });
  await expect(first).toBeFocused();
  await expect(first).toBeDisabled();
  await order('c', 'a', 'b');
  await page.keyboard.press('Enter');
  await expect(first).toBeFocused();
  await order('c', 'a', 'b');
  await expect(list.getByRole('textbox', { name: 'Address 1' })).toHaveValue('c@example.com');

  await list.getByRole('button', { name: 'Remove Address 2' }).press('Enter');
  await expect(list.getByRole('button', { name: 'Remove Address 2' })).toBeFocused();
  await order('c', 'b');
  await page.keyboard.press('Enter');
  await expect(list.getByRole('button', { name: 'Remove Address 1' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(add).toBeFocused();
  await expect(text).not.toContainText('@example.com');
});

test('what happens to an item is said to those who do not see it', async ({ form: page }) => {
  const said = (words: string) => expect(page.getByRole('status').filter({ hasText: words })).toHaveText(words);
  const list = page.getByRole('group', { name: 'E-mail to' });
  for (let count = 1; count <= 3; count += 1) await list.getByRole('button', { name: 'Add address' }).click();
  await said('Added address.');
  await list.getByRole('button', { name: 'Remove Address 1' }).click();
  await said('Address 1 removed. Undo brings it back.');
  await list.getByRole('button', { name: 'Move Address 2 up' }).click();
  await said('Address 2 moved to 1 of 2.');
});

test('steps carry their names, are folded, moved and drawn', async ({ form: page }) => {
  await start(page, 'sales reports nightly');
  const steps = page.getByRole('group', { name: 'Steps' });
  const third = button(page, 'Step 3: check_totals');
  await expect(third.and(page.getByRole('button', { expanded: false }))).toBeVisible();
  await third.press('Enter');
  await expect(third.and(page.getByRole('button', { expanded: true }))).toBeVisible();
  await expect(steps.getByLabel('Name')).toHaveValue('check_totals');
  await expect(page.getByRole('tabpanel').getByRole('group', { name: /: 6 tasks\./ })).toBeVisible();

  await button(page, 'Move Step 3: check_totals up').press('Enter');
  await expect(button(page, 'Move Step 2: check_totals up')).toBeFocused();
  await expect(steps.getByLabel('Name')).toHaveValue('check_totals');
  await expect(button(page, 'Step 3: extract_returns')).toBeVisible();

  await steps.getByLabel('Name').fill('compare');
  await expect(button(page, 'Step 2: compare')).toBeVisible();
  await button(page, 'Remove Step 2: compare').press('Enter');
  await expect(button(page, 'Remove Step 2: extract_returns')).toBeFocused();
  await button(page, 'Undo').click();
  await expect(button(page, 'Step 2: compare')).toBeVisible();
});

test('a map', async ({ form: page }) => {
  await answer(page);
  const text = await config(page);
  const map = page.getByRole('group', { name: 'Environment variables' });
  const add = map.getByRole('button', { name: 'Add variable' });
  await add.press('Enter');
  await expect(map.getByRole('textbox', { name: 'Name of variable 1' })).toBeFocused();
  await page.keyboard.type('MODE');
  await expect(map.getByRole('textbox')).toHaveCount(2);
  await page.keyboard.press('Tab');
  await expect(map.getByRole('textbox', { name: 'MODE', exact: true })).toBeFocused();
  await page.keyboard.type('full');
  await add.press('Enter');
  await expect(map.getByRole('textbox', { name: 'Name of variable 2' })).toBeFocused();
  await page.keyboard.type('LEVEL');
  await expect(map.getByRole('textbox')).toHaveCount(4);
  await page.keyboard.press('Tab');
  await page.keyboard.type('007');
  await expect(text).toContainText(/environment_variables:\s+MODE: full\s+LEVEL: "007"/);

  const second = map.getByRole('textbox', { name: 'Name of variable 2' });
  await second.fill('MODE');
  await expect(second).toHaveAttribute('aria-invalid', 'true');
  await expect(second).toHaveAccessibleDescription('“MODE” is there already. Choose another name.');
  await expect(map.getByRole('textbox', { name: 'MODE', exact: true })).toHaveValue('full');
  await second.fill('DEPTH');
  await expect(second).not.toHaveAttribute('aria-invalid');
  await expect(text).toContainText(/MODE: full\s+DEPTH: "007"/);

  await map.getByRole('button', { name: 'Remove MODE' }).press('Enter');
  await expect(map.getByRole('button', { name: 'Remove DEPTH' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(add).toBeFocused();
  await expect(text).not.toContainText('DEPTH');
});

test('groups within items of a list', async ({ form: page }) => {
  await answer(page);
  const text = await config(page);
  const steps = page.getByRole('group', { name: 'Steps' });
  await steps.getByText('More settings').click();
  const size = steps.getByRole('group', { name: 'Size' });
  await size.getByLabel('Memory (optional)', { exact: true }).fill('2Gi');
  await size.getByLabel('Most memory').fill('4Gi');
  await expect(text).toContainText(/resources:\s+memory_request: "?2Gi"?\s+memory_limit: "?4Gi"?/);

  const secrets = steps.getByRole('group', { name: 'Secrets' });
  await secrets.getByRole('button', { name: 'Add secret' }).click();
  await expect(secrets.getByLabel('Environment variable')).toBeFocused();
  await page.keyboard.type('WAREHOUSE_PASSWORD');
  await secrets.getByRole('textbox', { name: 'Secret' }).fill('warehouse');
  await secrets.getByLabel('Key').fill('password');
  await expect(text).toContainText(/secrets:\s+- variable: WAREHOUSE_PASSWORD\s+secret: warehouse\s+key: password/);
  await expect(page.getByText('Everything is in order.')).toBeVisible();
});

test('a schedule in plain choices, with its next runs here and in UTC', async ({ page }) => {
  // The night in which clocks are put forward in Berlin.
  await page.addInitScript((now) => {
    Date.now = () => now;
  }, Date.parse('2026-03-28T01:00:00Z'));
  await begin(page);
  await answer(page);
  const text = await config(page);
  const often = page.getByLabel('How often');
  const at = page.getByLabel('at', { exact: true });
  const runs = page.getByRole('table', { name: 'Next runs' }).getByRole('row');
  await expect(runs).toHaveCount(0);

  await often.focus();
  await often.selectOption('Every day at…');
  await expect(often).toBeFocused();
  await at.fill('02:30');
  await expect(text).toContainText('schedule: "30 2 * * *"');
  await expect(runs).toHaveText([
    'Europe/BerlinUTC',
    'Sat 28 Mar, 03:30Sat 28 Mar, 02:30',
    'Sun 29 Mar, 04:30Sun 29 Mar, 02:30',
    'Mon 30 Mar, 04:30Mon 30 Mar, 02:30',
    'Tue 31 Mar, 04:30Tue 31 Mar, 02:30',
    'Wed 1 Apr, 04:30Wed 1 Apr, 02:30',
  ]);
  const schedule = page.getByRole('group', { name: 'Schedule' });
  await expect(schedule.getByText('Daily at 02:30 UTC')).toBeVisible();

  await often.selectOption('Monday to Friday at…');
  await expect(text).toContainText('schedule: "30 2 * * 1-5"');
  await expect(runs.nth(1)).toHaveText('Mon 30 Mar, 04:30Mon 30 Mar, 02:30');

  await often.selectOption('Every week on…');
  await page.getByLabel('on', { exact: true }).selectOption('Sunday');
  await expect(text).toContainText('schedule: "30 2 * * 0"');
  await expect(at).toHaveValue('02:30');
  await expect(runs.nth(2)).toHaveText('Sun 5 Apr, 04:30Sun 5 Apr, 02:30');

  await often.selectOption('Every month on…');
  await page.getByLabel('on day').selectOption('31');
  await at.fill('00:05');
  await expect(text).toContainText('schedule: "5 0 31 * *"');
  await expect(runs.nth(2)).toHaveText('Sun 31 May, 02:05Sun 31 May, 00:05');

  await often.selectOption('Something else, as a cron expression');
  const cron = page.getByLabel('Cron expression');
  await expect(cron).toHaveValue('5 0 31 * *');
  await cron.fill('*/20 6 * * *');
  await expect(text).toContainText('schedule: "*/20 6 * * *"');
  await expect(runs.nth(2)).toHaveText('Sat 28 Mar, 07:20Sat 28 Mar, 06:20');
  await cron.fill('0 0 31 2 *');
  await cron.blur();
  await expect(schedule.getByText('This schedule never comes round: there is no such day.')).toBeVisible();
  await expect(runs).toHaveCount(0);

  await often.selectOption('Only when started by hand');
  await expect(text).toContainText('schedule: null');
  await expect(runs).toHaveCount(0);
  await expect(page.getByText(/^Only when started by hand, /).filter({ visible: true })).toHaveCount(1);
});

test('a schedule that waits for data: all of it, or any of it', async ({ page }) => {
  await page.route('**/portal.json', async (route) => {
    const portal = await (await route.fetch()).json();
    await route.fulfill({ json: { ...portal, inventory: { assets: ['s3://lake/orders', 's3://lake/customers'] } } });
  });
  await begin(page);
  await answer(page);
  const text = await config(page);
  const schedule = page.getByRole('group', { name: 'Schedule' });
  const often = page.getByLabel('How often');
  await often.focus();
  await often.selectOption('When data is ready');
  await expect(often).toBeFocused();

  const first = schedule.getByRole('combobox', { name: 'Address 1' });
  expect(await first.evaluate((input: HTMLInputElement) => [...input.list!.options].map((option) => option.value))).toEqual([
    's3://lake/orders',
    's3://lake/customers',
  ]);
  await first.fill('s3:///orders');
  await first.press('Tab');
  await expect(first).toHaveAccessibleDescription(/names no bucket behind s3:/);
  await first.fill('s3://lake/order');
  await schedule.getByRole('button', { name: 'Use “s3://lake/orders”' }).click();
  await expect(first).toHaveValue('s3://lake/orders');
  await schedule.getByRole('button', { name: 'Add address' }).click();
  await expect(schedule.getByRole('combobox', { name: 'Address 2' })).toBeFocused();
  await page.keyboard.type('s3://lake/customers');
  await expect(text).toContainText(/schedule:\s+assets:\s+- s3:\/\/lake\/orders\s+- s3:\/\/lake\/customers/);
  const said = 'When s3://lake/orders and s3://lake/customers are updated';
  await expect(schedule.getByText(said)).toBeVisible();
  await expect(page.getByText(new RegExp(`^${said}, `)).filter({ visible: true })).toHaveCount(1);
  await expect(page.getByRole('table', { name: 'Next runs' })).toHaveCount(0);

  await schedule.getByRole('radio', { name: 'Any of it was updated' }).check();
  await expect(text).toContainText('wait_for: any');
  await expect(schedule.getByText('When s3://lake/orders or s3://lake/customers is updated')).toBeVisible();
  const code = await panel(page, 'Code');
  await expect(code.getByRole('region', { name: 'Code' })).toContainText('| Asset("s3://lake/customers")');

  await often.selectOption('Only when started by hand');
  await expect(first).toHaveCount(0);
  await button(page, 'Undo').click();
  await expect(schedule.getByRole('combobox', { name: 'Address 2' })).toHaveValue('s3://lake/customers');
  await expect(often.locator('option:checked')).toHaveText('When data is ready');
});

test('what is done to a list is undone one by one, however fast it was done', async ({ form: page }) => {
  await start(page, 'sales reports nightly');
  const addresses = page.getByRole('group', { name: 'E-mail to' }).getByRole('textbox');
  await expect(addresses).toHaveCount(2);
  await button(page, 'Move Address 2 up').click();
  await button(page, 'Remove Address 2').click();
  await expect(addresses).toHaveCount(1);
  await button(page, 'Undo').click();
  await expect(addresses).toHaveCount(2);
  await expect(addresses.first()).toHaveValue('tills@example.com');
  await button(page, 'Undo').click();
  await expect(addresses.first()).toHaveValue('sales-analytics@example.com');
});

test('the code that follows the answers is the code that is drawn at once', async ({ form: page }) => {
  await start(page, 'sales reports nightly');
  const lines = (code: Locator) => code.getByRole('region', { name: 'Code' }).locator('.line').allTextContents();
  let code = await panel(page, 'Code');
  await expect(code).toContainText('[build_reports, check_totals] >> remove_extracts');
  const before = await lines(code);
  expect(before.length, 'the code takes several blocks').toBeGreaterThan(150);

  await field(page, 'Owner').fill('somebody');
  await page.getByRole('group', { name: 'E-mail to' }).getByRole('button', { name: 'Remove Address 1' }).click();
  await page.getByRole('group', { name: 'Steps' }).getByRole('button', { name: /^Duplicate Step 1/ }).click();
  await page.getByRole('group', { name: 'Steps' }).getByRole('button', { name: /^Move Step 3.* up$/ }).click();
  await expect(code).toContainText('somebody');
  await expect(code).not.toContainText('sales-analytics@example.com');
  const followed = await lines(code);
  expect(followed.length).toBeGreaterThan(before.length);
  await panel(page, 'Picture');
  code = await panel(page, 'Code');
  await expect.poll(() => lines(code)).toEqual(followed);

  for (let change = 0; change < 4; change += 1) await button(page, 'Undo').click();
  await expect(code).not.toContainText('somebody');
  await expect.poll(() => lines(code)).toEqual(before);
});

test('long code is drawn to its end, also when it is moved meanwhile, and takes its place before it is seen', async ({ form: page }) => {
  await answer(page);
  await expect((await panel(page, 'Code')).getByRole('region', { name: 'Code' })).toBeVisible();
  const drawn = await page.evaluate(async () => {
    const code = document.createElement('dagwright-code') as HTMLElement & { state: string };
    const text = (count: number) => Array.from({ length: count }, (_, line) => `line_${line} = ${line}\n`).join('');
    const complete = async (count: number) => {
      while (code.querySelectorAll('.line').length < count) await new Promise((resolve) => setTimeout(resolve, 10));
    };
    const heights = () => [...code.querySelectorAll('.line-block')].map((block) => getComputedStyle(block).containIntrinsicHeight.replace('auto ', ''));
    document.body.append(code);
    code.state = JSON.stringify({ text: text(103), language: 'python' });
    await complete(103);
    const short = heights();
    code.state = JSON.stringify({ text: text(20_020), language: 'python' });
    const atOnce = code.querySelectorAll('.line').length;
    code.remove();
    document.body.append(code);
    await complete(20_020);
    const long = heights();
    const last = [...code.querySelectorAll('.line')].at(-1)!.textContent;
    code.remove();
    return { short, atOnce, long, last };
  });
  expect(drawn.short).toEqual(['1000px', '1000px', '60px']);
  expect(drawn.atOnce, 'the element was moved before it was done').toBeLessThan(20_020);
  expect(new Set(drawn.long.slice(0, -1))).toEqual(new Set(['1000px']));
  expect(drawn.long.at(-1)).toBe('400px');
  expect(drawn.last).toContain('line_20019');
});

test('answers are undone and done again', async ({ form: page }) => {
  const undo = button(page, 'Undo');
  await expect(undo).toBeDisabled();
  await answer(page);
  await field(page, 'Owner').fill('reporting');
  await undo.click();
  await expect(field(page, 'Owner')).not.toHaveValue('reporting');
  await button(page, 'Redo').click();
  await expect(field(page, 'Owner')).toHaveValue('reporting');
  await expect(button(page, 'Redo')).toBeDisabled();
});
