import fc from 'fast-check';
import { readReference } from '../src/adopting/adopted-in.js';
import { type Adopting } from '../src/adopting/adopt.js';
import { LedgerReference } from '../src/adopting/ledger-reference.js';
import { type BatchItem, type Outcome, type SentCommand } from '../src/batches/post-batch.js';
import { type Trying } from '../src/batches/try-batch.js';
import { Books } from '../src/books/handle.js';
import { findSentKind } from '../src/catalogue/registry.js';
import { LedgerError } from '../src/errors.js';
import { type EventStore } from '../src/event-store/event-store.js';
import { PostCommand, PostCommandHandler } from '../src/http/commands.js';
import { type Ledger } from '../src/ledger.js';
import { FROM_LOG } from './given-when-then.js';

/** A ledger without read tables, for who sends it batches. */
export type BatchedLedger = Trying & { readonly books: Books };

/** The day and time at which everything is recorded, so that an event has the same bytes whoever sends it. */
export const NOW_MS = Date.UTC(2026, 11, 31, 4, 5, 6, 789);

/** A node over a log. */
export async function nodeOver(store: EventStore): Promise<BatchedLedger> {
  const clock = (): number => NOW_MS;
  const books = new Books(store, clock, undefined, FROM_LOG);
  const reference = new LedgerReference(store, await readReference(store), () => []);
  return { store, books, reference, clock, closedUpTo: () => furthestClosed(store, books) };
}

/** The book that is closed the furthest, the first by name of several. */
async function furthestClosed(store: EventStore, books: Books) {
  let furthest: { stream: string; day: string } | undefined;
  for (const stream of Object.keys(await streamsOf(store))) {
    const day = (await books.stateOf(stream)).closings.at(-1)?.businessDate;
    if (day !== undefined && (furthest === undefined || day > furthest.day)) furthest = { stream, day };
  }
  return furthest;
}

/** The example of a kind with some fields changed, as an item of a batch. */
export function itemOf(word: string, fields: Readonly<Record<string, unknown>>, key: string): SentCommand {
  const kind = findSentKind(word)!;
  const given = Object.entries({ ...kind.example, ...fields }).filter(([, value]) => value !== undefined);
  return { kind, body: Object.fromEntries(given), key, expectedRevision: undefined };
}

/** Sends an item by itself, as its own route does. */
export async function sendAlone(ledger: Adopting, item: BatchItem): Promise<Outcome> {
  if (item instanceof LedgerError) return item;
  const { kind, body, key, expectedRevision } = item;
  try {
    const handler = new PostCommandHandler(ledger as Ledger);
    return await handler.execute(new PostCommand(kind, body, key, expectedRevision));
  } catch (error) {
    return error as Error;
  }
}

/** What is told of an outcome, but for the position: that follows from what other books append meanwhile. */
export function told(outcome: Outcome): unknown {
  if (outcome instanceof LedgerError) {
    const { kind, code, text, details } = outcome;
    return { kind, code, text, details };
  }
  if (outcome instanceof Error) return outcome.message;
  return { ...outcome, receipt: { ...outcome.receipt, position: 'any' } };
}

/** The bytes of every stream of a log, in the order of their names. */
export async function streamsOf(store: EventStore): Promise<Record<string, readonly string[]>> {
  const streams = new Map<string, string[]>();
  for await (const events of store.readAll({ after: 0, live: false }))
    for (const { stream, type, data } of events)
      streams.set(stream, [...(streams.get(stream) ?? []), `${type} ${data}`]);
  return Object.fromEntries([...streams].toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

const fund = fc.constantFrom('employee', 'resident');
const unit = fc.constantFrom('460100', '460200');
const day = fc.constantFrom('2025-05-12', '2025-05-31', '2025-06-12', '2027-01-01');
const amount = fc
  .integer({ min: 1, max: 40_000 })
  .map((fen) => `${Math.floor(fen / 100)}.${`${fen % 100}`.padStart(2, '0')}`);
const NO_SHARES = { shares: 'unknown', poolShare: undefined, personalShare: undefined };
const anyOf = { fund, unit, businessDate: day, amount };

/** Adopted on the way; what names it is refused before. */
const NEW_UNIT = '460199';
const MEIZHOU = { code: NEW_UNIT, from: '2025-01-01', zh: '新区', en: 'New District', parent: '460100', closed: 'no' };

const evidence = fc
  .integer({ min: 0, max: 6 })
  .map((number) => ({ kind: 'receipt', number: `E-${number}`, sha256: 'ab'.repeat(32) }));

/** Commands that stand on each other in every way that one does: in a book, in a register, by what is adopted. */
const sent: fc.Arbitrary<readonly [string, Readonly<Record<string, unknown>>]> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .record({ ...anyOf, evidence })
      .map((fields) => ['contribution', { ...fields, ...NO_SHARES }] as const),
  },
  {
    weight: 2,
    arbitrary: fc
      .record(anyOf)
      .map(
        (fields) =>
          [
            'money-movement',
            { ...fields, from: 'treasury', to: 'fiscal-account', reason: 'treasury-to-fiscal' },
          ] as const,
      ),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({ fund, unit, businessDate: day, back: fc.integer({ min: 0, max: 5 }) })
      .map(
        ({ back, ...fields }) =>
          ['reversal', { ...fields, reverses: `book-${fields.fund}-${fields.unit}-${back}` }] as const,
      ),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({ caseId: fc.constantFrom('HK-2025-0007', 'HK-2025-0008'), evidence })
      .map((fields) => ['penalty', fields] as const),
  },
  fc.record({ fund, unit }).map((fields) => ['period-close', fields] as const),
  fc.constant(['unit-adoption', { row: MEIZHOU }] as const),
  fc.record({ amount }).map((fields) => ['contribution', { ...fields, unit: NEW_UNIT, ...NO_SHARES }] as const),
  fc.constantFrom(
    ['contribution', { amount: 12.5 }] as const,
    ['contribution', { reviewer: 'wang' }] as const,
    ['contribution', { unit: '999999' }] as const,
    ['penalty', { extra: 1 }] as const,
  ),
);

/** Items with keys of a small set, so that some come again with the same command or another. */
export const anItem: fc.Arbitrary<BatchItem> = fc.oneof(
  {
    weight: 20,
    arbitrary: fc
      .record({
        sent,
        key: fc.integer({ min: 0, max: 60 }),
        seen: fc.constantFrom(undefined, undefined, undefined, undefined, undefined, 'any' as const, [0], [0, 1, 2]),
      })
      .map(({ sent: [kind, fields], key, seen }) => ({
        ...itemOf(kind, fields, `key-${key}`),
        expectedRevision: seen,
      })),
  },
  { weight: 1, arbitrary: fc.constant(new LedgerError('invalid', 'malformed-json', { zh: '坏', en: 'bad' })) },
);
