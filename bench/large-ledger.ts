import { existsSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_SEED, generate } from '../examples/hainan-2025/generate.js';
import { chunksOf } from '../projections/following/chunks.js';
import { follow } from '../projections/following/follow.js';
import { ReadTablesWriter } from '../projections/following/read-tables.js';
import { PROJECTIONS } from '../projections/registry.js';
import { dataPaths } from '../src/data-directory.js';
import { type EventStore } from '../src/event-store/event-store.js';
import { openStoreForReading } from '../src/event-store/open-store.js';
import { nodeOptionsFor } from '../src/node-options.js';
import { type Asked, type AskedBalances, randomQuestions } from './balance-questions.js';
import { atMost, type Figure, median, percentile, ratioOf, within } from './figure.js';
import { run, runWith, startService } from './processes.js';
import { batchInserts, scan } from './raw-loops.js';

/** The benchmarks on a ledger of many events: all use the one that the first of them imports. */

const RAW_BATCH = 5_000;
const QUESTIONS_OVER_HTTP = 200;
const STARTS = 5;
const REBUILDS = 3;
/** What an import may take of the memory, and an event of the disk. */
const [PEAK_MEGABYTES, LOG_BYTES, READ_BYTES] = [400, 160, 100];
const START_MS = 1_000;

export const feedOf = (directory: string): string => join(directory, 'feed.csv');
export const ledgerOf = (directory: string): string => join(directory, 'ledger');

/** Writes the feed and imports it; not a benchmark itself. */
export function generateFeed(directory: string, events: number): void {
  generate({ seed: DEFAULT_SEED, events, format: 'csv', path: feedOf(directory) });
}

export interface Imported {
  readonly outcome: string;
  readonly posted: number;
  /** Of the last event. */
  readonly position: number;
  readonly elapsedMs: number;
  /** Of all threads. */
  readonly cpuMs: number;
  readonly peakMegabytes: number;
}

/** @param how `blind`: without a look for likely duplicates */
export async function importOnce(
  directory: string,
  into = ledgerOf(directory),
  file = feedOf(directory),
  how: 'looking' | 'blind' = 'looking',
): Promise<Imported> {
  const imported = JSON.parse(await runWith(nodeOptionsFor(['import']), 'import-once.js', into, file, how)) as Imported;
  if (imported.outcome !== 'posted') throw new Error(JSON.stringify(imported));
  return imported;
}

/** Import until the read tables show it, against the same bytes inserted in batches. Small ones are repeated. */
export async function importFile(directory: string, first: Imported, events: number): Promise<Figure[]> {
  const sizes = bytesAnEvent(directory, first.position);
  const [imports, raw] = [[first], [await insertPlainly(directory)]];
  for (let round = 1; round < (events > 200_000 ? 1 : 3); round += 1) {
    const again = join(directory, 'again');
    imports.push(await importOnce(directory, again));
    rmSync(again, { recursive: true });
    raw.push(await insertPlainly(directory));
  }
  if (raw.length === 1) raw.push(await insertPlainly(directory));
  const rate = median(imports.map(({ posted, elapsedMs }) => (posted / elapsedMs) * 1_000));
  const cpu = median(imports.map(({ posted, cpuMs }) => (cpuMs * 1_000) / posted));
  const peak = Math.max(...imports.map(({ peakMegabytes }) => peakMegabytes));
  return [
    ratioOf('import, projections live', rate, median(raw), 0.5, `${cpu.toFixed(0)} µs of CPU a line`),
    within({ name: 'the same, peak RSS', ours: peak, against: null, atLeast: PEAK_MEGABYTES, unit: 'MB' }),
    ...sizes,
  ];
}

/** What an event takes on disk after an import, the ledger closed. */
function bytesAnEvent(directory: string, events: number): Figure[] {
  const { log, read } = dataPaths(ledgerOf(directory));
  const sizeOf = (path: string): number =>
    [path, `${path}-wal`].reduce((sum, file) => sum + (existsSync(file) ? statSync(file).size : 0), 0);
  const figureOf = (name: string, path: string, atLeast: number): Figure =>
    within({ name, ours: sizeOf(path) / events, against: null, atLeast, unit: 'bytes' });
  return [
    figureOf('an event in the log, hashes included', log, LOG_BYTES),
    figureOf('an event in the read tables', read, READ_BYTES),
  ];
}

/** Where the same events stand as plain rows. */
const plainOf = (directory: string): string => join(directory, 'raw.db');

const openLog = (directory: string): Promise<EventStore> => openStoreForReading(placeOf(directory));

function placeOf(directory: string) {
  const { log, mark } = dataPaths(ledgerOf(directory));
  return { store: 'sqlite', log, mark } as const;
}

async function insertPlainly(directory: string): Promise<number> {
  const log = await openLog(directory);
  const rate = await batchInserts(plainOf(directory), log, RAW_BATCH);
  await log.close();
  return rate;
}

/** All projections from the first event on into new tables, against a scan of the same events as plain rows. */
export async function rebuild(directory: string): Promise<Figure> {
  const path = join(directory, 'rebuilt.db');
  await insertPlainly(directory);
  const rates: number[] = [];
  const scans = [scan(plainOf(directory))];
  for (let round = 0; round < REBUILDS; round += 1) {
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
    const store = await openLog(directory);
    const tables = new ReadTablesWriter(path);
    const started = performance.now();
    await follow(store, tables, PROJECTIONS, { live: false, chunks: chunksOf(placeOf(directory)) });
    rates.push(((await store.head()) / (performance.now() - started)) * 1_000);
    tables.close();
    await store.close();
    scans.push(scan(plainOf(directory)));
  }
  return ratioOf('rebuild of all projections', median(rates), median(scans), 0.4);
}

/** One book's balance at random points of both time axes: as the question answers it, and once over HTTP. */
export async function balance(directory: string): Promise<Figure[]> {
  const { p50, p99, asked } = JSON.parse(await run('ask-balances.js', ledgerOf(directory))) as AskedBalances;
  const store = await openLog(directory);
  const questions = randomQuestions(await store.head()).slice(0, QUESTIONS_OVER_HTTP);
  await store.close();
  const overHttp = await balanceOverHttp(directory, questions);
  return [
    atMost('one balance on both axes, p99', p99, 5, `p50 ${p50.toFixed(2)} ms, ${asked} asked`),
    atMost(
      'the same over HTTP, p99',
      percentile(overHttp, 99),
      5,
      `p50 ${percentile(overHttp, 50).toFixed(2)} ms, ${overHttp.length} asked`,
    ),
  ];
}

async function balanceOverHttp(directory: string, asked: readonly Asked[]): Promise<number[]> {
  const service = await startService(ledgerOf(directory));
  const times: number[] = [];
  for (const parameters of [...asked, ...asked]) {
    const address = `${service.address}/v1/balances?${new URLSearchParams({ ...parameters }).toString()}`;
    const started = performance.now();
    const response = await fetch(address);
    await response.text();
    times.push(performance.now() - started);
    if (response.status !== 200) throw new Error(`${address}: ${response.status}`);
  }
  await service.stop();
  return times.slice(asked.length);
}

/** From the start of the process until it is ready. */
export async function start(directory: string): Promise<Figure> {
  const times: number[] = [];
  for (let round = 0; round < STARTS; round += 1) {
    const service = await startService(ledgerOf(directory));
    times.push(service.startedInMs);
    await service.stop();
  }
  return atMost('start until ready', median(times), START_MS);
}
