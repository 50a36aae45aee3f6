import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Books } from '../src/books/handle.js';
import { LedgerError } from '../src/errors.js';
import { type Appended, type ExpectedRevision, type NewEvent } from '../src/event-store/event-store.js';
import { MemoryEventStore } from '../src/event-store/memory.js';
import { COMMAND_KINDS } from '../src/catalogue/registry.js';
import { type Incoming, requestOf } from './given-when-then.js';
import { auditBook } from './independent-book.js';
import { ONE_OF_EACH } from './one-of-each.js';
import { SEED } from './seed.js';

const clock = (): number => Date.UTC(2026, 11, 31);

/** These take seconds on an idle machine, and many on a busy one. */
const TIMEOUT_MS = 240_000;

const ENABLED_FUNDS = ['employee', 'resident', 'assistance'];
const UNITS = ['460000', '460100', '469001'];

const amount = fc
  .integer({ min: 1, max: 50_000 })
  .map((fen) => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`);
const share = fc.constantFrom('pool', 'personal', undefined);
const day = fc.constantFrom('2025-01-01', '2025-01-31', '2025-02-28', '2025-12-31', '2026-01-01', '2026-12-31');
const money = fc.constantFrom('treasury', 'fiscal-account', 'expenditure-account', 'income-account', undefined);
const LINES = ['treasury', 'fiscal-account', 'expenditure-account', 'fiscal-account/term', 'bonds', 'cash'];
const line = fc.constantFrom(...LINES);
const unit = fc.constantFrom(...UNITS);
const fund = fc.constantFrom(...ENABLED_FUNDS);

const kindOnly = (kind: string) => fc.constant(kind);
const anyOf = { fund, unit, businessDate: day, amount };

/** Commands of the kinds whose fields matter; some of them break a rule, and most spend what may not be there. */
const VARIED: Readonly<Record<string, fc.Arbitrary<Incoming>>> = {
  'opening-balance': fc
    .record({ kind: kindOnly('opening-balance'), fund, unit, businessDate: day, odd: fc.constantFrom(0, 0, 0, 1) })
    .map(({ odd, ...rest }) => ({
      ...rest,
      balances: {
        ...Object.fromEntries(LINES.map((one) => [one, '300.00'])),
        'advances.provider': '100.00',
        'net.pool': `1900.0${odd}`,
      },
    })),
  contribution: fc.record({
    kind: kindOnly('contribution'),
    ...anyOf,
    account: fc.constantFrom('treasury', 'fiscal-account', 'income-account'),
    poolShare: fc.constant(undefined),
    personalShare: fc.constantFrom(undefined, '0.00', '1.23', '200.00'),
    coverPeriod: fc.constantFrom('2025', '2026', '2027'),
    shares: fc.constantFrom(undefined, undefined, 'unknown'),
  }),
  subsidy: fc.record({
    kind: kindOnly('subsidy'),
    ...anyOf,
    tier: fc.constantFrom('central', 'province', 'county'),
    subsidyKind: fc.constantFrom('standard', 'gap-share'),
    headcount: fc.constantFrom(undefined, 3),
    perHead: fc.constantFrom(undefined, '1.00'),
  }),
  payout: fc.record({
    kind: kindOnly('payout'),
    ...anyOf,
    benefitKind: fc.constantFrom('inpatient', 'personal-account', 'direct'),
    share,
    account: fc.constantFrom('fiscal-account', 'expenditure-account'),
    offsets: fc.constantFrom(undefined, { 'advances.provider': '7.00' }),
  }),
  recovery: fc.record({
    kind: kindOnly('recovery'),
    ...anyOf,
    lossYear: fc.constantFrom('2024', '2025', '2026'),
    share,
    benefitKind: fc.constant(undefined),
  }),
  penalty: fc.record({ kind: kindOnly('penalty'), ...anyOf }),
  interest: fc.record({
    kind: kindOnly('interest'),
    ...anyOf,
    account: fc.constantFrom('fiscal-account', 'fiscal-account/term'),
    personalShare: fc.constantFrom(undefined, '0.01', '99.00'),
  }),
  'money-movement': fc.record({
    kind: kindOnly('money-movement'),
    ...anyOf,
    from: line,
    to: line,
    reason: fc.constantFrom('treasury-to-fiscal', 'use-plan', 'term-deposit', 'bond'),
  }),
  'remittance-up': fc.record({ kind: kindOnly('remittance-up'), ...anyOf, account: money }),
  'remittance-received': fc.record({ kind: kindOnly('remittance-received'), ...anyOf }),
  'funding-down': fc.record({ kind: kindOnly('funding-down'), ...anyOf, account: money }),
  'funding-received': fc.record({ kind: kindOnly('funding-received'), ...anyOf }),
  'opening-correction': fc
    .record({
      kind: kindOnly('opening-correction'),
      fund,
      unit,
      businessDate: day,
      lowered: fc.constantFrom('1', '200'),
    })
    .map(({ lowered, ...rest }) => ({
      ...rest,
      corrects: `book-${rest.fund}-${rest.unit}-0`,
      raised: { treasury: '5.00', 'fiscal-account': lowered },
      lowered: { cash: lowered, bonds: '5.00' },
    })),
  'prior-year-correction': fc
    .record({
      kind: kindOnly('prior-year-correction'),
      fund,
      unit,
      businessDate: day,
      back: fc.integer({ min: 0, max: 8 }),
    })
    .map(({ back, ...rest }) => ({
      ...rest,
      corrects: `book-${rest.fund}-${rest.unit}-${back}`,
      debits: { [rest.fund === 'employee' ? 'expenditure.other@pool' : 'expenditure.other']: '3.00' },
      credits: { treasury: '3.00' },
    })),
  reversal: fc
    .record({
      kind: kindOnly('reversal'),
      fund,
      unit,
      businessDate: day,
      back: fc.integer({ min: 0, max: 8 }),
    })
    .map(({ back, ...rest }) => ({ ...rest, reverses: `book-${rest.fund}-${rest.unit}-${back}` })),
};

/** Commands of every kind over a few books. A kind that is not varied comes as its example, in any book on any day. */
const command: fc.Arbitrary<Incoming> = fc.oneof(
  ...COMMAND_KINDS.map(
    ({ kind }) => VARIED[kind] ?? fc.record({ kind: kindOnly(kind), fund, unit, businessDate: day }),
  ),
);

/** One of each kind, which some sequences begin with: in a book that holds something on every account. */
const EACH: readonly Keyed[] = ONE_OF_EACH.map(([kind, fields], index) => [{ kind, ...fields }, 1_000 + index]);

/** A command with its key; keys come from a small set, so that some come again with the same command or another. */
const keyed = fc.tuple(command, fc.integer({ min: 0, max: 500 }));
type Keyed = readonly [Incoming, number];
const sequence = fc.array(keyed, { minLength: 1, maxLength: 150, size: 'max' });

type Outcome = 'recorded' | 'replayed' | 'refused';

async function post(books: Books, [incoming, key]: Keyed): Promise<Outcome> {
  try {
    return (await books.post(requestOf(incoming, `key-${key}`))).replayed ? 'replayed' : 'recorded';
  } catch (error) {
    if (error instanceof LedgerError && error.kind !== 'unavailable') return 'refused';
    throw error;
  }
}

/** What must hold of a ledger whatever was posted, by an audit that shares no code with it. */
async function holds(store: MemoryEventStore, books: Books, outcomes: readonly Outcome[]): Promise<void> {
  const log = new Map<string, string[]>();
  let latest = '';
  for await (const batch of store.readAll({ after: 0, live: false }))
    for (const { stream, data } of batch) {
      const { recordedAt } = JSON.parse(data) as { recordedAt: string };
      expect(recordedAt >= latest).toBe(true);
      latest = recordedAt;
      if (!log.has(stream)) log.set(stream, []);
      log.get(stream)!.push(data);
    }
  expect([...log.values()].flat()).toHaveLength(outcomes.filter((outcome) => outcome === 'recorded').length);
  for (const [stream, texts] of log) {
    if (!stream.startsWith('book-')) continue;
    const audit = auditBook(stream, texts);
    expect(audit.problems).toEqual([]);
    expect(audit.debits).toBe(audit.credits);
    expect(new Map((await books.stateOf(stream)).balances)).toEqual(new Map(audit.balances));
    expect((await new Books(store, clock).stateOf(stream)).balances).toEqual((await books.stateOf(stream)).balances);
  }
}

/** A store whose appends take a random number of turns, so that what is on its way and what arrives change places. */
class UnevenStore extends MemoryEventStore {
  constructor(private readonly turns: () => number) {
    super();
  }

  override async append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended> {
    for (let turn = this.turns(); turn > 0; turn -= 1) await new Promise(setImmediate);
    return super.append(stream, expected, events);
  }
}

/** Goes round and round a list that fast-check has drawn. */
function cycle(values: readonly number[]): () => number {
  let next = 0;
  return () => values[next++ % values.length]!;
}

const turns = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 16, maxLength: 64 });

describe('any sequence of commands', () => {
  it(
    `leaves every invariant true (seed ${SEED})`,
    async () => {
      const seen = new Set<string>();
      await fc.assert(
        fc.asyncProperty(fc.boolean(), sequence, async (afterOneOfEach, commands) => {
          const store = new MemoryEventStore();
          const books = new Books(store, clock);
          const outcomes: Outcome[] = [];
          for (const one of afterOneOfEach ? [...EACH, ...commands] : commands) {
            const outcome = await post(books, one);
            outcomes.push(outcome);
            seen.add(`${one[0].kind} ${outcome}`);
          }
          await holds(store, books, outcomes);
        }),
        { seed: SEED, numRuns: 60 },
      );
      // The property says something only where each kind has been recorded somewhere.
      expect([...seen].filter((one) => one.endsWith('recorded'))).toHaveLength(COMMAND_KINDS.length);
    },
    TIMEOUT_MS,
  );
});

describe('64 writers at once', () => {
  const writers = fc.array(fc.array(keyed, { minLength: 1, maxLength: 6, size: 'max' }), {
    minLength: 64,
    maxLength: 64,
  });

  it.each([
    ['on one node', 1],
    ['on three nodes over one log', 3],
  ])(
    `%s leave every invariant true (seed ${SEED})`,
    async (_, nodes) => {
      await fc.assert(
        fc.asyncProperty(writers, turns, turns, async (scripts, storeTurns, writerTurns) => {
          const store = new UnevenStore(cycle(storeTurns));
          const books = Array.from({ length: nodes }, () => new Books(store, clock));
          const pause = cycle(writerTurns);
          const outcomes = await Promise.all(
            scripts.map(async (script, writer) => {
              const own: Outcome[] = [];
              for (const one of script) {
                for (let turn = pause(); turn > 0; turn -= 1) await new Promise(setImmediate);
                own.push(await post(books[writer % nodes]!, one));
              }
              return own;
            }),
          );
          await holds(store, new Books(store, clock), outcomes.flat());
          if (nodes === 1) await holds(store, books[0]!, outcomes.flat());
        }),
        { seed: SEED, numRuns: 12 },
      );
    },
    TIMEOUT_MS,
  );
});

describe('the independent audit', () => {
  const wrong = (changes: Record<string, unknown>): readonly string[] => {
    const event = {
      kind: 'contribution',
      recordedAt: '2025-06-30T04:05:06.789Z',
      fund: 'resident',
      unit: '460100',
      businessDate: '2025-05-12',
      period: '2025-05',
      voucherType: 'receipt',
      voucherNumber: 1,
      maker: 'wang',
      reviewer: 'li',
      entries: [
        { account: 'treasury', debit: '1.00' },
        { account: 'income.premiums', detail: 'resident', credit: '1.00' },
      ],
      ...changes,
    };
    return auditBook('book-resident-460100', [JSON.stringify(event)]).problems;
  };

  it.each([
    [{}, []],
    [
      { entries: [{ account: 'treasury', debit: '1.00' }] },
      ['debits 100 are not credits 0', 'assets 100 are not liabilities, net assets and surplus 0'],
    ],
    [
      {
        entries: [
          { account: 'treasury', debit: '-1.00' },
          { account: 'benefits', detail: 'direct', credit: '-1.00' },
        ],
      },
      ['treasury is overdrawn by 100'],
    ],
    [{ voucherNumber: 2 }, ['its number in 2025-05/receipt is 2, not 1']],
    [{ period: '2025-06' }, ['its period is 2025-06']],
    [{ reviewer: 'wang' }, ['one person made and reviewed it']],
    [{ unit: '460200' }, ['it belongs to resident in 460200']],
    [{ reverses: 'book-resident-460100-3' }, ['it reverses book-resident-460100-3, which does not come before it']],
  ])('finds what is wrong with %j', (changes, problems) => {
    expect(wrong(changes)).toEqual(problems.map((problem) => `book-resident-460100-0 (contribution): ${problem}`));
  });
});
