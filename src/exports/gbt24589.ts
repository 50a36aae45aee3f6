import { parseLedgerLine, type Share, SHARES, VOUCHER_WORD, type VoucherType } from '../books/entries.js';
import { lastDayOf } from '../books/periods.js';
import { type Fen, formatFen } from '../money.js';
import { kindOf } from '../reference/account-kinds.js';
import { type Adopted } from '../reference/adopted.js';
import { type LineOfYear, linesOfYear, Openings } from './account-book.js';
import { type ExportedVoucher } from './vouchers.js';

/** A year of a book 账簿: what the standard calls an electronic account book 电子账簿. */
export interface BookOfYear {
  readonly fund: string;
  readonly unit: string;
  /** `2024`. */
  readonly year: string;
}

const STANDARD = 'GB/T 24589.1-2010';
const SYSTEM = '统账 Tongzhang';
const CURRENCY = 'CNY';
const TYPE_NUMBER: Readonly<Record<VoucherType, string>> = { receipt: '1', payment: '2', transfer: '3' };
const TYPE_NAME: Readonly<Record<VoucherType, string>> = {
  receipt: '收款凭证',
  payment: '付款凭证',
  transfer: '转账凭证',
};
const ACCOUNT_TYPE: Readonly<Record<string, string>> = {
  asset: '资产',
  liability: '负债',
  net: '净资产',
  income: '收入',
  expenditure: '支出',
};
/** The custom archive of shares, by which accounts of the employee fund are kept apart 辅助核算. */
const SHARE_ARCHIVE = 'share';

type Fields = readonly (readonly [name: string, value: string | undefined])[];

/** 公共档案: the book, its periods, the series of vouchers, the currency, and the shares. */
export function publicRecords({ fund, unit, year }: BookOfYear, adopted: Adopted, version: string): string {
  const unitName = adopted.units.find(unit)?.name.zh ?? unit;
  const fundName = adopted.funds.find(fund)?.name.zh ?? fund;
  const records = [
    record('电子账簿', [
      ['电子账簿编号', `${fund}-${unit}`],
      ['电子账簿名称', `${unitName} ${fundName}`],
      ['会计核算单位', unitName],
      ['组织机构代码', unit],
      ['单位性质', '社会保险基金'],
      ['行业', '社会保障'],
      ['开发单位', 'Tongzhang'],
      ['版本号', version],
      ['本位币', CURRENCY],
      ['会计年度', year],
      ['标准版本号', STANDARD],
    ]),
    ...periodsOf(year).map(([number, first, last]) =>
      record('会计期间', [
        ['会计年度', year],
        ['会计期间号', number],
        ['会计期间起始日期', compact(first)],
        ['会计期间结束日期', compact(last)],
      ]),
    ),
    ...(['receipt', 'payment', 'transfer'] as const).map((type) =>
      record('记账凭证类型', [
        ['记账凭证类型编号', TYPE_NUMBER[type]],
        ['记账凭证类型名称', TYPE_NAME[type]],
        ['记账凭证类型简称', VOUCHER_WORD[type]],
      ]),
    ),
    record('币种', [
      ['币种编码', CURRENCY],
      ['币种名称', '人民币'],
    ]),
    record('自定义档案项', [
      ['档案编码', SHARE_ARCHIVE],
      ['档案名称', '份额'],
      ['档案描述', '统筹基金与个人账户基金'],
      ['是否有层级特征', '0'],
      ['档案编码规则', ''],
    ]),
    ...SHARES.codes.map((code) =>
      record('自定义档案项值', [
        ['档案编码', SHARE_ARCHIVE],
        ['档案值编码', code],
        ['档案值名称', SHARES.nameOf(code).zh],
      ]),
    ),
  ];
  return `${HEAD}<公共档案>\n${records.join('')}</公共档案>\n`;
}

/**
 * 总账: the accounts, what they held and what moved on them by period, and every voucher of the year, a record for each
 * of its lines. What a book was opened with is a balance brought forward 期初, and no voucher.
 * @param read the vouchers of the book up to the end of the year, from the beginning at each call: they are read twice
 */
export async function* generalLedger(
  read: () => AsyncIterable<ExportedVoucher>,
  { year }: BookOfYear,
  adopted: Adopted,
): AsyncGenerator<string, void> {
  const lines = await linesOfYear(read(), year);
  yield `${HEAD}<总账>\n`;
  yield record('总账基础信息', [
    ['结构分隔符', '.'],
    ['会计科目编号规则', '4-2'],
    ['现金流量项目编码规则', ''],
    ['凭证头可扩展字段结构', ''],
    ['凭证头可扩展结构对应档案', ''],
    ['分录行可扩展字段结构', ''],
    ['分录行可扩展字段对应档案', ''],
  ]);
  yield accounts(lines, adopted).join('');
  for (const line of lines) yield balances(line, year, adopted).join('');
  const openings = new Openings();
  for await (const voucher of read())
    if (!openings.has(voucher) && voucher.event.businessDate.startsWith(year)) yield entriesOf(voucher, adopted);
  yield '</总账>\n';
}

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';

