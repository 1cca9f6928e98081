// Whatever is written stays text: on the page, in its files, and in its address.
import { answer, begin, button, expect, field, finish, panel, pasteConfig, test } from './portal.ts';

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

test('in every text', async ({ form: page }) => {
  await answer(page);
  const [first, second, third, ...rest] = values;
  await field(page, 'What it does').fill(first!);
  await field(page, 'What others should know').fill(values.join('\n'));
  await field(page, 'Owner').fill(second!);
  await field(page, 'Whom to call').fill(third!);
  for (const [index, value] of rest.entries()) {
    await button(page, 'Add variable').click();
    await page.getByRole('textbox', { name: `Name of variable ${index + 1}` }).fill(`MODE_${index}`);
    await page.getByRole('textbox', { name: `MODE_${index}`, exact: true }).fill(value);
  }
  await expect(await panel(page, 'Config')).toContainText(`MODE_${rest.length - 1}`);
  await expect(page.getByText('Everything is in order.')).toBeVisible();
  for (const name of ['Picture', 'Code', 'Config', 'Checks'] as const) await panel(page, name);
  await finish(page);
  await page.keyboard.press('Escape');
  await page.reload();
  await expect(field(page, 'What it does')).toHaveValue(first!);
  await expect(field(page, 'Owner')).toHaveValue(second!);
  await expect(page.getByRole('textbox', { name: 'MODE_0', exact: true })).toHaveValue(rest[0]!);
});

test('where it is refused, and repeated in what is said about it', async ({ form: page }) => {
  await answer(page);
  const step = page.getByRole('group', { name: 'Steps' });
  await button(page, 'Add variable').click();
  await button(page, 'Add address').click();
  const name = page.getByRole('textbox', { name: 'Name of variable 1' });
  for (const value of values) {
    await field(page, 'Package').fill(value);
    await step.getByLabel('Name', { exact: true }).fill(value);
    await step.getByLabel('Image').fill(value);
    await name.fill(value);
    await page.getByRole('textbox', { name: 'Address 1' }).fill(value);
    await button(page, 'Check and download').click();
    await expect(page.getByRole('alert').getByRole('heading')).toContainText(/problems/);
    // The title of the item is what was written, sign for sign; only what cannot be seen is spelt out.
    const seen = value.replace(/[\u202e\u2066\u200b]/g, (sign) => `\\u{${sign.charCodeAt(0).toString(16)}}`);
    const title = page.getByRole('button', { expanded: true }).first();
    await expect.poll(() => title.evaluate((element) => element.textContent)).toContain(`Step 1: ${seen}`);
    await panel(page, 'Checks');
    await panel(page, 'Config');
  }
});

test('in a config that is opened, in the words about it, and in the address', async ({ page }) => {
  await begin(page);
  for (const value of values.filter((value) => !value.includes('\\') && !value.includes('@'))) {
    await pasteConfig(page, `template: '${value}'\n`);
    await expect(page.getByRole('dialog', { name: 'Open a config' }).getByRole('alert').getByText(`for the template “${value}”`)).toBeVisible();
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
  await expect(page.getByRole('link', { name: image, exact: true })).toHaveCount(2);
  await expect(page).toHaveTitle(image!);
  await page.getByRole('main').getByRole('link', { name: image, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(image!);
});

for (const [key, settings] of [
  ['logo', { logo: 'javascript:alert(1)' }],
  ['forge.url', { forge: { kind: 'gitlab', url: 'javascript:alert(1)//', project: 'a/b', client: 'x' } }],
  ['paths.output', { paths: { output: '../../{dag_id}.py' } }],
] as const) {
  test(`in the settings, as ${key}, which the page refuses`, async ({ page }) => {
    await page.route('**/portal.json', (route) => route.fulfill({ json: { catalogues: ['templates'], ...settings } }));
    await page.goto('');
    await expect(page.getByRole('alert')).toContainText(`In portal.json, \`${key}\` cannot be used`);
    await expect(page.getByRole('img')).toHaveCount(0);
    await expect(page.getByRole('button')).toHaveCount(0);
  });
}

test('a script that is not the one that was built does not run', async ({ page, allowed }) => {
  allowed.push(/integrity|digest|Failed to (load resource|fetch)/i);
  const change = (pattern: string, more: string) =>
    page.route(pattern, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: `${await response.text()}\n${more}` });
    });
  await change('**/dagwright-web-*.js', 'alert("page");');
  await page.goto('');
  await expect(page.getByRole('heading', { name: 'This page could not be started' })).toBeVisible();

  await page.unrouteAll();
  await change('**/elements-*/words.js', 'alert("element");');
  await page.goto('about:blank');
  await page.goto('#/new/kubernetes-job');
  await answer(page);
  await expect(page.getByRole('alert').filter({ hasText: 'This part of the page could not be fetched.' })).toBeVisible();
});
