import { afterEach, describe, expect, it } from '@jest/globals';
import { closeTrails } from '../../test/trail.js';
import { printed, twoYears } from '../../test/two-years.js';
import { journalQuestion } from './query.js';

afterEach(closeTrails);

describe('the journal 序时账', () => {
  const asked = { fund: 'employee', unit: '460100', from: '2025-03-01', to: '2025-03-31' };
  const PAID = [
    '2025-03-05 2025-03-收-0001 丙 1005 国库存款 3.00 wang li',
    '2025-03-05 2025-03-收-0001 丙 4001.01 社会保险费收入/单位@统筹 3.00 wang li',
  ];
  const OF_JANUARY = '注销1月10日收-0002号凭证（book-employee-460100-3）';
  const TAKEN_BACK = [
    `2025-03-06 2025-03-收-0002 注销1月10日收-0002号凭证；多记 1005 国库存款 -20.00 wang li ${OF_JANUARY}`,
    `2025-03-06 2025-03-收-0002 注销1月10日收-0002号凭证；多记 4001.01 社会保险费收入/单位@统筹 -20.00 wang li ${OF_JANUARY}`,
  ];

  it('has every line of every voucher, with the sums of a page and of all, and no memo', async () => {
    const trail = await twoYears();
    await trail.post({ kind: 'penalty', businessDate: '2025-03-05', amount: '777.00' });
    const whole = [...PAID, ...TAKEN_BACK, '本页合计 -17.00 -17.00', '合计 -17.00 -17.00'];
    expect((await printed(trail, journalQuestion, asked)).rows).toEqual(whole);
    const first = await printed(trail, journalQuestion, { ...asked, limit: '1' });
    expect(first.rows).toEqual([...PAID, '本页合计 3.00 3.00', '过次页 3.00 3.00']);
    const last = await printed(trail, journalQuestion, { ...asked, limit: '1', cursor: first.next! });
    expect(last.rows).toEqual(['承前页 3.00 3.00', ...TAKEN_BACK, '本页合计 -20.00 -20.00', '合计 -17.00 -17.00']);
    const exported = [...PAID, ...TAKEN_BACK, '合计 -17.00 -17.00'];
    expect((await printed(trail, journalQuestion, asked, 'export')).rows).toEqual(exported);
  });

  it.each([
    [{ kind: 'reversal' }, [...TAKEN_BACK, '本页合计 -20.00 -20.00', '合计 -20.00 -20.00']],
    [{ minAmount: '2.00', maxAmount: '4.00' }, [...PAID, '本页合计 3.00 3.00', '合计 3.00 3.00']],
    [{ account: 'cash' }, ['本页合计 0.00 0.00', '合计 0.00 0.00']],
  ])('lists what %j asks for', async (filter, rows) => {
    expect((await printed(await twoYears(), journalQuestion, { ...asked, ...filter })).rows).toEqual(rows);
  });

  it('says above its rows of which books and days it is, and by what it is filtered', async () => {
    const trail = await twoYears();
    expect((await printed(trail, journalQuestion, asked)).head).toEqual([
      '账簿：职工基本医疗保险基金 460100 海口市',
      '2025-03-01 至 2025-03-31',
    ]);
    expect((await printed(trail, journalQuestion, { kind: 'reversal', q: '多记' }, 'export')).head).toEqual([
      '账簿：全部基金 全部核算单位',
      '全部日期',
      '筛选：种类 红字冲销，检索 多记',
    ]);
  });

  it('marks a voucher that was taken back, too', async () => {
    const { rows } = await printed(await twoYears(), journalQuestion, { fund: 'employee', unit: '460100', q: '乙' });
    expect(rows[0]).toMatch(/ wang li 被 book-employee-460100-5 冲销$/);
  });

  it('says of which book a voucher is where there are several', async () => {
    const { rows } = await printed(await twoYears(), journalQuestion, { from: '2025-03-05', to: '2025-03-05' });
    expect(rows[0]).toBe(`${PAID[0]} 职工基本医疗保险基金 460100 海口市`);
  });
});
