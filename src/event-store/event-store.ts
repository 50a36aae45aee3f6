/** The event store's port. Four questions and one act; every adapter passes `test/event-store.contract.ts`. */

import { type ServerCheck } from './server-check.js';
import { type StoreFinding } from './store-refusal.js';

/** Most UTF-8 bytes of one event's data, on every store. */
export const MAX_EVENT_BYTES = 65_535;

/**
 * Most bytes of one append, on every store: servers refuse more than a mebibyte. Each event counts with its data and
 * with what stands beside it.
 */
export const MAX_APPEND_BYTES = 1_000_000;
/** Type, key and hash of an event, and their framing. */
const BYTES_BESIDE = 512;

/** An event about to be appended. */
export interface NewEvent {
  /** Type and version, e.g. `ContributionRecorded.v1`: our own literal, never a class name. */
  readonly type: string;
  /**
   * The event as canonical JSON text, well-formed Unicode, at most `MAX_EVENT_BYTES`.
   * Its UTF-8 bytes are what is stored, hashed and delivered, unchanged for ever.
   */
  readonly data: string;
  /** The idempotency key. Unique among the indexed keys of its stream. */
  readonly key: string;
  /**
   * False for a line of a file: its book remembers the highest line per file, so no index entry is paid for it.
   * `findByKey` does not find such events.
   */
  readonly keyIndexed: boolean;
  /** For what stood in another log before: when it comes to stand here says nothing about when it was recorded. */
  readonly copied?: CopiedFrom;
}

/** How an event stood in the log that it was copied from. */
export interface CopiedFrom {
  /** Whether several nodes wrote there: then times need not stand in the order of the log. */
  readonly several: boolean;
  /** When the server wrote it, where that counts. */
  readonly storedAtMs?: number;
}

/** An event as it stands in the log. */
export interface StoredEvent {
  /** Place in the whole log. Strictly ascending; not necessarily without gaps. */
  readonly position: number;
  readonly stream: string;
  /** Place in its stream: 0, 1, 2 … without gaps. */
  readonly revision: number;
  readonly type: string;
  readonly data: string;
  /**
   * The server's own time of writing it, in milliseconds since 1970: the same for every node. Absent where one process
   * writes the log; of a copied event it is that of the log before, where it was written late there.
   */
  readonly storedAtMs?: number | undefined;
  /** The SHA-256 that was kept beside the bytes when they were stored, in hexadecimal; only where it was asked for. */
  readonly sha256?: string;
}

/** What the appender believes of the stream: that it does not exist, or its last revision. */
export type ExpectedRevision = 'no-stream' | number;

/** Where the events of an append came to stand. */
export interface Appended {
  /** The revision of the last one. */
  readonly revision: number;
  /** The position of the last one. */
  readonly position: number;
  /**
   * The positions of all, in their order. A server says where the last one stands, and those before it have to be read:
   * only by whoever needs them.
   */
  readonly positions: () => Promise<readonly number[]>;
}

export interface ReadStreamOptions {
  /** First revision to read; default: the stream's end in the direction's sense. Inclusive. */
  readonly from?: number;
  readonly direction?: 'forwards' | 'backwards';
  /** Most events to return. Required: nothing here reads without a bound. */
  readonly limit: number;
  /** Whether each event comes with the hash that is stored beside it: for who compares it with the bytes. */
  readonly hashes?: boolean;
}

export interface ReadAllOptions {
  /** Position after which to begin: that of an event, or one less; 0 is the beginning of the log. */
  readonly after: number;
  /** Only streams whose name begins so. */
  readonly prefix?: string;
  /** Most events in one batch; default 5,000. */
  readonly batch?: number;
  /** True: wait for more at the end. False: end there. */
  readonly live: boolean;
  /**
   * Asked before a live reader goes on over a new connection, behind which the log may have been set back: what it
   * throws ends the reader. Only where there is a network between.
   */
  readonly resumed?: () => Promise<void>;
}

