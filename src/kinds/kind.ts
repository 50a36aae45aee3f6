import { type Entry, type VoucherType } from '../books/entries.js';
import { type RegisterRule } from '../books/register.js';
import { type ErrorDetail, type Text } from '../errors.js';
import { type RefersTo } from '../books/prepared.js';
import { type Adopted } from '../reference/adopted.js';
import { type SetCells } from '../reference/read-set.js';
import { type LedgerCommand } from './commands.js';

export type CommandType<C extends LedgerCommand = LedgerCommand> = new () => C;

interface Kind<C extends LedgerCommand> {
  /** The word for it in a file's `kind` column and in reports, e.g. `contribution`. */
  readonly kind: string;
  /** Where it is posted: `POST /v1/<route>`. */
  readonly route: string;
  /** The event it becomes, with its version: a literal that never changes. */
  readonly event: string;
  readonly name: Text;
  readonly command: CommandType<C>;
  /** Who stands on the other side, as an opaque reference; what the audit trail's `counterparty` looks for. */
  readonly counterparty?: (command: C) => string | undefined;
  /** The earlier event of its own stream that a command names, and what becomes of that. */
  readonly refersTo?: (command: C) => RefersTo | undefined;
  /** A whole valid command, for the documentation and the tests. */
  readonly example: Readonly<Record<string, unknown>>;
}

/** A kind of voucher: a fact with a balanced set of entries in one book. */
export interface VoucherKind<C extends LedgerCommand = LedgerCommand> extends Kind<C> {
  readonly form: 'voucher';
  /** The posting rule: pure, from a checked command and what is adopted on its day to balanced entries. */
  readonly post: (command: C, adopted: Adopted) => Entry[];
  /** What looks wrong and is recorded all the same, where anything can. */
  readonly findings?: (command: C, adopted: Adopted) => ErrorDetail[];
  /** The series it is numbered in, where its entries do not say: no money arrives with an opening balance. */
  readonly voucherType?: VoucherType;
}

/** A kind whose entries come from another voucher: the one that it takes back. */
export interface ReversalKind<C extends LedgerCommand = LedgerCommand> extends Kind<C> {
  readonly form: 'reversal';
}

/** A kind whose entries the book decides by itself: what a close carries to the fund balance. */
export interface ClosingKind<C extends LedgerCommand = LedgerCommand> extends Kind<C> {
  readonly form: 'closing';
  /** The part of the pool in what is pending at the end of a year, where one is adopted. */
  readonly pendingPoolShare?: (command: C, adopted: Adopted) => string | undefined;
}

/** A fact without entries 备查, in a stream of its own. */
export interface MemoKind<C extends LedgerCommand = LedgerCommand> extends Kind<C> {
  readonly form: 'memo';
  readonly stream: (command: C) => string;
  /** What it asks of the memos that stand in its stream; absent: nothing. */
  readonly register?: (command: C) => RegisterRule;
  /** What looks wrong and is recorded all the same. */
  readonly findings: (command: C, adopted: Adopted) => ErrorDetail[];
}

/** What is posted to a book or stands beside one. */
export type CommandKind = VoucherKind | ReversalKind | ClosingKind | MemoKind;

/** A change of the reference data: rows that are adopted, of no book, in the one stream there is of them. */
export interface AdoptionKind<C extends object = object> {
  readonly form: 'adoption';
  readonly kind: string;
  readonly route: string;
  readonly event: string;
  readonly name: Text;
  readonly command: new () => C;
  /** The rows of a command, as they are written. */
  readonly cells: (command: C) => Partial<SetCells>;
  /** It is a whole set: what a log begins with. */
  readonly whole?: boolean;
  readonly example: Readonly<Record<string, unknown>>;
}

/** Whatever can be sent. */
export type SentKind = CommandKind | AdoptionKind;

/** What the ledger itself says of its log. It is no command: nobody can send one, and no money moves. */
export interface NoticeKind<F extends object = object> {
  readonly form: 'notice';
  readonly kind: string;
  readonly event: string;
  readonly name: Text;
  /** The class of its facts, as that of a command. */
  readonly command: new () => F;
  readonly stream: string;
  readonly example: Readonly<F>;
}

/** Whatever an event of the log is of. */
export type EventKind = SentKind | NoticeKind;

/** Declares a kind of voucher; the one place where its command's type is known. */
export const voucher = <C extends LedgerCommand>(kind: Omit<VoucherKind<C>, 'form'>): CommandKind =>
  ({ ...kind, form: 'voucher' }) as VoucherKind<C> as unknown as VoucherKind;

export const reversal = <C extends LedgerCommand>(kind: Omit<ReversalKind<C>, 'form'>): CommandKind =>
  ({ ...kind, form: 'reversal' }) as ReversalKind<C> as unknown as ReversalKind;

export const closing = <C extends LedgerCommand>(kind: Omit<ClosingKind<C>, 'form'>): CommandKind =>
  ({ ...kind, form: 'closing' }) as ClosingKind<C> as unknown as ClosingKind;

export const memo = <C extends LedgerCommand>(kind: Omit<MemoKind<C>, 'form'>): CommandKind =>
  ({ ...kind, form: 'memo' }) as MemoKind<C> as unknown as MemoKind;

export const notice = <F extends object>(kind: Omit<NoticeKind<F>, 'form'>): NoticeKind<F> => ({
  ...kind,
  form: 'notice',
});

export const adoption = <C extends object>(kind: Omit<AdoptionKind<C>, 'form'>): AdoptionKind =>
  ({ ...kind, form: 'adoption' }) as AdoptionKind<C> as unknown as AdoptionKind;

/** The stream of the reference data. */
export const REFERENCE_STREAM = 'reference';

/** The stream of a book. */
export const bookStream = (fund: string, unit: string): string => `book-${fund}-${unit}`;
