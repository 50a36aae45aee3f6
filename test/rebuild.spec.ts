import { mkdtempSync, rmSync } from 'node:fs';
import { BEFORE_ADOPTION } from '../src/reference/built-in.js';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { follow } from '../projections/following/follow.js';
import { PROJECTIONS } from '../projections/registry.js';
import { ReadTables, ReadTablesWriter, tableName } from '../projections/following/read-tables.js';
import { Books } from '../src/books/handle.js';
import { LedgerError } from '../src/errors.js';
import { type EventStore } from '../src/event-store/event-store.js';
import { MemoryEventStore } from '../src/event-store/memory.js';
import { checkCommand } from '../src/kinds/check.js';
import { prepare } from '../src/kinds/prepare.js';
import { COMMAND_KINDS, findKind } from '../src/catalogue/registry.js';

const START_MS = Date.UTC(2025, 5, 30, 15, 59, 50);
const ENABLED_FUNDS = ['employee', 'resident', 'assistance'];

/** A command to be tried: most are the example of a kind in some book on some day, some take a voucher back. */
interface Attempt {
  readonly kind: string;
  readonly fund: string;
  readonly unit: string;
  readonly day: number;
  readonly reverses: number;
  /** How long after the one before it is recorded; several at one instant are common. */
  readonly laterMs: number;
}

const attempts = fc.array(
  fc.record<Attempt>({
    kind: fc.constantFrom(...COMMAND_KINDS.map(({ kind }) => kind), 'contribution', 'subsidy'),
    fund: fc.constantFrom(...ENABLED_FUNDS, 'employee'),
    unit: fc.constantFrom(...BEFORE_ADOPTION.ever.units.all.slice(0, 4).map(({ code }) => code)),
    day: fc.integer({ min: 1, max: 28 }),
    reverses: fc.nat(12),
    laterMs: fc.constantFrom(0, 0, 0, 1, 1_500),
  }),
  { minLength: 20, maxLength: 120 },
);

/** Posts what is accepted of some attempts and returns the log. */
async function logOf(tried: readonly Attempt[]): Promise<EventStore> {
  const store = new MemoryEventStore();
  let now = START_MS;
  const books = new Books(store, () => now);
  for (const [index, { kind: name, fund, unit, day, reverses, laterMs }] of tried.entries()) {
    now += laterMs;
    const kind = findKind(name)!;
    const book = kind.form === 'memo' ? {} : { fund, unit };
    const id = `book-${fund}-${unit}-${reverses}`;
    const reversed =
      kind.form === 'voucher' && kind.refersTo ? { corrects: id } : kind.form === 'reversal' ? { reverses: id } : {};
    const shares =
      fund === 'employee' || name !== 'contribution' ? {} : { poolShare: undefined, personalShare: undefined };
    const businessDate = `2025-05-${String(day).padStart(2, '0')}`;
    const whole = { ...kind.example, ...book, ...reversed, ...shares, businessDate };
    const command = Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== undefined));
    try {
      await books.post({
        prepared: prepare(kind, checkCommand(kind, command, BEFORE_ADOPTION), BEFORE_ADOPTION),
        key: { key: `key-${index}` },
      });
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
    }
  }
  return store;
}

describe('rebuilding the read tables', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'rebuild-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  /** Follows a log with batches of these sizes, the last of them to the end, and returns every row of every table. */
  async function rowsAfter(store: EventStore, batches: readonly number[]): Promise<unknown> {
    const path = join(directory, `${Math.floor(performance.now() * 1_000)}.db`);
    for (const [index, batch] of batches.entries()) {
      const stop = new AbortController();
      const progress = (): void => {
        if (index < batches.length - 1) stop.abort();
      };
      const writer = new ReadTablesWriter(path);
      await follow(store, writer, PROJECTIONS, { live: false, batch, progress }, stop.signal);
      writer.close();
    }
    const tables = new ReadTables(path);
    const rows = PROJECTIONS.flatMap((projection) =>
      projection.tables.map((table) => {
        const name = tableName(projection, table);
        return [name, tables.sums(`SELECT * FROM "${name}" ORDER BY ${Object.keys(table.key).join(', ')}`)];
      }),
    );
    const checkpoints = tables.checkpoints();
    tables.close();
    return { rows, checkpoints };
  }

  it('in any cuts gives the same rows as following event by event', async () => {
    const cuts = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 4 });
    const run = await fc.check(
      fc.asyncProperty(attempts, cuts, async (tried, batches) => {
        const store = await logOf(tried);
        fc.pre((await store.head()) > 3);
        const live = await rowsAfter(store, [1]);
        expect(await rowsAfter(store, batches)).toEqual(live);
        expect(await rowsAfter(store, [5_000])).toEqual(live);
      }),
      { numRuns: 40 },
    );
    if (run.failed) throw new Error(fc.defaultReportMessage(run));
    process.stdout.write(`rebuild: seed ${run.seed}\n`);
  }, 240_000);

  it('takes events of every kind', async () => {
    const every = COMMAND_KINDS.filter(({ form }) => form !== 'reversal').map(({ kind }, index) => ({
      kind,
      fund: 'employee',
      unit: index % 2 === 0 ? '460000' : '460100',
      day: 20,
      reverses: 0,
      laterMs: 1,
    }));
    const store = await logOf([...every, ...every.toReversed(), ...every]);
    const { checkpoints } = (await rowsAfter(store, [5_000])) as { checkpoints: { failure: string | null }[] };
    expect(checkpoints.map(({ failure }) => failure)).toEqual(PROJECTIONS.map(() => null));
    expect(await store.head()).toBeGreaterThan(10);
  });
});
