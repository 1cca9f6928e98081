// What can be handed to a colleague: a link to the answers, and the findings as a text.
import { answer, button, expect, field, panel, test } from './portal.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test('a link to the answers opens them in another browser', async ({ form: page, browser, baseURL }) => {
  await answer(page);
  await field(page, 'What it does').fill('Closes the day – für alle ❤');
  await button(page, 'Copy a link to these answers').click();
  await expect(page.getByRole('status').filter({ hasText: 'A link that opens these answers is in the clipboard.' })).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link.startsWith(`${baseURL}#/open/1.`)).toBe(true);
  const other = await browser.newContext();
  const colleague = await other.newPage();
  await colleague.goto(link);
  await expect(field(colleague, 'What it does')).toHaveValue('Closes the day – für alle ❤');
  await expect(colleague.getByRole('textbox', { name: 'Image' })).toHaveValue('finance/nightly:1.0.0');
  await other.close();
});

test('what looks like a secret is not in the link', async ({ form: page }) => {
  // Put together here, so that no scanner of this repository takes it for a real one.
  const token = ['glpat', 'a1B2c3D4e5F6g7H8i9J0'].join('-');
  await answer(page);
  await field(page, 'What others should know').fill(`Sign in with ${token}`);
  await expect(page.getByRole('tab', { name: /Checks/ })).toContainText('1');
  await button(page, 'Copy a link to these answers').click();
  await expect(page.getByRole('status').filter({ hasText: 'What looks like a password or token was left out.' })).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const config = Buffer.from(link.split('#/open/1.')[1], 'base64url').toString();
  expect(config).not.toContain(token);
  expect(JSON.parse(config).parameters.owner).toBe('finance');
});

test('findings are copied as Markdown, and what they quote is no markup', async ({ form: page }) => {
  await answer(page, { image: 'finance/<b>nightly:latest' });
  const checks = await panel(page, 'Checks');
  await checks.getByRole('button', { name: 'Copy as Markdown' }).click();
  await expect(checks.getByRole('button', { name: 'Copied' })).toBeVisible();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  for (const line of text.trimEnd().split('\n')) expect(line).toMatch(/^- \*\*(Error|Warning|Information|Hint)\*\*( \(.*\))?: .* `[a-z-]+`$/);
  expect(text).toContain('(Image)');
  expect(text).not.toContain('<b>');
});
