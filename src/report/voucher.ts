import { type OneVoucher } from '../../projections/audit-trail/one-voucher.js';
import { numberOf } from '../../projections/audit-trail/body.js';
import { summaryOf } from '../../projections/audit-trail/summary.js';
import { fenColumn, textColumn } from '../../projections/fund-balance/sheets.js';
import { turnoverOfAll } from '../../projections/fund-balance/turnover.js';
import { type Cell, type Sheet } from '../../projections/asking/question.js';
import { dayName } from '../../projections/statements/heads.js';
import { amountInWords } from '../amount-in-words.js';
import { type Entry, ledgerLine } from '../books/entries.js';
import { lineName } from '../books/ledger-lines.js';
import { type Language, type Text, text } from '../errors.js';
import { type Fen, formatFen, parseFen } from '../money.js';
import { type Adopted } from '../reference/adopted.js';

/** How many lines a sheet of a voucher has. */
const LINES = 6;

/** A voucher 记账凭证 as it is printed, on as many sheets as its lines take. */
export interface PrintedVoucher {
  readonly id: string;
  readonly number: string;
  readonly businessDate: string;
  /** How many papers it stands on 附单据. */
  readonly attachments: number;
  readonly fund: Text;
  readonly unit: Text;
  readonly summary: Text;
  readonly entries: readonly (Entry & { readonly accountName: Text })[];
  /** Of the debit side, which is that of the credit side. */
  readonly total: Fen;
  readonly maker: string;
  readonly reviewer: string;
  /** What took it back and what corrects it. */
  readonly links: readonly Text[];
}

/** A voucher with the names of what it is about. */
export function printVoucher(voucher: OneVoucher, adopted: Adopted): PrintedVoucher {
  const { chart, funds } = adopted;
  const { event, id, reversedBy, correctedBy, refundedBy } = voucher;
  const entries = event.entries ?? [];
  return {
    id,
    number: numberOf(voucher)!,
    businessDate: event.businessDate,
    // An event names one paper, by its kind, number and digest.
    attachments: 1,
    fund: funds.nameOf(event.fund),
    unit: adopted.unitName(event.unit),
    summary: summaryOf(voucher),
    entries: entries.map((entry) => ({ ...entry, accountName: accountNameOf(entry, chart) })),
    total: turnoverOfAll(entries).debit,
    maker: event.maker,
    reviewer: event.reviewer,
    links: [
      ...(event.original === undefined ? [] : [text(`退 ${event.original}`, `refunds ${event.original}`)]),
      ...refundedBy.map((by) => text(`由 ${by} 退费`, `refunded by ${by}`)),
      ...(reversedBy === undefined ? [] : [text(`已被 ${reversedBy} 冲销`, `taken back by ${reversedBy}`)]),
      ...correctedBy.map((by) => text(`已由 ${by} 订正`, `corrected by ${by}`)),
    ],
  };
}

/** `1005 国库存款`: a number is never without its name. */
export function accountNameOf(entry: Entry, chart: Adopted['chart']): Text {
  const { account, detail } = entry;
  const found = detail === undefined ? undefined : chart.detail(account, detail);
  const number = found?.number ?? chart.find(account)?.number ?? account;
  const { zh, en } = lineName(ledgerLine(entry), chart);
  return text(`${number} ${zh}`, `${number} ${en}`);
}

const TITLE = text('记账凭证', 'Voucher');
const COLUMNS = [
  textColumn('摘要', 'summary'),
  textColumn('会计科目', 'account'),
  fenColumn('借方金额', 'debit'),
  fenColumn('贷方金额', 'credit'),
];

/** The parts of a voucher: its lines, some on each sheet. */
function partsOf({ entries }: PrintedVoucher): (readonly PrintedVoucher['entries'][number][])[] {
  const parts = [];
  for (let from = 0; from < entries.length; from += LINES) parts.push(entries.slice(from, from + LINES));
  return parts.length === 0 ? [[]] : parts;
}

/** The number of a part: `2025-05-收-0012`, of several `2025-05-收-0012 1/3`. */
const partNumber = ({ number }: PrintedVoucher, part: number, parts: number): string =>
  parts === 1 ? number : `${number} ${part + 1}/${parts}`;

/**
 * The sheets of a voucher: date, 字号, 附单据 and 核算单位, its lines, the total in figures and in words on the last, and
 * who signs. 会计主管 and 记账 sign by hand: no event names them.
 */
export function voucherSheets(printed: PrintedVoucher): Sheet[] {
  const { businessDate, attachments, fund, unit, summary, total, maker, reviewer, links } = printed;
  const parts = partsOf(printed);
  const day = dayName(businessDate);
  const amount = (yuan: string | undefined): Cell => (yuan === undefined ? null : parseFen(yuan));
  const words = amountInWords(total);
  return parts.map((entries, part) => {
    const number = partNumber(printed, part, parts.length);
    const isLast = part === parts.length - 1;
    return {
      name: `sheet-${part + 1}`,
      title: TITLE,
      head: [
        text(
          `${day.zh}  ${number}号  附单据 ${attachments} 张`,
          `${day.en}  No. ${number}  papers attached: ${attachments}`,
        ),
        text(`核算单位：${unit.zh}  ${fund.zh}`, `Unit: ${unit.en}  ${fund.en}`),
      ],
      columns: COLUMNS,
      rows: [
        ...entries.map((entry) => [summary, entry.accountName, amount(entry.debit), amount(entry.credit)]),
        ...(isLast ? [[text(`合计：${words}`, `Total: ${words}`), '', total, total]] : []),
      ],
      notes: [
        text(
          `会计主管：          复核：${reviewer}    记账：          制单：${maker}`,
          `Head of accounts:          Reviewed: ${reviewer}    Posted:          Made: ${maker}`,
        ),
        ...(isLast ? links : []),
      ],
    };
  });
}

/** A voucher as JSON: what its sheets say, in a language; the total in words is as the norms prescribe it. */
export function voucherBody(printed: PrintedVoucher, language: Language = 'zh'): Readonly<Record<string, unknown>> {
  const { id, number, businessDate, attachments, fund, unit, summary, entries, total, maker, reviewer } = printed;
  const parts = partsOf(printed);
  return {
    id,
    voucherNumber: number,
    businessDate,
    attachments,
    fund: fund[language],
    unit: unit[language],
    sheets: parts.map((lines, part) => ({
      number: partNumber(printed, part, parts.length),
      lines: lines.map(({ accountName, debit = null, credit = null }) => ({
        summary: summary[language],
        account: accountName[language],
        debit,
        credit,
      })),
    })),
    lines: entries.length,
    total: formatFen(total),
    totalInWords: amountInWords(total),
    maker,
    reviewer,
    remarks: printed.links.map((link) => link[language]),
  };
}
