import { type ErrorDetail, LedgerError, refusal, text } from '../errors.js';
import { type Fen, formatFen } from '../money.js';
import { findAccount } from './chart-of-accounts.js';
import { type Prepared } from './prepared.js';
import { effectOf, type Entry, ledgerLine, mirror, parseLedgerLine, type VoucherType } from './entries.js';

/**
 * The one decider. A book's state is a fold of its stream; `decide` says whether a prepared command may become its next
 * event, `evolve` takes the event in. Both are pure but for `evolve`, which changes the state it is given.
 */
export interface BookState {
  /** The last event's revision; -1 for a book without events. */
  revision: number;
  /** The opening balance that stands, where there is one. */
  opening: Opening | undefined;
  /** Balance of every ledger line in fen, debit positive. */
  readonly balances: Map<string, Fen>;
  /** Everything ever debited and credited, red and black alike, in fen: what keeps every sum within 64 bits. */
  turnover: Fen;
  /** The last number given, by `period/voucher type`. */
  readonly numbers: Map<string, number>;
  /** Revisions of vouchers that have been reversed. */
  readonly reversed: Set<number>;
  /** The last line posted, by the digest of the file it came from: a file's lines are posted in order. */
  readonly sources: Map<string, LastLine>;
}

/** The last line of a file that a book has, and the revision of its event. */
export interface LastLine {
  readonly line: number;
  readonly revision: number;
}

/** The opening balance of a book: its revision, and the business day before which nothing is dated. */
export interface Opening {
  readonly revision: number;
  readonly businessDate: string;
}

/** What identifies a command: a key of the client's, or its place in a file. */
export type CommandKey = { readonly key: string } | { readonly source: string; readonly line: number };

/** The text of a command's key, unique in its stream: a place has a space in it, which no key of a client's has. */
export const keyText = (key: CommandKey): string => ('key' in key ? key.key : `${key.source} ${key.line}`);

/** The part of an event that the decider looks at; read back from a stored event by `factOf`. */
export interface BookFact {
  readonly kind: string;
  readonly businessDate: string;
  readonly source?: string;
  readonly line?: number;
  readonly period?: string;
  readonly voucherType?: VoucherType;
  readonly voucherNumber?: number;
  readonly reverses?: string;
  readonly entries?: readonly Entry[];
  /** What looked wrong beside other vouchers, and was recorded all the same. */
  readonly findings?: readonly ErrorDetail[];
}

/** The voucher that a reversal takes back, as found. */
export interface Original {
  readonly revision: number;
  readonly fact: BookFact;
}

export const OPENING_KIND = 'opening-balance';
export const REVERSAL_KIND = 'reversal';

export const emptyBook = (): BookState => ({
  revision: -1,
  opening: undefined,
  balances: new Map(),
  turnover: 0n,
  numbers: new Map(),
  reversed: new Set(),
  sources: new Map(),
});

/** A copy that can be changed without changing the book. */
export const copyBook = (book: BookState): BookState => ({
  revision: book.revision,
  opening: book.opening,
  balances: new Map(book.balances),
  turnover: book.turnover,
  numbers: new Map(book.numbers),
  reversed: new Set(book.reversed),
  sources: new Map(book.sources),
});

/**
 * Decides whether a prepared command may be the book's next event.
 * @param today the day in Asia/Shanghai, `YYYY-MM-DD`
 * @param original the voucher a reversal names; undefined where there is none
 * @throws LedgerError refused, with the rule and the facts
 */
export function decide(
  book: BookState,
  proposal: Prepared,
  key: CommandKey,
  today: string,
  original?: Original,
): BookFact {
  const { kind, command, objection } = proposal;
  if (objection) throw objection;
  const { businessDate } = command;
  demandDate(book, businessDate, today);
  const common = { kind, businessDate, ...('source' in key && key) };
  if (proposal.reverses !== undefined) return decideReversal(book, common, proposal.reverses, original);
  if (!proposal.entries) return common;
  if (kind === OPENING_KIND) demandUnopened(book);
  demandCovered(book, proposal.entries);
  return { ...common, ...nextNumber(book, businessDate, proposal.voucherType!), entries: proposal.entries };
}

