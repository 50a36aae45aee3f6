import { afterEach, describe, expect, it } from '@jest/globals';
import { closeTrails, paid } from '../../test/trail.js';
import { printed, twoYears } from '../../test/two-years.js';
import { accountLedgerQuestion } from './query.js';

afterEach(closeTrails);

const BOOK = { fund: 'employee', unit: '460100', account: 'treasury' };

const JANUARY = [
  '2025-01-10 2025-01-收-0001 甲 100.00 借 1000100.50',
  '2025-01-10 2025-01-收-0002 乙 20.00 借 1000120.50 被 book-employee-460100-5 冲销',
];
const MARCH = [
  '2025-03-05 2025-03-收-0001 丙 3.00 借 1000123.50',
  '2025-03-06 2025-03-收-0002 注销1月10日收-0002号凭证；多记 -20.00 借 1000103.50 ' +
    '注销1月10日收-0002号凭证（book-employee-460100-3）',
];
const OF_2025 = [
  '2025-01-01 上年结转 借 1000000.50',
  ...JANUARY,
  '2025-01-31 本月合计 120.00 0.00 借 1000120.50',
  '2025-01-31 本年累计 120.00 0.00 借 1000120.50',
  ...MARCH,
  '2025-03-31 本月合计 -17.00 0.00 借 1000103.50',
  '2025-03-31 本年累计 103.00 0.00 借 1000103.50',
  '2025-12-31 2025-12-付-0001 入财政专户 1000001.00 借 102.50',
  '2025-12-31 本月合计 0.00 1000001.00 借 102.50',
  '2025-12-31 本年累计 103.00 1000001.00 借 102.50',
  '2025-12-31 结转下年 借 102.50',
];

