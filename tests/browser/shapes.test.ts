// What other schemas ask for: forms to choose between, boxes to tick, tuples, suggestions, parts that hold themselves.
import type { Page } from '@playwright/test';
import { expect, panel, test } from './portal.ts';

const parameters = {
  type: 'object',
  properties: {
    source: {
      title: 'Source',
      description: 'Where the rows come from. See [the manual](https://example.com/manual), or use `orders`.\n\n- a table\n- a file',
      oneOf: [
        { title: 'A table', type: 'object', required: ['table'], properties: { table: { title: 'Table', type: 'string' } } },
        { title: 'A file', type: 'object', required: ['path'], properties: { path: { title: 'Path', type: 'string' } } },
      ],
    },
    days: { title: 'Days', type: 'array', uniqueItems: true, items: { enum: ['Monday', 'Tuesday', 'Sunday'] } },
    point: {
      title: 'Place',
      type: 'array',
      prefixItems: [
        { title: 'Latitude', type: 'number' },
        { title: 'Longitude', type: 'number' },
      ],
      items: false,
    },
    pool: { title: 'Pool', type: 'string', format: 'pool' },
    zone: { title: 'Time zone', type: 'string', format: 'timezone' },
    query: { title: 'Query', type: 'string', format: 'sql' },
    tree: { $ref: '#/$defs/folder', title: 'Folder' },
  },
  $defs: {
    folder: {
      type: 'object',
      properties: { name: { title: 'Folder name', type: 'string' }, inner: { $ref: '#/$defs/folder', title: 'Inner folder' } },
    },
  },
};

async function begin(page: Page) {
  await page.route('**/kubernetes-job/template.yaml', (route) =>
    route.fulfill({
      body: JSON.stringify({
        id: 'kubernetes-job',
        version: '1.0.0',
        title: 'Shapes',
        summary: 'Asks for every shape.',
        owner: 'tests',
        parameters,
        outputs: [{ source: 'dag.py.j2' }],
      }),
    }),
  );
  await page.route('**/kubernetes-job/dag.py.j2', (route) =>
    route.fulfill({ body: 'from airflow import DAG\n\nwith DAG(dag_id={{ dag_id }}) as dag:\n    pass\n' }),
  );
  await page.route('**/portal.json', async (route) => {
    const portal = await (await route.fetch()).json();
    await route.fulfill({ json: { ...portal, inventory: 'inventory.json' } });
  });
  await page.route('**/inventory.json', (route) => route.fulfill({ json: { pools: ['warehouse', 'reports'] } }));
  await page.goto('');
  await page.getByRole('link', { name: 'Kubernetes job', exact: true }).click();
  await expect(page.getByLabel('Pool')).toBeVisible();
  await panel(page, 'Config');
  return page.getByRole('region', { name: 'Config' });
}

test('one of several forms is chosen, left and taken up again', async ({ page }) => {
  const text = await begin(page);
  const source = page.getByRole('combobox', { name: 'Source' });
  await source.selectOption('A table');
  await page.getByLabel('Table', { exact: true }).fill('orders');
  await expect(text).toContainText('table: orders');
  await source.selectOption('A file');
  await expect(page.getByLabel('Path')).toBeVisible();
  await expect(page.getByLabel('Table', { exact: true })).toBeHidden();
  await expect(text).not.toContainText('orders');
  await source.selectOption('A table');
  await expect(page.getByLabel('Table', { exact: true })).toHaveValue('orders');
});

test('boxes, a tuple and a part that holds itself', async ({ page }) => {
  const text = await begin(page);
  const days = page.getByRole('group', { name: 'Days' });
  await days.getByRole('checkbox', { name: 'Sunday' }).check();
  await days.getByRole('checkbox', { name: 'Monday' }).press('Space');
  await expect(text).toContainText(/days:\s+- Monday\s+- Sunday/);
  await days.getByRole('checkbox', { name: 'Monday' }).uncheck();
  await expect(text).not.toContainText('Monday');

  const place = page.getByRole('group', { name: 'Place' });
  await place.getByRole('button', { name: 'Add latitude' }).click();
  await place.getByRole('textbox', { name: 'Latitude' }).fill('52.5');
  await expect(text).toContainText('- 52.5');
  await place.getByRole('button', { name: 'Add longitude' }).click();
  await place.getByRole('textbox', { name: 'Longitude' }).fill('13.4');
  await expect(text).toContainText(/point:\s+- 52.5\s+- 13.4/);
  await expect(place.getByRole('button', { name: /^Move/ })).toHaveCount(0);
  await expect(place.getByRole('button', { name: /^Add/ })).toHaveAttribute('aria-disabled', 'true');

  await page.getByRole('button', { name: 'Add inner folder' }).click();
  await expect(page.getByLabel('Folder name')).toHaveCount(2);
  await page.getByRole('button', { name: 'Remove Inner folder' }).click();
  await expect(page.getByLabel('Folder name')).toHaveCount(1);
});

test('names come from the inventory, zones from the browser, and others are said', async ({ page }) => {
  await begin(page);
  const pool = page.getByRole('combobox', { name: 'Pool' });
  const offered = (label: string) =>
    page.getByLabel(label).evaluate((input: HTMLInputElement) => [...input.list!.options].map((option) => option.value));
  expect(await offered('Pool')).toEqual(['warehouse', 'reports']);
  expect(await offered('Time zone')).toEqual(expect.arrayContaining(['UTC', 'Europe/Berlin']));
  await pool.fill('warehose');
  await pool.press('Tab');
  await page.getByRole('button', { name: 'Use “warehouse”' }).first().click();
  await expect(pool).toHaveValue('warehouse');
});

test('a description has links and lists, and nothing of it runs', async ({ page }) => {
  await begin(page);
  const link = page.getByRole('link', { name: 'the manual' });
  await expect(link).toHaveAttribute('href', 'https://example.com/manual');
  await expect(link).toHaveAttribute('rel', /noopener/);
});
