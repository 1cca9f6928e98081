// What is wrong is said where it is, when it helps, and no sooner.
import type { Locator, Page } from '@playwright/test';
import { answer, button, expect, field, panel, start, test, unfold } from './portal.ts';

const complaints = (page: Page) => page.locator('[aria-invalid]');

async function wrong(control: Locator, words: string | RegExp) {
  await expect(control).toHaveAttribute('aria-invalid', 'true');
  await expect(control).toHaveAccessibleDescription(words);
}

async function right(control: Locator, words: string) {
  await expect(control).not.toHaveAttribute('aria-invalid');
  await expect(control).not.toHaveAccessibleDescription(new RegExp(words));
}

test('nothing is said on a first visit, nor to those who only look around', async ({ form: page }) => {
  for (let step = 0; step < 30; step += 1) await page.keyboard.press('Tab');
  await expect(page.getByText('5 things left').first()).toBeVisible();
  await expect(complaints(page)).toHaveCount(0);
  await expect(page.getByRole('form').getByText(/^Enter “/)).toHaveCount(0);
  await expect(page.getByRole('alert').filter({ visible: true })).toHaveCount(0);
  await expect(page).toHaveTitle('Kubernetes job · Dagwright');
});

test('a changed field says what is wrong when it is left, and stops as soon as it is mended', async ({ form: page }) => {
  await answer(page);
  const channel = field(page, 'Slack channel');
  const words = '“Slack channel” does not have the form asked for: # and the channel\'s name, such as #reporting-alerts.';
  await channel.pressSequentially('reporting');
  // The engine has seen it, and the person is not interrupted.
  await expect(page.getByRole('tab', { name: 'Checks 1' })).toBeVisible();
  await expect(complaints(page)).toHaveCount(0);
  await channel.press('Tab');
  await wrong(channel, new RegExp(words.replace(/[#.]/g, '\\$&')));
  await expect(page.getByRole('form').getByText(words)).toBeVisible();
  await expect(channel).toHaveValue('reporting');

  await channel.press('Home');
  await page.keyboard.type('#');
  await right(channel, 'does not have the form');
  await expect(page.getByRole('form').getByText(words)).toHaveCount(0);
  await expect(channel).toBeFocused();
});

test('each kind of control says what is wrong with it', async ({ form: page }) => {
  await answer(page);
  const cases: [Locator, string, RegExp][] = [
    [field(page, 'Package'), 'Finance Reports', /Package/],
    [field(page, 'What it does'), '', /Enter “What it does”/],
    [field(page, 'Further tries'), '11', /“Further tries” must be 10 or less\./],
    [field(page, 'Further tries'), 'three', /“Further tries” must be a whole number, not text\./],
    [field(page, 'Stop a step after'), 'soon', /“Stop a step after” must be a length of time, for example 90s, 30m, 1h30m or 2d\./],
    [page.getByRole('textbox', { name: 'Image' }), 'finance/Nightly:1.0.0', /“Image” of “Step 1: close_books”/],
  ];
  for (const [control, text, words] of cases) {
    const before = await control.inputValue();
    await control.fill(text);
    await control.blur();
    await wrong(control, words);
    await control.fill(before);
    await right(control, words.source);
  }
  await button(page, 'Add address').click();
  const address = page.getByRole('textbox', { name: 'Address 1' });
  await address.fill('nobody');
  await address.blur();
  await wrong(address, /“nobody” is not an e-mail address\./);
});

test('a warning is no error, and does not stand in the way', async ({ form: page }) => {
  await answer(page, { image: 'finance/nightly' });
  const image = page.getByRole('textbox', { name: 'Image' });
  await image.blur();
  await expect(image).toHaveAccessibleDescription(/Warning: “Image” of “Step 1: close_books” does not say which version to run\./);
  await expect(image).not.toHaveAttribute('aria-invalid');
  await button(page, 'Check and download').click();
  await expect(page.getByRole('dialog', { name: 'Your DAG is ready' })).toBeVisible();
});

test('“Check and download” sums up what is wrong and leads to each place', async ({ form: page }) => {
  await field(page, 'Package').fill('finance_reports');
  await unfold(page);
  await field(page, 'Namespace').fill('Upper Case');
  await unfold(page);
  await expect(field(page, 'Namespace')).toBeHidden();
  await button(page, 'Check and download').click();

  const heading = page.getByRole('heading', { name: 'There are 5 problems' });
  await expect(heading).toBeVisible();
  await expect(heading).toBeInViewport();
  const alert = page.getByRole('alert').filter({ has: page.getByRole('heading', { name: /problem/ }) });
  // The summary around the alert has the focus, so that the alert is read out once.
  await expect.poll(() => alert.evaluate((element) => element.parentElement === document.activeElement)).toBe(true);
  await expect(page).toHaveTitle('Error: Kubernetes job · Dagwright');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('status').filter({ hasText: '5 problems to mend' })).toBeVisible();

  const links = alert.getByRole('link');
  await expect(links).toHaveCount(5);
  const places: [RegExp, Locator, Locator][] = [
    [/Name/, field(page, 'Name'), page.getByText('Name', { exact: true }).first()],
    [/What it does/, field(page, 'What it does'), page.getByText('What it does', { exact: true })],
    [/Owner/, field(page, 'Owner'), page.getByText('Owner', { exact: true })],
    [/Namespace/, field(page, 'Namespace'), page.getByText('Namespace (optional)', { exact: true })],
  ];
  for (const [words, control, label] of places) {
    const link = links.filter({ hasText: words }).first();
    const message = await link.innerText();
    await link.press('Enter');
    await expect(control).toBeFocused();
    await expect(label).toBeInViewport();
    // The same words stand at the field.
    await wrong(control, new RegExp(message.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));
  }
  await links.filter({ hasText: 'Steps' }).click();
  await expect(button(page, 'Add step')).toBeFocused();

  await field(page, 'Owner').fill('finance');
  await expect(page.getByRole('heading', { name: 'There are 4 problems' })).toBeVisible();
  await expect(links).toHaveCount(4);
  await field(page, 'Name').fill('nightly');
  await field(page, 'Namespace').fill('etl-jobs');
  await field(page, 'What it does').fill('Closes the day');
  await expect(page.getByRole('heading', { name: 'There is a problem' })).toBeVisible();
  await button(page, 'Add step').click();
  await page.getByRole('group', { name: 'Steps' }).getByLabel('Name').fill('close_books');
  await page.getByRole('textbox', { name: 'Image' }).fill('finance/nightly:1.0.0');
  await expect(alert).toHaveCount(0);
  await expect(page).toHaveTitle('Kubernetes job · Dagwright');
});

test('a cron expression says what is wrong with it', async ({ form: page }) => {
  await answer(page);
  await page.getByLabel('How often').selectOption('Something else, as a cron expression');
  const cron = page.getByLabel('Cron expression');
  await cron.fill('99 6 * * *');
  await cron.blur();
  await wrong(cron, /The minute of a schedule goes from 0 to 59; “99” does not\./);
});

test('a finding that can be mended by itself has a button that does it', async ({ form: page }) => {
  await answer(page, { image: 'finance/Nightly:1.0.0' });
  const image = page.getByRole('textbox', { name: 'Image' });
  await image.blur();
  await wrong(image, /“Image” of “Step 1: close_books”/);
  await button(page, 'Use “finance/nightly:1.0.0”').click();
  await expect(image).toHaveValue('finance/nightly:1.0.0');
  await expect(page.getByRole('status').filter({ hasText: 'Done.' })).toHaveText('Done.');
  await expect(page.getByText('Everything is in order.')).toBeVisible();
});

test('a circle of steps is drawn out in words', async ({ form: page }) => {
  await start(page, 'sales reports nightly');
  await button(page, 'Step 1: extract_orders').click();
  const waits = page.getByRole('group', { name: 'Waits for' });
  await waits.getByRole('button', { name: 'Add step' }).click();
  await waits.getByRole('textbox').fill('build_reports');
  const checks = await panel(page, 'Checks');
  await expect(checks.getByText(/These steps wait for each other in a circle, so that none of them can start: /)).toContainText('build_reports, extract_orders and check_totals');
  await checks.getByRole('button', { name: /^Go to / }).first().click();
  await expect(waits.getByRole('textbox').and(page.locator(':focus'))).toHaveCount(1);
  // The picture is of the file as it is, circle and all.
  await expect((await panel(page, 'Picture')).getByText('build_reports', { exact: true }).first()).toBeVisible();
});
