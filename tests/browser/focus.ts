// What has the focus can be seen: it stands inside the viewport, and nothing lies over it.
import { type Locator, type Page, expect } from '@playwright/test';

/**
 * Why the focused element cannot be seen; null where it can, or where nothing has the focus. Runs in the page, once the element has
 * stopped moving. An element that is larger than what headers, footers and scrolling boxes leave free need only begin to be seen.
 */
async function lookForFocus(): Promise<string | null> {
  /** Frames without a change after which the page counts as settled, and frames after which it counts as restless. */
  const [STILL, MOST] = [6, 300];
  /** Distance between two points that are looked at, and how much of a large element must be seen, in pixels. */
  const [STEP, ENOUGH] = [4, 24];

  const where = () => {
    const { left, top, right, bottom } = (document.activeElement ?? document.body).getBoundingClientRect();
    return [document.activeElement, left, top, right, bottom] as const;
  };
  let before = where();
  for (let still = 0, frames = 0; still < STILL; still += 1, frames += 1) {
    await new Promise(requestAnimationFrame);
    const now = where();
    if (now.some((value, index) => value !== before[index])) still = 0;
    before = now;
    if (frames > MOST) return 'what has the focus does not come to rest';
  }
  const [element, left, top, right, bottom] = before;
  if (!element || element === document.body) return null;

  // What the boxes around it leave of the viewport.
  const clip = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
  for (let around = element.parentElement; around && around !== document.body; around = around.parentElement) {
    const { overflowX, overflowY, position } = getComputedStyle(around);
    const box = around.getBoundingClientRect();
    if (overflowX !== 'visible') Object.assign(clip, { left: Math.max(clip.left, box.left), right: Math.min(clip.right, box.right) });
    if (overflowY !== 'visible') Object.assign(clip, { top: Math.max(clip.top, box.top), bottom: Math.min(clip.bottom, box.bottom) });
    if (position === 'fixed') break;
  }
  const labels = 'labels' in element ? [...((element.labels as NodeListOf<Element> | null) ?? [])] : [];
  const within = (x: number, y: number) => x >= clip.left && x < clip.right && y >= clip.top && y < clip.bottom;
  /** Whether a point shows the element, or nothing that stands before it. */
  const free = (x: number, y: number) => {
    const hit = within(x, y) ? document.elementFromPoint(x, y) : null;
    return hit !== null && (element.contains(hit) || hit.contains(element) || labels.some((label) => label.contains(hit)));
  };
  /** How much of a stretch is seen, and how much room there is for it. A bar in the way takes room. */
  const measure = (from: number, to: number, low: number, high: number, seen: (at: number) => boolean, bar: (at: number) => boolean) => {
    const points = (start: number, end: number, holds: (at: number) => boolean) => {
      const count = Math.max(Math.floor((end - start) / STEP), 1);
      const hits = Array.from({ length: count }, (_, index) => start + ((index + 0.5) * (end - start)) / count).filter(holds);
      return (hits.length / count) * (end - start);
    };
    const room = points(low, high, (at) => !bar(at));
    const [whole, part] = [to - from, points(from, to, seen)];
    return whole <= room ? part >= whole - 1 : part >= Math.min(ENOUGH, room);
  };
  /** Whether something that sticks to an edge stands there. */
  const barred = (x: number, y: number) => {
    for (let hit = document.elementFromPoint(x, y); hit && !hit.contains(element); hit = hit.parentElement) {
      if (/sticky|fixed/.test(getComputedStyle(hit).position)) return true;
    }
    return false;
  };
  const middle = (low: number, high: number, least: number, most: number) => (Math.max(low, least) + Math.min(high, most)) / 2;
  const [x, y] = [middle(left, right, clip.left, clip.right), middle(top, bottom, clip.top, clip.bottom)];
  const down = measure(top, bottom, clip.top, clip.bottom, (at) => free(x, at), (at) => barred(x, at));
  const across = measure(left, right, clip.left, clip.right, (at) => free(at, y), () => false);
  if (down && across) return null;

  const box = [left, top, right, bottom].map(Math.round).join(', ');
  const over = document.elementFromPoint(x, y);
  const name = (own: Element | null) => own && `<${own.localName} ${['id', 'class'].map((key) => `${key}="${own.getAttribute(key) ?? ''}"`).join(' ')}>`;
  return `${name(element)} “${element.textContent?.trim().slice(0, 40)}” at ${box} of ${innerWidth} × ${innerHeight}, where ${name(over) ?? 'nothing'} stands`;
}

/** Why what has the focus cannot be seen; null where it can, or where the page is gone. */
async function hiddenFocus(page: Page): Promise<string | null> {
  for (;;) {
    try {
      return await page.evaluate(lookForFocus);
    } catch (error) {
      if (page.isClosed()) return null;
      // The action led to another document: the focus is looked for there.
      if (!/context was destroyed|navigat/i.test(String(error))) throw error;
      await page.waitForLoadState();
    }
  }
}

/** Fails unless what has the focus can be seen. Whoever expects the focus somewhere waits for that first. */
export async function expectFocusVisible(page: Page) {
  expect(await hiddenFocus(page), 'why what has the focus cannot be seen').toBeNull();
}

/** Makes each action on a page fail where what has the focus afterwards cannot be seen. */
export function watchActions(page: Page) {
  watch(page.keyboard, ['insertText', 'press', 'type'], () => page);
  // Locators are made anew for each action, all of one class.
  const locators = Object.getPrototypeOf(page.locator('body')) as Locator;
  watch(locators, ['check', 'clear', 'click', 'dblclick', 'fill', 'focus', 'press', 'pressSequentially', 'selectOption', 'tap', 'uncheck'], (locator) => locator.page());
}

const watched = new WeakSet<object>();

function watch<Subject extends object>(subject: Subject, actions: (keyof Subject)[], pageOf: (subject: Subject) => Page) {
  if (watched.has(subject)) return;
  watched.add(subject);
  for (const name of actions) {
    const act = subject[name] as (this: Subject, ...parameters: unknown[]) => Promise<unknown>;
    const watchedAct = async function (this: Subject, ...parameters: unknown[]) {
      const result = await act.apply(this, parameters);
      await expectFocusVisible(pageOf(this));
      return result;
    };
    subject[name] = watchedAct as Subject[typeof name];
  }
}
