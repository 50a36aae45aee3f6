import { AccountFilter } from '../../projections/audit-trail/account.js';
import { numberOf } from '../../projections/audit-trail/body.js';
import { readOpening } from '../../projections/audit-trail/openings.js';
import { beginReading } from '../../projections/audit-trail/reading.js';
import { summaryOf } from '../../projections/audit-trail/summary.js';
import { type TrailVoucher, walkInBatches } from '../../projections/audit-trail/vouchers.js';
import { fenColumn, textColumn } from '../../projections/fund-balance/sheets.js';
import { FIRST_DAY } from '../../projections/asking/interval.js';
import { type Asking, type Cell, type Sheet } from '../../projections/asking/question.js';
import { lineName } from '../books/ledger-lines.js';
import { type Text, text } from '../errors.js';
import { eventId } from '../event-store/event-store.js';
import { type Fen, formatFen } from '../money.js';
import { bookStream } from '../kinds/kind.js';
import { type BookMovement, match } from '../reconciling/match.js';
import { type BankLine } from '../reconciling/statement-file.js';

/** What is reconciled: an account of a book with the statement of its bank. */
export interface Reconciling {
  readonly fund: string;
  readonly unit: string;
  readonly account: string;
  readonly lines: readonly BankLine[];
  /** What the bank says is there on the last day. */
  readonly bankBalance: Fen;
  /** From which business day on what the bank has not is outstanding; and the last day. */
  readonly from: string;
  readonly to: string;
  /** How many days may lie between the bank's day and the ledger's. */
  readonly days: number;
}

/** A voucher as the reconciliation lists it. */
interface Voucher extends BookMovement {
  readonly number: string;
  readonly summary: Text;
}

/** A bank account reconciled 余额调节表. Both adjusted balances are the same, or the difference is told. */
export interface Reconciliation {
  readonly position: number;
  readonly bankBalance: Fen;
  readonly bookBalance: Fen;
  readonly adjustedBank: Fen;
  readonly adjustedBook: Fen;
  readonly difference: Fen;
  /** What the bank had before its first line more than the ledger: what was outstanding from before. */
  readonly differenceBefore: Fen;
  readonly matched: number;
  /** What only the bank has, and what only the ledger has. */
  readonly bank: readonly BankLine[];
  readonly book: readonly Voucher[];
}

/** Compares the statement of a bank with the ledger; reads, and writes nothing. */
export async function reconcile(asking: Asking, asked: Reconciling): Promise<Reconciliation> {
  const { fund, unit, from, to, lines, days, bankBalance } = asked;
  const book = bookStream(fund, unit);
  const account = new AccountFilter(asked.account, asking.reference.ever.chart, true);
  // What is dated some days before may have reached the bank with the statement; it is outstanding from no earlier day.
  const since = shifted(from, -days);
  const reading = await beginReading(asking, { fund, unit, account: asked.account, from: since, to });
  const { until } = reading.stretch;
  const opening = await readOpening(asking, book, FIRST_DAY, until);
  const filter = { account, numbered: true, ...(opening && { but: opening.positions }) };
  const vouchers: Voucher[] = [];
  for await (const batch of walkInBatches(asking, reading.stretch, filter))
    vouchers.push(...batch.flatMap((voucher) => movementOf(voucher, account)));
  const [before, end] = await account.balancesBefore(asking, book, [from, shifted(to, 1)], until);
  const opened = opening && opening.day === from ? account.effectOf(opening.entries) : 0n;
  const left = match(lines, vouchers, days);
  const outstanding = left.book.filter(({ day }) => day >= from);
  const adjustedBank = bankBalance + sum(outstanding);
  const adjustedBook = end! + sum(left.bank);
  return {
    position: until,
    bankBalance,
    bookBalance: end!,
    adjustedBank,
    adjustedBook,
    difference: adjustedBank - adjustedBook,
    differenceBefore: bankBalance - sum(lines) - (before! + opened),
    matched: left.matched,
    bank: left.bank,
    book: outstanding,
  };
}

const sum = (movements: readonly { readonly effect: Fen }[]): Fen =>
  movements.reduce((total, { effect }) => total + effect, 0n);

const DAY_MS = 86_400_000;
const shifted = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

function movementOf(voucher: TrailVoucher, account: AccountFilter): Voucher[] {
  const { line, event } = voucher;
  const effect = account.effectOf(event.entries ?? []);
  if (effect === 0n) return [];
  const number = numberOf(voucher)!;
  const id = eventId(line.stream, line.revision);
  const { transferId = '', evidence } = event;
  return [
    {
      id,
      day: line.day,
      effect,
      references: [evidence.number, transferId, id, number],
      counterparty: line.counterparty,
      reverses: event.reverses,
      number,
      summary: summaryOf(voucher),
    },
  ];
}

const NAMES = {
  bankReceived: text('银行已收、企业未收', 'received by the bank, not in the ledger'),
  bankPaid: text('银行已付、企业未付', 'paid by the bank, not in the ledger'),
  bookReceived: text('企业已收、银行未收', 'received in the ledger, not by the bank'),
  bookPaid: text('企业已付、银行未付', 'paid in the ledger, not by the bank'),
};

