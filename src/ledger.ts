import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { setTimeout as sleep } from 'node:timers/promises';
import { likenessesShown, trailPosition } from '../projections/audit-trail/likenesses.js';
import { findKey, lastKeyedRevision } from '../projections/book-keys/query.js';
import { readBookState } from '../projections/book-state/query.js';
import { chunksOf } from '../projections/chunks.js';
import { follow } from '../projections/follow.js';
import { ReadTables, ReadTablesWriter } from '../projections/read-tables.js';
import { lastInstant } from '../projections/recorded-time/query.js';
import { PROJECTIONS, projectionsOver } from '../projections/registry.js';
import { Books } from './books/handle.js';
import { readEvent } from './books/event.js';
import { type Clock, dayInShanghai } from './time/clock.js';
import { readConfirmedClock, writeConfirmedClock } from './time/confirmed-clock.js';
import { endThread } from './end-thread.js';
import { demandLedger } from './data-place.js';
import { areTablesOf, DataDirectory, type DataPaths, dataPaths, OWN_LOG } from './data-directory.js';
import { LedgerError, text } from './errors.js';
import { type EventStore, type StorePlace } from './event-store/event-store.js';
import { openStore, openStoreForReading } from './event-store/open-store.js';
import { identityOf, likenessOf } from './vouchers/likeness.js';
import { type ClockWitness, clockText, DAY_MS, RecordingClock, USUAL_BOUND_DAYS } from './time/recording-clock.js';

/** An open ledger: the log, the books that append to it, and the read tables that follow it. */
export interface Ledger {
  readonly directory: DataDirectory;
  /** Where the log is, for a thread that reads it by itself. */
  readonly place: StorePlace;
  readonly store: EventStore;
  readonly books: Books;
  readonly tables: ReadTables;
  /** The machine's clock. */
  readonly clock: Clock;
  /** The clock by which events are recorded. */
  readonly recordingClock: RecordingClock;
  /** Waits until the read tables show a position. @throws LedgerError unavailable after `timeoutMs` */
  readonly waitFor: (position: number, timeoutMs: number) => Promise<void>;
  /** Ends the follower after the batch in hand, finishes what is being appended, and releases the directory. */
  readonly close: () => Promise<void>;
}

export interface LedgerOptions {
  /** `esdb://…` or `kurrentdb://…`: the log is there. Without it the log is a file in the data directory. */
  readonly eventStoreUrl?: string | undefined;
  /** With which the names of its streams begin there; the usual one where nothing was chosen. */
  readonly eventStorePrefix?: string | undefined;
  /** How far the clock may lie from the last recorded time, in days; 30 where nothing is said. */
  readonly clockBoundDays?: number | undefined;
  /** Hears of what the event store gets over by itself, retries and dropped subscriptions, and of a wrong clock. */
  readonly log?: (message: string) => void;
}

/** Opens the ledger in a data directory, creating it where there is none. The read tables are always there. */
export async function openLedger(path: string, clock: Clock, options: LedgerOptions = {}): Promise<Ledger> {
  const directory = DataDirectory.take(path, options.log);
  const { read } = directory.paths;
  const place = logPlace(directory.paths, options);
  directory.keepTablesOf(logName(place));
  const writer = new ReadTablesWriter(read);
  for (const projection of projectionsOver(place.store)) writer.prepare(projection);
  writer.close();
  const tables = new ReadTables(read);
  const keys = (stream: string, key: string) => ({
    covered: lastKeyedRevision(tables, stream),
    revision: findKey(tables, stream, key),
  });
  const store = await openStore(place, keys, options.log, () => directory.lostRight());
  const lastAt = await lastRecordedAt(store).catch(async (error: unknown) => {
    tables.close();
    await store.close();
    directory.release();
    throw error;
  });
  const boundMs = (options.clockBoundDays ?? USUAL_BOUND_DAYS) * DAY_MS;
  const witness = clockWitness(directory.paths, tables, options.log);
  const recordingClock = new RecordingClock(clock, lastAt, boundMs, witness);
  recordingClock.reading();
  const follower = startFollower(place, read, options.log);
  // Two followers would add up in the same tables.
  directory.whenLost(() => void follower.stop());
  const books = new Books(store, recordingClock, (stream) => readBookState(tables, stream), {
    identityOf,
    likenessOf,
    position: () => trailPosition(tables),
    shown: (command) => likenessesShown(tables, command),
  });
  const waitFor = (position: number, timeoutMs: number) => waitUntilShown(tables, position, timeoutMs);
  const close = async (): Promise<void> => {
    await follower.stop();
    tables.close();
    await store.close();
    directory.release();
  };
  return { directory, place, store, books, tables, clock, recordingClock, waitFor, close };
}

/** Where the log of a ledger is. */
export function logPlace(
  { log, mark }: DataPaths,
  { eventStoreUrl: url, eventStorePrefix }: LedgerOptions,
): StorePlace {
  return url ? { store: 'kurrentdb', url, prefix: eventStorePrefix } : { store: 'sqlite', log, mark };
}

/** The log's name beside the read tables: its address without what is secret or may change. */
function logName(place: StorePlace): string {
  return place.store === 'sqlite' ? OWN_LOG : place.url.replace(/^[^:]*:\/\/(?:[^@/]*@)?([^/?]*).*$/, '$1');
}

/** When the last event was recorded; undefined in an empty log. */
export async function lastRecordedAt(store: EventStore): Promise<number | undefined> {
  const last = await store.last();
  return last && Date.parse(readEvent(last).recordedAt);
}