export interface EventStore {
  /**
   * Appends all events, at least one, or none, and resolves only when they are durable.
   * A refusal with one of these errors leaves the store as it was. After any other the outcome is unknown: ask
   * `findByKey`, or append again with the same expected revision.
   * @throws WrongExpectedRevision when the stream is not where the appender believed it to be
   * @throws DuplicateKey when an indexed key is in the stream already, or twice in the append
   * @throws UnacceptableEvent when there is no event, one that is too big or not well-formed Unicode, or too much at
   * once
   * @throws HistoryUnreadable when events of the stream can no longer be read, or would not be
   */
  append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended>;
  /**
   * The events of one stream; empty where there is no such stream.
   * @throws HistoryUnreadable, where some of them are gone, or one among them is another program's
   */
  readStream(stream: string, options: ReadStreamOptions): Promise<StoredEvent[]>;
  /**
   * Every event in order of position, in batches, until the end or, when live, until the signal or the store's close.
   */
  readAll(options: ReadAllOptions, signal?: AbortSignal): AsyncIterable<StoredEvent[]>;
  /**
   * The event of a stream that carries this indexed idempotency key. It is found where its revision is at most `upTo`,
   * the revision the asker is about to append after; the append's expected revision guards what comes later.
   */
  findByKey(stream: string, key: string, upTo: number): Promise<StoredEvent | undefined>;
  /** The position of the last event; 0 for an empty log. */
  head(): Promise<number>;
  /** The last event; undefined for an empty log. */
  last(): Promise<StoredEvent | undefined>;
  /**
   * Up to this position several nodes may have written, so that times of different streams need not stand in its order.
   * Absent: one process writes, and has written all there is.
   */
  readonly severalWritersUpTo?: number | undefined;
  /** The server's clock, where there is a server and anything is known of it. */
  readonly serverTime?: { now(): ServerNow | undefined } | undefined;
  /**
   * How often a call was made again because nobody knew what had become of it; only where there is a network between.
   */
  readonly retries?: number;
  /** Lets go of what it remembers of the log, which is not what it was. Only where there is a network between. */
  readonly forget?: () => void;
  /** Why the store takes no appends now; undefined as long as it does. Asking looks at what it stands on. */
  readonly failure?: StoreFailure | undefined;
  /** How the mark stands that notices a log which has lost its end; only where the log is a file. */
  readonly mark?: MarkCondition | undefined;
  /**
   * What was met that an operator must know of: what others have written into our streams, what was taken from them.
   * Only where others have a hand in the store.
   */
  readonly findings?: readonly StoreFinding[];
  /** Takes in such a finding that another reader of the same log has told. */
  readonly meet?: (finding: StoreFinding) => void;
  /** Meets again what stands at positions where an event of others once stood, as far as one still does. */
  readonly lookAgain?: (positions: readonly number[]) => Promise<void>;
  /** Why it is not heard what others do to our streams, in English; undefined while it is. It heals by itself. */
  readonly unheard?: string | undefined;
  /**
   * Checks the store itself, not what the events mean: stored hashes, gaps, keys, the file. Yields what is wrong.
   * @param carriesKey whether the data of an event was recorded under a key
   * @throws an error of the machine, or of the network, where the store cannot be had
   */
  audit(progress?: (position: number) => void, carriesKey?: CarriesKey): AsyncIterable<AuditFinding>;
  /** Looks at what the store is kept by, as one does before trusting it. Only where that is a server. */
  readonly check?: () => Promise<ServerCheck>;
  /** Finishes the appends in hand, ends live readers, and lets go of the file. */
  close(): Promise<void>;
}

/** Where a ledger's log is. Plain data: it is handed to other threads. */
export type StorePlace =
  | { readonly store: 'sqlite'; readonly log: string; readonly mark: string }
  | {
      readonly store: 'kurrentdb';
      readonly url: string;
      /** With which the names of the ledger's streams begin there; the usual one where nothing was chosen. */
      readonly prefix?: string | undefined;
    };

/** What a server's clock says now lies between these, in milliseconds since 1970; Infinity where nobody knows. */
export interface ServerNow {
  readonly earliestMs: number;
  readonly latestMs: number;
}

export type CarriesKey = (data: string, key: string) => boolean;

/** Something wrong in the store, at a position where one can be named. */
export interface AuditFinding {
  readonly position?: number;
  readonly code: string;
  readonly detail: string;
}

/** The stream was not where the appender believed it to be. Recognised by its code. */
export class WrongExpectedRevision extends Error {
  readonly code = 'wrong-expected-revision';
  constructor(
    readonly stream: string,
    readonly expected: ExpectedRevision,
    readonly actual: ExpectedRevision,
  ) {
    super(`${stream}: expected revision ${expected}, found ${actual}`);
  }
}

export function isWrongExpectedRevision(error: unknown): error is WrongExpectedRevision {
  return error instanceof Error && 'code' in error && error.code === 'wrong-expected-revision';
}

