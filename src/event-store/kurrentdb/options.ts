import { type KeySnapshot } from './keys.js';
import { type StoreFinding } from '../store-refusal.js';

/** Where a server is, what of it is the ledger's, and how long it is waited for. */
export interface KurrentDbOptions {
  /** `esdb://…`, `esdb+discover://…`, or the same with `kurrentdb`. User and password may stand in it. */
  readonly url: string;
  /** With which the names of our streams begin on the server; the usual one where nothing was chosen. */
  readonly prefix?: string | undefined;
  /** How the names of our streams begin behind it: what else stands below it is not ours. */
  readonly names: readonly string[];
  readonly keys: KeySnapshot;
  /** Where an event of ours stands near the end of the log, as far as anybody knows; 0 where nobody does. */
  readonly known?: (() => number) | undefined;
  /** So long one call that appends or reads is waited for. */
  readonly callTimeoutMs?: number;
  /**
   * So long a server that does not answer is asked again before a read fails; appends and live readers never give up.
   */
  readonly readPatienceMs?: number;
  readonly log: (message: string) => void;
  /** Whether what operators do to our streams is listened to. */
  readonly watch?: boolean;
  /** Hears of each event of others among ours that is met for the first time. */
  readonly met?: ((finding: StoreFinding) => void) | undefined;
  /** Hears that the server holds less than it did, and why that seems so. */
  readonly setBack?: ((why: string) => void) | undefined;
}
