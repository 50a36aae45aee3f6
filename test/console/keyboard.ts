import { expect, it } from '@jest/globals';
import { type Page } from 'playwright-core';
import { settled, show } from './browser.js';
import { BOOK } from './places.js';
import { onFreshPages } from './stage.js';

/** Screens of each kind: cards, a tree, a list with filters, a form with two points, jobs, a voucher, the log. */
const WALKED = [
  `/net-assets?${BOOK}`,
  `/account-ledger?${BOOK}`,
  '/difference?fund=employee&unit=460100&asOf=2024-12-31&againstAsOf=2024-12-30',
  '/jobs',
  '/vouchers/book-employee-460100-101',
  '/imports',
];

/** Marks what can be worked on the page, in the order in which it is read, and says what each is. */
const mark = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const isSeen = (element: HTMLElement): boolean =>
      element.checkVisibility({ checkVisibilityCSS: true }) && !element.closest('[aria-hidden="true"]');
    const groups = new Set<string>();
    /** Of buttons of which one is chosen, the chosen one is come to, and the arrows lead to the others. */
    const isFirstOfGroup = (element: HTMLElement): boolean => {
      if (!(element instanceof HTMLInputElement) || element.type !== 'radio') return true;
      const chosen = document.querySelector<HTMLInputElement>(`input[name="${element.name}"]:checked`);
      if (groups.has(element.name) || (chosen !== null && chosen !== element)) return false;
      groups.add(element.name);
      return true;
    };
    return [...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, [tabindex="0"]')]
      .filter((element) => element.tabIndex >= 0 && !element.matches(':disabled') && isSeen(element))
      .filter(isFirstOfGroup)
      .map((element, index) => {
        element.dataset['order'] = String(index);
        return `${element.tagName} ${element.getAttribute('aria-label') ?? element.textContent}`.slice(0, 60);
      });
  });

/** Where the focus is: which of those that were marked, and whether one sees that it is there. */
const focus = (page: Page): Promise<{ at: number; isSeen: boolean } | undefined> =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLElement | null;
    if (!element || element === document.body) return undefined;
    const shows = ({ outlineStyle, outlineWidth, boxShadow }: CSSStyleDeclaration): boolean =>
      (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none';
    // What surrounds an input shows it for the input.
    const around = [
      element,
      element.parentElement,
      element.closest('.ant-select, .ant-input-affix-wrapper, .ant-segmented-item'),
    ];
    const box = element.getBoundingClientRect();
    return {
      at: Number.parseInt(element.dataset['order'] ?? '-1', 10),
      isSeen:
        around.some((each) => each && shows(getComputedStyle(each))) && box.bottom > 0 && box.top < window.innerHeight,
    };
  });

/** Presses Tab until the focus has left the page. */
async function walk(page: Page, most: number): Promise<{ order: number[]; unseen: number[] }> {
  const order: number[] = [];
  const unseen: number[] = [];
  for (let count = 0; count <= most + 1; count += 1) {
    await page.keyboard.press('Tab');
    const found = await focus(page);
    if (!found) break;
    order.push(found.at);
    if (!found.isSeen) unseen.push(found.at);
  }
  return { order, unseen };
}

const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    return element.getAttribute('aria-label') ?? element.textContent ?? '';
  });

const untilFocused = (page: Page, name: string): Promise<unknown> =>
  page.waitForFunction((wanted) => document.activeElement?.textContent === wanted, name);

/** All that a mouse does is done without one. */
onFreshPages.describe('without a mouse', (scene) => {
  it.each(WALKED)(
    'one comes to everything in the order in which it is read, and sees where one is: %s',
    async (path) => {
      const { page } = scene;
      await show(page, path);
      const all = await mark(page);
      expect(all.length).toBeGreaterThan(20);
      const { order, unseen } = await walk(page, all.length);
      const missed = all.filter((_, index) => !order.includes(index));
      expect({ missed, unseen: unseen.map((index) => all[index]) }).toEqual({ missed: [], unseen: [] });
      expect(order).toEqual(all.map((_, index) => index));
    },
  );

  it('a menu is opened and left by keys, and gives the focus back', async () => {
    const { page } = scene;
    await show(page, `/balance-sheet?${BOOK}`);
    const opener = page.getByRole('button', { name: '导出' }).first();
    await opener.focus();
    await page.keyboard.press('Enter');
    const item = page.getByRole('menuitem', { name: 'CSV', exact: true });
    await item.waitFor();
    await page.keyboard.press('Escape');
    await item.waitFor({ state: 'hidden' });
    expect(await focused(page)).toBe('导出');
  });

  it('the key x leads into the menu, whose items the arrows reach and Enter takes, and Escape out of it', async () => {
    const { page, watched } = scene;
    await show(page, `/balance-sheet?${BOOK}`);
    await page.keyboard.press('x');
    await untilFocused(page, 'Excel（如屏幕所见）');
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'hidden' });
    expect(await focused(page)).toBe('导出');
    await page.keyboard.press('x');
    await untilFocused(page, 'Excel（如屏幕所见）');
    await page.keyboard.press('ArrowDown');
    await untilFocused(page, 'CSV');
    const file = page.waitForEvent('download');
    await page.keyboard.press('Enter');
    expect((await file).suggestedFilename()).toMatch(/\.csv$/);
    await page.getByRole('menu').waitFor({ state: 'hidden' });
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await untilFocused(page, 'CSV');
    await page.keyboard.press('Escape');
    await page.locator('tr.current:focus').waitFor();
    expect(watched.faults).toEqual([]);
  });

  it('the first key leads past the navigation', async () => {
    const { page } = scene;
    await show(page, `/net-assets?${BOOK}`);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);
    await settled(page);
  });
});