/** An indexed key stands in its stream already. Recognised by its code. */
export class DuplicateKey extends Error {
  readonly code = 'duplicate-key';
  constructor(
    readonly stream: string,
    readonly key: string,
  ) {
    super(`${stream}: the key ${key} is already there`);
  }
}

/**
 * Why a store takes no appends.
 * - disk-full: the disk is full, and nothing was written. Every further append is tried, and the store tries by itself.
 * - log-write-failed: a write failed, and whether its appends are in the log is not known. The store looks by itself,
 *   and goes on once it knows and the disk has taken everything.
 * - log-file-lost: a file of the log is not at its place. The store goes on when it is back.
 * - store-refuses-appends: the log is not as the store knows it. It has to be looked at and opened again.
 */
export type StoreFailureCode = 'disk-full' | 'log-write-failed' | 'log-file-lost' | 'store-refuses-appends';

/** The store takes no appends: what became of the one that met this is not known, unless the disk is full. */
export class StoreFailure extends Error {
  constructor(
    readonly code: StoreFailureCode,
    message: string,
    cause?: unknown,
  ) {
    super(message, { cause });
    this.name = 'StoreFailure';
  }
}

/** How the mark beside a log stands. What is wrong with it stops nothing. */
export interface MarkCondition {
  /**
   * - in-step: it says how far the log has come.
   * - made-anew: it does, but was missing or damaged when the log was opened, or later: its word before is lost.
   * - not-written: it cannot be written; that is tried again with every commit.
   */
  readonly state: 'in-step' | 'made-anew' | 'not-written';
  readonly message?: string;
}

/** The store did not answer, however often it was asked. Recognised by its code. */
export class StoreUnreachable extends Error {
  readonly code = 'store-unreachable';
}

export function isStoreUnreachable(error: unknown): error is StoreUnreachable {
  return error instanceof Error && 'code' in error && error.code === 'store-unreachable';
}

/** An append that no store takes. Recognised by its code. */
export class UnacceptableEvent extends Error {
  readonly code = 'unacceptable-event';
}

/** What every adapter demands of an append before it looks at the stream. @throws UnacceptableEvent */
export function demandAppendable(stream: string, events: readonly NewEvent[]): void {
  if (events.length === 0) throw new UnacceptableEvent(`${stream}: an append needs at least one event`);
  if (piecesOf(events).length > 1)
    throw new UnacceptableEvent(`${stream}: ${events.length} events are more than ${MAX_APPEND_BYTES} bytes`);
  for (const { type, data } of events) {
    if (!data.isWellFormed()) throw new UnacceptableEvent(`${stream}: ${type} is not well-formed Unicode`);
    // A UTF-16 unit becomes at most three bytes: only long text is worth counting.
    const bytes = data.length * 3 <= MAX_EVENT_BYTES ? 0 : Buffer.byteLength(data);
    if (bytes > MAX_EVENT_BYTES)
      throw new UnacceptableEvent(`${stream}: ${type} has ${bytes} bytes, at most ${MAX_EVENT_BYTES} are stored`);
  }
}

/** Events as the fewest appends that hold them in their order. */
export function piecesOf<T extends Pick<NewEvent, 'data'>>(events: readonly T[]): (readonly T[])[] {
  if (events.length > 0 && isSurelySmall(events)) return [events];
  const pieces: T[][] = [];
  let bytes = Infinity;
  for (const event of events) {
    const size = Buffer.byteLength(event.data) + BYTES_BESIDE;
    if (bytes + size > MAX_APPEND_BYTES) pieces.push([]);
    bytes = bytes + size > MAX_APPEND_BYTES ? size : bytes + size;
    pieces[pieces.length - 1]!.push(event);
  }
  return pieces;
}

/** True where no encoding of the events is too much for one append. A UTF-16 unit becomes at most three bytes. */
function isSurelySmall(events: readonly Pick<NewEvent, 'data'>[]): boolean {
  let most = 0;
  for (const { data } of events) most += data.length * 3 + BYTES_BESIDE;
  return most <= MAX_APPEND_BYTES;
}

/** The public id of an event: its stream and revision, e.g. `book-employee-460100-12`. The same on every store. */
export const eventId = (stream: string, revision: number): string => `${stream}-${revision}`;

/** The inverse of `eventId`; undefined where the text is no such id. */
export function parseEventId(id: string): { stream: string; revision: number } | undefined {
  const match = /^([a-z]+(?:-[A-Za-z0-9._~]+)*)-(0|[1-9][0-9]{0,14})$/.exec(id);
  return match ? { stream: match[1]!, revision: Number.parseInt(match[2]!, 10) } : undefined;
}
