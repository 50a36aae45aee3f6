import { beforeEach, expect, it } from '@jest/globals';
import { type Page } from 'playwright-core';
import { asked, press, untilAsked } from './address.js';
import { settled, show, type Watched } from './browser.js';
import { REFUSAL } from './refusal.js';
import { onFreshPages } from './stage.js';

const BOOK = 'fund=employee&unit=460100&from=2024-12-01&to=2024-12-31';
/** What a browser must take for text, wherever it stands. */
const HOSTILE = '<img src=x onerror="window.hostile=1"><script>window.hostile=1</script>';
/** What is loaded before the first page can be used, at most, in bytes as they are sent. */
const MOST_FIRST_BYTES = 350_000;

onFreshPages.describe('the rules of the console', (scene) => {
  let watched: Watched;
  let page: Page;
  beforeEach(() => {
    ({ watched, page } = scene);
  });

  it('leads from a figure to its entries, to the voucher and to the stored bytes, and back again', async () => {
    await show(page, `/balance-sheet?${BOOK}`);
    const figure = page.locator('main .report td.figure a').filter({ hasNotText: /^0\.00$/ });
    await figure.first().click();
    await page.waitForURL('**/account-ledger?**');
    await settled(page);
    expect(asked(page, 'unit')).toBe('460100');
    await page.locator('main .report td a[href^="/vouchers/"]').first().click();
    await page.waitForURL('**/vouchers/**');
    await page.getByText('✓ 与所存一致').waitFor();
    await page.goBack();
    await page.goBack();
    await page.waitForURL('**/balance-sheet?**');
    await settled(page);
    expect(page.url()).toBe(`${scene.service.address}/balance-sheet?${BOOK}`);
    expect(watched.faults).toEqual([]);
  });

  it('says what time is shown: now in green, another moment in amber with the way back', async () => {
    await show(page, `/trial-balance?${BOOK}`);
    const banner = page.locator('section.time');
    expect(await banner.getAttribute('class')).toContain('now');
    expect(await banner.textContent()).toContain('2024-12-01 至 2024-12-31');
    await banner.getByRole('textbox').fill('200');
    await banner.getByRole('textbox').press('Enter');
    await page.locator('section.time.then').waitFor();
    expect(asked(page, 'recordedAsOf')).toBe('200');
    await page.getByRole('button', { name: '回到现在' }).click();
    await page.locator('section.time.now').waitFor();
    expect(asked(page, 'recordedAsOf')).toBeNull();
  });

  it('shows under a statement what must tie in it', async () => {
    await show(page, `/balance-sheet?${BOOK}`);
    const checks = page.locator('main .checks li');
    expect(await checks.count()).toBeGreaterThan(1);
    expect(await page.locator('main .checks li.broken').count()).toBe(0);
    expect(await checks.first().textContent()).toContain('资产总计');
  });

  it('is worked by the keyboard', async () => {
    await show(page, `/journal?${BOOK}`);
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog');
    await sheet.waitFor();
    for (const word of ['上一期', '下一期', '导出', '打印', '查找']) expect(await sheet.textContent()).toContain(word);
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'hidden' });
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    expect(await page.locator('main tr.current').count()).toBe(1);
    await page.keyboard.press('k');
    await page.keyboard.press('[');
    await untilAsked(page, 'from', '2024-11-01');
    expect(asked(page, 'to')).toBe('2024-11-30');
    await show(page, `/journal?${BOOK.replaceAll('2024-12', '2024-11').replace('-31', '-30')}`);
    await page.keyboard.press(']');
    await untilAsked(page, 'from', '2024-12-01');
    await show(page, `/journal?${BOOK}`);
    await page.keyboard.press('x');
    await page.getByRole('menuitem', { name: 'CSV', exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press('t');
    await page.waitForURL('**/trial-balance?**');
    await settled(page);
    expect([asked(page, 'unit'), asked(page, 'from')]).toEqual(['460100', '2024-12-01']);
    await page.keyboard.press('z');
    await untilAsked(page, 'zeros', 'show');
    await page.keyboard.press('/');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('search');
    expect(watched.faults).toEqual([]);
  });

  it('leaves Enter to the button or the link that has the focus', async () => {
    await show(page, `/balance-sheet?${BOOK}`);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.id === 'content');
    await page.getByRole('button', { name: '键盘' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.locator('main .report td.figure a').first().focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/account-ledger?**');
  });

  it('goes on with each key from the one before, however fast they come', async () => {
    await show(page, `/trial-balance?${BOOK}`);
    await press(page, '[', '[', '[', 'z', 'z', 'z');
    await untilAsked(page, 'from', '2024-09-01');
    expect([asked(page, 'to'), asked(page, 'zeros')]).toEqual(['2024-09-30', 'show']);
    await press(page, '[', 'g', 'b', '[');
    await page.waitForURL('**/balance-sheet?**');
    await settled(page);
    await untilAsked(page, 'to', '2024-07-31');
    expect(asked(page, 'unit')).toBe('460100');
  });

  it('puts the days it shows into an address without any, and leads out of a period that has none', async () => {
    await show(page, '/trial-balance?unit=460100');
    await untilAsked(page, 'to', '2024-12-31');
    expect([asked(page, 'from'), asked(page, 'unit')]).toEqual(['2024-01-01', '460100']);
    await page.goto('/trial-balance?from=2023-02-01&to=2023-02-28');
    await page.getByText('此期间没有凭证').waitFor();
    await page.getByRole('button', { name: '2024-01-01 – 2024-01-31' }).click();
    await untilAsked(page, 'from', '2024-01-01');
    await show(page, '/journal');
    expect([asked(page, 'from'), await page.locator('section.time').textContent()]).toEqual([
      null,
      expect.stringContaining('业务日 全部'),
    ]);
    await page.keyboard.press('t');
    await untilAsked(page, 'to', '2024-12-31');
    expect(watched.faults).toEqual([]);
  });

  it('searches while one types, and leads by the keys to what was found and to all of it', async () => {
    await show(page, `/trial-balance?${BOOK}`);
    await page.keyboard.press('/');
    await page.keyboard.type('2024年12月收字第1号');
    await untilAsked(page, 'q', '2024年12月收字第1号');
    await page.locator('main tr').filter({ hasText: '凭证号' }).waitFor();
    expect(await page.locator('main thead').textContent()).not.toContain('地址');
    const found = page.locator('main td a[href^="/vouchers/"]');
    expect(await found.count()).toBe(20);
    expect(await found.allTextContents()).toEqual(expect.arrayContaining([expect.stringContaining('2024-12-收-0001')]));
    expect(await page.locator('main td a[href^="/audit-trail?"]').getAttribute('href')).toContain('fromNumber=1');
    await page.keyboard.press('Enter');
    for (const key of ['j', 'j', 'Enter']) await page.keyboard.press(key);
    await page.waitForURL('**/vouchers/**');
    await page.goBack();
    await untilAsked(page, 'q', '2024年12月收字第1号');
    await page.goBack();
    await page.waitForURL('**/trial-balance?**');
    expect(watched.faults).toEqual([]);
  });

  it('offers the names in use, lets typing narrow them, and takes what is pasted', async () => {
    await show(page, `/journal?${BOOK}`);
    const kind = page.getByRole('combobox', { name: '种类' });
    await kind.click();
    await kind.fill('待遇支付');
    await page.getByTitle('待遇支付', { exact: true }).click();
    await untilAsked(page, 'kind', 'payout');
    await page.getByRole('button', { name: '更多筛选' }).click();
    const maker = page.getByRole('combobox', { name: '经办' });
    await maker.click();
    await maker.fill('nobody-1');
    await page.getByTitle('nobody-1', { exact: true }).click();
    await untilAsked(page, 'maker', 'nobody-1');
    expect(asked(page, 'kind')).toBe('payout');
    expect(watched.faults).toEqual([]);
  });

  it('shows what is adopted on a day, and what changed when', async () => {
    await show(page, '/reference?to=2025-12-31&part=policies');
    await page.locator('main td').filter({ hasText: '收到时确认' }).waitFor();
    const day = page.getByRole('textbox', { name: '某日有效' });
    await day.fill('2026年1月1日');
    await day.press('Enter');
    await untilAsked(page, 'to', '2026-01-01');
    await page
      .locator('main td')
      .filter({ hasText: /^参保年度一月确认/ })
      .waitFor();
    await show(page, '/reference?to=2026-01-01&part=changes');
    await page.locator('main tr').filter({ hasText: '收到时确认' }).filter({ hasText: '参保年度一月确认' }).waitFor();
    expect(watched.faults).toEqual([]);
  });

  it('leaves alone what one types while the address changes, and gives it up to Escape', async () => {
    await show(page, `/journal?${BOOK}`);
    await page.getByRole('button', { name: '更多筛选' }).click();
    const fields = page.locator('main').getByRole('textbox');
    const count = await fields.count();
    expect(count).toBeGreaterThan(8);
    for (let index = 0; index < count; index += 1) {
      const field = fields.nth(index);
      const before = await field.inputValue();
      await field.fill('2');
      await page.evaluate(() => document.querySelector<HTMLElement>('[title$=" ["]')!.click());
      await settled(page);
      expect(await field.inputValue()).toBe('2');
      await field.press('Escape');
      if (!/^\d{4}-/.test(before)) expect(await field.inputValue()).toBe(before);
    }
    expect(asked(page, 'minAmount')).toBeNull();
  });

  it('takes days as people write them, and says what it takes of one that is none', async () => {
    const field = page.getByRole('textbox', { name: '止日' });
    for (const [typed, day] of [
      ['２０２４年１１月３０日', '2024-11-30'],
      ['20241231', '2024-12-31'],
      ['2024/11/30', '2024-11-30'],
    ] as const) {
      await show(page, `/trial-balance?${BOOK.replace('12-31', '12-30')}`);
      await field.fill(typed);
      await field.press('Enter');
      await untilAsked(page, 'to', day);
    }
    await show(page, `/trial-balance?${BOOK}`);
    await field.fill('2024-02-30');
    await page.getByRole('alert').filter({ hasText: '2025年5月12日' }).waitFor();
    await field.press('Enter');
    expect(asked(page, 'to')).toBe('2024-12-31');
  });

  it('shows amounts in 万元 where asked, with what rounding leaves over, and exports them so', async () => {
    await show(page, `/income-expenditure?${BOOK}`);
    await page.getByText('万元', { exact: true }).click();
    await untilAsked(page, 'unitOfMoney', 'wan');
    await page.getByText('单位：万元').first().waitFor();
    await page.keyboard.press('x');
    const link = await page.getByRole('menuitem', { name: 'CSV', exact: true }).getByRole('link').getAttribute('href');
    const file = await fetch(`${scene.service.address}${link}`);
    expect(file.headers.get('content-type')).toContain('text/csv');
    expect(await file.text()).toContain('万元');
  });

  it('leaves out columns on the screen and in its files, and has the navigation folded away', async () => {
    await show(page, `/trial-balance?${BOOK}&lang=en`);
    const namesOf = (): Promise<string[]> => page.locator('main .sheet th[scope]').allTextContents();
    const all = await namesOf();
    const left = all.at(-3)!;
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('checkbox', { name: left }).click();
    await untilAsked(page, 'hiddenColumns', `accounts-employee.${all.length - 2}`);
    expect(await namesOf()).toEqual(all.filter((name) => name !== left));
    await page.keyboard.press('x');
    const link = await page.getByRole('menuitem', { name: 'CSV', exact: true }).getByRole('link').getAttribute('href');
    const csv = await (await fetch(`${scene.service.address}${link}`)).text();
    expect([csv.includes(all.at(-1)!), csv.includes(left)]).toEqual([true, false]);
    await press(page, 'Escape', 'm');
    const navigation = page.locator('nav.navigation');
    await navigation.waitFor({ state: 'hidden' });
    await press(page, 'm');
    await navigation.waitFor({ state: 'visible' });
  });

  it('tells a slow service from an empty answer', async () => {
    await page.route('**/v1/trial-balance?**', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 4_000));
      await route.continue();
    });
    await page.goto(`/trial-balance?${BOOK}`);
    await page.getByText('服务尚未应答').waitFor();
    await page.locator('main .report').first().waitFor();
  });

  it.each([
    ['is refused', '服务不能回答', REFUSAL],
    ['comes from something between', '服务没有应答 (502)', { status: 502, contentType: 'text/html', body: '<p>Bad' }],
    ['does not come', '服务没有应答', undefined],
  ])('says so where an answer %s', async (_, says, answer) => {
    await page.route('**/v1/trial-balance?**', (route) => (answer ? route.fulfill(answer) : route.abort()));
    await page.goto(`/trial-balance?${BOOK}`);
    const alert = page.getByRole('alert').filter({ hasText: says });
    await alert.waitFor();
    await page.unroute('**/v1/trial-balance?**');
    await alert.getByRole('button').click();
    await page.locator('main .report').first().waitFor();
  });

  it('says what of an address cannot be asked', async () => {
    await show(page, '/trial-balance?fund=nothing');
    expect(await page.getByRole('alert').first().textContent()).toContain('nothing');
  });

  it('takes what others wrote for text, in every place', async () => {
    const response = await fetch(`${scene.service.address}/v1/contributions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'hostile-1' },
      body: JSON.stringify(hostileContribution()),
    });
    expect(response.status).toBe(201);
    const { id, position } = (await response.json()) as { id: string; position: number };
    await fetch(`${scene.service.address}/v1/balances?after=${position}`);
    const days = 'fund=employee&unit=460100&from=2025-01-01&to=2025-01-31';
    const encoded = encodeURIComponent(HOSTILE);
    const shown = [`/vouchers/${id}`, `/audit-trail?${days}`, `/journal?${days}`, `/events?before=${position + 1}`];
    for (const path of shown) {
      await show(page, path);
      expect(await page.locator('main').textContent()).toContain('<img src=x');
    }
    for (const path of [
      `/search?q=${encoded}`,
      `/trial-balance?unit=${encoded}`,
      `/${encoded}`,
      `/vouchers/${encoded}`,
    ])
      await show(page, path);
    expect(await page.evaluate(() => 'hostile' in window)).toBe(false);
    expect(watched.faults.filter((fault) => /policy|elsewhere|dialog/.test(fault))).toEqual([]);
  });

  it('prints what it shows, on pages of their own, without its menus', async () => {
    await show(page, `/balance-sheet?${BOOK}`);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    expect(pdf.startsWith('%PDF-')).toBe(true);
    const [, width, height] = /\/MediaBox \[0 0 ([0-9.]+) ([0-9.]+)\]/.exec(pdf)!;
    expect(Number(width)).toBeGreaterThan(Number(height));
    await page.emulateMedia({ media: 'print' });
    for (const part of ['.header', '.navigation', '.filters']) expect(await page.locator(part).isVisible()).toBe(false);
    expect(await page.locator('main .report').first().isVisible()).toBe(true);
  });

  it('shows a manager what warns, and the vouchers behind it', async () => {
    await show(page, '/?from=2024-01-01&to=2024-12-31');
    await page.locator('main a[href^="/early-warning"]').first().click();
    await page.waitForURL('**/early-warning?**');
    await settled(page);
    await page.locator('main .report td a[href^="/audit-trail"]').first().click();
    await page.waitForURL('**/audit-trail?**');
    await settled(page);
    await page.locator('main .report td a[href^="/vouchers/"]').first().click();
    await page.waitForURL('**/vouchers/**');
    await page.getByText('✓ 与所存一致').waitFor();
    expect(watched.faults).toEqual([]);
  });

  it('shows an auditor what changed between two moments, down to the stored bytes', async () => {
    await show(page, '/difference?fund=employee&unit=460100&asOf=2024-12-31&againstAsOf=2024-11-30');
    expect(await page.locator('main .checks li.broken').count()).toBe(0);
    await page.locator('main .report td a[href^="/vouchers/"]').first().click();
    await page.waitForURL('**/vouchers/**');
    await page.getByText('✓ 与所存一致').waitFor();
    expect(watched.faults).toEqual([]);
  });

  it('is small enough to begin at once', async () => {
    const sizes: Promise<number>[] = [];
    page.on('response', (response) => {
      if (response.url().includes('/assets/'))
        sizes.push(
          response
            .request()
            .sizes()
            .then(({ responseBodySize }) => responseBodySize),
        );
    });
    await show(page, '/?from=2024-12-01&to=2024-12-31');
    const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    expect(bytes).toBeGreaterThan(100_000);
    expect(bytes).toBeLessThanOrEqual(MOST_FIRST_BYTES);
  });
});

function hostileContribution(): object {
  return {
    fund: 'employee',
    unit: '460100',
    businessDate: '2025-01-06',
    amount: '10.00',
    payer: { kind: 'employer', reference: 'E-0001' },
    coverPeriod: '2025-01',
    headcount: 1,
    poolShare: '6.00',
    personalShare: '4.00',
    evidence: { kind: 'tax-receipt', number: HOSTILE, sha256: 'ab'.repeat(32) },
    maker: 'wang',
    reviewer: 'li',
    note: HOSTILE,
  };
}
