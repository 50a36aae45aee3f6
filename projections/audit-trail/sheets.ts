import { type Entry, ledgerLine } from '../../src/books/entries.js';
import { type LedgerEvent } from '../../src/books/event.js';
import { lineName } from '../../src/books/ledger-lines.js';
import { type Text, text } from '../../src/errors.js';
import { eventId } from '../../src/event-store/event-store.js';
import { type Chart } from '../../src/reference/chart.js';
import { type Fen, parseFen } from '../../src/money.js';
import { findSentKind } from '../../src/catalogue/registry.js';
import { type ChangeBeside } from '../reference/changes.js';
import { TABLES } from '../reference/sheets.js';
import { type Cell, type Column, type Mark, type Sheet } from '../asking/question.js';
import { type AccountFilter } from './account.js';
import { numberOf } from './body.js';
import { remarkOf } from './corrections.js';
import { type TrailVoucher } from './vouchers.js';
import { voucherAt } from '../asking/addresses.js';

const textColumn = (zh: string, en: string): Column => ({ name: text(zh, en), kind: 'text' });
const fenColumn = (zh: string, en: string): Column => ({ name: text(zh, en), kind: 'fen' });

const WHEN_AND_WHAT = [
  textColumn('业务日期', 'business date'),
  textColumn('凭证号', 'number'),
  textColumn('种类', 'kind'),
];
/** The column of `linked`. */
export const LINKED = textColumn('冲销、更正与撤销', 'reversal, correction, withdrawal');
const WHO = [
  textColumn('对方', 'counterparty'),
  textColumn('摘要', 'note'),
  textColumn('经办', 'maker'),
  textColumn('复核', 'reviewer'),
  textColumn('原始凭证', 'evidence'),
  LINKED,
  textColumn('编号', 'id'),
];
const DEBIT = fenColumn('借方', 'debit');
const CREDIT = fenColumn('贷方', 'credit');
const BALANCE = fenColumn('余额', 'balance');
const BROUGHT_FORWARD = text('承前余额', 'brought forward');

const whenAndWhat = (voucher: TrailVoucher): Cell[] => {
  const { event } = voucher;
  return [event.businessDate, numberOf(voucher), findSentKind(event.kind)?.name ?? event.kind];
};

function who(voucher: TrailVoucher): Cell[] {
  const { line, event } = voucher;
  const { note = '', maker, reviewer, evidence } = event as Partial<LedgerEvent> & Pick<LedgerEvent, 'evidence'>;
  return [
    line.counterparty,
    note,
    // Nobody need answer for the set that is built in.
    maker ?? null,
    reviewer ?? null,
    `${evidence.kind} ${evidence.number}`,
    linked(voucher),
    eventId(line.stream, line.revision),
  ];
}

/** What an event takes back, corrects, withdraws, refunds or answers, and what became of it by others. */
export function linked({ event, named, ...become }: TrailVoucher): Text | '' {
  const { reversedBy, correctedBy, withdrawnBy, refundedBy, answeredBy } = become;
  const { withdraws, answers, original } = event;
  const remark = remarkOf(event, named);
  const id = event.reverses ?? event.corrects;
  const links = [
    ...(remark ? [text(`${remark.zh}（${id}）`, `${remark.en} (${id})`)] : []),
    ...(reversedBy === undefined ? [] : [text(`被 ${reversedBy} 冲销`, `taken back by ${reversedBy}`)]),
    ...(withdraws === undefined ? [] : [text(`撤销 ${withdraws}`, `withdraws ${withdraws}`)]),
    ...(answers === undefined ? [] : [text(`承接 ${answers}`, `answers ${answers}`)]),
    ...(original === undefined ? [] : [text(`退 ${original}`, `refunds ${original}`)]),
    ...(withdrawnBy === undefined ? [] : [text(`被 ${withdrawnBy} 撤销`, `withdrawn by ${withdrawnBy}`)]),
    ...refundedBy.map((by) => text(`由 ${by} 退费`, `refunded by ${by}`)),
    ...answeredBy.map((by) => text(`由 ${by} 承接`, `answered by ${by}`)),
    ...correctedBy.map((by) => text(`由 ${by} 更正`, `corrected by ${by}`)),
  ];
  if (links.length === 0) return '';
  return text(links.map(({ zh }) => zh).join('；'), links.map(({ en }) => en).join('; '));
}

const debitOf = ({ debit }: Entry): Fen | null => (debit === undefined ? null : parseFen(debit));
const creditOf = ({ credit }: Entry): Fen | null => (credit === undefined ? null : parseFen(credit));

/** Vouchers that stand one behind the other, on a page or in an export. */
export interface Listed {
  readonly vouchers: readonly TrailVoucher[];
  /** The balance of the account after each of them; undefined where the list is not of one account of one book. */
  readonly balances?: readonly Fen[] | undefined;
  /** The balance before the first of them, where it is to be told. */
  readonly before?: Fen | undefined;
}

/** A sheet without its rows, and how they are made of vouchers. */
export interface TrailSheet {
  readonly sheet: Omit<Sheet, 'rows'>;
  readonly rowsOf: (listed: Listed) => Cell[][];
  /** Where the number and the amounts of each row lead: to its voucher. */
  readonly marksOf: (listed: Listed) => (Mark | undefined)[];
}

