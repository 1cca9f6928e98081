// What is kept in the browser, and what happens where it keeps nothing.
import type { Page } from '@playwright/test';
import { answer, begin, button, download, expect, field, finish, panel, pasteConfig, start, test } from './portal.ts';

test('the answers are there again after a reload', async ({ form: page }) => {
  await answer(page);
  await page.reload();
  await expect(page.getByRole('status').filter({ hasText: /^Draft from .*\d\d:\d\d.* restored\./ })).toBeVisible();
  await expect(field(page, 'What it does')).toHaveValue('Closes the day');
  await expect(page.getByRole('textbox', { name: 'Image' })).toHaveValue('finance/nightly:1.0.0');
  await expect(page.getByRole('tabpanel', { name: 'Picture' })).toContainText('close_books');
  await expect(page.locator('[aria-invalid]')).toHaveCount(0);

  await button(page, 'Start over').click();
  await expect(field(page, 'What it does')).toHaveValue('');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await button(page, 'Undo').click();
  await expect(field(page, 'What it does')).toHaveValue('Closes the day');
  await button(page, 'Redo').click();
  await page.reload();
  await expect(field(page, 'What it does')).toHaveValue('');
  await expect(page.getByText(/^Draft from/)).toHaveCount(0);
});

test('the comments of an opened config outlive a reload', async ({ form: page }) => {
  await start(page, 'reporting seeder refresh all');
  const config = await panel(page, 'Config');
  await expect(config).toContainText('memory_limit: 2Gi');
  await config.getByRole('button', { name: 'Edit as text' }).click();
  const text = config.getByRole('textbox', { name: 'Config' });
  await text.fill(`# Kept\n${await text.inputValue()}`);
  await config.getByRole('button', { name: 'Back to the questions' }).click();
  await expect(config.getByRole('region', { name: 'Config' })).toContainText('# Kept');
  await page.reload();
  await expect(await panel(page, 'Config')).toContainText('# Kept');
});

test('the colours that were chosen are kept', async ({ page }) => {
  await page.goto('');
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const device = await ground();
  await button(page, 'Colours: those of your device').click();
  await button(page, 'Colours: light').click();
  await expect(button(page, 'Colours: dark')).toBeVisible();
  await expect.poll(ground).not.toBe(device);
  await page.reload();
  await expect(button(page, 'Colours: dark')).toBeVisible();
  await expect.poll(ground).not.toBe(device);
});

for (const [what, words, take] of [
  [
    'forbidden',
    'Your browser keeps nothing for this page, so the answers are gone when you close it. Download the config to keep them.',
    () => {
      Object.defineProperty(window, 'localStorage', {
        get() {
          throw new DOMException('Access is denied for this document.', 'SecurityError');
        },
      });
    },
  ],
  [
    'full',
    'Your browser has no room left for drafts, so the latest answers are gone when you close the page. Download the config to keep them.',
    () => {
      Storage.prototype.setItem = () => {
        throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
      };
    },
  ],
] as const) {
  test(`storage that is ${what} is said calmly, and the page works`, async ({ page }) => {
    await page.addInitScript(take);
    await begin(page);
    await answer(page);
    await expect(page.getByRole('status').filter({ hasText: words })).toHaveCount(1);
    await expect(page.getByRole('alert').filter({ visible: true })).toHaveCount(0);
    await expect(page.getByRole('tabpanel', { name: 'Picture' })).toContainText('close_books');
    await button(page, 'Colours: those of your device').click();
    await expect(button(page, 'Colours: light')).toBeVisible();
    await page.getByRole('link', { name: 'All templates' }).click();
    await expect(page.getByRole('link', { name: 'Kubernetes job', exact: true })).toBeVisible();
  });
}

test('a draft that no page has written is left alone', async ({ form: page }) => {
  await answer(page);
  await page.getByRole('link', { name: 'All templates' }).click();
  await expect(page.getByRole('heading', { name: 'Go on with a draft' })).toBeVisible();
  await page.evaluate(() => {
    for (const key of Object.keys(localStorage)) localStorage.setItem(key, '{"saved": "yesterday", "document": [');
  });
  await page.reload();
  await page.getByRole('link', { name: 'Kubernetes job', exact: true }).click();
  await expect(field(page, 'What it does')).toHaveValue('');
});

