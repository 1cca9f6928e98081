// Before anything is handed over it is read once more: the answers, what will run where, the files, and what changed.
import type { Page } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { load } from 'js-yaml';
import { answer, begin, button, download, expect, field, finish, openConfig, start, test } from './portal.ts';

const opened = `# The close of the day, kept by finance.
template: kubernetes-job@1
package: finance
name: closing
parameters:
  description: Closes the day
  owner: finance   # ask Ada
  retries: 1
  steps:
    - name: close
      image: finance/close:1.0.0
`;

test('shows the answers in words, and leads back to each', async ({ form: page }) => {
  await start(page, 'reporting seeder refresh all');
  await expect(field(page, 'Name').first()).toHaveValue('refresh_all');
  const dialog = await finish(page);
  await expect(dialog.getByRole('heading', { name: 'Your answers' })).toBeVisible();
  const image = dialog.locator('.answer').filter({ hasText: 'Image' }).first();
  await expect(image).toContainText('reporting/seeder');
  await expect(dialog.getByRole('heading', { name: 'The next runs' })).toBeVisible();
  await expect(dialog.getByRole('listitem').filter({ hasText: 'UTC)' })).toHaveCount(3);
  await image.getByRole('button', { name: 'Change: Image' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.locator(':focus')).toHaveValue(/^reporting\/seeder/);
});

const examples = join(import.meta.dirname, '../../templates/kubernetes-job/examples');

/** Every text and number of a document that a person wrote; what is chosen or switched is told in words of its own. */
const written = (value: unknown): string[] =>
  typeof value === 'object' && value !== null ? Object.values(value).flatMap(written) : typeof value === 'boolean' || value === null ? [] : [String(value)];

for (const file of readdirSync(examples)) {
  test(`no answer of ${file} is missing`, async ({ form: page }) => {
    const document = load(readFileSync(join(examples, file), 'utf8')) as Record<string, any>;
    await start(page, basename(file, '.yaml').replaceAll('_', ' '));
    await expect(field(page, 'Package')).toHaveValue(document.package);
    const dialog = await finish(page);
    const answers = dialog.locator('.answers').first();
    await expect(answers).toBeVisible();
    const shown = await answers.innerText();
    const { trigger_rule: chosen, ...rest } = Object.assign({}, ...document.parameters.steps);
    expect(typeof rest.name).toBe('string');
    const steps = document.parameters.steps.map(({ trigger_rule, ...step }: Record<string, unknown>) => step);
    const expected = written({ ...document.parameters, steps, package: document.package, name: document.name }).flatMap((text) => text.trimEnd().split('\n'));
    expect(expected.length).toBeGreaterThan(6);
    expect(expected.filter((text) => !shown.includes(text))).toEqual([]);
    // No two buttons of the dialog have the same name.
    const names = await dialog.getByRole('button').evaluateAll((buttons) => buttons.map((own) => own.getAttribute('aria-label') ?? own.textContent));
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
}

test('shows what changed in a config that was opened', async ({ page }) => {
  await openConfig(page, opened);
  let dialog = await finish(page);
  await expect(dialog).toContainText('Nothing changes: it says what it said when you opened it.');
  await button(page, 'Close').click();
  await field(page, 'What it does').fill('Closes the month');
  dialog = await finish(page);
  const changes = dialog.getByRole('region', { name: 'What changes in the config' });
  await expect(changes.locator('.change-gone')).toHaveText('−Gone:   description: Closes the day');
  await expect(changes.locator('.change-new')).toHaveText(/^\+New: {3}description: ["']?Closes the month["']?$/);
  await expect(changes).toContainText('# ask Ada');
});

test('shows the environments side by side, and hands over a file for each', async ({ page }) => {
  await page.route('**/portal.json', (route) => route.fulfill({ json: { environments: ['dev', 'prod'] } }));
  await openConfig(page, `${opened}environments:\n  dev:\n    schedule: null\n  prod:\n    schedule: "0 2 * * *"\n    retries: 5\n`);
  const dialog = await finish(page);
  const rows = dialog.getByRole('table').getByRole('row');
  await expect(rows.nth(1)).toContainText('dev');
  await expect(rows.nth(2)).toContainText('Daily at 02:00 UTC');
  await expect(rows.nth(2)).toContainText('retries: 5');
  await expect(dialog).toContainText('dags/dev/finance/finance_closing.py');
  await expect(dialog).toContainText('dags/prod/finance/finance_closing.py');
  for (const environment of ['dev', 'prod']) {
    const own = await download(page, () => button(page, `Download ${environment}/finance/finance_closing.py`).click());
    expect(own.bytes.toString()).toContain('dag_id="finance_closing"');
  }
  const zip = await download(page, () => button(page, 'Download all as .zip').click());
  for (const path of ['configs/finance/closing.yaml', 'dags/dev/finance/finance_closing.py', 'dags/prod/finance/finance_closing.py']) {
    expect(zip.bytes.includes(path)).toBe(true);
  }
});

for (const [width, height] of [[1440, 900], [390, 844], [320, 640]] as const) {
  test(`what was downloaded is said where it is seen, and paths can be read, at ${width} by ${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await begin(page);
    await answer(page);
    const dialog = await finish(page);
    await expect(dialog.getByRole('heading', { name: 'Your answers' })).toBeVisible();
    await expect(button(page, 'Download all as .zip')).toBeEnabled();
    const list = (await dialog.locator('.files').boundingBox())!;
    for (const path of await dialog.locator('.files .path').all()) {
      const { height, width } = (await path.boundingBox())!;
      const line = await path.evaluate((own) => parseFloat(getComputedStyle(own).lineHeight) || 18);
      expect(Math.round(height / line)).toBeLessThanOrEqual(2);
      expect(width).toBeLessThanOrEqual(list.width);
    }
    for (const name of ['Download nightly.yaml', 'Download all as .zip']) {
      await download(page, () => button(page, name).click());
      await expect(dialog.getByText('Downloaded.')).toBeInViewport({ ratio: 1 });
    }
  });
}

for (const part of ['review', 'submit']) {
  test(`says so where ${part}.js cannot be fetched, and hands over all the same`, async ({ page, allowed }) => {
    allowed.push(/404/);
    await page.route(`**/${part}.js`, (route) => route.fulfill({ status: 404 }));
    await begin(page);
    await answer(page);
    const dialog = await finish(page);
    await expect(dialog.getByRole('alert')).toContainText('This part of the page could not be fetched.');
    const zip = await download(page, () => button(page, 'Download all as .zip').click());
    expect(zip.bytes.length).toBeGreaterThan(500);
  });
}

test('the whole change is taken along as a patch that git takes', async ({ page }) => {
  await page.route('**/portal.json', (route) =>
    route.fulfill({ json: { forge: { kind: 'github', url: 'https://github.example.com', project: 'data/dags', target: 'main', title: 'New job {dag_id}' } } }),
  );
  await openConfig(page, opened);
  await field(page, 'What it does').fill('Closes the month – für alle');
  const dialog = await finish(page);
  await dialog.getByText('Hand it in for review').click();
  // Both files are there already: a page for new ones would not take them.
  await expect(dialog.getByRole('link', { name: 'on the forge' })).toHaveCount(0);
  await button(page, 'Download the patch').click();
  await expect(dialog.getByText('Write your name and your e-mail address first')).toBeVisible();
  await expect(dialog.getByLabel('Your name')).toBeFocused();
  await dialog.getByLabel('Your name').fill('Ada Lovelace');
  await dialog.getByLabel('Your e-mail address').fill('ada@example.com');
  const saved = await download(page, () => button(page, 'Download the patch').click());
  const python = await download(page, () => button(page, 'Download finance_closing.py').click());
  const yaml = await download(page, () => button(page, 'Download closing.yaml').click());

  const folder = mkdtempSync(join(tmpdir(), 'dagwright-patch-'));
  const git = (...words: string[]) =>
    execFileSync('git', ['-c', 'user.name=C', '-c', 'user.email=c@example.com', ...words], { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
  try {
    git('init', '--quiet', '--initial-branch=main');
    mkdirSync(join(folder, 'configs/finance'), { recursive: true });
    writeFileSync(join(folder, 'configs/finance/closing.yaml'), opened);
    // What is there was made from what was opened.
    execFileSync(process.execPath, [join(import.meta.dirname, '../../npm/dagwright.mjs'), 'generate', 'configs', '--out', '.'], { cwd: folder, stdio: 'pipe' });
    git('add', '--all');
    git('commit', '--quiet', '--message=Begin');
    writeFileSync(join(folder, saved.name), saved.bytes);
    git('am', '--quiet', saved.name);
    expect(readFileSync(join(folder, 'dags/finance/finance_closing.py')).equals(python.bytes)).toBe(true);
    expect(readFileSync(join(folder, 'configs/finance/closing.yaml')).equals(yaml.bytes)).toBe(true);
    expect(git('log', '-1', '--format=%an <%ae> %s').trim()).toBe('Ada Lovelace <ada@example.com> New job finance_closing');
    expect(git('log', '-1', '--format=%(trailers:key=Dagwright-Template,valueonly)').trim()).toBe('kubernetes-job@1.0.0');
    expect(git('log', '-1', '--format=%(trailers:key=Dagwright-Config-Hash,valueonly)').trim()).toMatch(/^[0-9a-f]{64}$/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a file that the forge cannot take from a link goes by the clipboard', async ({ page, context, elsewhere }) => {
  elsewhere.push('https://gitlab.example.com');
  await context.route('https://gitlab.example.com/**', (route) => route.fulfill({ contentType: 'text/html', body: 'A new file' }));
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.route('**/portal.json', (route) => route.fulfill({ json: { forge: { kind: 'gitlab', url: 'https://gitlab.example.com', project: 'data/dags' } } }));
  await begin(page);
  await answer(page);
  const dialog = await finish(page);
  await dialog.getByText('Hand it in for review').click();
  const link = dialog.getByRole('link', { name: 'Copy finance_reports_nightly.py and open the page to paste it' });
  await expect(link).toHaveAttribute('href', 'https://gitlab.example.com/data/dags/-/new/HEAD?file_name=dags%2Ffinance_reports%2Ffinance_reports_nightly.py');
  const popup = page.waitForEvent('popup');
  await link.click();
  await (await popup).close();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('dag_id="finance_reports_nightly"');
  await button(page, 'Copy the lines').click();
  await expect(dialog.getByText('The lines are in the clipboard.')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^git switch --create dagwright\/finance_reports_nightly-[0-9a-f]{8} origin\/HEAD\ngit am /);
});

test('what began with an example is new to the forge, under any name', async ({ page }) => {
  await page.route('**/portal.json', (route) =>
    route.fulfill({ json: { forge: { kind: 'github', url: 'https://github.example.com', project: 'data/dags', target: 'main' } } }),
  );
  await begin(page);
  await start(page, 'reporting seeder refresh all');
  await expect(field(page, 'Name').first()).toHaveValue('refresh_all');
  const dialog = await finish(page);
  await expect(dialog.getByRole('heading', { name: 'What changes in the config' })).toHaveCount(0);
  await dialog.getByText('Hand it in for review').click();
  await expect(dialog.getByRole('link', { name: /^Write refresh_all\.yaml on the forge$/ })).toHaveAttribute(
    'href',
    /^https:\/\/github\.example\.com\/data\/dags\/new\/main\?filename=configs%2Freporting_seeder%2Frefresh_all\.yaml&value=/,
  );
  await dialog.getByLabel('Your name').fill('Ada');
  await dialog.getByLabel('Your e-mail address').fill('ada@example.com');
  const saved = await download(page, () => button(page, 'Download the patch').click());
  expect(saved.bytes.toString().match(/^new file mode/gm)).toHaveLength(2);
});

test('errors in one environment keep everything here', async ({ page }) => {
  await page.route('**/portal.json', (route) => route.fulfill({ json: { environments: ['dev', 'prod'] } }));
  await openConfig(page, `${opened}environments:\n  prod:\n    retries: many\n`);
  await button(page, 'Check and download').click();
  const dialog = page.getByRole('dialog', { name: 'Your DAG is not ready yet' });
  await expect(dialog).toContainText('there are errors in prod');
  await expect(button(page, 'Download all as .zip')).toBeDisabled();
  await expect(dialog.getByText('Hand it in for review')).toBeHidden();
});

test('what was put together for earlier answers is not handed over for later ones', async ({ form: page }) => {
  await answer(page);
  await finish(page);
  await expect(page.getByRole('heading', { name: 'Your answers' })).toBeVisible();
  await button(page, 'Close').click();
  await page.evaluate(() => {
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (message: string) {
      setTimeout(() => post.call(this, message), 1500);
    };
  });
  await field(page, 'Owner').fill('controlling');
  await button(page, 'Check and download').click();
  const dialog = page.getByRole('dialog', { name: /^(Review your DAG|Your DAG is ready)$/ });
  await expect(dialog).toBeVisible();
  await expect(dialog.getByText('Everything is put together once more…')).toBeVisible();
  await expect(button(page, 'Download all as .zip')).toBeDisabled();
  await expect(dialog.locator('.answer').filter({ hasText: 'Owner' })).toContainText('controlling');
});

test('Ctrl+Z and Ctrl+Y in the review belong to its fields', async ({ form: page }) => {
  await answer(page);
  const dialog = await finish(page);
  await dialog.getByText('Hand it in for review').click();
  const name = dialog.getByLabel('Your name');
  await name.pressSequentially('Ada');
  await page.keyboard.press('Control+z');
  await expect(name).not.toHaveValue('Ada');
  await page.keyboard.press('Control+y');
  await expect(name).toHaveValue('Ada');
  await button(page, 'Close').click();
  await expect(page.getByRole('textbox', { name: 'Image' })).toHaveValue('finance/nightly:1.0.0');
  await expect(button(page, 'Redo')).toHaveAttribute('aria-disabled', 'true');
});

test('keys that are pressed alone do nothing while a dialog is open', async ({ form: page }) => {
  await answer(page);
  const dialog = await finish(page);
  await dialog.getByRole('heading', { name: 'Your answers' }).click();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toHaveCount(1);
});
