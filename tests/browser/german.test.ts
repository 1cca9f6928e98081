// The portal in German: the words of the page, of the engine and of the template; dates too.
import type { BrowserContext, Locator, Page } from '@playwright/test';
import { button, expect, test } from './portal.ts';

/** Serves other settings than those of the build. */
const settle = (context: BrowserContext, settings: object) =>
  context.route('**/portal.json', (route) => route.fulfill({ json: { title: 'Unser Portal', catalogues: ['templates'], ...settings } }));

/** Words that no English sentence does without, and no German one has. */
const english = /\b(the|is|are|must|and|of|to|with|this|your|not|no|it|can|what|when|every|at|Enter|Yes|No|Close|Download|Copy)\b/;

/** All that a person can read or hear within an element, piece by piece; text in code is the same in every language. */
const words = (within: Locator) =>
  within.evaluate((root) => {
    const pieces: string[] = [];
    const walk = (node: Node) => {
      if (node.nodeType === Node.TEXT_NODE) pieces.push(node.textContent ?? '');
      if (!(node instanceof Element) || ['CODE', 'PRE', 'SCRIPT', 'STYLE', 'NOSCRIPT', 'TEXTAREA'].includes(node.tagName)) return;
      if (node !== root && !node.checkVisibility()) return;
      for (const name of ['aria-label', 'title', 'placeholder', 'alt']) pieces.push(node.getAttribute(name) ?? '');
      for (const child of [...node.childNodes]) walk(child);
    };
    walk(root);
    return pieces.map((piece) => piece.trim()).filter((piece) => piece !== '');
  });

async function noEnglish(page: Page) {
  const said = await words(page.locator('body'));
  expect(said.length).toBeGreaterThan(5);
  expect(said.filter((piece) => english.test(piece))).toEqual([]);
}

/** The control of a question, by the whole of its German label. */
const question = (page: Page, label: string) =>
  page.getByRole('form', { name: 'Fragen' }).getByLabel(new RegExp(`^${label}( \\(freiwillig\\))?$`));

