import { afterAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { type LedgerEvent, readEvent } from '../../src/books/event.js';
import { type ImportReport } from '../../src/import/report/import-report.js';
import { randomFrom } from '../random.js';
import { SEED } from '../seed.js';
import { BEGUN, CLI, NODE, runProgram, temporaryDirectory } from '../service.js';
import { contributionRow, csvOf } from './fixture.js';

const LINES = 15_000;
const KILLS = 4;
const directory = temporaryDirectory();
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Starts an import and kills its process: while it checks, or once it has posted some of the file. */
async function killed(words: readonly string[], log: string, afterEvents: number, afterMs: number): Promise<boolean> {
  const child = spawn(NODE, [CLI, ...words], { stdio: 'ignore' });
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.once('exit', (_, signal) => resolve(signal)));
  while (child.exitCode === null && (await eventsIn(log)) < afterEvents) await sleep(5);
  await sleep(afterMs);
  child.kill('SIGKILL');
  return (await ended) === 'SIGKILL';
}

/** How many of the lines. */
async function eventsIn(log: string): Promise<number> {
  return Math.max(0, ((await readLog(log, (store) => store.head())) ?? 0) - BEGUN);
}

async function readLog<T>(log: string, read: (store: SqliteEventStore) => Promise<T>): Promise<T | undefined> {
  let store: SqliteEventStore;
  try {
    store = new SqliteEventStore(log, { readonly: true });
  } catch {
    return undefined;
  }
  try {
    return await read(store);
  } finally {
    await store.close();
  }
}

/** The vouchers of a log. */
async function allEvents(log: string): Promise<LedgerEvent[]> {
  const events: LedgerEvent[] = [];
  await readLog(log, async (store) => {
    for await (const batch of store.readAll({ after: BEGUN, live: false })) events.push(...batch.map(readEvent));
  });
  return events;
}

describe('an import that is killed', () => {
  it('goes on where it stopped: every line exactly once, in the order of its book', async () => {
    const random = randomFrom(SEED);
    const feed = join(directory, 'feed.csv');
    const units = ['460100', '460200', '460300'];
    const rows = Array.from({ length: LINES }, (_, index) =>
      contributionRow({
        unit: units[index % 3]!,
        headcount: String(index),
        amount: `${1 + (index % 900)}.${10 + (index % 90)}`,
      }),
    );
    writeFileSync(feed, csvOf(rows));
    const data = join(directory, 'data');
    const log = join(data, 'log.db');
    const words = ['--data', data, '--json', 'import', feed];
    let kills = 0;
    for (let round = 0; round < KILLS; round += 1) {
      const afterEvents = round === 0 ? 0 : (await eventsIn(log)) + Math.floor((random() * LINES) / (KILLS + 2));
      if (await killed(words, log, afterEvents, Math.floor(random() * 40))) kills += 1;
    }
    expect(kills).toBeGreaterThan(0);
    const posted = await eventsIn(log);
    const { code, stdout, stderr } = await runProgram(words);
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    const report = JSON.parse(stdout) as ImportReport;
    expect(report).toMatchObject({ outcome: 'posted', lines: LINES, replayed: posted, posted: LINES - posted });
    const events = await allEvents(log);
    expect(events).toHaveLength(LINES);
    for (const [index, unit] of units.entries()) {
      const own = events.filter((event) => event.unit === unit).map(({ line, voucherNumber }) => [line, voucherNumber]);
      const wanted = Array.from({ length: LINES / 3 }, (_, at) => [2 + index + 3 * at, at + 1]);
      expect(own).toEqual(wanted);
    }
    const again = await runProgram(words);
    expect(JSON.parse(again.stdout)).toMatchObject({
      posted: 0,
      replayed: LINES,
      totals: report.totals.map(({ count, sum }) => ({ count, sum, stood: { count, sum } })),
    });
  }, 300_000);
});