/** The read tables know what other nodes have recorded, the data directory what an operator has confirmed. */
function clockWitness(
  { confirmedClock }: DataPaths,
  tables: ReadTables,
  log: (message: string) => void = () => undefined,
): ClockWitness {
  return {
    lastMs: () => lastInstant(tables),
    confirmed: () => readConfirmedClock(confirmedClock),
    // It is kept beside what has been recorded, and must not undo it.
    keep: (confirmed) => {
      try {
        writeConfirmedClock(confirmedClock, confirmed);
      } catch (error) {
        log(`${confirmedClock}: ${(error as Error).message}`);
      }
    },
    changed: (reading) => log(clockText(reading).en),
  };
}

/** The follower works in batches; without limits its garbage heaps up before it is collected. */
const FOLLOWER_LIMITS = { maxYoungGenerationSizeMb: 32, maxOldGenerationSizeMb: 256 };

function startFollower(
  place: StorePlace,
  readPath: string,
  log: (message: string) => void = () => undefined,
): { stop: () => Promise<void> } {
  const worker = new Worker(new URL('../projections/follow.worker.js', import.meta.url), {
    workerData: { place, readPath },
    resourceLimits: FOLLOWER_LIMITS,
  });
  worker.on('message', log);
  const ended = new Promise<void>((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', () => resolve());
  });
  return {
    stop: async () => {
      if (!(await endThread(worker, ended))) log('the follower did not stop in time, and was ended');
    },
  };
}

/** A ledger opened for asking only: nothing is appended, and a service may run on the same directory meanwhile. */
export interface Reading {
  readonly store: EventStore;
  readonly tables: ReadTables;
  /** The day in Asia/Shanghai. */
  readonly today: string;
  /** Waits until the read tables show a position. @throws LedgerError unavailable, where they do not in time */
  readonly waitFor: (position: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

/**
 * Opens the ledger in a data directory for asking. Where a service runs, its follower keeps the read tables; where none
 * does and they are behind the log, they are brought up to it here, under the directory's lock.
 * @throws LedgerError unavailable, where there is no ledger, or the service does not keep up
 */
export async function openForReading(path: string, clock: Clock, options: LedgerOptions = {}): Promise<Reading> {
  const paths = dataPaths(path);
  const place = logPlace(paths, options);
  if (place.store === 'sqlite') demandLedger(path);
  const store = await openStoreForReading(place, options.log);
  try {
    const head = await store.head();
    if (!isShown(paths, place, head)) await catchUp(path, place, store, head);
  } catch (error) {
    await store.close();
    throw error;
  }
  const tables = new ReadTables(paths.read);
  const close = async (): Promise<void> => {
    tables.close();
    await store.close();
  };
  const waitFor = (position: number) => waitUntilShown(tables, position, CATCH_UP_TIMEOUT_MS);
  return { store, tables, today: dayInShanghai(clock()), waitFor, close };
}

/** Whether the read tables of every projection are there and show the whole log. */
function isShown(paths: DataPaths, place: StorePlace, head: number): boolean {
  if (!existsSync(paths.read) || !areTablesOf(paths, logName(place))) return false;
  const tables = new ReadTables(paths.read);
  const checkpoints = tables.checkpoints().filter(({ failure, position }) => failure === null && position >= head);
  tables.close();
  return PROJECTIONS.every(({ name, version }) =>
    checkpoints.some((checkpoint) => checkpoint.projection === name && checkpoint.version === version),
  );
}

const CATCH_UP_TIMEOUT_MS = 5_000;

async function catchUp(path: string, place: StorePlace, store: EventStore, head: number): Promise<void> {
  const directory = takeUnlessInUse(path);
  if (!directory) {
    demandTablesOf(path, place);
    const tables = new ReadTables(dataPaths(path).read);
    await waitUntilShown(tables, head, CATCH_UP_TIMEOUT_MS).finally(() => tables.close());
    return;
  }
  directory.keepTablesOf(logName(place));
  const writer = new ReadTablesWriter(directory.paths.read);
  try {
    await follow(store, writer, projectionsOver(place.store), { live: false, chunks: chunksOf(place) });
  } finally {
    writer.close();
    directory.release();
  }
}

function demandTablesOf(path: string, place: StorePlace): void {
  if (areTablesOf(dataPaths(path), logName(place))) return;
  const message = text(`目录 ${path} 的服务使用另一个日志`, `the service in ${path} follows another log`);
  throw new LedgerError('unavailable', 'tables-of-another-log', message);
}

function takeUnlessInUse(path: string): DataDirectory | undefined {
  try {
    return DataDirectory.take(path);
  } catch (error) {
    if (error instanceof LedgerError && error.code === 'data-directory-in-use') return undefined;
    throw error;
  }
}

const WAIT_POLL_MS = 3;

/** Waits until the read tables show a position. @throws LedgerError unavailable after `timeoutMs` */
export async function waitUntilShown(tables: ReadTables, position: number, timeoutMs: number): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const slowest = slowestOf(tables);
    if (slowest >= position) return;
    if (performance.now() > deadline) {
      throw new LedgerError(
        'unavailable',
        'position-not-yet-shown',
        text(
          `查询视图尚未到达位置 ${position}，当前 ${slowest}`,
          `the read tables have not reached position ${position}, they show ${slowest}`,
        ),
      );
    }
    await sleep(WAIT_POLL_MS);
  }
}

/** How far every projection has come that is at work. One that an event stopped says so itself when it is asked. */
function slowestOf(tables: ReadTables): number {
  return tables
    .checkpoints()
    .filter(({ failure }) => failure === null)
    .filter((at) => PROJECTIONS.some(({ name, version }) => at.projection === name && at.version === version))
    .reduce((least, { position }) => Math.min(least, position), Infinity);
}
