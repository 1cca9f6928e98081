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