/** Takes a decided event into the state of its book. */
export function evolve(book: BookState, fact: BookFact): void {
  book.revision += 1;
  if (fact.kind === OPENING_KIND) book.opening = { revision: book.revision, businessDate: fact.businessDate };
  if (fact.source !== undefined) book.sources.set(fact.source, { line: fact.line!, revision: book.revision });
  if (fact.reverses !== undefined) takeBack(book, revisionOf(fact.reverses));
  if (!fact.entries) return;
  book.numbers.set(`${fact.period}/${fact.voucherType}`, fact.voucherNumber!);
  for (const { line, effect } of effectsOf(fact.entries)) {
    book.balances.set(line, (book.balances.get(line) ?? 0n) + effect);
    book.turnover += magnitude(effect);
  }
}

/** What an entry does to its ledger line, in fen, debit positive. */
interface Effect {
  readonly line: string;
  readonly effect: Fen;
}

let latest: { entries: readonly Entry[]; effects: readonly Effect[] } = { entries: [], effects: [] };

/** The effects of entries. They are asked for twice in a row, by the decision and by what follows from it. */
function effectsOf(entries: readonly Entry[]): readonly Effect[] {
  if (latest.entries !== entries)
    latest = { entries, effects: entries.map((entry) => ({ line: ledgerLine(entry), effect: effectOf(entry) })) };
  return latest.effects;
}

function takeBack(book: BookState, revision: number): void {
  book.reversed.add(revision);
  if (book.opening?.revision === revision) book.opening = undefined;
}

/** How many vouchers stand: each that was taken back is away together with the reversal that did so. */
const standing = ({ revision, reversed }: BookState): number => revision + 1 - 2 * reversed.size;

function decideReversal(
  book: BookState,
  common: Pick<BookFact, 'kind' | 'businessDate'>,
  reverses: string,
  original: Original | undefined,
): BookFact {
  const fail = (code: string, zh: string, en: string): LedgerError =>
    refusal(
      '/reverses',
      code,
      text(zh, en),
      text('本账簿中未被冲销的凭证', 'a voucher of this book not yet reversed'),
      reverses,
    );
  if (!original?.fact.entries) throw fail('no-such-voucher', `没有凭证 ${reverses}`, `there is no voucher ${reverses}`);
  if (original.fact.kind === REVERSAL_KIND)
    throw fail('is-a-reversal', '冲销凭证不能再被冲销', 'a reversal cannot itself be reversed');
  if (book.reversed.has(original.revision))
    throw fail('already-reversed', `凭证 ${reverses} 已被冲销`, `voucher ${reverses} has already been reversed`);
  if (original.fact.businessDate.slice(0, 4) !== common.businessDate.slice(0, 4))
    throw fail(
      'another-fiscal-year',
      '跨年度的差错用蓝字更正，不用红字冲销',
      'a voucher of another fiscal year is corrected in blue, not reversed in red',
    );
  if (common.businessDate < original.fact.businessDate)
    throw fail('before-the-original', '冲销日期早于原凭证', 'the reversal is dated before the voucher it takes back');
  if (original.fact.kind === OPENING_KIND) demandLastStanding(book, reverses);
  const entries = mirror(original.fact.entries);
  demandCovered(book, entries);
  return { ...common, ...nextNumber(book, common.businessDate, original.fact.voucherType!), reverses, entries };
}

function nextNumber(
  book: BookState,
  businessDate: string,
  voucherType: VoucherType,
): Pick<BookFact, 'period' | 'voucherType' | 'voucherNumber'> {
  const period = businessDate.slice(0, 7);
  return { period, voucherType, voucherNumber: (book.numbers.get(`${period}/${voucherType}`) ?? 0) + 1 };
}

function demandDate(book: BookState, businessDate: string, today: string): void {
  if (businessDate > today)
    throw refusal(
      '/businessDate',
      'date-in-future',
      text('业务日期在将来', 'the business date lies in the future'),
      text(`不晚于 ${today}`, `no later than ${today}`),
      businessDate,
    );
  if (book.opening && businessDate < book.opening.businessDate)
    throw refusal(
      '/businessDate',
      'date-before-opening',
      text('业务日期早于建账日', "the business date lies before the book's opening"),
      text(`不早于 ${book.opening.businessDate}`, `no earlier than ${book.opening.businessDate}`),
      businessDate,
    );
}