test('several drafts are kept side by side, by name and time', async ({ form: page }) => {
  await answer(page);
  await start(page, 'reporting seeder refresh all');
  await expect(field(page, 'Name').first()).toHaveValue('refresh_all');
  await field(page, 'Owner').fill('reporting');
  await page.getByRole('link', { name: 'All templates' }).click();
  const drafts = page.getByRole('region', { name: 'Go on with a draft' }).getByRole('listitem');
  await expect(drafts).toHaveText([/^reporting_seeder_refresh_all.*Kubernetes job, \d\d:\d\d/, /^finance_reports_nightly/]);
  await button(page, 'Throw away: reporting_seeder_refresh_all').click();
  await button(page, 'Bring back: reporting_seeder_refresh_all').click();
  await button(page, 'Throw away: finance_reports_nightly').click();
  await page.reload();
  await expect(drafts).toHaveText([/^reporting_seeder_refresh_all/]);
  await page.getByRole('link', { name: 'reporting_seeder_refresh_all' }).click();
  await expect(field(page, 'Owner')).toHaveValue('reporting');
});

test('what was opened and not changed leaves no draft behind', async ({ form: page }) => {
  await start(page, 'reporting seeder refresh all');
  await expect(field(page, 'Name').first()).toHaveValue('refresh_all');
  await page.waitForTimeout(700);
  await start(page, 'sales reports nightly');
  await expect(field(page, 'Name').first()).not.toHaveValue('refresh_all');
  await page.getByRole('link', { name: 'All templates' }).click();
  await expect(page.getByRole('region', { name: 'Go on with a draft' }).getByRole('listitem')).toHaveText([/^sales/]);
});

test('two tabs with one draft lose nothing of either', async ({ form: page, context }) => {
  await answer(page);
  await page.waitForTimeout(700);
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(field(other, 'Owner')).toHaveValue('finance');
  await field(page, 'Owner').fill('first tab');
  await page.waitForTimeout(700);
  await field(other, 'Name').first().fill('second_tab');
  await other.waitForTimeout(700);
  await field(page, 'Package').fill('first_package');
  await page.waitForTimeout(700);
  await other.reload();
  await expect(field(other, 'Name').first()).toHaveValue('second_tab');
  await page.reload();
  await expect(field(page, 'Owner')).toHaveValue('first tab');
  await expect(field(page, 'Package')).toHaveValue('first_package');
  await page.goto('#/');
  await expect(page.getByRole('region', { name: 'Go on with a draft' }).getByRole('listitem')).toHaveText([/first_package_nightly/, /finance_reports_second_tab/]);
});

test('undo brings back the file that was open as well', async ({ form: page }) => {
  const paste = async (text: string) => {
    await pasteConfig(page, text);
    await expect(page.getByRole('dialog')).toBeHidden();
  };
  await paste('# The first file\ntemplate: kubernetes-job@1\nname: first\n');
  await expect(field(page, 'Name').first()).toHaveValue('first');
  await paste('# The second file\ntemplate: kubernetes-job@1\nname: second\n');
  await expect(field(page, 'Name').first()).toHaveValue('second');
  await button(page, 'Undo').click();
  const config = await panel(page, 'Config');
  await expect(config).toContainText('name: first');
  await expect(config).toContainText('# The first file');
  await button(page, 'Redo').click();
  await expect(config).toContainText('# The second file');
});

test('the keys undo and redo, and tell what they do', async ({ form: page }) => {
  await field(page, 'Owner').fill('finance');
  await field(page, 'Package').fill('sales');
  await page.keyboard.press('Control+z');
  await expect(field(page, 'Package')).toHaveValue('');
  await expect(field(page, 'Owner')).toHaveValue('finance');
  await page.keyboard.press('Control+Shift+z');
  await expect(field(page, 'Package')).toHaveValue('sales');
  await field(page, 'Package').press('?');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keys' });
  await expect(dialog).toContainText('takes the last change back');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await button(page, 'Keys').click();
  await expect(dialog).toBeVisible();
});

