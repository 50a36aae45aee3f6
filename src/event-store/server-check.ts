import { type StoreFinding } from './store-refusal.js';

/** What an operator should know of a server before it is trusted. */
export interface ServerCheck {
  /** What the server says it is. */
  readonly version: string;
  /** Times of short calls, in milliseconds, ascending. */
  readonly roundTripsMs: readonly number[];
  /** What the user may not do; reading the log is seen by everything else. */
  readonly missingRights: readonly ('write' | 'read-metadata')[];
  readonly prefix: string;
  readonly events: number;
  /** True where there are more: they were counted up to a bound. */
  readonly areMore: boolean;
  /** Where the last of them stands; undefined where there is none. */
  readonly lastPosition: number | undefined;
  /** A stream of a ledger whose streams have no prefix, where none has been found below the prefix. */
  readonly unprefixed: string | undefined;
  readonly findings: readonly StoreFinding[];
  /**
   * How far the server's clock lies ahead of this machine's, in milliseconds: to a second, by its HTTP answers, else at
   * least, by the last event written there. Undefined where nothing says it.
   */
  readonly clock: { readonly aheadMs: number; readonly isLeast: boolean } | undefined;
}