describe('the account ledger 明细账', () => {
  it('begins with what the year before left, closes each month and the year, and goes on into the next', async () => {
    const trail = await twoYears();
    const { rows, title, head } = await printed(trail, accountLedgerQuestion, { ...BOOK, to: '2025-12-31' });
    expect(rows).toEqual(OF_2025);
    expect([title, ...head]).toEqual([
      '明细账 1005 国库存款',
      '账簿：职工基本医疗保险基金 460100 海口市',
      '2025-01-01 至 2025-12-31',
    ]);
    expect((await printed(trail, accountLedgerQuestion, { ...BOOK, from: '2025-01-01' })).rows).toEqual([
      ...OF_2025,
      '2026-01-01 上年结转 借 102.50',
      '2026-02-01 2026-02-收-0001 丁 7.00 借 109.50',
      '2026-02-28 本月合计 7.00 0.00 借 109.50',
      '2026-02-28 本年累计 7.00 0.00 借 109.50',
    ]);
  });

  it('has in the sums of a month and a year what lies before the first day asked for', async () => {
    const trail = await twoYears();
    const days = { from: '2025-03-06', to: '2025-03-20' };
    expect((await printed(trail, accountLedgerQuestion, { ...BOOK, ...days })).rows).toEqual([
      '2025-03-06 期初余额 借 1000123.50',
      MARCH[1],
      '2025-03-20 本月合计 -17.00 0.00 借 1000103.50',
      '2025-03-20 本年累计 103.00 0.00 借 1000103.50',
    ]);
  });

  it('has what the book opened with as a balance and not as a movement', async () => {
    const { rows } = await printed(await twoYears(), accountLedgerQuestion, { ...BOOK, to: '2024-12-31' });
    expect(rows).toEqual([
      '2024-12-01 期初余额 借 1000000.00',
      '2024-12-03 2024-12-收-0001 十二月 0.50 借 1000000.50',
      '2024-12-31 本月合计 0.50 0.00 借 1000000.50',
      '2024-12-31 本年累计 0.50 0.00 借 1000000.50',
      '2024-12-31 结转下年 借 1000000.50',
    ]);
  });

  it('prints its sums where nothing moved, and a balance of nothing as 平', async () => {
    const asked = { ...BOOK, account: 'cash', from: '2025-03-01', to: '2025-03-31' };
    expect((await printed(await twoYears(), accountLedgerQuestion, asked)).rows).toEqual([
      '2025-03-01 期初余额 平 0.00',
      '2025-03-31 本月合计 0.00 0.00 平 0.00',
      '2025-03-31 本年累计 0.00 0.00 平 0.00',
    ]);
  });

  it('has the total of every day in a day book 日记账, and the side on which income stands', async () => {
    const trail = await twoYears();
    const day = { form: 'day-book', from: '2025-01-10', to: '2025-01-10' };
    const { rows, title } = await printed(trail, accountLedgerQuestion, { ...BOOK, ...day });
    expect(title).toBe('日记账 1005 国库存款');
    expect(rows.slice(1)).toEqual([
      ...JANUARY,
      '2025-01-10 本日合计 120.00 0.00 借 1000120.50',
      '2025-01-10 本月合计 120.00 0.00 借 1000120.50',
      '2025-01-10 本年累计 120.00 0.00 借 1000120.50',
    ]);
    const pool = { ...BOOK, account: 'income.premiums@pool', to: '2025-01-31' };
    expect((await printed(trail, accountLedgerQuestion, pool)).rows.slice(0, 2)).toEqual([
      '2025-01-01 上年结转 贷 0.50',
      '2025-01-10 2025-01-收-0001 甲 100.00 贷 100.50',
    ]);
  });

  it('is of an account with its details, and a day book of the account by itself', async () => {
    const trail = await twoYears();
    const deposit = { from: 'fiscal-account', to: 'fiscal-account/term', reason: 'term-deposit', note: '转定期' };
    await trail.post({ kind: 'money-movement', businessDate: '2025-12-31', amount: '9.00', ...deposit });
    const asked = { ...BOOK, account: 'fiscal-account', from: '2025-12-31', to: '2025-12-31' };
    const moved = async (form: string) => {
      const { rows } = await printed(trail, accountLedgerQuestion, { ...asked, form });
      return rows.filter((row) => row.includes('转定期')).map((row) => row.split(' 转定期 ')[1]);
    };
    expect(await moved('ledger')).toHaveLength(2);
    expect(await moved('day-book')).toEqual(['9.00 借 8999992.00']);
  });

  it('carries its sums from page to page, whatever is recorded meanwhile, and an export is whole', async () => {
    const trail = await twoYears();
    const asked = { ...BOOK, to: '2025-12-31' };
    const first = await printed(trail, accountLedgerQuestion, { ...asked, limit: '2' });
    expect(first.rows).toEqual([...OF_2025.slice(0, 5), '2025-03-05 过次页 120.00 0.00 借 1000120.50']);
    await trail.post(paid('2025-01-10', '5000.00'), paid('2025-03-05', '6000.00'));
    const second = await printed(trail, accountLedgerQuestion, { ...asked, limit: '2', cursor: first.next! });
    expect(second.rows).toEqual([
      '2025-03-05 承前页 120.00 0.00 借 1000120.50',
      ...OF_2025.slice(5, 9),
      '2025-12-31 过次页 103.00 0.00 借 1000103.50',
    ]);
    const rest = await printed(trail, accountLedgerQuestion, { ...asked, cursor: first.next! }, 'export');
    expect(rest.rows).toEqual(['2025-03-05 承前页 120.00 0.00 借 1000120.50', ...OF_2025.slice(5)]);
    const whole = await printed(trail, accountLedgerQuestion, { ...asked, recordedAsOf: '8' }, 'export');
    expect(whole.rows).toEqual(OF_2025);
    const { cursor: _, ...others } = { ...asked, cursor: first.next!, form: 'day-book' };
    await expect(printed(trail, accountLedgerQuestion, { ...others, cursor: first.next! })).rejects.toMatchObject({
      code: 'cursor',
    });
  });
});
