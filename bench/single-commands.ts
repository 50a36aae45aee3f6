import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { dataPaths } from '../src/data-directory.js';
import { openStoreForReading } from '../src/event-store/open-store.js';
import { type Figure, median, ratioOf } from './figure.js';
import { BARE, run, type Service, startService, temporaryDirectory } from './processes.js';
import { singleCommits } from './raw-loops.js';

const CONNECTIONS = 64;
const REQUESTS = CONNECTIONS * 400;
const WARM_UP = CONNECTIONS * 150;
const ROUNDS = 5;
const RAW_MS = 1_000;

interface Load {
  readonly rate: number;
  readonly failed: number;
  readonly p50: number;
  readonly p99: number;
}

const BATCH = 100;
const BATCH_CONNECTIONS = 16;
const BATCHES = BATCH_CONNECTIONS * 60;

/**
 * Single commands over HTTP against one INSERT and one commit at a time, by turns; and what the same load comes to on
 * a service that does the least there is to do.
 */
export async function singleCommands(): Promise<Figure[]> {
  const bare = await bareCommands();
  const load = (service: Service, round: string): Promise<Load> =>
    loadOn(service, round === 'warm-up' ? WARM_UP : REQUESTS, round);
  const ours = await againstSingleCommits(`single commands over HTTP, ${CONNECTIONS} connections`, 2, load);
  const name = 'the same load on a bare node:http that inserts and commits, and what of it is ours';
  return [ours, ratioOf(name, ours.ours, bare, 0)];
}

/** Commands a second. */
async function bareCommands(): Promise<number> {
  const directory = temporaryDirectory();
  const service = await startService(directory, {}, BARE);
  try {
    const rates: number[] = [];
    await loadOn(service, WARM_UP, 'warm-up');
    for (let round = 0; round < ROUNDS; round += 1)
      rates.push((await loadOn(service, REQUESTS, `round-${round}`)).rate);
    return median(rates);
  } finally {
    await service.stop();
    rmSync(directory, { recursive: true });
  }
}

/** The same commands in batches, against the same. */
export const batchedCommands = (): Promise<Figure> =>
  againstSingleCommits(`commands in batches of ${BATCH}, ${BATCH_CONNECTIONS} connections`, 6, (service, round) =>
    loadOn(service, BATCHES, round, BATCH),
  );

async function againstSingleCommits(
  name: string,
  atLeast: number,
  load: (service: Service, round: string) => Promise<Load>,
): Promise<Figure> {
  const directory = temporaryDirectory();
  const service = await startService(directory);
  try {
    await load(service, 'warm-up');
    const data = await lastEvent(directory);
    const loads: Load[] = [];
    const raw: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      raw.push(singleCommits(join(directory, 'raw.db'), data, RAW_MS));
      loads.push(await load(service, `round-${round}`));
    }
    const [p50, p99] = [median(loads.map((one) => one.p50)), median(loads.map((one) => one.p99))];
    const rate = median(loads.map((one) => one.rate));
    return ratioOf(name, rate, median(raw), atLeast, `p50 ${p50} ms, p99 ${p99} ms`);
  } finally {
    await service.stop();
    rmSync(directory, { recursive: true });
  }
}

/** Single commands to a service with something more in its environment against one without it, by turns. */
export async function singleCommandsWith(
  name: string,
  environment: Readonly<Record<string, string>>,
  atLeast: number,
): Promise<Figure> {
  const directories = [temporaryDirectory(), temporaryDirectory()] as const;
  const [without, having] = [await startService(directories[0]), await startService(directories[1], environment)];
  try {
    const rates: Record<'without' | 'having', number[]> = { without: [], having: [] };
    for (const service of [without, having]) await loadOn(service, WARM_UP, 'warm-up');
    for (let round = 0; round < ROUNDS; round += 1) {
      rates.without.push((await loadOn(without, REQUESTS, `round-${round}`)).rate);
      rates.having.push((await loadOn(having, REQUESTS, `round-${round}`)).rate);
    }
    return ratioOf(name, median(rates.having), median(rates.without), atLeast);
  } finally {
    await Promise.all([without.stop(), having.stop()]);
    for (const directory of directories) rmSync(directory, { recursive: true });
  }
}

async function loadOn({ address }: Service, requests: number, word: string, batch?: number): Promise<Load> {
  const connections = batch === undefined ? CONNECTIONS : BATCH_CONNECTIONS;
  const more = batch === undefined ? [] : [String(batch)];
  const printed = await run('load.js', address, String(connections), String(requests), word, ...more);
  const result = JSON.parse(printed) as Load;
  if (result.failed > 0) throw new Error(`${result.failed} commands were not recorded`);
  return result;
}

async function lastEvent(directory: string): Promise<string> {
  const store = await openStoreForReading({ store: 'sqlite', ...dataPaths(directory) });
  const last = await store.last();
  await store.close();
  return last!.data;
}
