import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type BatchItem, type Outcome, postBatch, postTogether } from '../src/batches/post-batch.js';
import { tryBatch } from '../src/batches/try-batch.js';
import { readEvent } from '../src/books/event.js';
import { LedgerError } from '../src/errors.js';
import { type EventStore, parseEventId } from '../src/event-store/event-store.js';
import { MemoryEventStore } from '../src/event-store/memory.js';
import { openStore } from '../src/event-store/open-store.js';
import { anItem, type BatchedLedger, itemOf, nodeOver, sendAlone, streamsOf, told } from './batched-ledger.js';
import { KurrentDbDouble } from './kurrentdb/double.js';
import { SEED } from './seed.js';
import { temporaryDirectory } from './service.js';

const TIMEOUT_MS = 240_000;
const MOST_RUNS = 30;
const BOOK = 'book-employee-460100';

const items = (most: number) => fc.array(anItem, { minLength: 1, maxLength: most, size: 'max' });

async function sendOneByOne(ledger: BatchedLedger, batch: readonly BatchItem[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const item of batch) outcomes.push(await sendAlone(ledger, item));
  return outcomes;
}

const double = new KurrentDbDouble();
const directory = temporaryDirectory();
let opened = 0;

/** A new store of each sort: where one log is shared, under names of its own. */
const STORES: readonly [name: string, runs: number, open: () => Promise<EventStore>][] = [
  ['in memory', MOST_RUNS, () => Promise.resolve(new MemoryEventStore())],
  [
    'in a file',
    6,
    () => {
      opened += 1;
      const [log, mark] = [join(directory, `${opened}.db`), join(directory, `${opened}.mark`)];
      return openStore({ store: 'sqlite', log, mark });
    },
  ],
  [
    'on the double of a server',
    2,
    () => {
      opened += 1;
      return openStore({ store: 'kurrentdb', url: double.url, prefix: `log${opened}-` });
    },
  ],
];

beforeAll(() => double.start());
afterAll(async () => {
  await double.stop();
  rmSync(directory, { recursive: true });
});

describe.each(STORES)('a batch, the log %s,', (_, runs, open) => {
  it(
    `is answered, and leaves the log, as its items would one by one (seed ${SEED})`,
    async () => {
      const seen = new Set<string>();
      await fc.assert(
        fc.asyncProperty(items(40), items(40), async (first, second) => {
          const [alone, batched] = await Promise.all([open(), open()]);
          const [one, many] = await Promise.all([nodeOver(alone), nodeOver(batched)]);
          for (const batch of [first, second]) {
            const expected = await sendOneByOne(one, batch);
            const got = await postBatch(many, batch);
            expect(got.map(told)).toEqual(expected.map(told));
            for (const outcome of got) seen.add(outcome instanceof LedgerError ? outcome.code : 'recorded');
          }
          expect(await streamsOf(batched)).toEqual(await streamsOf(alone));
          await Promise.all([alone.close(), batched.close()]);
        }),
        { seed: SEED, numRuns: runs },
      );
      if (runs < MOST_RUNS) return;
      // The property says something only where what items may be refused for has come up.
      for (const code of ['recorded', 'below-zero', 'key-used-before', 'revision-moved-on', 'period-closed'])
        expect([...seen]).toContain(code);
    },
    TIMEOUT_MS,
  );

  it(
    `is tried without a trace, and says what posting it then does (seed ${SEED})`,
    async () => {
      await fc.assert(
        fc.asyncProperty(items(20), items(30), async (before, batch) => {
          const store = await open();
          const ledger = await nodeOver(store);
          await postBatch(ledger, before);
          const streams = await streamsOf(store);
          const tried = await tryBatch(ledger, batch, postBatch);
          expect(await streamsOf(store)).toEqual(streams);
          const done = await postBatch(ledger, batch);
          expect(tried.map((outcome) => told(withoutBalances(outcome)))).toEqual(done.map(told));
          await store.close();
        }),
        { seed: SEED, numRuns: Math.ceil(runs / 2) },
      );
    },
    TIMEOUT_MS,
  );

  it(
    `of one book is recorded in one append or not at all (seed ${SEED})`,
    async () => {
      await fc.assert(
        fc.asyncProperty(items(6), fc.array(anItem, { minLength: 1, maxLength: 12 }), async (before, mixed) => {
          const batch = mixed.filter((item) => item instanceof LedgerError || isOfBook(item.body, '460100'));
          if (batch.length === 0) return;
          const [alone, together] = await Promise.all([open(), open()]);
          const [one, whole] = await Promise.all([nodeOver(alone), nodeOver(together)]);
          await Promise.all([postBatch(one, before), postBatch(whole, before)]);
          const untouched = await streamsOf(together);
          const expected = await sendOneByOne(one, batch);
          const got = await postTogether(whole, batch);
          if (expected.every((outcome) => !(outcome instanceof Error))) {
            expect(got.map(told)).toEqual(expected.map(told));
            expect(await streamsOf(together)).toEqual(await streamsOf(alone));
          } else {
            expect(await streamsOf(together)).toEqual(untouched);
            for (const outcome of got) if (!(outcome instanceof Error)) expect(outcome.replayed).toBe(true);
            expect(got.some((outcome) => outcome instanceof LedgerError && outcome.code !== 'batch-refused')).toBe(
              true,
            );
          }
          await Promise.all([alone.close(), together.close()]);
        }),
        { seed: SEED, numRuns: runs },
      );
    },
    TIMEOUT_MS,
  );
});

