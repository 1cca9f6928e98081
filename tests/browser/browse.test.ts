// What the project on the forge holds already: found, opened in its form, and handed in again as a change of it.
import type { Page } from '@playwright/test';
import axe from 'axe-core';
import { look as looked } from './axe.ts';
import { TOKEN, hold, test } from './forge.ts';
import { button, expect, field, finish } from './portal.ts';

const PATH = 'configs/finance_reports/nightly.yaml';
const CONFIG = `# Asked for by the controllers
template: kubernetes-job@1
package: finance_reports
name: nightly
parameters:
  description: Closes the day
  owner: finance
  steps:
    - name: close_books
      image: finance/nightly:1.0.0
`;
const GENERATED = `# Made by Dagwright. Change the config, not this file.
# Template: kubernetes-job@1.0.0
# Config: ${PATH}
# Config SHA-256: 0000

from airflow.sdk import DAG
`;
const BOB = { name: 'Bob Ross', email: 'bob@example.com' };

const files = (page: Page) => page.getByRole('region', { name: 'From data/dags' });
const outcome = (page: Page) => page.locator('.submit-outcome');

/** Opens the dialog that opens configs, and signs in there. */
async function look(page: Page, token = TOKEN) {
  await page.goto('');
  await button(page, 'Open a config of data/dags').click();
  await files(page).getByLabel('A token of forge.test').fill(token);
  await page.keyboard.press('Enter');
}

for (const kind of ['gitlab', 'github', 'gitea'] as const) {
  test.describe(kind, () => {
    test.use({ kind });

    test('a config of the project is opened in its form, and handed in as a change of it', async ({ page, project }) => {
      await project.repository.push('main', { [PATH]: CONFIG, 'configs/sales/orders.yaml': CONFIG, 'configs/README.md': '# Configs\n', 'dags/finance_reports/x.py': GENERATED }, BOB);
      await look(page);
      await expect(files(page)).toContainText('2 configs');
      await expect(files(page).getByRole('heading', { level: 4 })).toHaveText(['finance_reports', 'sales']);
      await files(page).getByLabel('Search by package, name or folder').fill('night');
      await expect(files(page)).toContainText('1 config');
      await files(page).getByRole('button', { name: /^nightly/ }).click();
      await expect(page.getByRole('dialog')).toBeHidden();
      await expect(field(page, 'Package')).toHaveValue('finance_reports');
      await field(page, 'Owner').fill('controlling');
      const dialog = await finish(page);
      await expect(dialog.getByRole('region', { name: 'What changes in the config' })).toContainText('controlling');
      // Whoever signed in to look need not do it again to hand in.
      await page.getByText('Hand it in for review').click();
      await expect(dialog.getByText('Signed in as Ada Lovelace (ada).')).toBeVisible();
      await button(page, 'Submit for review').click();
      await expect(outcome(page)).toContainText('It is handed in:');
      const [request] = project.requests;
      expect(await project.repository.text(request.branch, PATH)).toBe(CONFIG.replace('owner: finance\n', 'owner: controlling\n'));
    });

    test('a generated file leads to the config that it was made from', async ({ page, project }) => {
      await project.repository.push('main', { [PATH]: CONFIG, 'dags/finance_reports/finance_reports_nightly.py': GENERATED }, BOB);
      await look(page);
      await files(page).getByRole('button', { name: 'Generated files', exact: true }).click();
      await expect(files(page)).toContainText('1 generated file');
      await files(page).getByRole('button', { name: /^finance_reports_nightly/ }).click();
      await expect(field(page, 'What it does')).toHaveValue('Closes the day');
      // With its comments: it is the config itself, and no copy of its answers.
      await page.getByRole('tab', { name: 'Config' }).click();
      await expect(page.getByRole('tabpanel', { name: 'Config' })).toContainText('Asked for by the controllers');
    });

    test('thousands of configs are listed at once, and the team’s own come first', async ({ page, forge, project }) => {
      const many = Object.fromEntries(Array.from({ length: 2500 }, (_, index) => [`configs/team_${String(index % 50).padStart(2, '0')}/job_${index}.yaml`, '']));
      await project.repository.push('main', { ...many, [PATH]: CONFIG, 'configs/zebra/stripes.yaml': CONFIG }, BOB);
      forge.state.people.get('ada').teams.push('data/zebra');
      await page.context().route('**/portal.json', (route) =>
        route.fulfill({ json: { catalogues: ['templates'], owners: { zebra: 'data/zebra', team_00: 'data/others' }, forge: { kind, url: 'https://forge.test', project: 'data/dags' } } }),
      );
      await look(page);
      // GitLab gives a hundred at a time, one after the other.
      await expect(files(page)).toContainText('2,502 configs', { timeout: 45_000 });
      await expect(files(page).getByRole('heading', { level: 4 }).first()).toHaveText('zebra by data/zebra');
      await expect(files(page).getByRole('listitem')).toHaveCount(100);
      await button(page, 'Show 100 more').click();
      await expect(files(page).getByRole('listitem')).toHaveCount(200);
      await files(page).getByLabel('Search by package, name or folder').fill('team_07 job_1007');
      await expect(files(page)).toContainText('1 config');
      const trees = forge.log.filter(({ path }: { path: string }) => /\/(?:tree|git\/trees\/\w+)$/.test(path));
      expect(trees).toHaveLength({ gitlab: 26, github: 1, gitea: 3 }[kind]);
    });
  });
}