/** The address of a voucher or a memo. */
export const voucherAddress = ({ line: { stream, revision } }: Pick<TrailVoucher, 'line'>): string =>
  voucherAt(eventId(stream, revision));

/** A row of which some columns lead to its voucher. */
export function voucherMark(voucher: Pick<TrailVoucher, 'line'>, columns: readonly number[]): Mark {
  const to = voucherAddress(voucher);
  return {
    links: Array.from({ length: Math.max(...columns) + 1 }, (_, at) => (columns.includes(at) ? to : undefined)),
  };
}

/** A memo has no account; its amount, where it has one, is of no balance. */
const memoCell = ({ amount }: LedgerEvent): Text =>
  amount === undefined ? text('备查', 'memo') : text(`备查 ${amount}`, `memo ${amount}`);

/** What a change of the reference data says in place of an account. */
function changeCell(changes: readonly ChangeBeside[]): Text {
  const said = changes.map(({ table, key, from, says, was }) => {
    const before = was ? text(`（原 ${was.zh}）`, ` (was ${was.en})`) : text('', '');
    const since = from === null ? text('', '') : text(`自 ${from} `, `from ${from} `);
    const { zh, en } = TABLES[table];
    return text(`${since.zh}${zh} ${key}：${says.zh}${before.zh}`, `${since.en}${en} ${key}: ${says.en}${before.en}`);
  });
  const more = said.length > MOST_SAID ? [text(`等 ${said.length} 项`, `${said.length} in all`)] : [];
  const shown = [...said.slice(0, MOST_SAID), ...more];
  return text(shown.map(({ zh }) => zh).join('；'), shown.map(({ en }) => en).join('; '));
}

/** How much of a whole set is said in a cell. */
const MOST_SAID = 3;

/** The journal 序时账: every entry of every voucher; a memo and a change of reference data have a row and no entry. */
const journal = (chart: Chart): TrailSheet => ({
  sheet: {
    name: 'journal',
    title: text('凭证序时簿', 'Journal'),
    columns: [...WHEN_AND_WHAT, textColumn('科目', 'account'), DEBIT, CREDIT, ...WHO],
  },
  rowsOf: ({ vouchers }) =>
    vouchers.flatMap((voucher) => {
      const rows = (voucher.event.entries ?? []).map((entry) => [
        lineName(ledgerLine(entry), chart),
        debitOf(entry),
        creditOf(entry),
      ]);
      const posted =
        rows.length > 0
          ? rows
          : [[voucher.changes ? changeCell(voucher.changes) : memoCell(voucher.event), null, null]];
      return posted.map((cells) => [...whenAndWhat(voucher), ...cells, ...who(voucher)]);
    }),
  marksOf: ({ vouchers }) =>
    vouchers.flatMap((voucher) => {
      const mark = voucherMark(voucher, [1, 4, 5]);
      return (voucher.event.entries ?? []).length > 0 ? voucher.event.entries!.map(() => mark) : [mark];
    }),
});

/**
 * The account ledger 明细账: what each voucher does to the account, and in one book, beneath the balance brought forward
 * 承前, its balance afterwards.
 */
function accountLedger(account: AccountFilter, hasBalances: boolean): TrailSheet {
  const several = text(
    '多本账一并列示，没有逐笔余额；给出基金和核算单位即有。',
    'Of several books there is no running balance: name a fund and a unit for one.',
  );
  return {
    sheet: {
      name: 'account',
      title: titleOf(account),
      columns: [...WHEN_AND_WHAT, DEBIT, CREDIT, ...(hasBalances ? [BALANCE] : []), ...WHO],
      ...(!hasBalances && { notes: [several] }),
    },
    rowsOf: ({ vouchers, balances, before }) => {
      const rows = vouchers.map((voucher, index) => {
        const entries = (voucher.event.entries ?? []).filter((entry) => account.matches(entry));
        const sides = [sum(entries.map(debitOf)), sum(entries.map(creditOf))];
        return [...whenAndWhat(voucher), ...sides, ...(balances ? [balances[index]!] : []), ...who(voucher)];
      });
      return before === undefined ? rows : [broughtForward(before), ...rows];
    },
    marksOf: ({ vouchers, before }) => [
      ...(before === undefined ? [] : [{ role: 'subtotal' } as const]),
      ...vouchers.map((voucher) => voucherMark(voucher, [1, 3, 4])),
    ],
  };
}

const broughtForward = (balance: Fen): Cell[] => [
  null,
  null,
  BROUGHT_FORWARD,
  null,
  null,
  balance,
  ...WHO.map(() => null),
];

/** The sheet of a trail: the ledger of the account it is asked for, else the journal. */
export const trailSheet = (account: AccountFilter | undefined, hasBalances: boolean, chart: Chart): TrailSheet =>
  account ? accountLedger(account, hasBalances) : journal(chart);

function titleOf({ written, chart }: AccountFilter): Text {
  const { zh, en } = lineName(written, chart);
  return text(`明细账 ${zh}`, `Account ledger ${en}`);
}

const sum = (amounts: readonly (Fen | null)[]): Fen | null =>
  amounts.reduce((total, amount) => (amount === null ? total : (total ?? 0n) + amount), null);

/** What stands below a page that is not the last. */
export const nextPageNote = (cursor: string): Text => text(`后页：--cursor ${cursor}`, `next page: --cursor ${cursor}`);