const withoutBalances = (outcome: Outcome): Outcome => {
  if (outcome instanceof Error) return outcome;
  const { receipt, replayed } = outcome;
  return { receipt, replayed };
};

/** Whether a command is one of the employee fund's vouchers in a unit. */
const isOfBook = (body: unknown, unit: string): boolean => {
  const { fund, unit: own, caseId } = body as { fund?: string; unit?: string; caseId?: string };
  return fund === 'employee' && own === unit && caseId === undefined;
};

const contribution = (key: string, fields: Readonly<Record<string, unknown>> = {}) =>
  itemOf('contribution', fields, key);
const codes = (outcomes: readonly Outcome[]): string[] =>
  outcomes.map((outcome) => {
    if (outcome instanceof LedgerError) return outcome.code;
    if (outcome instanceof Error) throw outcome;
    return outcome.replayed ? 'replayed' : outcome.receipt!.id;
  });

describe('the commands of a batch', () => {
  it('are appended together where they are of one book, and books do not wait for each other', async () => {
    const store = new MemoryEventStore();
    const appends: string[] = [];
    const append = store.append.bind(store);
    store.append = (stream, expected, events) => {
      appends.push(`${stream} ${events.length}`);
      return append(stream, expected, events);
    };
    const batch = Array.from({ length: 500 }, (_, index) =>
      contribution(`key-${index}`, { unit: index % 2 === 0 ? '460100' : '460200' }),
    );
    expect(new Set(codes(await postBatch(await nodeOver(store), batch))).size).toBe(500);
    expect(appends.toSorted()).toEqual([`${BOOK} 250`, 'book-employee-460200 250']);
  });

  it('may name what one before them becomes, and what one before them adopts', async () => {
    const row = { code: '460199', from: '2025-01-01', zh: '新区', en: 'New', parent: '460100', closed: 'no' };
    const ledger = await nodeOver(new MemoryEventStore());
    const batch = [
      contribution('a'),
      itemOf('reversal', { reverses: `${BOOK}-0` }, 'b'),
      contribution('c', { unit: '460199' }),
      itemOf('unit-adoption', { row }, 'd'),
      contribution('e', { unit: '460199' }),
    ];
    const became = [`${BOOK}-0`, `${BOOK}-1`, 'not-adopted', 'reference-0', 'book-employee-460199-0'];
    const tried = codes(await tryBatch(ledger, batch, postBatch));
    expect([tried[0], tried[1], tried[4]]).toEqual([became[0], became[1], became[4]]);
    expect(codes(await postBatch(ledger, batch))).toEqual(tried);
  });

  it.each<[what: string, cases: readonly string[], isFirstRefused: boolean, named: readonly (string | undefined)[]]>([
    ['in two registers', ['07', '08'], false, [undefined, '07']],
    ['in three', ['07', '08', '09'], false, [undefined, '07', '07']],
    ['in two by turns, the first of them refused', ['08', '07', '08'], true, [undefined, undefined, '07']],
    ['in three, the first of them refused', ['08', '07', '09'], true, [undefined, undefined, '07']],
  ])(
    'that are alike %s are told so in their order, however long each takes',
    async (_, cases, isFirstRefused, named) => {
      const store = new MemoryEventStore();
      const read = store.readStream.bind(store);
      store.readStream = async (stream, options) => {
        for (let turn = stream.endsWith('07') ? 5 : 0; turn > 0; turn -= 1) await new Promise(setImmediate);
        return read(stream, options);
      };
      const batch = cases.map((caseId, index) => ({
        ...itemOf('penalty', { caseId: `HK-2025-00${caseId}` }, `key-${index}`),
        expectedRevision: isFirstRefused && index === 0 ? [9] : undefined,
      }));
      const outcomes = await postBatch(await nodeOver(store), batch);
      const alike = outcomes.map((outcome) =>
        outcome instanceof Error
          ? undefined
          : outcome.receipt!.findings?.find(({ code }) => code === 'likely-duplicate')?.got,
      );
      expect(outcomes.map((outcome) => outcome instanceof Error)).toEqual(
        cases.map((__, index) => isFirstRefused && index === 0),
      );
      expect(alike).toEqual(named.map((caseId) => caseId && `case-HK-2025-00${caseId}-0`));
    },
  );

  it('are told once more what they were told, where their keys come again', async () => {
    const ledger = await nodeOver(new MemoryEventStore());
    const batch = [contribution('a'), contribution('b'), contribution('a'), contribution('b', { note: 'other' })];
    expect(codes(await postBatch(ledger, batch))).toEqual([`${BOOK}-0`, `${BOOK}-1`, 'replayed', 'key-used-before']);
    expect(codes(await postBatch(ledger, batch))).toEqual(['replayed', 'replayed', 'replayed', 'key-used-before']);
  });

  it('say what each would do to the lines it touches, behind those before it', async () => {
    const ledger = await nodeOver(new MemoryEventStore());
    await postBatch(ledger, [contribution('before')]);
    const tried = await tryBatch(ledger, [contribution('a'), contribution('a'), contribution('b')], postBatch);
    const treasury = tried.map((each) => !(each instanceof Error) && each.balances[0]);
    expect(treasury).toEqual([
      { line: 'treasury', before: 123_450n, after: 246_900n },
      { line: 'treasury', before: 246_900n, after: 246_900n },
      { line: 'treasury', before: 246_900n, after: 370_350n },
    ]);
  });
});