test('what is not there is said in words', async ({ page, project, forge, allowed }) => {
  allowed.push(/status of 5\d\d|net::ERR/);
  await look(page, 'glpat-nothing');
  await expect(files(page)).toContainText('The token is not valid, or no longer.');
  await files(page).getByLabel('A token of forge.test').fill(TOKEN);
  await files(page).getByRole('button', { name: 'Sign in' }).click();
  await expect(files(page)).toContainText('There is no config in data/dags/configs yet.');
  await files(page).getByRole('button', { name: 'Generated files', exact: true }).click();
  await expect(files(page)).toContainText('There is no generated file in data/dags/dags yet.');

  await project.repository.push('main', { [PATH]: CONFIG }, BOB);
  forge.fault({ path: /\/repository\/tree$/, act: 'answer', status: 500, body: { message: 'Gitaly is away' } });
  await page.reload();
  await look(page);
  await expect(files(page)).toContainText('The server said: Gitaly is away');
  await button(page, 'Look again').click();
  await expect(files(page)).toContainText('1 config');
  await files(page).getByLabel('Search by package, name or folder').fill('nothing like this');
  await expect(files(page)).toContainText('Nothing there has all these words in its path.');
  await files(page).getByLabel('Search by package, name or folder').fill('');
  await project.repository.push('main', { [PATH]: null }, BOB);
  await files(page).getByRole('button', { name: /^nightly/ }).click();
  await expect(files(page)).toContainText(`${PATH} is no longer there.`);

  await project.repository.push('main', { [PATH]: 'template: [' }, BOB);
  await files(page).getByRole('button', { name: /^nightly/ }).click();
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('Line 1');
  await files(page).getByRole('button', { name: 'Sign out' }).click();
  await expect(files(page).getByLabel('A token of forge.test')).toBeFocused();
  await expect(files(page).getByRole('listitem')).toHaveCount(0);
});

test('somebody changed the config since it was opened from the project', async ({ page, project }) => {
  await project.repository.push('main', { [PATH]: CONFIG }, BOB);
  await look(page);
  await files(page).getByRole('button', { name: /^nightly/ }).click();
  await field(page, 'Owner').fill('controlling');
  await project.repository.push('main', { [PATH]: CONFIG.replace('Closes the day', 'Closes the night') }, BOB);
  await finish(page);
  await page.getByText('Hand it in for review').click();
  await button(page, 'Submit for review').click();
  await expect(outcome(page)).toContainText(`Somebody has changed ${PATH} since you opened it.`);
  await expect(outcome(page).getByRole('region', { name: 'What they changed' })).toContainText('Closes the night');
  expect(project.requests).toHaveLength(0);
});

