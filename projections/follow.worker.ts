import { parentPort, workerData } from 'node:worker_threads';
import { SqliteEventStore } from '../src/event-store/sqlite.js';
import { follow } from './follow.js';
import { ReadTablesWriter } from './read-tables.js';
import { PROJECTIONS } from './registry.js';

/** The one thread that follows the log into the read tables. Stops, after the batch in hand, on any message. */
const { logPath, readPath } = workerData as { logPath: string; readPath: string };
const LIVE_PAUSE_MS = 5;

const stop = new AbortController();
parentPort!.once('message', () => stop.abort());
const store = new SqliteEventStore(logPath, { readonly: true });
const tables = new ReadTablesWriter(readPath);
await follow(store, tables, PROJECTIONS, { live: true, pauseMs: LIVE_PAUSE_MS }, stop.signal);
tables.close();
await store.close();
