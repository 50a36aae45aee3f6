import { afterEach, describe, expect, it } from '@jest/globals';
import { provincialConsolidation } from '../projections/provincial-consolidation/projection.js';
import { bookState } from '../projections/book-state/projection.js';
import { readBookState } from '../projections/book-state/query.js';
import { fundBalance } from '../projections/fund-balance/projection.js';
import { fundBalanceQuestion } from '../projections/fund-balance/query.js';
import { Books } from '../src/books/handle.js';
import { type EventStore } from '../src/event-store/event-store.js';
import { formatFen, parseFen } from '../src/money.js';
import { FollowedLog } from './followed-log.js';
import { type Incoming, requestOf } from './given-when-then.js';
import { contributionRow, csvOf, Desk } from './import/fixture.js';

/**
 * What is added up in 64 bits is bounded, and whoever comes to the bound is refused before any sum overflows: by a
 * command, a file, a reversal or the other node.
 */
const BOOK = 'book-resident-460100';
const LARGEST = '999999999999999.99';
/** Debits and credits of 45 of the largest amounts and of this one are the bound, to the fen. */
const LAST = '0.45';
const BOUND = 9_000_000_000_000_000_000n;
const clock = (): number => Date.UTC(2025, 11, 31);

const contribution = (amount: string): Incoming => ({
  kind: 'contribution',
  fund: 'resident',
  amount,
  poolShare: undefined,
  personalShare: undefined,
  payer: { kind: 'resident', reference: 'R-1' },
  coverPeriod: '2025',
});
const largest = (count: number): Incoming[] => Array.from({ length: count }, () => contribution(LARGEST));
const beyond = { code: 'beyond-turnover', details: [{ pointer: '/amount', expected: { zh: expect.anything() } }] };

async function postAll(store: EventStore, commands: readonly Incoming[], name: string): Promise<Books> {
  const books = new Books(store, clock);
  for (const [index, command] of commands.entries()) await books.post(requestOf(command, `${name}-${index}`));
  return books;
}

describe('at the bound of turnover', () => {
  const logs: FollowedLog[] = [];
  afterEach(() => {
    for (const log of logs.splice(0)) log.close();
  });

  /** Follows what stands, in small batches and large ones, and gives what the read tables say of the book. */
  async function figuresOf(store: EventStore): Promise<{ turnover: bigint; income: string; closing: string }> {
    const log = new FollowedLog([bookState, fundBalance, provincialConsolidation], store);
    logs.push(log);
    await log.follow(7);
    const asking = log.asking();
    const { body } = await fundBalanceQuestion.ask(asking, { fund: 'resident', unit: '460100' });
    const [{ income, closing }] = body['books'] as [{ income: string; closing: string }];
    return { turnover: readBookState(asking.tables, BOOK)!.turnover, income, closing };
  }
  const full = formatFen(parseFen(LARGEST) * 45n + parseFen(LAST));

  it('a command reaches it to the fen, and the next fen is refused', async () => {
    const { store } = new Desk();
    const books = await postAll(store, [...largest(45), contribution(LAST)], 'a');
    await expect(books.post(requestOf(contribution('0.01'), 'b'))).rejects.toMatchObject(beyond);
    expect(await figuresOf(store)).toEqual({ turnover: BOUND, income: full, closing: full });
  });

  it('a reversal counts with what it takes back, and is refused beyond it', async () => {
    const { store } = new Desk();
    const reversals = Array.from({ length: 22 }, (_, index) => ({
      kind: 'reversal',
      fund: 'resident',
      businessDate: '2025-12-31',
      reverses: `${BOOK}-${index}`,
    }));
    const books = await postAll(store, [...largest(23), ...reversals, contribution(LAST)], 'a');
    const next = { ...reversals[0]!, reverses: `${BOOK}-22` };
    await expect(books.post(requestOf(next, 'b'))).rejects.toMatchObject(beyond);
    const left = formatFen(parseFen(LARGEST) + parseFen(LAST));
    expect(await figuresOf(store)).toEqual({ turnover: BOUND, income: left, closing: left });
  });

  it('a file is refused as a whole at its first line beyond, and posted up to it', async () => {
    const desk = new Desk();
    const row = (amount: string, headcount = '12') =>
      contributionRow({ fund: 'resident', amount, headcount, 'payer.kind': 'resident', coverPeriod: '2025' });
    const rows = [...Array.from({ length: 45 }, (_, index) => row(LARGEST, String(index))), row(LAST)];
    expect(await desk.import('over.csv', csvOf([...rows, row('0.01')]))).toMatchObject({
      outcome: 'refused',
      posted: 0,
      errorCount: 1,
      errors: [{ line: 48, code: 'beyond-turnover', got: '90000000000000000.02' }],
    });
    expect(await desk.import('full.csv', csvOf(rows))).toMatchObject({
      outcome: 'posted',
      posted: 46,
      totals: [{ kind: 'contribution', fund: 'resident', count: 46, sum: full }],
    });
    expect(await figuresOf(desk.store)).toEqual({ turnover: BOUND, income: full, closing: full });
  });

  it('of two nodes the one that comes later is refused', async () => {
    const { store } = new Desk();
    const here = await postAll(store, largest(44), 'a');
    const there = new Books(store, clock);
    const both = [here, there].map((books, index) => books.post(requestOf(contribution(LARGEST), `b-${index}`)));
    const outcomes = await Promise.allSettled(both);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: beyond });
    await there.post(requestOf(contribution(LAST), 'c'));
    expect(await figuresOf(store)).toEqual({ turnover: BOUND, income: full, closing: full });
  });
});