for (const [colorScheme, width] of [['light', 390], ['dark', 320], ['dark', 1440]] as const) {
  test.describe(`${colorScheme}, ${width} wide`, () => {
    test.use({ colorScheme, viewport: { width, height: 844 }, contextOptions: { reducedMotion: 'reduce' }, settings: { owners: { finance_reports: 'data/finance' }, forge: { client: 'portal' } } });

    test('nobody is kept out of it, nor out of what is handed in', async ({ page, project }) => {
      await page.addInitScript({ content: axe.source });
      await project.repository.push('main', { [PATH]: CONFIG, 'configs/a_package_with_a_name/that_is_longer_than_many_a_window_of_a_phone.yaml': CONFIG }, BOB);
      await page.goto('');
      await button(page, 'Open a config').click();
      await expect(button(page, 'Sign in at forge.test')).toBeVisible();
      await looked(page, 'signing in');
      await files(page).getByLabel('A token of forge.test').fill(TOKEN);
      await page.keyboard.press('Enter');
      await expect(files(page)).toContainText('2 configs');
      await looked(page, 'the files of the project');
      await files(page).getByRole('button', { name: /^nightly/ }).click();
      await field(page, 'Owner').fill('controlling');
      await finish(page);
      await page.getByText('Hand it in for review').click();
      await expect(page.getByText('The package finance_reports belongs to data/finance, and you are not one of them.')).toBeVisible();
      await looked(page, 'somebody else’s package');
    });
  });
}

test('without a forge, there is nothing to look into', async ({ page, context, forge }) => {
  expect(forge.log).toEqual([]);
  await context.route('**/portal.json', (route) => route.fulfill({ json: { catalogues: ['templates'] } }));
  await page.goto('');
  await button(page, 'Open a config').click();
  await expect(page.getByLabel('Choose a file')).toBeVisible();
  await expect(page.getByRole('heading', { name: /^From data/ })).toHaveCount(0);
  await expect(page.getByText('Or change a job that exists')).toBeHidden();
});

test('a file that comes after its dialog was closed opens nothing', async ({ page, forge, project }) => {
  await project.repository.push('main', { [PATH]: CONFIG }, BOB);
  await look(page);
  const { go, arrived } = hold(forge, { method: 'GET', path: /\/repository\/files\// });
  await files(page).getByRole('button', { name: /^nightly/ }).click();
  await arrived();
  await expect(files(page)).toContainText(`Opening ${PATH}`);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  go();
  await button(page, 'Open a config of data/dags').click();
  await expect(files(page)).toContainText('1 config');
  await expect(files(page)).not.toContainText('Opening');
  await expect(page.getByRole('dialog')).toBeVisible();
});

test('a list that somebody left while it was read is whole when they come back', async ({ page, forge, project }) => {
  await project.repository.push('main', Object.fromEntries(Array.from({ length: 150 }, (_, index) => [`configs/sales/orders_${index}.yaml`, CONFIG])), BOB);
  const { go, arrived } = hold(forge, { method: 'GET', path: /\/repository\/tree$/ });
  await look(page);
  await arrived();
  await files(page).getByRole('button', { name: 'Generated files' }).click();
  await files(page).getByRole('button', { name: 'Configs' }).click();
  go();
  await expect(files(page)).toContainText('150 configs');
  await expect(files(page)).not.toContainText('Still looking');
});

test.describe('with a relay that is no address', () => {
  test.use({ settings: { forge: { api: 'relay' } } });

  test('nobody is asked for a token', async ({ page, project }) => {
    expect(project.requests).toEqual([]);
    await page.goto('');
    await button(page, 'Open a config of data/dags').click();
    await expect(files(page)).toContainText('Nobody can sign in: the relay in the settings of this portal, “relay”, is no address that begins with https://.');
    await expect(files(page).getByLabel('A token of forge.test')).toBeHidden();
  });
});
