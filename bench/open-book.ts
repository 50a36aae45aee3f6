import { BEFORE_ADOPTION } from '../src/reference/built-in.js';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { readBookState } from '../projections/book-state/query.js';
import { follow } from '../projections/following/follow.js';
import { ReadTables, ReadTablesWriter } from '../projections/following/read-tables.js';
import { PROJECTIONS } from '../projections/registry.js';
import { Books } from '../src/books/handle.js';
import { findKind } from '../src/catalogue/registry.js';
import { MemoryEventStore } from '../src/event-store/memory.js';
import { checkCommand } from '../src/kinds/check.js';
import { bookStream } from '../src/kinds/kind.js';
import { prepare } from '../src/kinds/prepare.js';
import { atMost, type Figure, percentile } from './figure.js';
import { temporaryDirectory } from './processes.js';

const DAYS = 400;
const ROUNDS = 300;
const DAY_MS = 86_400_000;
const FIRST_DAY_MS = Date.UTC(2025, 0, 1);
/** What happens on each day: every bank account, an advance and the personal accounts move. */
const KINDS = ['contribution', 'money-movement', 'payout', 'remittance-up'];
const ENDOWED = {
  'fiscal-account': '900000000.00',
  'expenditure-account': '90000000.00',
  'advances.provider': '90000000.00',
};

/** What a command waits for where its book is not in memory: its state, read from the read tables. */
export async function openBook(): Promise<Figure> {
  const directory = temporaryDirectory();
  const path = join(directory, 'read.db');
  const store = new MemoryEventStore();
  const now = (): number => FIRST_DAY_MS + (DAYS + 1) * DAY_MS;
  const books = new Books(store, now);
  const post = (word: string, changes: object, key: string) => {
    const kind = findKind(word)!;
    return books.post({
      prepared: prepare(kind, checkCommand(kind, { ...kind.example, ...changes }, BEFORE_ADOPTION), BEFORE_ADOPTION),
      key: { key },
    });
  };
  const balances = { ...ENDOWED, 'net.pool': '1080000000.00' };
  await post('opening-balance', { businessDate: '2025-01-01', balances }, 'opening');
  for (let day = 0; day < DAYS; day += 1) {
    const businessDate = new Date(FIRST_DAY_MS + day * DAY_MS).toISOString().slice(0, 10);
    for (const kind of KINDS) await post(kind, { businessDate }, `${kind}-${day}`);
  }
  const writer = new ReadTablesWriter(path);
  await follow(store, writer, PROJECTIONS, { live: false });
  writer.close();
  const tables = new ReadTables(path);
  const stream = bookStream('employee', '460100');
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const started = performance.now();
    const { revision } = await new Books(store, now, (name) => readBookState(tables, name)).stateOf(stream);
    times.push(performance.now() - started);
    if (revision !== DAYS * KINDS.length) throw new Error(`the book was opened at revision ${revision}`);
  }
  tables.close();
  rmSync(directory, { recursive: true });
  const note = `p50 ${percentile(times, 50).toFixed(2)} ms, first ${times[0]!.toFixed(2)} ms`;
  return atMost(`opening a book with ${DAYS} open days, p99`, percentile(times, 99), 5, note);
}
