// What axe and a ruler see of the page as it is at the moment.
import type { Page } from '@playwright/test';
import axe, { type AxeResults } from 'axe-core';
import { expect } from './portal.ts';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What lies below a bar that sticks to an edge is scrolled from under it; axe takes it for a control that is too small. */
const unstick = (page: Page, free: boolean) =>
  page.evaluate((free) => {
    for (const bar of document.querySelectorAll<HTMLElement>('.header, .finish')) bar.style.position = free ? 'static' : '';
  }, free);

/** Looks at the page as it is now; axe must be in it. */
export async function look(page: Page, state: string) {
  await unstick(page, true);
  const results = await page.evaluate(
    async (tags) => {
      // What is still fading in has not its colours yet.
      await Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined)));
      const { axe: checker } = window as unknown as { axe: typeof axe };
      return (await checker.run(document, { runOnly: tags, resultTypes: ['violations'] })) as AxeResults;
    },
    rules,
  );
  const found = results.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} (${node.failureSummary})`));
  expect.soft(found, `axe: ${state}`).toEqual([]);
  await unstick(page, false);

  const outside = await page.evaluate(() => {
    const { clientWidth: width, scrollWidth } = document.documentElement;
    const scrolls = (element: Element | null): boolean =>
      element !== null && (/auto|scroll/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
    const cut = [...document.querySelectorAll('a, button, input, select, textarea, summary, label, h1, h2, h3, p, legend')].flatMap((element) => {
      const box = element.getBoundingClientRect();
      const [left, right] = [box.left + scrollX, box.right + scrollX];
      if (box.width <= 1 || box.height <= 1 || !element.checkVisibility() || (left > -1 && right < width + 1) || scrolls(element.parentElement)) return [];
      return `${element.localName} “${element.textContent}” stands from ${Math.round(left)} to ${Math.round(right)} of ${width}`;
    });
    return scrollWidth > width ? [...cut, `the page is ${scrollWidth} wide and has ${width}`] : cut;
  });
  expect.soft(outside, `cut off: ${state}`).toEqual([]);
}
