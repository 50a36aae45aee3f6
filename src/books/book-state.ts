import { type ErrorDetail } from '../errors.js';
import { type Fen } from '../money.js';
import { DayBalances } from './day-balances.js';
import { type Entry, type VoucherType } from './entries.js';
import { type Effect } from './guarded-lines.js';
import { type Register } from './register.js';
import { type Registers } from './register-lines.js';

/** What a book's decisions turn on: a fold of its stream. */
export interface BookState {
  /** The last event's revision; -1 for a book without events. */
  revision: number;
  /** The opening balance that stands, where there is one. */
  opening: Opening | undefined;
  /** Balance of every ledger line in fen, debit positive. */
  readonly balances: Map<string, Fen>;
  /**
   * What moved on each ledger line by period, in fen, debit positive: what a close tells the end of its period by. Of
   * the periods of closed years nothing is kept: nothing is dated in them again.
   */
  readonly months: Map<string, Map<string, Fen>>;
  /** The closes that stand, in their order: the last year that is closed, and the periods behind it. */
  closings: readonly Closed[];
  /** What may not fall below zero, at the end of every day: a closed year is one day of these, its last. */
  readonly days: DayBalances;
  /** Everything ever debited and credited, red and black alike, in fen: what keeps every sum within 64 bits. */
  turnover: Fen;
  /** The last number given, by `period/voucher type`. */
  readonly numbers: Map<string, number>;
  /** Revisions of vouchers that have been reversed, and of memos that have been withdrawn. */
  readonly takenBack: Set<number>;
  /** Revisions of the corrections in blue that stand, by the revisions of what they correct. */
  readonly corrected: Map<number, number>;
  /** What was given back of vouchers, by the revisions of these; what was taken back since is among it. */
  readonly refunds: Map<number, readonly Refund[]>;
  /** The memos of a stream of memos, by their revisions; none in a book. */
  readonly register: Register;
  /** The last line posted, by the digest of the file it came from: a file's lines are posted in order. */
  readonly sources: Map<string, LastLine>;
}

/** Something that was given back of a voucher. */
export interface Refund {
  readonly revision: number;
  readonly amount: Fen;
}

/** The last line of a file that a book has, and the revision of its event. */
export interface LastLine {
  readonly line: number;
  readonly revision: number;
}

/** A close that stands: what it closed, by the last day of that, and its revision. */
export interface Closed {
  readonly kind: string;
  readonly businessDate: string;
  readonly revision: number;
}

/** What a book holds behind a close. */
export interface ClosingBalances {
  /** Of every ledger line that is not at nothing, on its good side or in red on it, in the order of their names. */
  readonly balances: readonly Entry[];
  /** SHA-256 of the JSON of `balances`. */
  readonly sha256: string;
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
  /** Ids of what it takes back, corrects or withdraws: one of them at most, and no other below. */
  readonly reverses?: string;
  readonly corrects?: string;
  readonly withdraws?: string;
  /** The voucher of which something is given back, and how much, in yuan. */
  readonly original?: string;
  readonly amount?: string;
  /** Of a memo: its fund and unit, the id of the memo that it answers, and what it adds to its register, in yuan. */
  readonly fund?: string;
  readonly unit?: string;
  readonly answers?: string;
  readonly adds?: string;
  readonly entries?: readonly Entry[];
  /** Of a decision that was made by the effects of entries: these, and no entries. */
  readonly effects?: readonly Effect[];
  /** Of a decision, and of a reversal in the log, which names nobody itself: for whom its entries are. */
  readonly registers?: Registers;
  /** Of a close: what the book holds behind it. */
  readonly closing?: ClosingBalances;
  /** Where it is one side of a transfer: the number that both have, and the unit of the other. */
  readonly transferId?: string;
  readonly toUnit?: string;
  readonly fromUnit?: string;
  /** What looked wrong beside other vouchers, and was recorded all the same. */
  readonly findings?: readonly ErrorDetail[];
}

export const OPENING_KIND = 'opening-balance';
export const REVERSAL_KIND = 'reversal';
/** What an opening should have held, as a voucher beside it. */
export const OPENING_CORRECTION_KIND = 'opening-correction';

export const emptyBook = (): BookState => ({
  revision: -1,
  opening: undefined,
  balances: new Map(),
  months: new Map(),
  closings: [],
  days: DayBalances.empty(),
  turnover: 0n,
  numbers: new Map(),
  takenBack: new Set(),
  corrected: new Map(),
  refunds: new Map(),
  register: new Map(),
  sources: new Map(),
});

/** A copy that can be changed without changing the book. */
export const copyBook = (book: BookState): BookState => ({
  revision: book.revision,
  opening: book.opening,
  balances: new Map(book.balances),
  months: new Map([...book.months].map(([period, moved]) => [period, new Map(moved)])),
  closings: book.closings,
  days: book.days.copy(),
  turnover: book.turnover,
  numbers: new Map(book.numbers),
  takenBack: new Set(book.takenBack),
  corrected: new Map(book.corrected),
  refunds: new Map(book.refunds),
  register: new Map(book.register),
  sources: new Map(book.sources),
});

/** How many vouchers stand: each that was taken back is away together with the reversal that did so. */
export const standing = ({ revision, takenBack }: Pick<BookState, 'revision' | 'takenBack'>): number =>
  revision + 1 - 2 * takenBack.size;
