// The picture of a DAG: walked, folded, marked and taken along.
import { answer, button, download, expect, field, panel, start, test } from './portal.ts';

test('the arrow keys walk along the tasks, and Enter leads to the questions of one', async ({ form: page }) => {
  await start(page, 'sales reports nightly');
  const picture = await panel(page, 'Picture');
  const task = (name: string) => picture.getByRole('button', { name: new RegExp(`^${name} \\(`) });
  await task('extract_orders').focus();
  await page.keyboard.press('ArrowDown');
  await expect(task('extract_returns')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(task('check_totals')).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(task('build_reports')).toBeFocused();
  // Only one task is on the way of the Tab key.
  await expect(picture.locator('svg [tabindex="0"]')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('group', { name: 'Steps' }).getByLabel('Name').and(page.locator(':focus'))).toHaveValue('build_reports');
});

test('what was found in a task stands at its box and in its words', async ({ form: page }) => {
  await answer(page, { image: 'finance/nightly:latest' });
  const picture = await panel(page, 'Picture');
  await expect(picture.getByRole('button', { name: /^close_books \(KubernetesPodOperator\), 1 (error|warning)$/ })).toBeVisible();
  await picture.getByText('The tasks in words').click();
  await expect(picture.getByRole('listitem').filter({ hasText: 'close_books' })).toContainText(/– 1 (error|warning)/);
});

test('the task of the answer that a person is at is marked, in the picture and in the code', async ({ form: page }) => {
  await answer(page);
  const picture = await panel(page, 'Picture');
  const box = picture.getByRole('button', { name: /^close_books \(/ });
  await page.getByRole('textbox', { name: 'Image' }).focus();
  await expect(box).toHaveClass(/task-here/);
  await field(page, 'Owner').focus();
  await expect(box).not.toHaveClass(/task-here/);
  const code = await panel(page, 'Code');
  await page.getByRole('textbox', { name: 'Image' }).focus();
  await expect(code.getByText('"finance/nightly:1.0.0"')).toBeInViewport();
  await expect(code.getByText('"finance/nightly:1.0.0"')).toHaveClass(/origin-here/);
});

test('the graph cannot be dragged, scrolled or zoomed out of sight', async ({ form: page }) => {
  await start(page, 'sales reports nightly');
  const picture = await panel(page, 'Picture');
  const frame = picture.locator('.graph-frame');
  const { x, y, width, height } = (await frame.boundingBox())!;
  const seen = async () => {
    const boxes = await Promise.all((await picture.locator('.task-box').all()).map((box) => box.boundingBox()));
    return boxes.filter((box) => box && box.x < x + width && box.x + box.width > x && box.y < y + height && box.y + box.height > y).length;
  };
  for (const [right, down] of [[1, 1], [-1, -1], [1, -1], [-1, 1]] as const) {
    for (let times = 0; times < 4; times += 1) {
      await page.mouse.move(x + width / 2, y + height / 2);
      await page.mouse.down();
      await page.mouse.move(x + width / 2 + right * width * 0.45, y + height / 2 + down * height * 0.45, { steps: 4 });
      await page.mouse.up();
    }
    expect(await seen()).toBeGreaterThan(0);
  }
  for (let times = 0; times < 10; times += 1) await button(page, 'Larger').click();
  await page.mouse.move(x + width / 2, y + height / 2);
  for (let times = 0; times < 20; times += 1) await page.mouse.wheel(800, 800);
  await expect.poll(seen).toBeGreaterThan(0);
});

test('long names stay inside their boxes', async ({ form: page }) => {
  await answer(page);
  const picture = await panel(page, 'Picture');
  const name = page.getByRole('group', { name: 'Steps' }).getByLabel('Name');
  for (const text of ['w'.repeat(63), 'refresh_all_materialised_warehouse_views_of_the_www_team', 'i'.repeat(63)]) {
    await name.fill(text);
    await expect(picture.getByRole('button', { name: new RegExp(`^${text} \\(`) })).toBeVisible();
    const rooms = await picture.locator('.task-box').evaluateAll((boxes) =>
      boxes.flatMap((box) => {
        const right = box.querySelector('.task-frame')!.getBoundingClientRect().right;
        return [...box.querySelectorAll('text')].filter((own) => own.getBoundingClientRect().width > 0).map((own) => right - own.getBoundingClientRect().right);
      }),
    );
    for (const room of rooms.slice(0, 2)) expect(room).toBeGreaterThanOrEqual(2);
  }
});

test('the picture is saved as SVG and as PNG', async ({ form: page }) => {
  await start(page, 'sales reports nightly');
  const picture = await panel(page, 'Picture');
  const take = async (format: string) => {
    await picture.getByLabel('Save the picture as SVG / PNG').click();
    return download(page, () => button(page, `Save the picture as ${format}`).click());
  };
  const svg = await take('SVG');
  expect(svg.name).toBe('sales_reports_nightly.svg');
  const text = svg.bytes.toString();
  expect(text).toContain('>check_totals<');
  expect(text).not.toMatch(/class=|style=|var\(/);
  const drawn = await page.evaluate(async (source) => {
    const image = new Image();
    image.src = `data:image/svg+xml,${encodeURIComponent(source)}`;
    await image.decode();
    return image.width;
  }, text);
  expect(drawn).toBeGreaterThan(400);
  const png = await take('PNG');
  expect(png.name).toBe('sales_reports_nightly.png');
  expect(png.bytes.subarray(1, 4).toString()).toBe('PNG');
  expect(png.bytes.readUInt32BE(16)).toBe(2 * drawn);
});

test('a picture that could not be fetched says so, and the form goes on', async ({ page, allowed }) => {
  allowed.push(/Failed to load resource/);
  await page.route('**/picture.js', (route) => route.abort());
  await page.goto('#/new/kubernetes-job');
  await answer(page);
  await expect(page.getByRole('alert').filter({ hasText: 'This part of the page could not be fetched.' })).toBeVisible();
  await expect((await panel(page, 'Code')).getByRole('region', { name: 'Code' })).toContainText('task_id="close_books"');
});
