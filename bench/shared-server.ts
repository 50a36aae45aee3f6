import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { follow } from '../projections/following/follow.js';
import { ReadTablesWriter } from '../projections/following/read-tables.js';
import { PROJECTIONS } from '../projections/registry.js';
import { dataPaths } from '../src/data-directory.js';
import { openStoreForReading } from '../src/event-store/open-store.js';
import { atMost, type Figure, median, ratioOf } from './figure.js';
import { generateFeed, importOnce, ledgerOf } from './large-ledger.js';
import { run, runWith, type Service, startService, temporaryDirectory } from './processes.js';

const EVENTS = 10_000;
const OTHERS = 400_000;
const ASKED = 30;
const ROUNDS = 3;
/** How many times as long a question may take with others' events there. */
const MOST_TIMES = 2;
const CALLERS = 64;
const POSTS = CALLERS * 100;
const LINES = 24_000;

/**
 * What others have written on a server, 400,000 events before, between and behind ours, against the same server without
 * them: starts, a rebuild, and what is asked of a node. All on the wire-level double, which is not the server.
 */
export async function besideOthers(): Promise<Figure[]> {
  const directory = temporaryDirectory();
  generateFeed(directory, EVENTS);
  await importOnce(directory);
  const doubles = [await serve(directory, 0), await serve(directory, OTHERS)] as const;
  try {
    const [alone, beside] = [
      await measure(directory, doubles[0].url, 'alone'),
      await measure(directory, doubles[1].url, 'beside'),
    ];
    return [...alone].map(([name, ms]) => {
      const most = Math.max(ms * MOST_TIMES, 20);
      return atMost(
        `${name}, beside 3 × ${OTHERS} events of others`,
        beside.get(name)!,
        most,
        `alone ${ms.toFixed(1)} ms`,
      );
    });
  } finally {
    for (const { double } of doubles) double.kill();
    rmSync(directory, { recursive: true });
  }
}

/** @param directory of the ledger that it holds a copy of; none for an empty double */
async function serve(directory?: string, others = 0): Promise<{ double: ChildProcess; url: string }> {
  const { log, mark } = dataPaths(ledgerOf(directory ?? ''));
  const words = directory === undefined ? [] : [log, mark, String(others)];
  const double = fork(join(import.meta.dirname, 'shared-double.js'), words);
  const ended = once(double, 'exit').then(() => Promise.reject(new Error('the double has ended')));
  const [url] = (await Promise.race([once(double, 'message'), ended])) as [string];
  ended.catch(() => undefined);
  return { double, url };
}

/** Milliseconds of each, the median of several. */
async function measure(directory: string, url: string, word: string): Promise<Map<string, number>> {
  const environment = { EVENT_STORE_URL: url };
  const data = join(directory, word);
  const figures = new Map<string, number>();
  const first = await startService(data, environment);
  figures.set('first start of a node', first.startedInMs);
  await first.stop();
  const starts: number[] = [];
  let service: Service | undefined;
  for (let round = 0; round < ROUNDS; round += 1) {
    await service?.stop();
    service = await startService(data, environment);
    starts.push(service.startedInMs);
  }
  figures.set('start of a node', median(starts));
  for (const path of ['/readyz', '/metrics', '/v1/events?limit=100'])
    figures.set(path, await timeOf(() => fetch(`${service!.address}${path}`).then((answer) => answer.text()), ASKED));
  await service!.stop();
  let serial = 0;
  const rebuild = async (): Promise<void> => {
    const store = await openStoreForReading({ store: 'kurrentdb', url });
    const tables = new ReadTablesWriter(join(directory, `${word}-${(serial += 1)}.db`));
    await follow(store, tables, PROJECTIONS, { live: false });
    tables.close();
    await store.close();
  };
  figures.set('rebuild of all projections', await timeOf(rebuild, ROUNDS));
  return figures;
}

async function timeOf(act: () => Promise<unknown>, times: number): Promise<number> {
  const spent: number[] = [];
  for (let n = 0; n < times; n += 1) {
    const started = performance.now();
    await act();
    spent.push(performance.now() - started);
  }
  return median(spent);
}

/** Posts over HTTP and an import to a double, against the bare client on the same double. */
export async function againstBareClient(): Promise<Figure[]> {
  const directory = temporaryDirectory();
  generateFeed(directory, LINES);
  const { double, url } = await serve();
  try {
    const bare = async (how: 'calls' | 'stream'): Promise<number> =>
      Number.parseFloat(await run('bare-appends.js', url, String(CALLERS), String(POSTS), '900', how));
    const service = await startService(join(directory, 'posts'), { EVENT_STORE_URL: url });
    const [posts, calls, stream]: [number[], number[], number[]] = [[], [], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      const printed = await run('load.js', service.address, String(CALLERS), String(POSTS), `round-${round}`);
      posts.push((JSON.parse(printed) as { rate: number }).rate);
      calls.push(await bare('calls'));
      stream.push(await bare('stream'));
    }
    await service.stop();
    const note = `the bare client's streaming append ${Math.round(median(stream))}/s`;
    return [
      ratioOf(`posts over HTTP to a server, ${CALLERS} connections`, median(posts), median(calls), 0, note),
      await importToServer(directory, median(calls), note),
    ];
  } finally {
    double.kill();
    rmSync(directory, { recursive: true });
  }
}

/** On a server that holds nothing: the lines of the feed are new there. */
async function importToServer(directory: string, bare: number, note: string): Promise<Figure> {
  const { double: empty, url } = await serve();
  try {
    const printed = await runWith(
      {},
      'import-once.js',
      join(directory, 'imported'),
      join(directory, 'feed.csv'),
      'looking',
      url,
    );
    const { posted, elapsedMs } = JSON.parse(printed) as { posted: number; elapsedMs: number };
    return ratioOf(`import of ${LINES} lines to a server`, (posted / elapsedMs) * 1_000, bare, 0, note);
  } finally {
    empty.kill();
  }
}
