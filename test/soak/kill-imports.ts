import { spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type LedgerEvent, readEvent } from '../../src/books/event.js';
import { dataPaths } from '../../src/data-directory.js';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { type ImportReport } from '../../src/import/report/import-report.js';
import { contributionRow, csvOf } from '../import/fixture.js';
import { randomFrom } from '../random.js';
import { BEGUN, CLI, NODE, runProgram } from '../service.js';

const UNITS = ['460100', '460200', '460300'] as const;
/** After so many kills a file is imported to its end, and the next one begins in a new ledger. */
const KILLS_A_FILE = 10;
/** Every other kill comes while lines are posted, the others at any moment, most of which are of the check. */
const LONGEST_MS = 900;

export interface ImportKills {
  readonly kills: number;
  readonly seed: number;
  readonly directory: string;
  /** Lines of a file; a multiple of three. */
  readonly lines: number;
  readonly progress?: (done: number, files: number) => void;
}

/**
 * Kills imports with SIGKILL at random moments, and after each kill audits the log they leave: no line stands twice.
 * At its end every file stands in the ledger whole, each line once and in the order of its book.
 * @throws on the first thing that is wrong, with the number of the kill and the seed
 */
export async function killImports({ kills, seed, directory, lines, progress }: ImportKills): Promise<void> {
  const random = randomFrom(seed);
  const feed = join(directory, 'feed.csv');
  writeFileSync(feed, feedOf(lines));
  let done = 0;
  for (let file = 1; done < kills; file += 1) {
    const data = join(directory, `ledger-${file}`);
    try {
      for (let ofFile = 0; ofFile < KILLS_A_FILE && done < kills; ofFile += 1) {
        const posted = await linesIn(data);
        const beyond = ofFile % 2 === 0 ? Math.floor((random() * lines) / KILLS_A_FILE) : undefined;
        const afterMs = random() * (beyond === undefined ? LONGEST_MS : 40);
        // Where it was faster than the kill, the file is finished.
        if (!(await killOne(data, feed, beyond === undefined ? undefined : posted + beyond, afterMs))) break;
        done += 1;
        await auditLines(data);
        progress?.(done, file);
      }
      await finish(data, feed, lines);
    } catch (error) {
      throw new Error(`kill ${done}, file ${file}, seed ${seed}: ${(error as Error).message}`, { cause: error });
    }
    rmSync(data, { recursive: true });
  }
}

function feedOf(lines: number): string {
  return csvOf(
    Array.from({ length: lines }, (_, index) =>
      contributionRow({
        unit: UNITS[index % UNITS.length]!,
        headcount: String(index),
        amount: `${1 + (index % 900)}.${10 + (index % 90)}`,
      }),
    ),
  );
}

const wordsFor = (data: string, feed: string): string[] => ['--data', data, '--json', 'import', feed];

/** Begins an import and kills it, some time after its start or once so many lines stand. False where it ended first. */
async function killOne(data: string, feed: string, onceThere: number | undefined, afterMs: number): Promise<boolean> {
  const child = spawn(NODE, [CLI, ...wordsFor(data, feed)], { stdio: 'ignore' });
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.once('exit', (_, signal) => resolve(signal)));
  while (onceThere !== undefined && child.exitCode === null && (await linesIn(data)) < onceThere) await sleep(5);
  await Promise.race([sleep(afterMs), ended]);
  child.kill('SIGKILL');
  return (await ended) === 'SIGKILL';
}

/** How many lines stand. */
const linesIn = async (data: string): Promise<number> =>
  Math.max(0, ((await readLog(data, (store) => store.head())) ?? 0) - BEGUN);

async function readLog<T>(data: string, read: (store: SqliteEventStore) => Promise<T>): Promise<T | undefined> {
  let store: SqliteEventStore;
  try {
    store = new SqliteEventStore(dataPaths(data).log, { readonly: true });
  } catch {
    // There is none yet, or the process that was killed had not come to making it.
    return undefined;
  }
  try {
    return await read(store);
  } finally {
    await store.close();
  }
}

/** The lines that stand, once the log was found sound and each of them once. */
async function auditLines(data: string): Promise<LedgerEvent[]> {
  const events: LedgerEvent[] = [];
  await readLog(data, async (store) => {
    for await (const { code, detail } of store.audit()) throw new Error(`${code}: ${detail}`);
    for await (const batch of store.readAll({ after: BEGUN, live: false })) events.push(...batch.map(readEvent));
  });
  const lines = new Set(events.map(({ line }) => line));
  if (lines.size !== events.length) throw new Error(`${events.length} vouchers are of ${lines.size} lines`);
  return events;
}

/** Imports the file to its end, and once more: then everything stands, in the order of the file. */
async function finish(data: string, feed: string, lines: number): Promise<void> {
  const stood = await linesIn(data);
  const first = await importOnce(data, feed);
  demand(first, { outcome: 'posted', lines, replayed: stood, posted: lines - stood });
  const events = await auditLines(data);
  for (const [index, unit] of UNITS.entries()) {
    const own = events.filter((event) => event.unit === unit).map(({ line, voucherNumber }) => [line, voucherNumber]);
    const wanted = Array.from({ length: lines / UNITS.length }, (_, at) => [2 + index + UNITS.length * at, at + 1]);
    if (JSON.stringify(own) !== JSON.stringify(wanted))
      throw new Error(`the lines of ${unit} are not those of the file`);
  }
  const again = await importOnce(data, feed);
  demand(again, { outcome: 'posted', posted: 0, replayed: lines });
  const totals = first.totals.map(({ count, sum }) => ({ count, sum, stood: { count, sum } }));
  const stoodThen = again.totals.map(({ count, sum, stood: before }) => ({ count, sum, stood: before }));
  if (JSON.stringify(stoodThen) !== JSON.stringify(totals)) throw new Error('the totals are others the second time');
}

async function importOnce(data: string, feed: string): Promise<ImportReport> {
  const { code, stdout, stderr } = await runProgram(wordsFor(data, feed));
  if (code !== 0) throw new Error(`an import ended with ${code}: ${stderr}`);
  return JSON.parse(stdout) as ImportReport;
}

function demand(report: ImportReport, wanted: Partial<ImportReport>): void {
  for (const [name, value] of Object.entries(wanted))
    if (report[name as keyof ImportReport] !== value)
      throw new Error(`${name} is ${String(report[name as keyof ImportReport])} and not ${String(value)}`);
}
