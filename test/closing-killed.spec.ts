import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { Books } from '../src/books/handle.js';
import { readEvent } from '../src/books/event.js';
import { type ClosingReport } from '../src/closing/close-books.js';
import { dataPaths } from '../src/data-directory.js';
import { SqliteEventStore } from '../src/event-store/sqlite/sqlite-event-store.js';
import { BEFORE_ADOPTION } from '../src/reference/built-in.js';
import { opened, requestOf } from './given-when-then.js';
import { randomFrom } from './random.js';
import { SEED } from './seed.js';
import { CLI, runProgram, temporaryDirectory } from './service.js';

/** Every book there is of the fund in every unit, each with something in May. */
const BOOKS = BEFORE_ADOPTION.ever.funds.all
  .filter(({ on }) => on)
  .flatMap(({ key }) => BEFORE_ADOPTION.on('2025-05-31').units.all.map(({ code }) => [key, code] as const));

const directory = temporaryDirectory();
const { log, mark } = dataPaths(directory);
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const WORDS = ['--data', directory, '--json', 'close', '2025-05', '--maker', 'E-0001', '--reviewer', 'E-0002'];
/** The built program's own log, ended from within. */
const ENDED = join(CLI, '../../test/kill-at-append.js');

async function openEveryBook(): Promise<void> {
  const store = new SqliteEventStore(log, { readonly: false, markPath: mark });
  const books = new Books(store, Date.now);
  const openings = BOOKS.map(([fund, unit]) => ({ ...opened(fund, unit), businessDate: '2025-05-01' }));
  await Promise.all(openings.map((opening, index) => books.post(requestOf(opening, `opening-${index}`))));
  await store.close();
}

/** The books that hold a close, a name for each close. */
async function closed(): Promise<string[]> {
  const store = new SqliteEventStore(log, { readonly: true });
  const names: string[] = [];
  for await (const batch of store.readAll({ after: 0, live: false }))
    for (const { kind, fund, unit } of batch.map(readEvent)) if (kind === 'period-close') names.push(`${fund} ${unit}`);
  await store.close();
  return names.sort((one, other) => one.localeCompare(other));
}

const named = (books: readonly { readonly fund: string; readonly unit: string }[]): string[] =>
  books.map(({ fund, unit }) => `${fund} ${unit}`).sort((one, other) => one.localeCompare(other));

describe('a close of 60 books whose process is killed', () => {
  it(`goes on where it stopped, when it is made again (seed ${SEED})`, async () => {
    expect(BOOKS).toHaveLength(60);
    await openEveryBook();
    const random = randomFrom(SEED);
    let stand = 0;
    for (const most of [40, 19]) {
      const more = 1 + Math.floor(random() * most);
      const environment = { NODE_OPTIONS: `--import=${ENDED}`, KILL_AT: String(more) };
      const { code, stderr } = await runProgram(WORDS, environment);
      expect({ code, stderr }).toEqual({ code: null, stderr: '' });
      stand += more;
      expect(await closed()).toHaveLength(stand);
    }
    const before = await closed();
    const { code, stdout } = await runProgram(WORDS);
    const report = JSON.parse(stdout) as ClosingReport;
    expect({ code, done: report.done, refused: report.refused }).toEqual({ code: 0, done: true, refused: [] });
    expect(named(report.already)).toEqual(before);
    const all = named(BOOKS.map(([fund, unit]) => ({ fund, unit })));
    expect(named([...report.already, ...report.closed])).toEqual(all);
    expect(await closed()).toEqual(all);
    const verified = await runProgram(['--data', directory, 'verify']);
    expect({ code: verified.code, said: verified.code === 0 ? '' : verified.stdout }).toEqual({ code: 0, said: '' });
  }, 120_000);
});