test('the way back out of a field, by the browser itself', async ({ form: page }) => {
  await field(page, 'Owner').fill('finance');
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1, name: 'What should run?' })).toBeFocused();
  await page.goForward();
  await expect(field(page, 'Owner')).toHaveValue('finance');
});

test('what another tab wrote into a draft stays, though this one never changed it', async ({ form: page, context }) => {
  await start(page, 'reporting seeder refresh all');
  await expect(field(page, 'Name').first()).toHaveValue('refresh_all');
  await page.waitForTimeout(700);
  const other = await context.newPage();
  await other.goto(page.url());
  await field(other, 'Owner').fill('other tab');
  await other.waitForTimeout(700);
  await other.close();
  await start(page, 'sales reports nightly');
  await expect(field(page, 'Name').first()).not.toHaveValue('refresh_all');
  await page.goto('#/');
  await page.getByRole('link', { name: 'reporting_seeder_refresh_all' }).click();
  await expect(field(page, 'Owner')).toHaveValue('other tab');
});

test('what is being written as text outlives a reload', async ({ form: page }) => {
  await answer(page);
  const config = await panel(page, 'Config');
  await config.getByRole('button', { name: 'Edit as text' }).click();
  const text = config.getByRole('textbox', { name: 'Config' });
  await text.fill(`# Half a thought\n${await text.inputValue()}`);
  await page.waitForTimeout(900);
  await page.reload();
  await expect(text).toHaveValue(/^# Half a thought\n/);
});

test('keys that are pressed alone can be switched off', async ({ form: page }) => {
  await button(page, 'Keys').click();
  const dialog = page.getByRole('dialog', { name: 'Keys' });
  await dialog.getByLabel('Keys that are pressed alone').uncheck();
  await page.keyboard.press('Escape');
  await page.reload();
  await expect(field(page, 'Owner')).toBeVisible();
  await expect(button(page, 'Keys')).toBeVisible();
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('?');
  await expect(dialog).toBeHidden();
});

test('who begins anew begins with nothing, and drafts are gone on with from their list', async ({ form: page, context, baseURL }) => {
  await answer(page);
  await finish(page);
  await download(page, () => button(page, 'Download all as .zip').click());
  await button(page, 'Close').click();
  const first = page.url();

  const empty = async (own: Page) => {
    await expect(field(own, 'What it does')).toHaveValue('');
    await expect(field(own, 'Package')).toHaveValue('');
    await expect(own.getByText(/^Draft from/)).toHaveCount(0);
    expect(own.url()).not.toBe(first);
  };
  await page.getByRole('link', { name: 'All templates' }).click();
  await page.getByRole('link', { name: 'Kubernetes job', exact: true }).click();
  await empty(page);
  await page.reload();
  await empty(page);
  await page.goBack();
  await page.getByRole('link', { name: 'About it: Kubernetes job' }).click();
  await page.getByRole('link', { name: 'Use this template' }).click();
  await empty(page);
  const other = await context.newPage();
  await other.goto(`${baseURL}#/new/kubernetes-job`);
  await empty(other);
  await field(other, 'Package').fill('sales');
  await field(other, 'Name').fill('orders');
  await other.reload();
  await expect(field(other, 'Package')).toHaveValue('sales');
  await other.close();

  await page.goto('#/');
  const drafts = page.getByRole('region', { name: 'Go on with a draft' }).getByRole('listitem');
  await expect(drafts).toHaveText([/^sales_orders/, /^finance_reports_nightly/]);
  await page.getByRole('link', { name: 'finance_reports_nightly' }).click();
  await expect(field(page, 'What it does')).toHaveValue('Closes the day');
  expect(page.url()).toBe(first);
  await page.goBack();
  await page.goForward();
  await expect(field(page, 'What it does')).toHaveValue('Closes the day');
  await page.goto('#/');
  await page.goto(`${baseURL}#/new/kubernetes-job?example=examples%2Fsales_reports_nightly.yaml`);
  await expect(field(page, 'Package')).toHaveValue('sales_reports');
  await page.goto('#/');
  await expect(drafts.filter({ hasText: 'finance_reports_nightly' })).toHaveCount(1);
});

test('the way back from a config that a link held does not open it again', async ({ page, baseURL }) => {
  await page.goto('');
  const config = JSON.stringify({ template: 'kubernetes-job@1', parameters: { owner: 'finance' } });
  await page.goto(`${baseURL}#/open/1.${Buffer.from(config).toString('base64url')}`);
  await expect(field(page, 'Owner')).toHaveValue('finance');
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1, name: 'What should run?' })).toBeVisible();
});

