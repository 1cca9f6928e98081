// In every state, every width and both themes: axe finds nothing, nothing is cut off, and nothing scrolls sideways.
import axe from 'axe-core';
import { look } from './axe.ts';
import { button, expect, field, finish, panel, start, test, unfold } from './portal.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [width, height] of [[1440, 900], [820, 1180], [390, 844], [320, 640]] as const) {
    test.describe(`${colorScheme}, ${width} wide`, () => {
      test.use({ colorScheme, viewport: { width, height }, contextOptions: { reducedMotion: 'reduce' } });

      test('an empty form, and what is wrong with it', async ({ page }) => {
        await page.addInitScript({ content: axe.source });
        await page.goto('');
        await expect(page.getByRole('link', { name: 'Kubernetes job', exact: true })).toBeVisible();
        await look(page, 'catalogue');
        await button(page, 'Open a config').click();
        await page.getByRole('dialog').getByRole('button', { name: 'Open', exact: true }).click();
        await expect(page.getByRole('dialog').getByRole('alert')).toBeVisible();
        await look(page, 'dialog that opens a config');
        await page.keyboard.press('Escape');

        await page.getByRole('link', { name: 'Kubernetes job', exact: true }).click();
        await expect(page.getByText('5 things left', { exact: true })).toBeVisible();
        await look(page, 'empty form');
        await unfold(page);
        await field(page, 'Namespace').fill('Upper Case');
        await button(page, 'Check and download').click();
        await expect(page.getByRole('heading', { name: 'There are 6 problems' })).toBeVisible();
        await look(page, 'summary of errors');
        await panel(page, 'Checks');
        await look(page, 'checks with errors');
      });

      test('many templates, one of them, and many configs', async ({ page }) => {
        await page.addInitScript({ content: axe.source });
        await page.route('**/catalogue.json', async (route) => {
          const catalogue = await (await route.fetch()).json();
          const real = catalogue.templates.find(({ id }: { id: string }) => id === 'kubernetes-job');
          const more = Array.from({ length: 6 }, (_, index) => ({ ...real, id: `t${index}`, title: `Template ${index}`, owner: `team-${index % 2}`, tags: [`tag-${index}`, 'all'] }));
          Object.assign(more[5], { status: 'deprecated', replaced_by: 'kubernetes-job', preview: undefined });
          await route.fulfill({ json: { templates: [real, ...more] } });
        });
        await page.goto('#/new/kubernetes-job');
        await field(page, 'Owner').fill('finance');
        await page.waitForTimeout(700);
        await page.goto('#/');
        await button(page, /^all 6$/).click();
        await look(page, 'catalogue with filters and a draft');
        await page.getByLabel('Search the templates').fill('nothing like it');
        await look(page, 'catalogue in which nothing fits');
        await page.goto('#/about/kubernetes-job');
        await page.getByText('What changed').click();
        await look(page, 'about a template');
        await page.goto('#/check');
        await look(page, 'check page');
        const config = 'template: kubernetes-job@1\nname: 5\n';
        await page.getByLabel('Or choose files').setInputFiles(
          ['a-rather-long-name-of-a-file.yaml', 'b.yaml'].map((name) => ({ name, mimeType: 'text/yaml', buffer: Buffer.from(config) })),
        );
        await expect(page.getByRole('status').filter({ hasText: '2 configs checked.' })).toHaveCount(1);
        await page.getByText('b.yaml').click();
        await look(page, 'checked configs');
        if (width > 640) await button(page, 'Keys').click();
        else await page.keyboard.press('?');
        await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
        await look(page, 'keys');
      });

      test('a filled form, and all that comes of it', async ({ page }) => {
        await page.addInitScript({ content: axe.source });
        await page.goto('#/new/kubernetes-job');
        await start(page, 'reporting seeder refresh all');
        await expect((await panel(page, 'Picture')).getByRole('group', { name: /task/ })).toContainText('refresh_all');
        await page.getByText('The tasks in words').click();
        for (const more of await page.getByText('More settings').all()) await more.click();
        await look(page, 'filled form and picture');
        for (const name of ['Code', 'Config', 'Checks'] as const) {
          await panel(page, name);
          await look(page, name);
        }
        await finish(page);
        await look(page, 'dialog that hands the files over');
      });
    });
  }
}

test('fields that ask together have one name, and each control has its own', async ({ form: page }) => {
  await start(page, 'reporting seeder refresh all');
  await expect(field(page, 'Package')).toHaveValue('reporting_seeder');
  await unfold(page);
  const unnamed = await page.getByRole('main').evaluate((main) =>
    [...main.querySelectorAll<HTMLInputElement>('input, select, textarea')].filter((control) => control.labels?.length !== 1).map((control) => control.id),
  );
  expect(unnamed).toEqual([]);
  for (const name of ['Steps', 'Schedule (optional)', 'Fetch the image', 'Tags (optional)']) {
    await expect(page.getByRole('group', { name, exact: true })).toBeVisible();
  }
  await expect(page.getByRole('form')).toHaveAttribute('novalidate', '');
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
});