describe('an atomic batch', () => {
  const overdrawn = itemOf(
    'money-movement',
    { from: 'treasury', to: 'fiscal-account', reason: 'treasury-to-fiscal' },
    'x',
  );

  it('is recorded whole, or each is told why not', async () => {
    const ledger = await nodeOver(new MemoryEventStore());
    expect(codes(await postTogether(ledger, [contribution('a'), contribution('b')]))).toEqual([
      `${BOOK}-0`,
      `${BOOK}-1`,
    ]);
    const refused = await postTogether(ledger, [contribution('a'), contribution('c'), overdrawn, contribution('d')]);
    expect(codes(refused)).toEqual(['replayed', 'batch-refused', 'below-zero', 'batch-refused']);
    expect(codes([await sendAlone(ledger, contribution('c'))])).toEqual([`${BOOK}-2`]);
  });

  it('is not recorded where a key comes twice with different commands', async () => {
    const ledger = await nodeOver(new MemoryEventStore());
    const batch = [contribution('a'), contribution('a'), contribution('a', { note: 'other' })];
    expect(codes(await postTogether(ledger, batch))).toEqual(['batch-refused', 'batch-refused', 'key-used-before']);
    expect(await ledger.store.head()).toBe(0);
  });

  it.each<[string, BatchItem[], string]>([
    ['several books', [contribution('a'), contribution('b', { unit: '460200' })], 'atomic-over-several-books'],
    ['a book and a register', [contribution('a'), itemOf('penalty', {}, 'b')], 'atomic-over-several-books'],
    ['reference data', [itemOf('unit-adoption', {}, 'a')], 'atomic-over-several-books'],
  ])('over %s is refused as a whole', async (_, batch, code) => {
    const ledger = await nodeOver(new MemoryEventStore());
    await expect(postTogether(ledger, batch)).rejects.toMatchObject({ kind: 'refused', code });
    expect(await ledger.store.head()).toBe(0);
  });

  it('that is too much for one append is not recorded in two', async () => {
    const ledger = await nodeOver(new MemoryEventStore());
    const note = '长'.repeat(200);
    const batch = Array.from({ length: 1_000 }, (_, index) => contribution(`key-${index}`, { note }));
    expect(new Set(codes(await postTogether(ledger, batch)))).toEqual(new Set(['batch-too-large']));
    expect(await ledger.store.head()).toBe(0);
    expect(new Set(codes(await postBatch(ledger, batch))).size).toBe(1_000);
  });
});

