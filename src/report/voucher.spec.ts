import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { auditTrail } from '../../projections/audit-trail/projection.js';
import { idOfNumber, readOneVoucher } from '../../projections/audit-trail/one-voucher.js';
import { fundBalance } from '../../projections/fund-balance/projection.js';
import { Books } from '../books/handle.js';
import { type Entry } from '../books/entries.js';
import { BEFORE_ADOPTION } from '../reference/built-in.js';
import { FollowedLog } from '../../test/followed-log.js';
import { type Incoming, opened, requestOf } from '../../test/given-when-then.js';
import { paid } from '../../test/trail.js';
import { renderSheets } from './render.js';
import { printVoucher, voucherBody, voucherSheets } from './voucher.js';

let log: FollowedLog;
let books: Books;
beforeEach(() => {
  log = new FollowedLog([fundBalance, auditTrail]);
  books = new Books(log.store, () => Date.UTC(2026, 11, 31));
});
afterEach(() => log.close());

async function post(...commands: readonly Incoming[]): Promise<void> {
  for (const [index, command] of commands.entries())
    await books.post(requestOf(command, `key-${command.kind}-${index}`));
  await log.follow();
}
const printed = async (id: string) => printVoucher(await readOneVoucher(log.asking(), id), BEFORE_ADOPTION.ever);
const shown = async (id: string): Promise<string[]> =>
  renderSheets(voucherSheets(await printed(id)), { language: 'zh' })
    .trimEnd()
    .split('\n')
    .map((line) => line.replaceAll(/ {2,}/g, ' | ').trimEnd())
    .filter((line) => !/^-+$/.test(line));

const haikou = (revision: number): string => `book-employee-460100-${revision}`;

describe('a voucher as it is printed 记账凭证', () => {
  it('has date, number, papers, unit, its lines, the total in figures and in words, and who signs', async () => {
    await post(opened(), paid('2025-05-12', '1409.50', { note: '五月职工医保费' }));
    expect(await shown(haikou(1))).toEqual([
      '记账凭证 | 单位：元',
      '2025年5月12日 | 2025-05-收-0001号 | 附单据 1 张',
      '核算单位：460100 海口市 | 职工基本医疗保险基金',
      '摘要 | 会计科目 | 借方金额 | 贷方金额',
      '五月职工医保费 | 1005 国库存款 | 1,409.50',
      '五月职工医保费 | 4001.01 社会保险费收入/单位@统筹 | 1,409.50',
      '合计：壹仟肆佰零玖元伍角整 | 1,409.50 | 1,409.50',
      '会计主管： | 复核：li | 记账： | 制单：wang',
    ]);
    expect(voucherBody(await printed(haikou(1)))).toMatchObject({
      id: haikou(1),
      voucherNumber: '2025-05-收-0001',
      attachments: 1,
      sheets: [
        { number: '2025-05-收-0001', lines: [{ account: '1005 国库存款', debit: '1409.50', credit: null }, {}] },
      ],
      total: '1409.50',
      totalInWords: '壹仟肆佰零玖元伍角整',
      maker: 'wang',
      reviewer: 'li',
    });
  });

  it('says in red and in blue which voucher it cancels or corrects, and of one what cancels it', async () => {
    await post(
      { ...opened(), businessDate: '2025-01-01' },
      paid('2025-05-12', '223.40', { note: undefined }),
      { kind: 'reversal', businessDate: '2025-05-13', reverses: haikou(1), note: undefined },
      paid('2025-05-14', '1.00'),
      { kind: 'prior-year-correction', businessDate: '2026-02-03', corrects: haikou(3), note: undefined },
    );
    const red = await shown(haikou(2));
    expect(red[1]).toBe('2025年5月13日 | 2025-05-收-0002号 | 附单据 1 张');
    expect(red[4]).toBe('注销5月12日收-0001号凭证；红字冲销 | 1005 国库存款 | -223.40');
    expect(red[6]).toBe('合计：负贰佰贰拾叁元肆角整 | -223.40 | -223.40');
    expect((await shown(haikou(1))).at(-1)).toBe(`已被 ${haikou(2)} 冲销`);
    const blue = await shown(haikou(4));
    expect(blue[4]).toContain('订正2025年5月14日收-0003号凭证');
    expect((await shown(haikou(3))).at(-1)).toBe(`已由 ${haikou(4)} 订正`);
  });

  it('goes on over several sheets, numbered as parts, with the total on the last', async () => {
    const entries = Array.from({ length: 13 }, (_, index): Entry => ({ account: 'treasury', debit: `${index}.00` }));
    const voucher = await printed((await postOne(), haikou(0)));
    const sheets = voucherSheets({
      ...voucher,
      entries: entries.map((each) => ({ ...each, accountName: voucher.unit })),
    });
    expect(sheets.map(({ head, rows }) => [/[0-9]\/[0-9]号/.exec(head![0]!.zh)![0], rows.length])).toEqual([
      ['1/3号', 6],
      ['2/3号', 6],
      ['3/3号', 2],
    ]);
  });

  it('is found by the number that its book has given it', async () => {
    await post({ ...opened(), businessDate: '2025-01-01' }, paid('2025-05-12', '1.00'), paid('2025-05-31', '2.00'));
    const found = (number: string) => idOfNumber(log.asking(), 'employee', '460100', number);
    expect(await found('2025-05-收-0002')).toBe(haikou(2));
    expect(await found('2025-05-收2')).toBe(haikou(2));
    expect(await found('2025-01-转-0001')).toBe(haikou(0));
    await expect(found('2025-06-收-0002')).rejects.toMatchObject({ kind: 'not-found', code: 'no-such-voucher' });
    await expect(found('收-0002')).rejects.toMatchObject({ kind: 'invalid', code: 'voucher-number' });
  });

  it('is not of a memo, nor of what was never recorded', async () => {
    await post({ kind: 'penalty' });
    const [memo] = await log.store.readStream('case-HK-2025-0007', { from: 0, limit: 1 });
    await expect(printed(`${memo!.stream}-0`)).rejects.toMatchObject({ code: 'not-a-voucher' });
    for (const id of [haikou(7), 'nonsense']) await expect(printed(id)).rejects.toMatchObject({ kind: 'not-found' });
  });
});

const postOne = () => post(opened());
