import { expect, it } from '@jest/globals';
import { type Page } from 'playwright-core';
import { show } from './browser.js';
import { onFreshPages } from './stage.js';

const GAPS = '/gap-sharing?from=2024-01-01&to=2024-12-31';
/** Of a month that is open: every book has all of its checks, so that the list is a long one. */
const CHECKS = '/periods/checklist?from=2025-01-01&to=2025-01-31';
const NARROW = { width: 1000, height: 900 };

/** The tables that are wider than their room. */
const tooWide = (page: Page): Promise<(string | null)[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('main .sheet')]
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
      .map((sheet) => sheet.getAttribute('aria-label')),
  );

/** Whether what the first row of a table is of is seen at its left edge, and is covered by nothing. */
const seesFirst = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const sheet = document.querySelector('main .sheet')!;
    return ['thead tr:not(.on-paper) > th', 'tbody td'].every((named) => {
      const cell = sheet.querySelector(named)!;
      const { left, top, height } = cell.getBoundingClientRect();
      const isThere = Math.abs(left - sheet.getBoundingClientRect().left) < 2;
      return isThere && cell.contains(document.elementFromPoint(left + 12, top + height / 2));
    });
  });

/** Tables of many columns: they fit a window, and where it is too small one still sees what a row is of. */
onFreshPages.describe('a table of many columns', (scene) => {
  it.each([
    [GAPS, 'zh'],
    [GAPS, 'en'],
    [CHECKS, 'zh'],
    [CHECKS, 'en'],
  ])('fits a window of 1440 pixels: %s in %s', async (path, lang) => {
    const { page } = scene;
    await show(page, `${path}&lang=${lang}`);
    expect(await page.locator('main .sheet.long').count()).toBe(path === CHECKS ? 1 : 0);
    expect(await tooWide(page)).toEqual([]);
  });

  it.each([GAPS, CHECKS])('keeps its first column in sight where the window is smaller: %s', async (path) => {
    const { page } = scene;
    await page.setViewportSize(NARROW);
    await show(page, path);
    const sheet = page.locator('main .sheet.over').first();
    await sheet.waitFor();
    await sheet.evaluate((element) => {
      element.scrollLeft = element.scrollWidth;
      element.scrollIntoView({ block: 'center' });
    });
    expect(await sheet.evaluate(({ scrollLeft }) => scrollLeft)).toBeGreaterThan(50);
    expect(await seesFirst(page)).toBe(true);
  });
});
