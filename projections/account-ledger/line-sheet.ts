import { type Entry, ledgerLine } from '../../src/books/entries.js';
import { lineName } from '../../src/books/ledger-lines.js';
import { text } from '../../src/errors.js';
import { eventId } from '../../src/event-store/event-store.js';
import { type Fen, formatFen, parseFen } from '../../src/money.js';
import { type Adopted, type Fund } from '../../src/reference/adopted.js';
import { numberOf } from '../audit-trail/body.js';
import { summaryOf } from '../audit-trail/summary.js';
import { type TrailVoucher } from '../audit-trail/vouchers.js';
import { type Cell, type Mark, type Sheet } from '../asking/question.js';
import { type Turnover } from '../fund-balance/lines.js';
import { fenColumn, textColumn } from '../fund-balance/sheets.js';
import { type Scope } from '../statements/scope.js';
import { sideOf } from './sheets.js';
import { type Selection } from './statement-lines.js';
import { voucherAt } from '../asking/addresses.js';

/** An entry on the line. */
export interface Entered {
  readonly voucher: TrailVoucher;
  readonly entry: Entry;
  /** What the line has come to behind it, debit positive. */
  readonly balance: Fen;
}

/** A line that is added to the entries. */
interface Sum {
  readonly line: 'opening' | 'brought-forward' | 'carried-forward' | 'total';
  readonly date: string;
  readonly moved?: Turnover;
  readonly balance: Fen;
}
export type Line = Entered | Sum;

/** What is shown. */
export interface Shown {
  readonly selection: Selection;
  readonly fund: Fund;
  readonly scope: Scope;
  readonly from: string;
  readonly to: string;
  /** For names, whenever they were adopted. */
  readonly adopted: Adopted;
  readonly totals: { readonly opening: Fen; readonly moved: Turnover; readonly closing: Fen };
}

const isEntered = (line: Line): line is Entered => 'entry' in line;

const SUMS = {
  opening: text('期初', 'Beginning'),
  'brought-forward': text('承前页', 'Brought forward'),
  'carried-forward': text('过次页', 'Carried forward'),
  total: text('合计', 'Total'),
};

const hasUnits = ({ scope }: Shown): boolean => scope.units.length > 1;
const absolute = (amount: Fen): Fen => (amount < 0n ? -amount : amount);
const amountOf = (written: string | undefined): Fen | null => (written === undefined ? null : parseFen(written));

/** The ledger of a line without its rows: with the account of each entry, and its unit where there are several. */
export function lineSheet(shown: Shown): Omit<Sheet, 'rows' | 'footing' | 'marks'> {
  const { selection, fund, scope, from, to } = shown;
  return {
    name: 'ledger',
    title: text(`明细账 ${selection.name.zh}`, `Account ledger of ${selection.name.en}`),
    head: [
      text(`${fund.name.zh}  ${scope.name.zh}`, `${fund.name.en}  ${scope.name.en}`),
      text(`${from} 至 ${to}`, `${from} to ${to}`),
    ],
    columns: [
      textColumn('日期', 'date'),
      textColumn('凭证字号', 'voucher'),
      ...(hasUnits(shown) ? [textColumn('核算单位', 'unit')] : []),
      textColumn('摘要', 'summary'),
      textColumn('科目', 'account'),
      fenColumn('借方', 'debit'),
      fenColumn('贷方', 'credit'),
      textColumn('借或贷', 'Dr or Cr'),
      fenColumn('余额', 'balance'),
    ],
  };
}

/** A line as its cells. */
export function rowOf(shown: Shown, line: Line): Cell[] {
  const behind = [sideOf(line.balance), absolute(line.balance)];
  const unit = (name: Cell): Cell[] => (hasUnits(shown) ? [name] : []);
  if (!isEntered(line)) {
    const { date, moved } = line;
    return [date, '', ...unit(''), SUMS[line.line], '', moved?.debit ?? null, moved?.credit ?? null, ...behind];
  }
  const { voucher, entry } = line;
  const { businessDate, unit: code } = voucher.event;
  return [
    businessDate,
    numberOf(voucher),
    ...unit(shown.adopted.unitName(code)),
    summaryOf(voucher),
    lineName(ledgerLine(entry), shown.adopted.chart),
    amountOf(entry.debit),
    amountOf(entry.credit),
    ...behind,
  ];
}

/** Each entry leads to its voucher. */
export function markOf(shown: Shown, line: Line): Mark {
  if (!isEntered(line)) return { role: line.line === 'total' ? 'total' : 'subtotal' };
  const to = voucherAt(eventId(line.voucher.line.stream, line.voucher.line.revision));
  const behind = hasUnits(shown) ? [undefined, undefined, undefined] : [undefined, undefined];
  return {
    links: [undefined, to, ...behind, line.entry.debit && to, line.entry.credit && to],
  };
}

/** A line as JSON. */
export function entryBody(line: Line): Readonly<Record<string, unknown>> {
  const { balance } = line;
  const side = { direction: sideOf(balance).zh, balance: formatFen(absolute(balance)) };
  if (!isEntered(line)) {
    const { date, moved } = line;
    const amount = (fen: Fen | undefined) => (fen === undefined ? null : formatFen(fen));
    return { line: line.line, date, debit: amount(moved?.debit), credit: amount(moved?.credit), ...side };
  }
  const { voucher, entry } = line;
  return {
    line: 'voucher',
    date: voucher.event.businessDate,
    voucherNumber: numberOf(voucher),
    id: eventId(voucher.line.stream, voucher.line.revision),
    unit: voucher.event.unit,
    summary: summaryOf(voucher).zh,
    account: ledgerLine(entry),
    debit: entry.debit ?? null,
    credit: entry.credit ?? null,
    ...side,
  };
}
