import { expect, it } from '@jest/globals';
import { settled, show } from './browser.js';
import { onFreshPages } from './stage.js';

/** Whoever comes back stands where they stood. */
onFreshPages.describe('the way back', (scene) => {
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