/** A store that other nodes append to while an append is on its way. */
class SharedStore extends MemoryEventStore {
  override async append(...[stream, expected, events]: Parameters<MemoryEventStore['append']>) {
    for (let turn = events.length % 3; turn > 0; turn -= 1) await new Promise(setImmediate);
    return super.append(stream, expected, events);
  }
}

describe('batches of several nodes over one log', () => {
  it(
    `lose nothing and double nothing (seed ${SEED})`,
    async () => {
      let conflicts = 0;
      const script = fc.array(fc.tuple(items(8), fc.boolean()), { minLength: 1, maxLength: 3 });
      await fc.assert(
        fc.asyncProperty(fc.array(script, { minLength: 4, maxLength: 4 }), async (scripts) => {
          const store = new SharedStore();
          const nodes = await Promise.all(scripts.map(() => nodeOver(store)));
          const receipts = new Map<string, string>();
          await Promise.all(
            scripts.map(async (batches, index) => {
              for (const [mixed, isAtomic] of batches) {
                const batch = isAtomic
                  ? mixed.filter((item) => !(item instanceof LedgerError) && isOfBook(item.body, '460100'))
                  : mixed;
                if (batch.length === 0) continue;
                const post = isAtomic ? postTogether : postBatch;
                for (const outcome of await post(nodes[index]!, batch))
                  if (!(outcome instanceof Error)) receipts.set(outcome.receipt!.id, JSON.stringify(outcome.receipt));
                  else expect(outcome).toBeInstanceOf(LedgerError);
              }
            }),
          );
          conflicts += nodes.reduce((sum, { books }) => sum + books.conflicts, 0);
          const keys = new Set<string>();
          let events = 0;
          for await (const batch of store.readAll({ after: 0, live: false }))
            for (const stored of batch) {
              events += 1;
              keys.add(`${stored.stream} ${readEvent(stored).key}`);
            }
          // Whatever stands was told, whatever was told stands, and each key once.
          expect([keys.size, receipts.size]).toEqual([events, events]);
          for (const id of receipts.keys()) {
            const { stream, revision } = parseEventId(id)!;
            expect(await store.readStream(stream, { from: revision, limit: 1 })).toHaveLength(1);
          }
        }),
        { seed: SEED, numRuns: 25 },
      );
      expect(conflicts).toBeGreaterThan(0);
    },
    TIMEOUT_MS,
  );
});
