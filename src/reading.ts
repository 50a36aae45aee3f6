import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { chunksOf } from '../projections/following/chunks.js';
import { findMisfit, unfitToLog } from '../projections/following/fit.js';
import { follow } from '../projections/following/follow.js';
import { lastShown } from '../projections/asking/last-shown.js';
import {
  slowestOf,
  ReadTables,
  ReadTablesWriter,
  TablesFault,
  UnfitTables,
} from '../projections/following/read-tables.js';
import { PROJECTIONS, projectionsOver } from '../projections/followed.js';
import { clearTables, isReplaceable } from '../projections/following/tables-file.js';
import { type Clock, dayInShanghai } from './time/clock.js';
import { DataDirectory, dataPaths } from './data-directory.js';
import { demandLedger } from './data-place.js';
import { LedgerError, text } from './errors.js';
import { type EventStore, type StorePlace } from './event-store/event-store.js';
import { openStoreForReading } from './event-store/open-store.js';
import { looksAt, waitUntilShown } from './kept-tables.js';
import { type LedgerOptions, logPlace } from './ledger.js';
import { readReference } from './adopting/adopted-in.js';
import { type Reference } from './reference/reference.js';

/** A ledger opened for asking only: nothing is appended, and a service may run on the same directory meanwhile. */
export interface Reading {
  readonly store: EventStore;
  readonly tables: ReadTables;
  /** What is adopted, as the log has it now. */
  readonly reference: Reference;
  /** The day in Asia/Shanghai. */
  readonly today: string;
  readonly clock: Clock;
  /** Waits until the read tables show a position. @throws LedgerError unavailable, where they do not in time */
  readonly waitFor: (position: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** How long a service is waited for that keeps the read tables. */
const CATCH_UP_TIMEOUT_MS = 5_000;
const LOOK_MS = 20;

/**
 * Opens the ledger in a data directory for asking. Where a service runs, its follower keeps the read tables; where none
 * does and they are behind the log, damaged, or those of another log, they are brought up to it here, under the
 * directory's lock.
 * @throws LedgerError unavailable, where there is no ledger, or the service does not keep up
 */
export async function openForReading(path: string, clock: Clock, options: LedgerOptions = {}): Promise<Reading> {
  const paths = dataPaths(path);
  const place = logPlace(paths, options);
  if (place.store === 'sqlite') demandLedger(path);
  const store = await openStoreForReading(place, options.log, { known: () => lastShown(paths.read) });
  let tables: ReadTables;
  let reference: Reference;
  try {
    reference = await readReference(store);
    tables = await openShown(path, place, store, options.log);
  } catch (error) {
    await store.close();
    throw error;
  }
  const close = async (): Promise<void> => {
    tables.close();
    await store.close();
  };
  const looks = looksAt(() => tables.checkpoints());
  const waitFor = (position: number) => waitUntilShown(looks, position, CATCH_UP_TIMEOUT_MS);
  return { store, tables, reference, today: dayInShanghai(clock()), clock, waitFor, close };
}

/** Opens read tables that show the log as it is now, once there are such. */
async function openShown(
  path: string,
  place: StorePlace,
  store: EventStore,
  log: (message: string) => void = () => undefined,
): Promise<ReadTables> {
  const { read } = dataPaths(path);
  const head = await store.head();
  for (const deadline = performance.now() + CATCH_UP_TIMEOUT_MS; ; await sleep(LOOK_MS)) {
    const found = await look(read, store, head);
    if (found.tables && !found.isStopped) return found.tables;
    const directory = takeUnlessInUse(path);
    if (!directory) {
      if (found.tables) return found.tables;
      if (performance.now() > deadline) throw notShown(head, found.why);
      continue;
    }
    found.tables?.close();
    await catchUp(read, place, store, log).finally(() => directory.release());
    const made = await look(read, store, head);
    if (made.tables) return made.tables;
    throw notShown(head, made.why);
  }
}

interface Found {
  /** Undefined where they do not show the log. */
  readonly tables: ReadTables | undefined;
  /** Whether an event has stopped a projection, which says so itself when it is asked. */
  readonly isStopped: boolean;
  readonly why: string;
}

/** The tables at a path, where they are those of the log and show it up to a position. */
async function look(path: string, store: EventStore, head: number): Promise<Found> {
  const none = (why: string): Found => ({ tables: undefined, isStopped: false, why });
  if (!existsSync(path)) return none('none');
  let tables: ReadTables | undefined;
  try {
    tables = new ReadTables(path);
    tables.demandWhole();
    const found = tables.checkpoints();
    const own = PROJECTIONS.flatMap(
      ({ name, version }) => found.find((at) => at.projection === name && at.version === version) ?? [],
    );
    const misfit = await findMisfit(store, found);
    const shown = own.length < PROJECTIONS.length ? 0 : slowestOf(own, PROJECTIONS);
    if (!misfit && shown >= head) return { tables, isStopped: own.some(({ failure }) => failure !== null), why: '' };
    tables.close();
    return none(misfit ? unfitToLog(misfit).message : String(shown));
  } catch (error) {
    tables?.close();
    if (!(error instanceof TablesFault || error instanceof UnfitTables)) throw error;
    return none(error.message);
  }
}

/** Follows the log to its end; tables that are no good for it are made anew first. */
async function catchUp(
  path: string,
  place: StorePlace,
  store: EventStore,
  log: (message: string) => void,
): Promise<void> {
  try {
    await followOnce(path, place, store);
  } catch (error) {
    const isUnfit = error instanceof UnfitTables || (error instanceof TablesFault && isReplaceable(error.code, path));
    if (!isUnfit) throw error;
    log(`read tables: ${error.message}; they are made anew from the log`);
    clearTables(path);
    await followOnce(path, place, store);
  }
}

async function followOnce(path: string, place: StorePlace, store: EventStore): Promise<void> {
  const writer = new ReadTablesWriter(path);
  try {
    await follow(store, writer, projectionsOver(place.store), { live: false, chunks: chunksOf(place) });
  } finally {
    writer.close();
  }
}

function notShown(head: number, got: string): LedgerError {
  const message = text(
    `服务的查询视图尚未显示位置 ${head}`,
    `the read tables of the service do not show position ${head} yet`,
  );
  return new LedgerError('unavailable', 'position-not-yet-shown', message, [
    { pointer: 'read-tables', code: 'position-not-yet-shown', expected: text(`位置 ${head}`, `position ${head}`), got },
  ]);
}

function takeUnlessInUse(path: string): DataDirectory | undefined {
  try {
    return DataDirectory.take(path);
  } catch (error) {
    if (error instanceof LedgerError && error.code === 'data-directory-in-use') return undefined;
    throw error;
  }
}
