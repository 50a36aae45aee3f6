import { parentPort, workerData } from 'node:worker_threads';
import { type StorePlace } from '../src/event-store/event-store.js';
import { openStoreForReading } from '../src/event-store/open-store.js';
import { chunksOf } from './chunks.js';
import { follow } from './follow.js';
import { ReadTablesWriter } from './read-tables.js';
import { projectionsOver } from './registry.js';

/**
 * The one thread that follows the log into the read tables. Stops, after the batch in hand, on any message. Its own
 * messages are what the store gets over by itself.
 */
const { place, readPath } = workerData as { place: StorePlace; readPath: string };
const LIVE_PAUSE_MS = 5;

const stop = new AbortController();
parentPort!.once('message', () => stop.abort());
const store = await openStoreForReading(place, (message) => parentPort!.postMessage(message));
const tables = new ReadTablesWriter(readPath);
const projections = projectionsOver(place.store);
tables.dropAllBut(projections);
await follow(store, tables, projections, { live: true, pauseMs: LIVE_PAUSE_MS, chunks: chunksOf(place) }, stop.signal);
tables.close();
await store.close();
