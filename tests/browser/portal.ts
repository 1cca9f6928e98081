// The portal as a person has it before them. Every test of this folder is watched: whatever happens in the browser that
// must never happen makes it fail, whether or not the test looks there.
import { type Download, type Page, test as base, expect } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { expectFocusVisible, watchActions } from './focus.ts';

export { expect, expectFocusVisible };

interface Watched {
  /** Console errors that the test itself brings about, such as a file that it takes away. */
  allowed: RegExp[];
  /** Origins that the person themselves sends something to. */
  elsewhere: string[];
  /** The person is at the empty form of the one template. */
  form: Page;
}

export const test = base.extend<Watched>({
  elsewhere: async ({}, use) => use([]),
  allowed: [
    async ({ context, baseURL, elsewhere }, use) => {
      const { origin } = new URL(baseURL!);
      const seen: string[] = [];
      const allowed: RegExp[] = [];
      const errors: string[] = [];
      context.on('page', watchActions);
      context.on('console', (message) => {
        if (/Content.Security.Policy/i.test(message.text())) seen.push(`broke the policy: ${message.text()}`);
        else if (message.type() === 'error') errors.push(message.text());
      });
      context.on('weberror', (error) => errors.push(String(error.error())));
      context.on('dialog', (dialog) => {
        seen.push(`a script ran: ${dialog.message()}`);
        void dialog.dismiss();
      });
      context.on('request', (request) => {
        const asked = request.url();
        if (!asked.startsWith('data:') && ![origin, ...elsewhere].includes(new URL(asked).origin)) {
          seen.push(`left the origin: ${request.url()}`);
        }
      });
      await use(allowed);
      seen.push(...errors.filter((error) => !allowed.some((pattern) => pattern.test(error))));
      expect(seen, 'what must never happen in the browser').toEqual([]);
    },
    { auto: true },
  ],
  form: async ({ page }, use) => {
    await begin(page);
    await use(page);
  },
});

/** Goes from the catalogue to the form. */
export async function begin(page: Page) {
  await page.goto('');
  await page.getByRole('link', { name: 'Kubernetes job', exact: true }).click();
  await expect(field(page, 'What it does')).toBeVisible();
}

/** The control of a question, by the whole of its label. What may be left empty says so in its label. */
export const field = (page: Page, label: string) =>
  page
    .getByRole('form', { name: 'Questions' })
    .getByLabel(new RegExp(`^${label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}( \\(optional\\))?$`));

export const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });

/** Opens the folded questions of the form, and not those of a step. */
export const unfold = (page: Page) => page.getByText('More settings').last().click();

/** Opens a panel of the preview, and answers with it. */
export async function panel(page: Page, name: 'Picture' | 'Code' | 'Config' | 'Checks') {
  await page.getByRole('tab', { name }).click();
  return page.getByRole('tabpanel', { name });
}

/** Answers what must be answered. */
export async function answer(page: Page, { image = 'finance/nightly:1.0.0' } = {}) {
  await field(page, 'Package').fill('finance_reports');
  await field(page, 'Name').fill('nightly');
  await field(page, 'What it does').fill('Closes the day');
  await field(page, 'Owner').fill('finance');
  await button(page, 'Add step').click();
  const step = page.getByRole('group', { name: 'Steps' });
  await expect(step.getByLabel('Name')).toBeFocused();
  await expectFocusVisible(page);
  await step.getByLabel('Name').fill('close_books');
  await step.getByLabel('Image').fill(image);
}

/** Puts an example in the place of the answers. */
export async function start(page: Page, example: string) {
  await page.getByText('Start from an example').click();
  await button(page, example).click();
}

/** Asks to open a config by its text. The dialog closes when it is open. */
export async function pasteConfig(page: Page, text: string) {
  await button(page, 'Open a config').click();
  const dialog = page.getByRole('dialog', { name: 'Open a config' });
  await dialog.getByLabel('Or paste its text').fill(text);
  await dialog.getByRole('button', { name: 'Open', exact: true }).click();
}

/** Goes from the catalogue to the form of a config. */
export async function openConfig(page: Page, text: string) {
  await page.goto('');
  await pasteConfig(page, text);
  await expect(page.getByRole('dialog', { name: 'Open a config' })).toBeHidden();
  await expect(field(page, 'What it does')).toBeVisible();
}

/** Asks for the files, and answers with the dialog that hands them over. */
export async function finish(page: Page) {
  await button(page, 'Check and download').click();
  const dialog = page.getByRole('dialog', { name: 'Your DAG is ready' });
  await expect(dialog).toBeVisible();
  await expectFocusVisible(page);
  return dialog;
}

/** What comes of pressing a button: the name of a file and its bytes. */
export async function download(page: Page, press: () => Promise<void>) {
  const coming: Promise<Download> = page.waitForEvent('download');
  await press();
  const arrived = await coming;
  const path = await arrived.path();
  return { name: arrived.suggestedFilename(), path, bytes: readFileSync(path) };
}

/** Presses Tab until the control has the focus, as those do who have no mouse. */
export async function tabTo(page: Page, control: ReturnType<Page['locator']>, most = 40) {
  for (let step = 0; step < most; step += 1) {
    await page.keyboard.press('Tab');
    if (await control.evaluate((element) => element === document.activeElement)) return;
  }
  await expect(control, `within ${most} presses of Tab`).toBeFocused({ timeout: 1 });
}
