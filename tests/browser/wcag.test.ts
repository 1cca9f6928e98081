// What axe does not see: the points of WCAG 2.2 that only the page in use can show.
import type { Page } from '@playwright/test';
import { answer, button, expect, field, finish, start, test, unfold } from './portal.ts';

/** What stands outside the page or is cut off in its own box. */
const cutOff = (page: Page) =>
  page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    const clipped = [...document.querySelectorAll<HTMLElement>('main label, main legend, main button, main h1, main h2, main h3, main p')].filter(
      (element) =>
        element.checkVisibility() && getComputedStyle(element).overflowY === 'hidden' && element.scrollHeight > element.clientHeight + 1 && element.clientHeight > 1,
    );
    return [...clipped.map((element) => element.outerHTML.slice(0, 120)), ...(scrollWidth > clientWidth ? [`${scrollWidth} of ${clientWidth} wide`] : [])];
  });

test('letters and lines may be spaced as a reader needs (1.4.12)', async ({ form: page }) => {
  await start(page, 'reporting seeder refresh all');
  await expect(field(page, 'Package')).toHaveValue('reporting_seeder');
  await unfold(page);
  await page.evaluate(() => {
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      element.style.lineHeight = '1.5';
      element.style.letterSpacing = '0.12em';
      element.style.wordSpacing = '0.16em';
      if (element.localName === 'p') element.style.marginBottom = '2em';
    }
  });
  expect(await cutOff(page)).toEqual([]);
});

for (const [width, height] of [[320, 256], [2560, 1440]] as const) {
  test(`the page serves at ${width} by ${height} (1.4.10)`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    for (const hash of ['#/', '#/about/kubernetes-job', '#/check', '#/new/kubernetes-job']) {
      await page.goto(hash);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await page.waitForTimeout(500);
      expect(await cutOff(page), hash).toEqual([]);
    }
    await field(page, 'Owner').fill('finance');
    await expect(field(page, 'Owner')).toBeInViewport();
  });
}

test('each page has its title, one main part and one first heading (2.4.2, 2.4.6)', async ({ page }) => {
  const titles = new Set<string>();
  for (const hash of ['#/', '#/about/kubernetes-job', '#/check', '#/new/kubernetes-job']) {
    await page.goto(hash);
    await expect(page.getByRole('main')).toHaveCount(1);
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
    await page.waitForTimeout(200);
    titles.add(await page.title());
    // Help is in the same place everywhere (3.2.6).
    await expect(page.getByRole('banner').getByRole('button').last()).toHaveAccessibleName('Keys');
  }
  // A template and its form share theirs.
  expect(titles.size).toBe(3);
});

test('what is said aloud while somebody types is said seldom (4.1.3)', async ({ form: page }) => {
  await answer(page);
  await page.waitForTimeout(500);
  await page.evaluate(() => {
    const counts = ((window as unknown as { said: number }).said = 0);
    void counts;
    for (const region of document.querySelectorAll('[role=status], [aria-live]')) {
      new MutationObserver(() => ((window as unknown as { said: number }).said += 1)).observe(region, { childList: true, characterData: true, subtree: true });
    }
  });
  await field(page, 'What others should know').pressSequentially('Reads the orders of the day before.', { delay: 30 });
  await page.waitForTimeout(1000);
  expect(await page.evaluate(() => (window as unknown as { said: number }).said)).toBeLessThanOrEqual(2);
});

test('an answer that asks for more keeps the focus, and what it asks follows it (3.2.2)', async ({ page }) => {
  await page.route('**/kubernetes-job/template.yaml', async (route) => {
    const template = await (await route.fetch()).text();
    const more = `    notify: {title: Tell somebody, type: boolean}\n`;
    const rule = `  if: {properties: {notify: {const: true}}, required: [notify]}\n  then: {properties: {whom: {title: Whom, type: string}}, required: [whom]}\n`;
    await route.fulfill({ body: template.replace('  properties:\n', `  properties:\n${more}`).replace('parameters:\n  type: object\n  additionalProperties: false\n', `parameters:\n  type: object\n${rule}`) });
  });
  await page.goto('#/new/kubernetes-job');
  const control = field(page, 'Tell somebody');
  await control.focus();
  await page.keyboard.press('Space');
  await expect(field(page, 'Whom')).toBeVisible();
  await expect(control).toBeFocused();
  const follows = await control.evaluate((own) => {
    const whom = [...document.querySelectorAll('label')].find((label) => label.textContent?.startsWith('Whom'));
    return Boolean(whom && own.compareDocumentPosition(whom) & Node.DOCUMENT_POSITION_FOLLOWING);
  });
  expect(follows).toBe(true);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`edges of controls and marks stand out, ${colorScheme} (1.4.11)`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto('#/new/kubernetes-job');
    await expect(field(page, 'Owner')).toBeVisible();
    await field(page, 'Owner').focus();
    const ratios = await page.evaluate(() => {
      const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
      const luminance = (colour: string) => {
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        const [red, green, blue] = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map((part) => {
          const value = part / 255;
          return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
      };
      const contrast = (one: string, other: string) => {
        const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
        return (high! + 0.05) / (low! + 0.05);
      };
      const ground = getComputedStyle(document.documentElement).backgroundColor;
      const own = document.activeElement!;
      return [...document.querySelectorAll('form .input, form .button, .graph-buttons, [role=tab][aria-selected=true]')]
        .filter((element) => element.checkVisibility() && !element.matches('.graph-buttons'))
        .slice(0, 40)
        .map((element) => {
          const style = getComputedStyle(element);
          return [element.className, element === own ? 3 : contrast(style.borderTopColor, ground)] as const;
        })
        .concat([['focus', contrast(getComputedStyle(own).borderTopColor, ground)] as const]);
    });
    for (const [name, ratio] of ratios.filter(([name]) => /input|button|focus/.test(name))) expect(ratio, name).toBeGreaterThanOrEqual(3);
  });
}

test('with colours of the system nothing is lost', async ({ form: page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await answer(page);
  await field(page, 'Owner').focus();
  const outline = await field(page, 'Owner').evaluate((element) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return `${outlineStyle} ${parseFloat(outlineWidth) >= 2}`;
  });
  expect(outline).toBe('solid true');
});

test('without motion nothing moves (2.3.3)', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('#/new/kubernetes-job');
  await expect(field(page, 'Owner')).toBeVisible();
  await answer(page);
  const moving = await page.evaluate(() => document.getAnimations().length);
  expect(moving).toBe(0);
});

test('on paper stand the answers and the picture, and no buttons', async ({ form: page }) => {
  await answer(page);
  await expect(page.getByRole('tabpanel', { name: 'Picture' })).toContainText('close_books');
  await page.emulateMedia({ media: 'print' });
  for (const name of ['Undo', 'Add step', 'Check and download', 'Open a config']) await expect(button(page, name)).toBeHidden();
  await expect(page.getByRole('group', { name: /task/ })).toBeVisible();
  await expect(field(page, 'Owner')).toBeVisible();
});

test('everything is read, corrected and confirmed before it leaves the page (3.3.4)', async ({ form: page }) => {
  await answer(page);
  const dialog = await finish(page);
  await expect(dialog.getByRole('heading', { name: 'Your answers' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Change: Owner' }).click();
  await expect(field(page, 'Owner')).toBeFocused();
  await expect(field(page, 'Owner')).toHaveValue('finance');
});