function accounts(lines: readonly LineOfYear[], adopted: Adopted): string[] {
  const used = new Set(lines.flatMap(({ line }) => [parseLedgerLine(line).account, line.split('@')[0]!]));
  const rows = adopted.chart.all.flatMap((account) => [account, ...account.detailRows]);
  const listed = rows.filter(({ key }) => used.has(key)).toSorted((one, other) => (one.number < other.number ? -1 : 1));
  const shared = new Set(lines.flatMap(({ line }) => (line.includes('@') ? [line.split('@')[0]!] : [])));
  return [
    ...listed.map(({ key, number, name }) =>
      record('会计科目', [
        ['科目编号', number],
        ['科目名称', name.zh],
        ['科目级次', String(number.split('.').length)],
        ['科目类型', ACCOUNT_TYPE[kindOf(parseLedgerLine(key).account)!]],
        ['余额方向', isDebit(key) ? '借' : '贷'],
      ]),
    ),
    ...listed
      .filter(({ key }) => shared.has(key))
      .map(({ number }) =>
        record('科目辅助核算', [
          ['科目编号', number],
          ['辅助项编号', '1'],
          ['辅助项名称', '份额'],
          ['对应档案', SHARE_ARCHIVE],
          ['辅助项描述', '统筹基金或个人账户基金'],
        ]),
      ),
  ];
}

const isDebit = (line: string): boolean => ['asset', 'expenditure'].includes(kindOf(parseLedgerLine(line).account)!);

/** A line's months in which it held anything or anything moved. */
function balances({ line, before, months }: LineOfYear, year: string, adopted: Adopted): string[] {
  const { number, share } = placeOf(line, adopted);
  let held = before;
  return months.flatMap(({ opened, debit, credit }, index) => {
    const opening = held + opened;
    held = opening + debit - credit;
    if ([opening, debit, credit, held].every((amount) => amount === 0n)) return [];
    return record('科目余额及发生额', [
      ['科目编号', number],
      ['辅助项1编号', share],
      ['期初余额方向', sideOf(opening)],
      ['期末余额方向', sideOf(held)],
      ['币种编码', CURRENCY],
      ['会计年度', year],
      ['会计期间号', String(index + 1)],
      ['期初原币余额', amountOf(opening)],
      ['期初本币余额', amountOf(opening)],
      ['借方原币金额', formatFen(debit)],
      ['借方本币金额', formatFen(debit)],
      ['贷方原币金额', formatFen(credit)],
      ['贷方本币金额', formatFen(credit)],
      ['期末原币余额', amountOf(held)],
      ['期末本币余额', amountOf(held)],
    ]);
  });
}

const sideOf = (balance: Fen): string => (balance === 0n ? '平' : balance > 0n ? '借' : '贷');
const amountOf = (balance: Fen): string => formatFen(balance < 0n ? -balance : balance);

function entriesOf({ event }: ExportedVoucher, adopted: Adopted): string {
  const { businessDate, voucherType, voucherNumber, note, kind, maker, reviewer, entries } = event;
  return entries
    .map((entry, index) => {
      const { number } = placeOf(entry.detail ? `${entry.account}/${entry.detail}` : entry.account, adopted);
      const [debit, credit] = [entry.debit ?? '0.00', entry.credit ?? '0.00'];
      return record('记账凭证', [
        ['记账凭证日期', compact(businessDate)],
        ['会计年度', businessDate.slice(0, 4)],
        ['会计期间号', String(Number.parseInt(businessDate.slice(5, 7), 10))],
        ['记账凭证类型编号', TYPE_NUMBER[voucherType!]],
        ['记账凭证编号', String(voucherNumber)],
        ['记账凭证行号', String(index + 1)],
        ['记账凭证摘要', note ?? kind],
        ['科目编号', number],
        ['辅助项1编号', entry.share],
        ['币种编码', CURRENCY],
        ['借方原币金额', debit],
        ['借方本币金额', debit],
        ['贷方原币金额', credit],
        ['贷方本币金额', credit],
        ['附件数', '1'],
        ['制单人', maker],
        ['审核人', reviewer],
        // What is reviewed is posted at once, by the review.
        ['记账人', reviewer],
        ['记账标志', '1'],
        ['作废标志', '0'],
        ['凭证来源系统', SYSTEM],
      ]);
    })
    .join('');
}

function placeOf(line: string, { chart }: Adopted): { number: string; share: Share | undefined } {
  const { account, detail, share } = parseLedgerLine(line);
  const row = detail === undefined ? chart.find(account) : chart.detail(account, detail);
  return { number: row?.number ?? line, share };
}

/** A record on one line; fields without a value are left out. */
function record(name: string, fields: Fields): string {
  const parts = fields.flatMap(([field, value]) =>
    value === undefined ? [] : `<${field}>${escaped(value)}</${field}>`,
  );
  return `<${name}>${parts.join('')}</${name}>\n`;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escaped = (value: string): string => value.replaceAll(/[&<>]/g, (letter) => ESCAPES[letter]!);
const compact = (day: string): string => day.replaceAll('-', '');

function periodsOf(year: string): [number: string, first: string, last: string][] {
  return Array.from({ length: 12 }, (_, index) => {
    const period = `${year}-${String(index + 1).padStart(2, '0')}`;
    return [String(index + 1), `${period}-01`, lastDayOf(period)];
  });
}
