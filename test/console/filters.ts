import { beforeEach, expect, it } from '@jest/globals';
import { type Page } from 'playwright-core';
import { barriers } from './accessible.js';
import { asked, untilAsked } from './address.js';
import { show } from './browser.js';
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
    expect(await barriers(page)).toEqual([]);
    for (const chosen of ['employee', '460100', 'fiscal-account'])
      expect(await page.locator('form.filters').getByTitle(chosen, { exact: true }).count()).toBe(1);
    await page.unroute(REFERENCE);
    await said.getByRole('button', { name: again }).click();
    await page
      .locator('form.filters')
      .getByTitle(/460100 (海口市|Haikou)/)
      .waitFor();
    expect(await said.count()).toBe(0);
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
    await page.locator('form.filters').getByTitle('待遇支付', { exact: true }).waitFor();
    expect(await said.count()).toBe(0);
    expect(asked(page, 'kind')).toBe('payout');
  });
});

/** What few filter by stands behind a button. */
onFreshPages.describe('more filters', (scene) => {
  it('are opened and closed by the keyboard, and counted where they are set', async () => {
    const { page, watched } = scene;
    await show(page, `/journal?${BOOK}`);
    const button = page.getByRole('button', { name: '更多筛选' });
    const more = page.getByRole('group', { name: '更多筛选' });
    expect([await button.getAttribute('aria-expanded'), await more.count()]).toEqual(['false', 0]);
    await button.focus();
    await page.keyboard.press('Enter');
    await more.waitFor();
    expect(await button.getAttribute('aria-expanded')).toBe('true');
    await page.keyboard.press('Tab');
    expect(await more.locator(':focus').getAttribute('aria-label')).toBe('凭证字');
    await more.getByRole('textbox', { name: '对方' }).fill('E-0001');
    await page.keyboard.press('Enter');
    await untilAsked(page, 'counterparty', 'E-0001');
    await button.focus();
    await page.keyboard.press('Space');
    await more.waitFor({ state: 'detached' });
    expect(await button.textContent()).toContain('更多筛选（已设 1 项）');
    expect(asked(page, 'counterparty')).toBe('E-0001');
    expect(watched.faults).toEqual([]);
  });

  it.each([
    ['/journal', 'maker=m-460100-3', '更多筛选（已设 1 项）', 'zh'],
    ['/audit-trail', 'fromNumber=1&toNumber=9&voucherType=receipt&kind=payout', 'More filters (3 set)', 'en'],
    ['/account-ledger', 'caseId=none', '更多筛选（已设 1 项）', 'zh'],
  ])('stand open where one of them stands in the address: %s?%s', async (path, filters, name, lang) => {
    const { page } = scene;
    await show(page, `${path}?${BOOK}&${filters}&lang=${lang}`);
    expect(await page.getByRole('button', { name }).getAttribute('aria-expanded')).toBe('true');
    await page.locator('form.filters').getByRole('group').waitFor();
    expect(await barriers(page)).toEqual([]);
    await show(page, `${path}?${BOOK}&minAmount=1&lang=${lang}`);
    expect(await page.locator('form.filters [aria-expanded="false"][type="button"]').count()).toBe(1);
  });

  it('take two rows with those that many need', async () => {
    const { page } = scene;
    for (const lang of ['zh', 'en'])
      for (const path of ['/journal', '/audit-trail', '/account-ledger']) {
        await show(page, `${path}?${BOOK}&lang=${lang}`);
        const box = await page.locator('form.filters').boundingBox();
        expect([path, lang, box!.height < 130]).toEqual([path, lang, true]);
      }
  });
});
