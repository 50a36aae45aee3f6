import { fork } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { follow } from '../projections/following/follow.js';
import { ReadTablesWriter } from '../projections/following/read-tables.js';
import { PROJECTIONS } from '../projections/registry.js';
import { dataPaths } from '../src/data-directory.js';
import { type StorePlace } from '../src/event-store/event-store.js';
import { openStoreForReading } from '../src/event-store/open-store.js';
import { type Figure, median, ratioOf } from './figure.js';
import { generateFeed, importOnce, ledgerOf } from './large-ledger.js';
import { temporaryDirectory } from './processes.js';

const EVENTS = 20_000;
const ROUNDS = 3;

/**
 * All projections from the first event on, read over a socket from the wire-level double of KurrentDB, which runs in a
 * process of its own, against the same from the SQLite file. A figure without a bound: the double is not the server.
 */
export async function catchUp(): Promise<Figure> {
  const directory = temporaryDirectory();
  generateFeed(directory, EVENTS);
  await importOnce(directory);
  const { log, mark } = dataPaths(ledgerOf(directory));
  const double = fork(join(import.meta.dirname, 'double-once.js'), [log, mark]);
  try {
    const ended = once(double, 'exit').then(() => Promise.reject(new Error('the double has ended')));
    const [url] = (await Promise.race([once(double, 'message'), ended])) as [string];
    const rates: Record<'sqlite' | 'kurrentdb', number[]> = { sqlite: [], kurrentdb: [] };
    const places: readonly StorePlace[] = [
      { store: 'sqlite', log, mark },
      { store: 'kurrentdb', url },
    ];
    for (let round = 0; round < ROUNDS; round += 1)
      for (const place of places)
        rates[place.store].push(await rateFrom(place, join(directory, `${place.store}-${round}.db`)));
    const name = 'catch-up of all projections, from the double against SQLite';
    return ratioOf(name, median(rates.kurrentdb), median(rates.sqlite), 0, `${EVENTS} events`);
  } finally {
    double.kill();
    rmSync(directory, { recursive: true });
  }
}

async function rateFrom(place: StorePlace, path: string): Promise<number> {
  const store = await openStoreForReading(place);
  const tables = new ReadTablesWriter(path);
  const started = performance.now();
  await follow(store, tables, PROJECTIONS, { live: false });
  const rate = (EVENTS / (performance.now() - started)) * 1_000;
  tables.close();
  await store.close();
  return rate;
}
