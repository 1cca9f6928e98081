// The portal as a person has it before them. Every test of this folder is watched: whatever happens in the browser that
// must never happen makes it fail, whether or not the test looks there.
import { type Download, type Page, test as base, expect } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { expectFocusVisible, fill, hiddenFocus, key, press } from './focus.ts';

export { expect, expectFocusVisible, fill, hiddenFocus, key, press };

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
  await press(page.getByRole('link', { name: 'Kubernetes job', exact: true }));
  await expect(field(page, 'What it does')).toBeVisible();
}

/** The control of a question, by the whole of its label. What may be left empty says so in its label. */
export const field = (page: Page, label: string) =>
  page
    .getByRole('form', { name: 'Questions' })
    .getByLabel(new RegExp(`^${label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}( \\(optional\\))?$`));

export const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });

/** Opens the folded questions of the form, and not those of a step. */
export const unfold = (page: Page) => press(page.getByText('More settings').last());

/** Opens a panel of the preview, and answers with it. */
export async function panel(page: Page, name: 'Picture' | 'Code' | 'Config' | 'Checks') {
  await press(page.getByRole('tab', { name }));
  return page.getByRole('tabpanel', { name });
}

/** Answers what must be answered. */
export async function answer(page: Page, { image = 'finance/nightly:1.0.0' } = {}) {
  await fill(field(page, 'Package'), 'finance_reports');
  await fill(field(page, 'Name'), 'nightly');
  await fill(field(page, 'What it does'), 'Closes the day');
  await fill(field(page, 'Owner'), 'finance');
  await press(button(page, 'Add step'));
  const step = page.getByRole('group', { name: 'Steps' });
  await expect(step.getByLabel('Name')).toBeFocused();
  await expectFocusVisible(page);
  await fill(step.getByLabel('Name'), 'close_books');
  await fill(step.getByLabel('Image'), image);
}

/** Puts an example in the place of the answers. */
export async function start(page: Page, example: string) {
  await press(page.getByText('Start from an example'));
  await press(button(page, example));
}

/** Asks for the files, and answers with the dialog that hands them over. */
export async function finish(page: Page) {
  await press(button(page, 'Check and download'));
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
    await key(page, 'Tab');
    if (await control.evaluate((element) => element === document.activeElement)) return;
  }
  await expect(control, `within ${most} presses of Tab`).toBeFocused({ timeout: 1 });
}