const of = (movements: readonly { readonly effect: Fen }[], isReceived: boolean): Fen => {
  const total = sum(movements.filter(({ effect }) => effect > 0n === isReceived));
  return isReceived ? total : -total;
};

/** The statement of reconciliation as banks and auditors know it, and what is outstanding on either side. */
export function reconciliationSheets(done: Reconciliation, asked: Reconciling, asking: Asking): Sheet[] {
  const { bank, book, difference, differenceBefore, matched } = done;
  const { ever } = asking.reference;
  const [unit, fund] = [ever.unitName(asked.unit), ever.funds.nameOf(asked.fund)];
  const account = lineName(asked.account, ever.chart);
  const label = (zh: string, en: string, { zh: name, en: named }: Text): Text => text(`${zh}${name}`, `${en}${named}`);
  const notes = [text(`已核对 ${matched} 笔`, `${matched} lines matched`)];
  if (difference !== 0n) notes.push(...differences(difference, differenceBefore));
  return [
    {
      name: 'reconciliation',
      title: text(`银行存款余额调节表 ${account.zh}`, `Bank reconciliation ${account.en}`),
      head: [
        text(`核算单位：${unit.zh}  ${fund.zh}`, `Unit: ${unit.en}  ${fund.en}`),
        text(`截至 ${asked.to}`, `As of ${asked.to}`),
      ],
      columns: [
        textColumn('企业银行存款日记账', 'ledger'),
        fenColumn('金额', 'amount'),
        textColumn('银行对账单', 'bank'),
        fenColumn('银行金额', 'amount of the bank'),
      ],
      rows: [
        [text('账面余额', 'Balance'), done.bookBalance, text('对账单余额', 'Balance'), done.bankBalance],
        [
          label('加：', 'Add: ', NAMES.bankReceived),
          of(bank, true),
          label('加：', 'Add: ', NAMES.bookReceived),
          of(book, true),
        ],
        [
          label('减：', 'Less: ', NAMES.bankPaid),
          of(bank, false),
          label('减：', 'Less: ', NAMES.bookPaid),
          of(book, false),
        ],
        [ADJUSTED, done.adjustedBook, ADJUSTED, done.adjustedBank],
        ['', null, text('差额（银行 − 企业）', 'Difference, bank less ledger'), difference],
      ],
      notes,
    },
    outstandingSheet(done),
  ];
}

const ADJUSTED = text('调节后的存款余额', 'Adjusted balance');

const differences = (difference: Fen, before: Fen): Text[] => [
  text(
    `调节后余额不等，差额 ${formatFen(difference)}；对账单首笔之前银行与账面已差 ${formatFen(before)}。`,
    `The adjusted balances differ by ${formatFen(difference)}; before the first line they differed by ` +
      `${formatFen(before)}.`,
  ),
  text(
    '以前的未达账项：用含其日期的对账单，或以 --from 指明自何日起账上未达者为未达。',
    'Items of before: take a statement that reaches back to them, or say by --from since when they are outstanding.',
  ),
];

function outstandingSheet({ bank, book }: Reconciliation): Sheet {
  const rows: Cell[][] = [
    ...bank.map((line): Cell[] => [
      line.effect > 0n ? NAMES.bankReceived : NAMES.bankPaid,
      line.day,
      text(`对账单第 ${line.line} 行`, `line ${line.line}`),
      [line.summary, line.counterparty].filter((word) => word !== '').join(' '),
      line.references.join(' '),
      line.effect < 0n ? -line.effect : line.effect,
    ]),
    ...book.map((voucher): Cell[] => [
      voucher.effect > 0n ? NAMES.bookReceived : NAMES.bookPaid,
      voucher.day,
      voucher.number,
      voucher.summary,
      voucher.references[0]!,
      voucher.effect < 0n ? -voucher.effect : voucher.effect,
    ]),
  ];
  return {
    name: 'outstanding',
    title: text('未达账项', 'Outstanding items'),
    columns: [
      textColumn('类别', 'kind'),
      textColumn('日期', 'date'),
      textColumn('对账单行或凭证字号', 'line or voucher'),
      textColumn('摘要', 'summary'),
      textColumn('参考号', 'reference'),
      fenColumn('金额', 'amount'),
    ],
    rows,
  };
}

/** A reconciliation as JSON. */
export function reconciliationBody(done: Reconciliation, { from, to }: Reconciling): Readonly<Record<string, unknown>> {
  const { position, bank, book, matched } = done;
  const yuan = Object.fromEntries(
    (['bankBalance', 'bookBalance', 'adjustedBank', 'adjustedBook', 'difference', 'differenceBefore'] as const).map(
      (name) => [name, formatFen(done[name])],
    ),
  );
  return {
    position,
    from,
    to,
    ...yuan,
    matched,
    onlyBank: bank.map(({ line, day, effect, references, counterparty, summary }) => ({
      line,
      day,
      amount: formatFen(effect),
      reference: references[0],
      counterparty,
      summary,
    })),
    onlyLedger: book.map(({ id, number, day, effect, references, counterparty, summary }) => ({
      id,
      voucherNumber: number,
      day,
      amount: formatFen(effect),
      reference: references[0],
      counterparty,
      summary: summary.zh,
    })),
  };
}
