// From an empty form to files that are right.
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { answer, begin, button, download, expect, field, finish, panel, tabTo, test } from './portal.ts';

test('a person fills in the form and sees what will come out', async ({ form: page }) => {
  await expect(page.getByText('What will run, and when, is shown here once every answer is valid.')).toBeVisible();
  await expect(page.getByRole('tabpanel')).toHaveText(/appears here when the form is complete: 5 things left/);
  await answer(page);
  await page.getByLabel('How often').selectOption('Every day at…');
  await page.getByLabel('at', { exact: true }).fill('04:30');

  await expect(page.getByText(/^Daily at 04:30 UTC, /).filter({ visible: true })).toHaveCount(1);
  await expect(page.getByText('Everything is in order.')).toBeVisible();
  const picture = await panel(page, 'Picture');
  await expect(picture.getByRole('group', { name: /^finance_reports_nightly: 1 task\./ })).toContainText('close_books');
  await picture.getByText('The tasks in words').click();
  await expect(picture.getByRole('listitem')).toHaveText(['close_books (KubernetesPodOperator) waits for nothing']);

  const code = await panel(page, 'Code');
  await expect(code.getByText('dags/finance_reports/finance_reports_nightly.py')).toBeVisible();
  await expect(code.getByRole('region', { name: 'Code' })).toContainText('dag_id="finance_reports_nightly"');
  await expect(code.getByRole('region', { name: 'Code' })).toContainText('task_id="close_books"');
  await expect(code.getByRole('region', { name: 'Code' })).toContainText('schedule="30 4 * * *"');

  const config = await panel(page, 'Config');
  await expect(config.getByText('configs/finance_reports/nightly.yaml')).toBeVisible();
  await expect(config.getByRole('region', { name: 'Config' })).toContainText('description: Closes the day');
  await expect(config.getByRole('region', { name: 'Config' })).toContainText('schedule: "30 4 * * *"');

  await expect(await panel(page, 'Checks')).toHaveText('Everything is in order.');
});

test('the picture, the code and the words of a task lead to its questions', async ({ form: page }) => {
  await answer(page);
  const image = page.getByRole('textbox', { name: 'Image' });
  const code = await panel(page, 'Code');
  await code.getByText('"finance/nightly:1.0.0"').click();
  await expect(image).toBeFocused();

  const picture = await panel(page, 'Picture');
  await picture.getByRole('button', { name: /^close_books/ }).getByText('close_books', { exact: true }).click();
  await expect(page.getByRole('group', { name: 'Steps' }).getByLabel('Name')).toBeFocused();

  await image.focus();
  await picture.getByText('The tasks in words').click();
  await picture.getByRole('listitem').getByRole('button', { name: 'close_books' }).click();
  await expect(page.getByRole('group', { name: 'Steps' }).getByLabel('Name')).toBeFocused();
});

test('the files are byte for byte those of the installed command', async ({ form: page }) => {
  await answer(page);
  await field(page, 'What it does').fill('Closes the day — “für alle” 日本 ❤');
  await field(page, 'What others should know').fill('First line\n\n  “second” \\ line\n');
  const dialog = await finish(page);
  await expect(dialog.getByText('dags/finance_reports/finance_reports_nightly.py')).toBeVisible();
  await expect(dialog.getByText('configs/finance_reports/nightly.yaml')).toBeVisible();
  const press = (name: string) => download(page, () => dialog.getByRole('button', { name }).click());
  const python = await press('Download finance_reports_nightly.py');
  const yaml = await press('Download nightly.yaml');
  const zip = await press('Download all as .zip');
  await expect(dialog.getByText('Downloaded.')).toBeVisible();
  expect([python.name, yaml.name, zip.name]).toEqual([
    'finance_reports_nightly.py',
    'nightly.yaml',
    'finance_reports_nightly.zip',
  ]);

  // Only here, since it packs and installs the package. It is taken away again by hand, for another runner's hook does not run here.
  const { dagwright, home, workspace } = await import('../package/installed.mjs');
  const place: string = workspace({ 'configs/finance_reports/nightly.yaml': yaml.bytes });
  const made = dagwright(place, ['generate', 'configs/finance_reports/nightly.yaml', '--out', 'out']);
  expect(made.status, made.stderr + made.stdout).toBe(0);
  const generated = readFileSync(join(place, 'out/dags/finance_reports/finance_reports_nightly.py'));
  rmSync(dirname(home), { recursive: true });
  expect(python.bytes.toString()).toBe(generated.toString());
  expect(python.bytes.equals(generated)).toBe(true);

  const list = 'import json,sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; '
    + 'print(json.dumps({n: z.read(n).decode() for n in z.namelist()}))';
  expect(JSON.parse(execFileSync('python3', ['-c', list, zip.path], { encoding: 'utf8' }))).toEqual({
    'dags/finance_reports/finance_reports_nightly.py': python.bytes.toString(),
    'configs/finance_reports/nightly.yaml': yaml.bytes.toString(),
  });
});

