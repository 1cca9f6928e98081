// What can be handed to a colleague: a link to the answers, and the findings as a text.
import type { Page } from '@playwright/test';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { answer, button, expect, field, panel, test } from './portal.ts';

const copied = async (page: Page, words: string) => {
  await button(page, 'Copy a link to these answers').click();
  await expect(page.getByRole('status').filter({ hasText: words })).toBeVisible();
  return page.evaluate(() => navigator.clipboard.readText());
};
const held = (link: string) => inflateRawSync(Buffer.from(link.split('#/open/2.')[1]!, 'base64url')).toString();

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test('a link to the answers opens them in another browser', async ({ form: page, browser, baseURL }) => {
  await answer(page);
  await field(page, 'What it does').fill('Closes the day – für alle ❤');
  const link = await copied(page, 'A link that opens these answers is in the clipboard.');
  expect(link.startsWith(`${baseURL}#/open/2.`)).toBe(true);
  const other = await browser.newContext();
  const colleague = await other.newPage();
  await colleague.goto(link);
  await expect(field(colleague, 'What it does')).toHaveValue('Closes the day – für alle ❤');
  await expect(colleague.getByRole('textbox', { name: 'Image' })).toHaveValue('finance/nightly:1.0.0');
  await other.close();
});

test('the clipboard is asked for while the button is being pressed, as Safari demands', async ({ form: page }) => {
  await answer(page);
  await page.evaluate(() => {
    const when = ((globalThis as any).when = [] as string[]);
    for (const name of ['write', 'writeText'] as const) {
      const own = navigator.clipboard[name].bind(navigator.clipboard) as (content: any) => Promise<void>;
      navigator.clipboard[name] = (content: any) => (when.push(window.event?.type ?? 'later'), own(content));
    }
  });
  expect(held(await copied(page, 'A link that opens these answers is in the clipboard.'))).toContain('finance_reports');
  await (await panel(page, 'Code')).getByRole('button', { name: 'Copy', exact: true }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('# Made by Dagwright');
  expect(await page.evaluate(() => (globalThis as any).when)).toEqual(['click', 'click']);
});

// Put together here, so that no scanner of this repository takes them for real ones.
const tokens = ['a1B2c3D4e5F6g7H8i9J0', 'z9Y8x7W6v5U4t3S2r1Q0'].map((rest) => ['glpat', rest].join('-'));

test('what looks like a secret is not in the link, however lately it was written', async ({ form: page }) => {
  await answer(page);
  const argument = (index: number) => page.getByRole('group', { name: 'Arguments' }).getByRole('textbox').nth(index);
  await button(page, 'Add argument').click();
  await argument(0).fill(`--token=${tokens[0]}`);
  await button(page, 'Add argument').click();
  await argument(1).fill('--all');
  await button(page, 'Add argument').click();
  await argument(2).fill(`--other=${tokens[1]}`);
  const config = held(await copied(page, 'What looks like a password or token was left out.'));
  for (const token of tokens) expect(config).not.toContain(token);
  expect(JSON.parse(config).parameters.owner).toBe('finance');
  expect(JSON.parse(config).parameters.steps[0].arguments).toEqual(['', '--all', '']);
});

test('what looks like a secret is not in the link either while the checks do not answer', async ({ form: page, allowed }) => {
  allowed.push(/on purpose|Uncaught/);
  await answer(page);
  await expect(page.getByRole('tabpanel', { name: 'Picture' })).toContainText('close_books');
  await page.evaluate(() => {
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (message: string) {
      if (String(message).includes('glpat')) throw new Error('on purpose');
      return post.call(this, message);
    };
  });
  await field(page, 'What others should know').fill(`Sign in with ${tokens[0]}`);
  const config = held(await copied(page, 'What looks like a password or token was left out.'));
  expect(config).toContain('finance_reports');
  expect(config).not.toContain(tokens[0]);
});

test('a link of another making opens, and a hostile one is refused', async ({ page, baseURL }) => {
  const config = JSON.stringify({ template: 'kubernetes-job@1', parameters: { owner: 'finance' } });
  await page.goto(`${baseURL}#/open/1.${Buffer.from(config).toString('base64url')}`);
  await expect(field(page, 'Owner')).toHaveValue('finance');
  const bomb = deflateRawSync(Buffer.alloc(300_000_000, 'a'));
  const bytes = deflateRawSync(Buffer.from(config));
  for (const letters of [bomb.toString('base64url'), bytes.subarray(4).toString('base64url'), '%%%', '\u00e4', deflateRawSync(Buffer.from([0xff, 0xfe])).toString('base64url')]) {
    await page.goto('about:blank');
    await page.goto(`${baseURL}#/open/2.${letters}`);
    await expect(page.getByRole('heading', { name: 'This link cannot be opened' })).toBeVisible();
  }
});

test('findings are copied as Markdown, and what they quote is no markup', async ({ form: page }) => {
  await answer(page, { image: 'finance/<b>nightly:latest' });
  const checks = await panel(page, 'Checks');
  await checks.getByRole('button', { name: 'Copy as Markdown' }).click();
  await expect(checks.getByRole('button', { name: 'Copied' })).toBeVisible();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  for (const line of text.trimEnd().split('\n')) expect(line).toMatch(/^- \*\*(Error|Warning|Information|Hint)\*\*( \(.*\))?: .* `[a-z-]+`$/);
  expect(text).toMatch(/\(Step 1.* › Image\)/);
  expect(text).not.toContain('<b>');
});