test('what was written last belongs to the draft that it was written into', async ({ form: page }) => {
  await answer(page);
  await field(page, 'Owner').fill('controlling');
  await start(page, 'sales reports nightly');
  await expect(field(page, 'Package')).toHaveValue('sales_reports');
  await page.goto('#/');
  await page.getByRole('link', { name: 'finance_reports_nightly' }).click();
  await expect(field(page, 'Owner')).toHaveValue('controlling');
});

// Put together here, so that no scanner of this repository takes it for a real one.
const password = ['kR7', 'vq92', 'Lm5x'].join('!');
const stored = (page: Page) => page.evaluate(() => JSON.stringify({ ...localStorage }));

/** A variable of the first step, by the form. */
async function variable(page: Page, name: string, value: string) {
  await button(page, 'Add variable').click();
  const variables = page.getByRole('group', { name: 'Environment variables' });
  await variables.getByLabel('Name of variable 1').fill(name);
  await variables.getByLabel(name, { exact: true }).fill(value);
}

test('a password is not kept with the draft, and what is beside it is', async ({ form: page }) => {
  await answer(page);
  await variable(page, 'DB_PASSWORD', password);
  await expect(await panel(page, 'Checks')).toContainText('“DB_PASSWORD” of “Step 1: close_books” looks like');
  await field(page, 'Owner').fill('controlling');
  await expect.poll(() => stored(page)).toContain('controlling');
  expect(await stored(page)).not.toContain(password);
  // The page itself still has it, and a page that is left in a hurry does not keep it either.
  await field(page, 'Owner').fill('sales');
  await page.evaluate(() => dispatchEvent(new Event('pagehide')));
  expect(await stored(page)).not.toContain(password);
  await expect(page.getByLabel('DB_PASSWORD', { exact: true })).toHaveValue(password);
  await page.reload();
  await expect(page.getByText('What looks like a password or token was not kept.')).toBeVisible();
  await expect(field(page, 'Owner')).toHaveValue('sales');
  await expect(page.getByLabel('DB_PASSWORD', { exact: true })).toHaveValue('');
});

