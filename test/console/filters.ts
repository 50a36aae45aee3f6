import { beforeEach, expect, it } from '@jest/globals';
import { type Page } from 'playwright-core';
import { asked } from './address.js';
import { BOOK } from './places.js';
import { REFUSAL } from './refusal.js';
import { onFreshPages } from './stage.js';

const REFERENCE = '**/v1/reference';
const NAMES = '**/v1/names?**';

/** What can be chosen is asked for by itself, and may not come where the figures do. */
onFreshPages.describe('filters whose choices do not come', (scene) => {
  let page: Page;
  beforeEach(() => {
    ({ page } = scene);
  });

  it.each([
    ['zh', '基金、核算单位、科目：可选项未能取得', '再试一次'],
    ['en', 'Funds, units and accounts: the choices have not come', 'Try again'],
  ])('say so, show what is asked and are asked for again: adopted ones in %s', async (lang, says, again) => {
    await page.route(REFERENCE, (route) => route.fulfill(REFUSAL));
    await page.goto(`/account-ledger?${BOOK}&account=fiscal-account&lang=${lang}`);
    const said = page.locator('form.filters').getByRole('alert');
    await said.waitFor();
    expect(await said.textContent()).toContain(says);
    await page.locator('main .report').first().waitFor();
    for (const chosen of ['employee', '460100', 'fiscal-account'])
      expect(await page.locator('form.filters').getByTitle(chosen, { exact: true }).count()).toBe(1);
    await page.unroute(REFERENCE);
    await said.getByRole('button', { name: again }).click();
    await said.waitFor({ state: 'detached' });
    expect(await page.locator('form.filters').textContent()).toMatch(/460100 (海口市|Haikou)/);
    expect([asked(page, 'fund'), asked(page, 'unit')]).toEqual(['employee', '460100']);
  });

  it('say so, show what is asked and are asked for again: names in use', async () => {
    await page.route(NAMES, (route) => route.fulfill(REFUSAL));
    await page.goto(`/journal?${BOOK}&kind=payout`);
    const said = page.locator('form.filters').getByRole('alert');
    await said.waitFor();
    expect(await said.textContent()).toContain('种类：可选项未能取得');
    expect(await page.locator('form.filters').getByTitle('payout', { exact: true }).count()).toBe(1);
    await page.unroute(NAMES);
    await said.getByRole('button', { name: '再试一次' }).click();
    await said.waitFor({ state: 'detached' });
    await page.locator('form.filters').getByTitle('待遇支付', { exact: true }).waitFor();
    expect(asked(page, 'kind')).toBe('payout');
  });
});