test('what is copied is what is downloaded', async ({ form: page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await answer(page);
  const config = await panel(page, 'Config');
  const { bytes } = await download(page, () => config.getByRole('button', { name: 'Download' }).click());
  await config.getByRole('button', { name: 'Copy' }).click();
  await expect(config.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(bytes.toString());
});

test('all of it by keyboard', async ({ page }) => {
  await page.goto('');
  await tabTo(page, page.getByRole('link', { name: 'Kubernetes job', exact: true }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: /^Kubernetes job/ })).toBeFocused();
  const write = async (label: string, text: string) => {
    await tabTo(page, field(page, label));
    await page.keyboard.type(text);
  };
  await write('Package', 'finance_reports');
  await write('Name', 'nightly');
  await write('What it does', 'Closes the day');
  await tabTo(page, button(page, 'Add step'));
  await page.keyboard.press('Enter');
  const step = page.getByRole('group', { name: 'Steps' });
  await expect(step.getByLabel('Name')).toBeFocused();
  await page.keyboard.type('close_books');
  await tabTo(page, step.getByLabel('Image'));
  await page.keyboard.type('finance/nightly:1.0.0');
  await write('Owner', 'finance');
  await tabTo(page, page.getByLabel('How often'));
  await page.keyboard.type('Every hour');
  await tabTo(page, button(page, 'Check and download'));
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Your DAG is ready' });
  await expect(dialog).toBeVisible();
  const python = dialog.getByRole('button', { name: 'Download finance_reports_nightly.py' });
  if (!(await python.evaluate((element) => element === document.activeElement))) await tabTo(page, python);
  const file = await download(page, () => page.keyboard.press('Enter'));
  expect(file.bytes.toString()).toContain('schedule="0 * * * *"');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(button(page, 'Check and download')).toBeFocused();

  const picture = page.getByRole('tab', { name: 'Picture' });
  await tabTo(page, picture);
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: 'Code' })).toBeFocused();
  await expect(page.getByRole('tabpanel', { name: 'Code' })).toBeVisible();
  await page.keyboard.press('End');
  await expect(page.getByRole('tab', { name: 'Checks' })).toBeFocused();
  await page.keyboard.press('Home');
  await expect(picture).toBeFocused();
});

test('typing goes on without a connection', async ({ form: page, context }) => {
  // What stands at the end of the form comes when the form has been drawn.
  await expect.poll(() => page.evaluate(() => ['review', 'submit'].every((name) => customElements.get(`dagwright-${name}`)))).toBe(true);
  await context.setOffline(true);
  await answer(page);
  const picture = await panel(page, 'Picture');
  await expect(picture.getByRole('group', { name: /task/ })).toContainText('close_books');
  const dialog = await finish(page);
  const file = await download(page, () => dialog.getByRole('button', { name: /\.py$/ }).click());
  expect(file.bytes.toString()).toContain('image="finance/nightly:1.0.0"');
});

test('the way back keeps the answers', async ({ form: page }) => {
  await answer(page);
  await page.getByRole('link', { name: 'All templates' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'What should run?' })).toBeFocused();
  await expect(page.getByRole('region', { name: 'Go on with a draft' })).toContainText('finance_reports_nightly');
  await page.goBack();
  await expect(field(page, 'What it does')).toHaveValue('Closes the day');
  await begin(page);
  await expect(field(page, 'Owner')).toHaveValue('');
});