/** An opening is recorded where nothing stands: in a new book, or again once everything has been taken back. */
function demandUnopened(book: BookState): void {
  if (standing(book) === 0) return;
  throw refusal(
    '',
    'book-already-open',
    text('账簿已有凭证，期初余额只能是第一张', 'the book has vouchers already; an opening balance comes first'),
    text('没有凭证或凭证均已冲销的账簿', 'a book without vouchers, or with every one of them reversed'),
    `revision ${book.revision}`,
  );
}

/** An opening goes last: taken back under other vouchers it would leave a book that can never be opened again. */
function demandLastStanding(book: BookState, opening: string): void {
  const others = standing(book) - 1;
  if (others === 0) return;
  throw refusal(
    '/reverses',
    'opening-carries-vouchers',
    text(
      `期初余额之后尚有 ${others} 张未冲销的凭证，须先冲销`,
      `vouchers stand on the opening balance and are reversed before it: ${others}`,
    ),
    text('没有其他未冲销凭证的期初余额', 'an opening balance on which no voucher stands'),
    opening,
  );
}

/** No asset, liability or earmarked net asset may fall below zero, nor the personal accounts of the employee fund. */
function demandCovered(book: BookState, entries: readonly Entry[]): void {
  const effects = new Map<string, Fen>();
  let turnover = book.turnover;
  for (const { line, effect } of effectsOf(entries)) {
    effects.set(line, (effects.get(line) ?? 0n) + effect);
    turnover += magnitude(effect);
  }
  if (turnover > MOST_TURNOVER) throw beyondTurnover(turnover);
  for (const [line, effect] of effects) {
    const sign = guardedSign(line);
    if (sign === 0n || effect * sign >= 0n) continue;
    const balance = (book.balances.get(line) ?? 0n) * sign;
    if (balance + effect * sign < 0n) throw belowZero(line, balance, -effect * sign);
  }
  if (!entries.some(isPersonal)) return;
  const effect = personalBalance(effects);
  if (effect >= 0n) return;
  const balance = personalBalance(book.balances);
  if (balance + effect < 0n) throw belowZero('@personal', balance, -effect);
}

const isPersonal = ({ account, share }: Entry): boolean => share === 'personal' || account === 'net.personal';

/** The sum of the personal accounts: net assets plus income less expenditure, credit positive. */
export function personalBalance(balances: ReadonlyMap<string, Fen>): Fen {
  let sum = 0n;
  for (const [line, balance] of balances) if (line.endsWith('@personal') || line === 'net.personal') sum -= balance;
  return sum;
}

/** 1 where a debit balance is the good one, -1 where a credit balance is, 0 where both are allowed. */
function guardedSign(line: string): bigint {
  const known = GUARDED.get(line);
  if (known !== undefined) return known;
  const account = findAccount(parseLedgerLine(line).account);
  const sign = account?.kind === 'asset' ? 1n : account?.kind === 'liability' || account?.key === 'net.risk' ? -1n : 0n;
  GUARDED.set(line, sign);
  return sign;
}
const GUARDED = new Map<string, bigint>();

const magnitude = (fen: Fen): Fen => (fen < 0n ? -fen : fen);

/** Read tables add fen up in 64-bit integers; no book comes near these 9 × 10^16 yuan. */
const MOST_TURNOVER = 9_000_000_000_000_000_000n;

function beyondTurnover(turnover: Fen): LedgerError {
  return refusal(
    '/amount',
    'beyond-turnover',
    text('账簿累计发生额超过上限', "the book's turnover would go beyond its limit"),
    text(`累计不超过 ${formatFen(MOST_TURNOVER)}`, `a turnover of at most ${formatFen(MOST_TURNOVER)}`),
    formatFen(turnover),
  );
}

function belowZero(line: string, balance: Fen, wanted: Fen): LedgerError {
  const key = parseLedgerLine(line).account || 'net.personal';
  const name = findAccount(key)!.name;
  return refusal(
    '/amount',
    'below-zero',
    text(
      `${name.zh}余额不足：余额 ${formatFen(balance)}`,
      `${name.en} would go below zero: its balance is ${formatFen(balance)}`,
    ),
    text(`不超过 ${formatFen(balance)}（${key}）`, `at most ${formatFen(balance)} (${key})`),
    formatFen(wanted),
  );
}

const revisionOf = (id: string): number => Number.parseInt(id.slice(id.lastIndexOf('-') + 1), 10);