test('a password in a config as text is not kept, in whatever spelling, nor in the file that was opened', async ({ form: page }) => {
  const text = (rest: string) => `# Asked for by finance
template: kubernetes-job@1
package: finance
name: nightly
parameters:
  description: Closes the day # soon the week
  owner: finance
  steps:
    - name: close
      image: finance/close:1.0.0
      environment_variables:
        DB_PASSWORD: "\\x6b${password.slice(1)}" # the first letter is an escape
        OTHER: kept
${rest}`;
  await pasteConfig(page, text(`environments: {dev: {steps: [{name: close, image: "finance/close:1.0.0", environment_variables: {DB_TOKEN: ${password}}}]}}\n`));
  await expect(field(page, 'Owner')).toHaveValue('finance');
  await field(page, 'Owner').fill('controlling');
  await expect.poll(() => stored(page)).toContain('controlling');
  await expect.poll(() => stored(page)).toContain('soon the week');
  expect(await stored(page)).not.toContain(password.slice(1));
  const config = await panel(page, 'Config');
  await config.getByRole('button', { name: 'Edit as text' }).click();
  const editor = page.getByRole('textbox', { name: 'Config' });
  await editor.fill(text('# at the end\n'));
  await expect.poll(() => stored(page)).toContain('at the end');
  expect(await stored(page)).not.toContain(password.slice(1));
  await page.reload();
  await expect(editor).toHaveValue(/DB_PASSWORD: ["']{2} # the first letter/);
});

test('no part of a password is kept, however it is typed and however soon the page is left', async ({ form: page }) => {
  await answer(page);
  await field(page, 'Owner').fill(password);
  await variable(page, 'DB_PASSWORD', password.slice(0, -3));
  await expect.poll(() => stored(page)).toContain('DB_PASSWORD');
  await page.getByLabel('DB_PASSWORD', { exact: true }).pressSequentially(password.slice(-3));
  await page.reload();
  await expect(page.getByLabel('DB_PASSWORD', { exact: true })).toHaveValue('');
  // The same letters elsewhere are an answer like any other.
  await expect(field(page, 'Owner')).toHaveValue(password);
});

test('a password is not kept in a text that nobody could ever read', async ({ form: page }) => {
  await answer(page);
  await (await panel(page, 'Config')).getByRole('button', { name: 'Edit as text' }).click();
  const editor = page.getByRole('textbox', { name: 'Config' });
  await editor.fill(`environment_variables: {DB_PASSWORD: ${password}}\nfoo: [x\n`);
  await expect.poll(() => stored(page)).toContain('foo: [x');
  expect(await stored(page)).not.toContain(password);
  await page.reload();
  await expect(editor).toHaveValue('environment_variables: {DB_PASSWORD: }\nfoo: [x\n');
});

test('a password that was kept by an older version is taken out when the portal is opened', async ({ form: page }) => {
  await answer(page);
  await variable(page, 'DB_HOST', 'db.example.com');
  await expect.poll(() => stored(page)).toContain('db.example.com');
  await page.goto('#/');
  await page.evaluate((password) => {
    for (const key of Object.keys(localStorage).filter((key) => key.startsWith('dagwright draft'))) {
      const { saved, document } = JSON.parse(localStorage.getItem(key)!);
      document.parameters.steps[0].environment_variables = { DB_PASSWORD: password, DB_HOST: 'db.example.com' };
      localStorage.setItem(key, JSON.stringify({ saved, document, base: null, opened: null }));
    }
  }, password);
  expect(await stored(page)).toContain(password);
  await page.reload();
  await expect.poll(() => stored(page)).not.toContain(password);
  expect(await stored(page)).toContain('db.example.com');
  await page.getByRole('link', { name: 'finance_reports_nightly' }).click();
  await expect(page.getByText('What looks like a password or token was not kept.')).toBeVisible();
  await expect(page.getByLabel('DB_HOST', { exact: true })).toHaveValue('db.example.com');
});

/** Names of the drafts on offer, once the last change is kept. */
async function offered(page: Page) {
  await page.getByRole('link', { name: 'All templates' }).click();
  const drafts = page.getByRole('region', { name: 'Go on with a draft' });
  await expect(drafts.getByRole('link').first()).toBeVisible();
  return drafts.getByRole('link').allTextContents();
}

test('undo of a replacement goes on with the draft from before it', async ({ form: page }) => {
  await answer(page);
  await expect(page).toHaveURL(/draft=/);
  const address = page.url();
  await page.reload();
  await button(page, 'Start over').click();
  await expect(field(page, 'What it does')).toHaveValue('');
  await expect(page).not.toHaveURL(address);
  await button(page, 'Undo').click();
  await expect(field(page, 'What it does')).toHaveValue('Closes the day');
  await expect(page).toHaveURL(address);
  await start(page, 'reporting seeder refresh all');
  await expect(field(page, 'Package')).toHaveValue('reporting_seeder');
  await button(page, 'Undo').click();
  await expect(field(page, 'Package')).toHaveValue('finance_reports');
  await expect(page).toHaveURL(address);
  expect(await offered(page)).toHaveLength(1);
});

test('undo, redo and another change of a replacement lose neither draft', async ({ form: page }) => {
  await answer(page);
  await expect.poll(() => stored(page)).toContain('finance/nightly:1.0.0');
  await start(page, 'reporting seeder refresh all');
  await expect(field(page, 'Package')).toHaveValue('reporting_seeder');
  await button(page, 'Undo').click();
  await expect(field(page, 'Package')).toHaveValue('finance_reports');
  // Long enough for the draft to be kept.
  await page.waitForTimeout(800);
  await button(page, 'Redo').click();
  await expect(field(page, 'Package')).toHaveValue('reporting_seeder');
  await field(page, 'Owner').fill('ada');
  await expect.poll(() => stored(page)).toContain('ada');
  expect(await stored(page)).toContain('finance/nightly:1.0.0');
  expect(await offered(page)).toHaveLength(2);
});
