import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { setTimeout as sleep } from 'node:timers/promises';
import { findKey, lastKeyedRevision } from '../projections/book-keys/query.js';
import { readBookState } from '../projections/book-state/query.js';
import { follow } from '../projections/follow.js';
import { ReadTables, ReadTablesWriter } from '../projections/read-tables.js';
import { PROJECTIONS, projectionsOver } from '../projections/registry.js';
import { Books } from './books/handle.js';
import { readEvent } from './books/event.js';
import { type Clock, dayInShanghai, monotone } from './clock.js';
import { DataDirectory, type DataPaths, dataPaths } from './data-directory.js';
import { LedgerError, text } from './errors.js';
import { type EventStore } from './event-store/event-store.js';
import { openStore, openStoreForReading, type StorePlace } from './event-store/open-store.js';

/** An open ledger: the log, the books that append to it, and the read tables that follow it. */
export interface Ledger {
  readonly directory: DataDirectory;
  readonly store: EventStore;
  readonly books: Books;
  readonly tables: ReadTables;
  readonly clock: Clock;
  /** Waits until the read tables show a position. @throws LedgerError unavailable after `timeoutMs` */
  readonly waitFor: (position: number, timeoutMs: number) => Promise<void>;
  /** Ends the follower after the batch in hand, finishes what is being appended, and releases the directory. */
  readonly close: () => Promise<void>;
}

export interface LedgerOptions {
  /** `esdb://…` or `kurrentdb://…`: the log is there. Without it the log is a file in the data directory. */
  readonly eventStoreUrl?: string | undefined;
  /** Hears of what the event store gets over by itself: retries, dropped subscriptions. */
  readonly log?: (message: string) => void;
}

/** Opens the ledger in a data directory, creating it where there is none. The read tables are always there. */
export async function openLedger(path: string, clock: Clock, options: LedgerOptions = {}): Promise<Ledger> {
  const directory = DataDirectory.take(path);
  const { read } = directory.paths;
  const place = placeOf(directory.paths, options);
  const writer = new ReadTablesWriter(read);
  for (const projection of projectionsOver(place.store)) writer.prepare(projection);
  writer.close();
  const tables = new ReadTables(read);
  const keys = {
    revision: (stream: string) => lastKeyedRevision(tables, stream),
    find: (stream: string, key: string) => findKey(tables, stream, key),
  };
  const store = openStore(place, keys, options.log);
  const recordedClock = monotone(clock, await lastRecordedAt(store));
  const follower = startFollower(place, read);
  const books = new Books(store, recordedClock, (stream) => readBookState(tables, stream));
  const waitFor = (position: number, timeoutMs: number) => waitUntilShown(tables, position, timeoutMs);
  const close = async (): Promise<void> => {
    await follower.stop();
    tables.close();
    await store.close();
    directory.release();
  };
  return { directory, store, books, tables, clock: recordedClock, waitFor, close };
}

function placeOf({ log, mark }: DataPaths, { eventStoreUrl: url }: LedgerOptions): StorePlace {
  return url ? { store: 'kurrentdb', url } : { store: 'sqlite', log, mark };
}

async function lastRecordedAt(store: EventStore): Promise<number> {
  const last = await store.last();
  return last ? Date.parse(readEvent(last).recordedAt) : 0;
}

function startFollower(place: StorePlace, readPath: string): { stop: () => Promise<void> } {
  const worker = new Worker(new URL('../projections/follow.worker.js', import.meta.url), {
    workerData: { place, readPath },
  });
  const ended = new Promise<void>((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', () => resolve());
  });
  return {
    stop: () => {
      worker.postMessage('stop');
      return ended;
    },
  };
}

/** A ledger opened for asking only: nothing is appended, and a service may run on the same directory meanwhile. */
export interface Reading {
  readonly store: EventStore;
  readonly tables: ReadTables;
  /** The day in Asia/Shanghai. */
  readonly today: string;
  readonly close: () => Promise<void>;
}

/**
 * Opens the ledger in a data directory for asking. Where a service runs, its follower keeps the read tables; where none
 * does and they are behind the log, they are brought up to it here, under the directory's lock.
 * @throws LedgerError not-found, where there is no ledger; unavailable, where the service does not keep up
 */
export async function openForReading(path: string, clock: Clock, options: LedgerOptions = {}): Promise<Reading> {
  const paths = dataPaths(path);
  const place = placeOf(paths, options);
  if (place.store === 'sqlite' && !existsSync(paths.log)) {
    const message = text(`目录 ${path} 中没有账簿`, `there is no ledger in ${path}`);
    throw new LedgerError('not-found', 'no-ledger', message);
  }
  const store = openStoreForReading(place);
  const head = await store.head();
  if (!isShown(paths, head)) await catchUp(path, store, head);
  const tables = new ReadTables(paths.read);
  const close = async (): Promise<void> => {
    tables.close();
    await store.close();
  };
  return { store, tables, today: dayInShanghai(clock()), close };
}

/** Whether the read tables of every projection are there and show the whole log. */
function isShown({ read }: DataPaths, head: number): boolean {
  if (!existsSync(read)) return false;
  const tables = new ReadTables(read);
  const checkpoints = tables.checkpoints().filter(({ failure, position }) => failure === null && position >= head);
  tables.close();
  return PROJECTIONS.every(({ name, version }) =>
    checkpoints.some((checkpoint) => checkpoint.projection === name && checkpoint.version === version),
  );
}

const CATCH_UP_TIMEOUT_MS = 5_000;

async function catchUp(path: string, store: EventStore, head: number): Promise<void> {
  const directory = takeUnlessInUse(path);
  if (!directory) {
    const tables = new ReadTables(dataPaths(path).read);
    await waitUntilShown(tables, head, CATCH_UP_TIMEOUT_MS).finally(() => tables.close());
    return;
  }
  const writer = new ReadTablesWriter(directory.paths.read);
  try {
    await follow(store, writer, PROJECTIONS, { live: false });
  } finally {
    writer.close();
    directory.release();
  }
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

async function waitUntilShown(tables: ReadTables, position: number, timeoutMs: number): Promise<void> {
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
