import { type Entry, ledgerLine } from '../../src/books/entries.js';
import { lineName } from '../../src/books/ledger-lines.js';
import { type Text, text } from '../../src/errors.js';
import { eventId } from '../../src/event-store/event-store.js';
import { type Fen, parseFen } from '../../src/money.js';
import { findKind } from '../../src/vouchers/registry.js';
import { type Cell, type Column, type Sheet } from '../question.js';
import { type AccountFilter } from './account.js';
import { numberOf } from './body.js';
import { type TrailVoucher } from './vouchers.js';

const textColumn = (zh: string, en: string): Column => ({ name: text(zh, en), kind: 'text' });
const fenColumn = (zh: string, en: string): Column => ({ name: text(zh, en), kind: 'fen' });

const WHEN_AND_WHAT = [
  textColumn('业务日期', 'business date'),
  textColumn('凭证号', 'number'),
  textColumn('种类', 'kind'),
];
const WHO = [
  textColumn('对方', 'counterparty'),
  textColumn('摘要', 'note'),
  textColumn('经办', 'maker'),
  textColumn('复核', 'reviewer'),
  textColumn('原始凭证', 'evidence'),
  textColumn('冲销', 'reversal'),
  textColumn('编号', 'id'),
];
const DEBIT = fenColumn('借方', 'debit');
const CREDIT = fenColumn('贷方', 'credit');

const whenAndWhat = (voucher: TrailVoucher): Cell[] => {
  const { event } = voucher;
  return [event.businessDate, numberOf(voucher), findKind(event.kind)?.name ?? event.kind];
};

function who({ line, event, reversedBy }: TrailVoucher): Cell[] {
  const { note = '', maker, reviewer, evidence, reverses } = event;
  const reversal = reverses
    ? text(`冲销 ${reverses}`, `takes back ${reverses}`)
    : reversedBy
      ? text(`被 ${reversedBy} 冲销`, `taken back by ${reversedBy}`)
      : '';
  return [
    line.counterparty,
    note,
    maker,
    reviewer,
    `${evidence.kind} ${evidence.number}`,
    reversal,
    eventId(line.stream, line.revision),
  ];
}

const debitOf = ({ debit }: Entry): Fen | null => (debit === undefined ? null : parseFen(debit));
const creditOf = ({ credit }: Entry): Fen | null => (credit === undefined ? null : parseFen(credit));

/** The journal 序时账: every entry of every voucher; a memo has one row and no entry. */
export function journalSheet(listed: readonly TrailVoucher[], next: string | null): Sheet {
  return {
    name: 'journal',
    title: text('凭证序时簿', 'Journal'),
    columns: [...WHEN_AND_WHAT, textColumn('科目', 'account'), DEBIT, CREDIT, ...WHO],
    rows: listed.flatMap((voucher) => {
      const rows = (voucher.event.entries ?? []).map((entry) => [
        lineName(ledgerLine(entry)),
        debitOf(entry),
        creditOf(entry),
      ]);
      const { amount } = voucher.line;
      const posted = rows.length > 0 ? rows : [[text(`备查 ${amount}`, `memo ${amount}`), null, null]];
      return posted.map((cells) => [...whenAndWhat(voucher), ...cells, ...who(voucher)]);
    }),
    notes: nextPage(next),
  };
}

/** The account ledger 明细账: what each voucher does to the account, and in one book its balance afterwards. */
export function accountSheet(
  account: AccountFilter,
  listed: readonly TrailVoucher[],
  balances: readonly Fen[] | undefined,
  next: string | null,
): Sheet {
  return {
    name: 'account',
    title: titleOf(account),
    columns: [...WHEN_AND_WHAT, DEBIT, CREDIT, ...(balances ? [fenColumn('余额', 'balance')] : []), ...WHO],
    rows: listed.map((voucher, index) => {
      const entries = (voucher.event.entries ?? []).filter((entry) => account.matches(entry));
      const sides = [sum(entries.map(debitOf)), sum(entries.map(creditOf))];
      return [...whenAndWhat(voucher), ...sides, ...(balances ? [balances[index]!] : []), ...who(voucher)];
    }),
    notes: nextPage(next),
  };
}

function titleOf({ written }: AccountFilter): Text {
  const { zh, en } = lineName(written);
  return text(`明细账 ${zh}`, `Account ledger ${en}`);
}

const sum = (amounts: readonly (Fen | null)[]): Fen | null =>
  amounts.reduce((total, amount) => (amount === null ? total : (total ?? 0n) + amount), null);

const nextPage = (next: string | null): Text[] =>
  next === null ? [] : [text(`后页：--cursor ${next}`, `next page: --cursor ${next}`)];
