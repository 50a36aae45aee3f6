import { type ErrorDetail, type LedgerError } from '../errors.js';
import { type Entry, type VoucherType } from './entries.js';
import { type Effect } from './guarded-lines.js';
import { type RegisterRule } from './register.js';
import { type Registers } from './register-lines.js';

/** An earlier event of its own stream that a command names, and what becomes of that by it. */
export interface RefersTo {
  /**
   * The field of the event that holds the id: a voucher reversed in red, corrected in blue, or of which something is
   * given back; a memo withdrawn.
   */
  readonly as: 'reverses' | 'corrects' | 'withdraws' | 'original';
  readonly id: string;
  /** Of what is given back: what the voucher must be by which it came. */
  readonly refunds?: RefundRule;
}

/** What a command that gives money back asks of the voucher that it names. */
export interface RefundRule {
  /** By kind of the voucher that may be named: what it must say. */
  readonly of: Readonly<Record<string, readonly RefundFact[]>>;
  /** What goes back, in yuan. */
  readonly amount: string;
}

/** A fact that a voucher and what is given back of it have in common. */
export interface RefundFact {
  /** JSON pointer of the field that says it in the command. */
  readonly pointer: string;
  readonly is: string;
  /** The field of the voucher, its names joined by dots; the year of it where that is what is compared. */
  readonly field: string;
  readonly ofYear?: boolean;
}

/**
 * A checked command with everything about it that does not depend on its book. Plain data: it crosses threads and
 * files.
 */
export interface Prepared {
  readonly kind: string;
  /** The event it becomes, e.g. `ContributionRecorded.v1`. */
  readonly event: string;
  readonly stream: string;
  /** The command in canonical form: what the same key must bring again. Reference data is of no fund and no unit. */
  readonly command: { readonly fund: string; readonly unit: string; readonly businessDate: string };
  /** The version of the policy it was prepared under; absent where none is applied. */
  readonly policy?: string;
  /** The revision of the reference stream it was prepared under; absent where the log has none. */
  readonly reference?: number;
  /** Absent for a memo; for a reversal, whose entries come from what it takes back; and for a close. */
  readonly entries?: readonly Entry[];
  readonly voucherType?: VoucherType;
  /** For whom, or for which year, its entries are: absent where none of its accounts has a register. */
  readonly registers?: Registers;
  /** It closes a period or a year, and its entries are what the book carries; the pool's part in pending income. */
  readonly closes?: { readonly poolShare?: string } | undefined;
  /** What it takes back, corrects or withdraws. */
  readonly refersTo?: RefersTo;
  /** What a memo asks of the others in its register. */
  readonly register?: RegisterRule;
  /**
   * What its entries do to their ledger lines, where the entries themselves are not at hand: of a line of a file only
   * this is looked at, and its entries go into the event as they were written.
   */
  readonly effects?: readonly Effect[];
  readonly findings?: readonly ErrorDetail[];
  /** A short digest that it has in common with the same recorded again; undefined where that cannot be. */
  readonly likeness?: string;
  /**
   * Why it is not recorded, unless its key brings again what was recorded before the rule was. A line of a file that
   * has one goes no further than its check.
   */
  readonly objection?: LedgerError;
  /**
   * The command and its entries as JSON text, where they came that way (a line of a file): its bytes are taken over as
   * they are, and `command` above need hold no more than its three fields.
   */
  readonly text?: { readonly command: string; readonly entries?: string };
}
