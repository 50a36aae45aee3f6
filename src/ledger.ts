import { Worker } from 'node:worker_threads';
import { setTimeout as sleep } from 'node:timers/promises';
import { readBookState } from '../projections/book-state/query.js';
import { ReadTables, ReadTablesWriter } from '../projections/read-tables.js';
import { PROJECTIONS } from '../projections/registry.js';
import { Books } from './books/handle.js';
import { readEvent } from './books/event.js';
import { type Clock, monotone } from './clock.js';
import { DataDirectory } from './data-directory.js';
import { LedgerError, text } from './errors.js';
import { type EventStore } from './event-store/event-store.js';
import { SqliteEventStore } from './event-store/sqlite.js';

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

/** Opens the ledger in a data directory, creating it where there is none. */
export async function openLedger(path: string, clock: Clock): Promise<Ledger> {
  const directory = DataDirectory.take(path);
  const { log, mark, read } = directory.paths;
  const store = new SqliteEventStore(log, { readonly: false, markPath: mark });
  const recordedClock = monotone(clock, await lastRecordedAt(store));
  const writer = new ReadTablesWriter(read);
  for (const projection of PROJECTIONS) writer.prepare(projection);
  writer.close();
  const tables = new ReadTables(read);
  const follower = startFollower(log, read);
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

async function lastRecordedAt(store: EventStore): Promise<number> {
  const head = await store.head();
  if (head === 0) return 0;
  for await (const [last] of store.readAll({ after: head - 1, live: false, batch: 1 }))
    if (last) return Date.parse(readEvent(last).recordedAt);
  return 0;
}

function startFollower(logPath: string, readPath: string): { stop: () => Promise<void> } {
  const worker = new Worker(new URL('../projections/follow.worker.js', import.meta.url), {
    workerData: { logPath, readPath },
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

const WAIT_POLL_MS = 3;

async function waitUntilShown(tables: ReadTables, position: number, timeoutMs: number): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const slowest = tables.checkpoints().reduce((least, { position: at }) => Math.min(least, at), Infinity);
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
