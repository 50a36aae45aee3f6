import { type Entry } from '../../src/books/entries.js';
import { lineName } from '../../src/books/ledger-lines.js';
import { type Text, text } from '../../src/errors.js';
import { type Fen, parseFen } from '../../src/money.js';
import { type Fund } from '../../src/reference/adopted.js';
import { type AccountFilter } from '../audit-trail/account.js';
import { numberOf } from '../audit-trail/body.js';
import { linked, LINKED, voucherMark } from '../audit-trail/sheets.js';
import { summaryOf } from '../audit-trail/summary.js';
import { type TrailVoucher } from '../audit-trail/vouchers.js';
import { fenColumn, textColumn } from '../fund-balance/sheets.js';
import { type Cell, type Mark, type Sheet } from '../asking/question.js';
import { type Turnover } from '../fund-balance/lines.js';
import { type SumLine } from './running.js';

/** What an entry of a voucher did to the account. */
export interface EntryLine {
  readonly voucher: TrailVoucher;
  readonly entry: Entry;
  /** Behind it, debit positive. */
  readonly balance: Fen;
}
/** A sum of the entries that a filtered ledger lists, which has no balance: that is of all vouchers. */
export interface ListedSum {
  readonly line: 'brought-forward' | 'page-total' | 'carried-forward' | 'total';
  readonly date: string;
  readonly moved: Turnover;
  readonly balance?: undefined;
}
export type LedgerLine = EntryLine | SumLine | ListedSum;

export const isEntry = (line: LedgerLine): line is EntryLine => 'entry' in line;

const NAMES: Readonly<Record<SumLine['line'] | ListedSum['line'], Text>> = {
  opening: text('期初余额', 'Opening balance'),
  'from-last-year': text('上年结转', 'From last year'),
  'brought-forward': text('承前页', 'Brought forward'),
  'day-total': text('本日合计', 'Total of the day'),
  'month-total': text('本月合计', 'Total of the month'),
  'year-to-date': text('本年累计', 'Year to date'),
  'to-next-year': text('结转下年', 'To next year'),
  'carried-forward': text('过次页', 'Carried forward'),
  'page-total': text('本页合计', 'Total of the page'),
  total: text('所列合计', 'Total of what is listed'),
  closing: text('期末余额', 'Closing balance'),
};

/** On which side a balance stands 借或贷: 借, 贷, or 平 where there is none. */
export function sideOf(balance: Fen): Text {
  if (balance === 0n) return text('平', 'even');
  return balance > 0n ? text('借', 'Dr') : text('贷', 'Cr');
}

const absolute = (amount: Fen): Fen => (amount < 0n ? -amount : amount);

/** A line as its cells. */
export function rowOf(line: LedgerLine): Cell[] {
  const { balance } = line;
  const behind = balance === undefined ? ['', null] : [sideOf(balance), absolute(balance)];
  if (!isEntry(line)) {
    const { date, moved } = line;
    return [date, '', NAMES[line.line], moved?.debit ?? null, moved?.credit ?? null, ...behind, ''];
  }
  const { voucher, entry } = line;
  const amount = (written: string | undefined): Fen | null => (written === undefined ? null : parseFen(written));
  return [
    voucher.event.businessDate,
    numberOf(voucher),
    summaryOf(voucher),
    amount(entry.debit),
    amount(entry.credit),
    ...behind,
    linked(voucher),
  ];
}

/** The number and the amounts of an entry lead to its voucher; the lines that the ledger adds are sums. */
export const markOf = (line: LedgerLine): Mark =>
  isEntry(line) ? voucherMark(line.voucher, [1, 3, 4]) : { role: 'subtotal' };

/** The ledger without its rows: 日期, 凭证字号, 摘要, 借方, 贷方, 借或贷, 余额. */
export function ledgerSheet(
  { written, chart }: AccountFilter,
  { fund, unit }: { readonly fund: Fund; readonly unit: Text },
  { from, to, isDaily, filters = [] }: { from: string; to: string; isDaily: boolean; filters?: readonly Text[] },
): Omit<Sheet, 'rows'> {
  const name = lineName(written, chart);
  const number = chart.find(written.split(/[/@]/)[0]!)?.number ?? '';
  const kind = isDaily ? text('日记账', 'Day book') : text('明细账', 'Account ledger');
  return {
    name: 'ledger',
    title: text(`${kind.zh} ${number} ${name.zh}`, `${kind.en} ${number} ${name.en}`),
    head: [
      text(`账簿：${fund.name.zh} ${unit.zh}`, `Book: ${fund.name.en} ${unit.en}`),
      text(`${from} 至 ${to}`, `${from} to ${to}`),
      ...filters,
    ],
    columns: [
      textColumn('日期', 'date'),
      textColumn('凭证字号', 'voucher'),
      textColumn('摘要', 'summary'),
      fenColumn('借方', 'debit'),
      fenColumn('贷方', 'credit'),
      textColumn('借或贷', 'Dr or Cr'),
      fenColumn('余额', 'balance'),
      LINKED,
    ],
  };
}
