import { expect, it } from '@jest/globals';
import { type Page } from 'playwright-core';
import { settled, show } from './browser.js';
import { onFreshPages } from './stage.js';

/** A long list: more than one page of it is fetched, and only what is seen of it is drawn. */
const LONG = '/journal?fund=employee&from=2024-01-01&to=2024-12-31';

/** The vouchers that are in sight within the table. */
const inSight = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const box = document.querySelector('main .sheet')!;
    const head = box.querySelector('thead')!.getBoundingClientRect().bottom;
    const { bottom } = box.getBoundingClientRect();
    return [...box.querySelectorAll('tbody tr:not(.spacer)')]
      .filter((row) => row.getBoundingClientRect().top >= head && row.getBoundingClientRect().bottom <= bottom)
      .map((row) => `${row.getAttribute('aria-rowindex')} ${row.querySelector('a')?.textContent ?? ''}`);
  });

/** Scrolls on until the table has fetched more than its first page, and stays in the middle of the second. */
async function scrollFar(page: Page): Promise<void> {
  const box = page.locator('main .sheet');
  await box.scrollIntoViewIfNeeded();
  await page.waitForFunction(() => {
    const table = document.querySelector('main .sheet')!;
    if (Number.parseInt(table.querySelector('table')!.getAttribute('aria-rowcount')!, 10) > 1_200) return true;
    table.scrollTo({ top: table.scrollHeight });
    return false;
  });
  await box.evaluate((table) => table.scrollTo({ top: 30 * 900 }));
  await page.waitForFunction(() => {
    const rows = [...document.querySelectorAll('main .sheet tbody tr:not(.spacer)')];
    return rows.some((row) => row.getAttribute('aria-rowindex') === '905');
  });
  await settled(page);
}

/** Whoever comes back stands where they stood. */
onFreshPages.describe('the way back', (scene) => {
  it('leads to the same rows of a long list, and to the row that was left', async () => {
    const { page, watched, service } = scene;
    await show(page, LONG);
    await scrollFar(page);
    const before = await inSight(page);
    expect(before.length).toBeGreaterThan(5);
    const left = before[before.length >> 1]!;
    await page
      .locator(`main tr[aria-rowindex="${left.split(' ')[0]}"] a`)
      .first()
      .click();
    await page.waitForURL('**/vouchers/**');
    await page.getByText('✓ 与所存一致').waitFor();
    await page.goBack();
    await page.waitForURL('**/journal?**');
    await settled(page);
    await page.locator('main tr.current').waitFor();
    expect(page.url()).toBe(`${service.address}${LONG}`);
    expect(await inSight(page)).toEqual(before);
    const focused = await page.evaluate(() => document.activeElement?.closest('tr')?.getAttribute('aria-rowindex'));
    expect(focused).toBe(left.split(' ')[0]);
    expect(watched.faults).toEqual([]);
  });

  it('leads to the same place of a page that is longer than its window', async () => {
    const { page } = scene;
    await show(page, '/early-warning?from=2024-12-01&to=2024-12-31');
    await page.evaluate(() => window.scrollTo({ top: document.documentElement.scrollHeight }));
    const top = await page.evaluate(() => window.scrollY);
    expect(top).toBeGreaterThan(100);
    await page.locator('main .sheet td a').last().click();
    await page.waitForFunction(() => location.pathname !== '/early-warning');
    await settled(page);
    await page.goBack();
    await page.waitForURL('**/early-warning?**');
    await settled(page);
    await page.waitForFunction((wanted) => Math.abs(window.scrollY - wanted) < 2, top);
  });

  it('is also shown: each page says where it is, and leads to what it is in', async () => {
    const { page } = scene;
    await show(page, '/vouchers/book-employee-460100-101?lang=en');
    const crumbs = page.getByRole('navigation', { name: 'Where you are' });
    expect(await crumbs.getByRole('listitem').allTextContents()).toEqual([
      'Overview',
      'Books',
      'Vouchers and memos',
      'book-employee-460100-101',
    ]);
    expect(await crumbs.locator('[aria-current="page"]').textContent()).toBe('book-employee-460100-101');
    await crumbs.getByRole('link', { name: 'Vouchers and memos' }).click();
    await page.waitForURL('**/audit-trail?lang=en');
    await settled(page);
    await crumbs.getByRole('link', { name: 'Overview' }).click();
    await page.waitForURL((url) => url.pathname === '/');
  });
});
