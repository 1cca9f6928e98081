// Whatever is written stays text: on the page, in its files, and in its address.
import { answer, begin, button, expect, field, finish, panel, test } from './portal.ts';

const values = [
  '<img src=x onerror=alert(1)>',
  '</script><script>alert(1)</script>',
  '"><svg onload=alert(1)>',
  '<style>*{display:none}</style>',
  '&lt;b&gt; &amp; <b>',
  'javascript:alert(1)',
  '${alert(1)} {0} %s \\u003cb\\u003e',
  '\u202eevil\u2066 zero\u200bwidth',
];

test.afterEach('nothing that was written has become a part of the page', async ({ page }) => {
  const grown = page.locator('main, dialog').locator('img, script, style, iframe, object, embed, a[href^="javascript:" i], [onerror], [onload]');
  await expect(grown).toHaveCount(0);
});

for (const value of values) {
  test(`${JSON.stringify(value)} in every text`, async ({ form: page }) => {
    await answer(page);
    await field(page, 'What it does').fill(value);
    await field(page, 'What others should know').fill(`${value}\n${value}`);
    await field(page, 'Owner').fill(value);
    await field(page, 'Whom to call').fill(value);
    await button(page, 'Add variable').click();
    await page.getByRole('textbox', { name: 'Name of variable 1' }).fill('MODE');
    await page.getByRole('textbox', { name: 'MODE', exact: true }).fill(value);
    await expect(await panel(page, 'Config')).toContainText('MODE');
    await expect(page.getByText('Everything is in order.')).toBeVisible();
    for (const name of ['Picture', 'Code', 'Config', 'Checks'] as const) await panel(page, name);
    await finish(page);
    await page.keyboard.press('Escape');
    await page.reload();
    await expect(field(page, 'Owner')).toHaveValue(value);
  });

  test(`${JSON.stringify(value)} where it is refused`, async ({ form: page }) => {
    await answer(page);
    await field(page, 'Package').fill(value);
    const step = page.getByRole('group', { name: 'Steps' });
    await step.getByLabel('Name').fill(value);
    await step.getByLabel('Image').fill(value);
    await button(page, 'Add variable').click();
    await page.getByRole('textbox', { name: 'Name of variable 1' }).fill(value);
    await button(page, 'Add address').click();
    await page.getByRole('textbox', { name: 'Address 1' }).fill(value);
    await button(page, 'Check and download').click();
    await expect(page.getByRole('alert').getByRole('heading')).toContainText(/problems/);
    // The title of the item is what was written, sign for sign.
    await expect(page.getByRole('button', { expanded: true }).getByText(`Step 1: ${value.trim()}`)).toBeVisible();
    await panel(page, 'Checks');
    await panel(page, 'Config');
  });
}

test('in a config that is opened, in the words about it, and in the address', async ({ page }) => {
  await begin(page);
  for (const value of values.filter((value) => !value.includes('\\') && !value.includes('@'))) {
    await button(page, 'Open a config').click();
    const dialog = page.getByRole('dialog', { name: 'Open a config' });
    await dialog.getByLabel('Or paste its text').fill(`template: '${value}'\n`);
    await dialog.getByRole('button', { name: 'Open', exact: true }).click();
    await expect(dialog.getByRole('alert').getByText(`for the template “${value}”`)).toBeVisible();
    await page.keyboard.press('Escape');
  }
  await page.goto(`#/new/${encodeURIComponent(values[0]!)}`);
  await expect(page.getByRole('heading', { name: 'This portal has no template' })).toBeVisible();
});

test('in the settings and in the catalogue', async ({ page }) => {
  const [image] = values;
  await page.route('**/portal.json', async (route) => {
    const settings = await (await route.fetch()).json();
    await route.fulfill({ json: { ...settings, title: image } });
  });
  await page.route('**/catalogue.json', async (route) => {
    const catalogue = await (await route.fetch()).json();
    const [template] = catalogue.templates;
    Object.assign(template, { title: image, summary: image, owner: image, tags: [image] });
    await route.fulfill({ json: catalogue });
  });
  await page.goto('');
  await expect(page.getByRole('link', { name: image })).toHaveCount(2);
  await expect(page).toHaveTitle(image!);
  await page.getByRole('main').getByRole('link', { name: image }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(image!);
});
