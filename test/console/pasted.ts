import { expect, it } from '@jest/globals';
import { type Page } from 'playwright-core';
import { show, watch } from './browser.js';
import { expectAsked, hearAnswers } from './figures.js';
import { BOOK } from './places.js';
import { onFreshPages } from './stage.js';

/** Addresses as they are sent around: with filters, both time axes, a unit of money, a language. */
const SENT = [
  `/trial-balance?${BOOK}&level=3&compareWith=year-before&unitOfMoney=wan`,
  `/trial-balance?${BOOK}&zeros=show&closed=1003&lang=en`,
  '/balance-sheet?fund=resident&unit=460000&scope=consolidated&to=2024-11-30&unitOfMoney=yi',
  '/income-expenditure?fund=employee&unit=460100&form=yearly&to=2024-12-31&recordedAsOf=2500&lang=en',
  '/account-ledger?fund=employee&unit=460100&account=expenditure-account&from=2024-06-01&to=2024-09-30&minAmount=1000',
  `/journal?${BOOK}&recordedAsOf=2400&unitOfMoney=yuan`,
  `/audit-trail?${BOOK}&q=${encodeURIComponent('待遇')}`,
  '/difference?fund=employee&unit=460100&asOf=2024-12-31&recordedAsOf=2700&againstAsOf=2024-10-31&lang=en',
  '/early-warning?fund=employee&to=2024-12-31&recordedAsOf=2800',
  '/registers?fund=employee&register=advances&to=2024-12-31&unitOfMoney=wan',
  '/?fund=resident&from=2024-07-01&to=2024-09-30&charts=table&unitOfMoney=yi',
  '/consolidation?fund=employee&from=2024-10-01&to=2024-12-31&lang=en',
  '/events?stream=book-employee-460100&type=payout',
];

/** All that one reads on a page and what is chosen there. */
const seen = async (page: Page): Promise<{ text: string; fields: string[]; chosen: string[]; lang: string }> =>
  page.evaluate(() => ({
    text: document.querySelector('main')!.innerText,
    fields: [...document.querySelectorAll<HTMLInputElement>('main input')].map(({ value }) => value),
    chosen: [...document.querySelectorAll('.header .ant-segmented-item-selected')].map(
      ({ textContent }) => textContent ?? '',
    ),
    lang: document.documentElement.lang,
  }));

/** Whoever is sent an address sees what its sender sees. */
onFreshPages.describe('an address', (scene) => {
  it('shows the same to whoever is sent it, which is what the service answers to it', async () => {
    const { page, watched, service, browser } = scene;
    const other = await watch(browser, service.address);
    const heard = hearAnswers(other.page);
    for (const address of SENT) {
      heard.forget();
      await show(page, address);
      const sent = await seen(page);
      expect(page.url()).toBe(new URL(address, service.address).href);
      await show(other.page, page.url());
      const received = await seen(other.page);
      expect(received).toEqual(sent);
      if (!address.startsWith('/events')) await expectAsked(service.address, address, await heard.answers());
      expect(sent.text.length).toBeGreaterThan(100);
      expect(sent.lang).toBe(address.includes('lang=en') ? 'en' : 'zh-CN');
    }
    expect([...watched.faults, ...other.faults]).toEqual([]);
    heard.stop();
    await other.context.close();
  });

  it('has all that is chosen on a page', async () => {
    const { page, service, browser } = scene;
    await show(page, `/trial-balance?${BOOK}`);
    await page.getByText('万元', { exact: true }).click();
    await page.keyboard.press('z');
    await page.keyboard.press('[');
    await page.getByRole('button', { name: 'English' }).click();
    await page.locator('section.time').getByRole('textbox').fill('2600');
    await page.locator('section.time').getByRole('textbox').press('Enter');
    await page.waitForFunction(() => location.search.includes('recordedAsOf=2600'));
    await page.locator('section.time.then').waitFor();
    await show(page, page.url());
    const other = await watch(browser, service.address);
    await show(other.page, page.url());
    expect(await seen(other.page)).toEqual(await seen(page));
    const asked = new URL(page.url()).searchParams;
    expect(Object.fromEntries(asked)).toMatchObject({
      from: '2024-11-01',
      to: '2024-11-30',
      unitOfMoney: 'wan',
      zeros: 'show',
      lang: 'en',
      recordedAsOf: '2600',
    });
    await other.context.close();
  });
});