test.describe('in a German browser', () => {
  test.use({ locale: 'de-DE' });

  test('a form is filled, mended and taken home in German', async ({ page }) => {
    await page.goto('');
    await expect(page.locator('html')).toHaveAttribute('lang', 'de-DE');
    await expect(page.getByRole('heading', { name: 'Was soll laufen?' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Kubernetes-Job', exact: true })).toBeVisible();
    await noEnglish(page);

    await page.getByRole('link', { name: 'Kubernetes-Job', exact: true }).click();
    await expect(page).toHaveTitle(/^Kubernetes-Job · /);
    await expect(question(page, 'Was er tut')).toBeVisible();
    await noEnglish(page);

    await button(page, 'Prüfen und herunterladen').click();
    await expect(page.getByText(/^Füllen Sie „Was er tut“ aus/).first()).toBeVisible();
    await question(page, 'Weitere Versuche').fill('11');
    await question(page, 'Slack-Kanal').fill('reporting');
    await question(page, 'Slack-Kanal').blur();
    await expect(page.getByText('„Weitere Versuche“ darf höchstens 10 sein.').first()).toBeVisible();
    await expect(page.getByText(/^„Slack-Kanal“ hat nicht die verlangte Form: # und der Name des Kanals/).first()).toBeVisible();
    await noEnglish(page);

    await question(page, 'Weitere Versuche').fill('2');
    await question(page, 'Slack-Kanal').fill('#reporting');
    await question(page, 'Paket').fill('finance_reports');
    await question(page, 'Name').fill('nightly');
    await question(page, 'Was er tut').fill('Schließt den Tag ab');
    await question(page, 'Verantwortlich').fill('finance');
    await button(page, 'Schritt hinzufügen').click();
    const step = page.getByRole('group', { name: 'Schritte' });
    await step.getByLabel('Name').fill('close_books');
    await step.getByLabel('Image').fill('finance/nightly');
    await page.getByLabel('Wie oft').selectOption({ label: 'Montag bis Freitag um …' });
    await expect(page.getByText(/Montags bis freitags um \d\d:\d\d Uhr UTC, bis zu 3 Versuche, höchstens 1 Std\./).first()).toBeVisible();
    await expect(page.getByText(/„Image“ in „Schritt 1: close_books“ sagt nicht, welche Version laufen soll\./).first()).toBeVisible();
    // As a German calendar has it.
    await expect(page.getByRole('cell', { name: /^(Mo|Di|Mi|Do|Fr)\., \d+\. \S+, \d\d:\d\d/ }).first()).toBeVisible();
    for (const panel of ['Bild', 'Code', 'Konfiguration', 'Prüfungen']) {
      await page.getByRole('tab', { name: panel }).click();
      await noEnglish(page);
    }
    await step.getByLabel('Image').fill('finance/nightly:1.0.0');
    await button(page, 'Prüfen und herunterladen').click();
    await expect(page.getByRole('dialog', { name: 'Ihr DAG ist fertig' })).toBeVisible();
    await noEnglish(page);
  });

  test('the portal has the say before the browser, and the person before both', async ({ page, context }) => {
    await settle(context, { language: 'en' });
    await page.goto('');
    await expect(page.getByRole('heading', { name: 'What should run?' })).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await button(page, 'DE').click();
    await expect(page.getByRole('heading', { name: 'Was soll laufen?' })).toBeVisible();
    await page.reload();
    await expect(page.getByRole('heading', { name: 'Was soll laufen?' })).toBeVisible();
    await button(page, 'EN').click();
    await expect(page.getByRole('heading', { name: 'What should run?' })).toBeVisible();
  });

  test('broken settings are told in the language of the browser', async ({ page, context }) => {
    await context.route('**/portal.json', (route) => route.fulfill({ body: '{"title": 5}' }));
    await page.goto('');
    await expect(page.getByRole('heading', { name: 'Dieses Portal ist nicht richtig eingerichtet' })).toBeVisible();
    await expect(page.getByText('In portal.json lässt sich `title` nicht verwenden')).toBeVisible();
  });

  test('without its German words, the page speaks English as a whole', async ({ page, context, allowed }) => {
    allowed.push(/404/);
    await context.route('**/words/de.json', (route) => route.fulfill({ status: 404 }));
    await page.goto('');
    await expect(page.getByRole('heading', { name: 'What should run?' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Kubernetes job', exact: true })).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  });
});

test('answers outlive a change of language', async ({ form: page }) => {
  const name = page.getByRole('form', { name: 'Questions' }).getByLabel(/^What it does/);
  await name.fill('Closes the day');
  await button(page, 'DE').click();
  await expect(question(page, 'Was er tut')).toHaveValue('Closes the day');
  await expect(page.getByText(/^Entwurf von \d\d:\d\d wiederhergestellt\./)).toBeVisible();
});

test('only the words of the language are fetched', async ({ page, context }) => {
  const fetched: string[] = [];
  context.on('request', (request) => fetched.push(new URL(request.url()).pathname));
  await page.goto('');
  await page.getByRole('link', { name: 'Kubernetes job', exact: true }).click();
  await expect(page.getByRole('form', { name: 'Questions' })).toBeVisible();
  expect(fetched.filter((path) => /locales|\/words\//.test(path))).toEqual([]);
});

test('a language of the settings that is none asks for nothing else on the host', async ({ page, context }) => {
  const fetched: string[] = [];
  context.on('request', (request) => fetched.push(request.url()));
  await settle(context, { language: '../../evil?x=' });
  await page.goto('');
  await expect(page.getByRole('heading', { name: 'What should run?' })).toBeVisible();
  expect(fetched.filter((address) => /evil|\/words\//.test(address))).toEqual([]);
});

test('whoever reads English fetches no German', async ({ page }) => {
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(new URL(request.url()).pathname));
  await page.goto('');
  await page.getByRole('link', { name: 'Kubernetes job', exact: true }).click();
  await expect(page.getByRole('tab', { name: 'Picture' })).toBeVisible();
  await page.waitForTimeout(2_500);
  expect(fetched.filter((path) => /elements-[^/]+\/words\.js$/.test(path))).toHaveLength(1);
  expect(fetched.filter((path) => /german|\/de\.|words\/de/.test(path))).toEqual([]);
});

for (const [what, take] of [
  ['forbidden', () => Object.defineProperty(window, 'localStorage', { get: () => { throw new DOMException('Access is denied for this document.', 'SecurityError'); } })],
  ['full', () => { Storage.prototype.setItem = () => { throw new DOMException('The quota has been exceeded.', 'QuotaExceededError'); }; }],
] as const) {
  test(`the language can be changed where storage is ${what}, after a word on what is lost`, async ({ page, context }) => {
    await context.addInitScript(take);
    await page.goto('');
    await button(page, 'DE').click();
    const dialog = page.getByRole('dialog', { name: 'Change the language to Deutsch?' });
    await expect(dialog).toContainText('answers that you have not downloaded are lost');
    await dialog.getByRole('button', { name: 'Change to Deutsch' }).click();
    await expect(page.locator('html')).toHaveAttribute('lang', 'de');
    await button(page, 'EN').click();
    await page.getByRole('button', { name: 'Zu English wechseln' }).click();
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  });
}
