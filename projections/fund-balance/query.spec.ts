import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { provincialConsolidation } from '../provincial-consolidation/projection.js';
import fc from 'fast-check';
import { type Entry, ledgerLine, parseLedgerLine } from '../../src/books/entries.js';
import { readMoment } from '../../src/time/moment.js';
import { dayInShanghai } from '../../src/time/clock.js';
import { LedgerError } from '../../src/errors.js';
import { formatFen, parseFen } from '../../src/money.js';
import { FollowedLog, type GivenEvent } from '../../test/followed-log.js';
import { ledgerOf } from '../../test/given-when-then.js';
import { piecesOf, readLines } from './lines.js';
import { BLOCK, fundBalance, WIDE_BLOCK } from './projection.js';
import { type BookParameters } from '../asking/book-parameters.js';
import { fundBalanceQuestion } from './query.js';
import { voucherDays } from './voucher-days.js';

/** Every random run can be had again: its seed is in the name of its test. */
const SEED = Date.now() % 2_147_483_647;

const logs: FollowedLog[] = [];
afterEach(() => {
  for (const log of logs.splice(0)) log.close();
});
const newLog = (): FollowedLog => {
  const log = new FollowedLog([fundBalance, provincialConsolidation]);
  logs.push(log);
  return log;
};

const premium = (amount: string, businessDate: string, unit = '460100', fund = 'resident'): GivenEvent => ({
  fund,
  unit,
  businessDate,
  entries: [
    { account: 'treasury', debit: amount },
    { account: 'income.premiums', detail: 'resident', credit: amount },
  ],
});

interface Body {
  books: Record<string, unknown>[];
  funds?: Record<string, unknown>[];
  basicInsurance?: Record<string, unknown>;
}

async function ask(log: FollowedLog, parameters: BookParameters): Promise<{ position: number; body: Body }> {
  const answer = await fundBalanceQuestion.ask(log.asking(), parameters);
  return { position: answer.position, body: answer.body as unknown as Body };
}

describe('fund balance, both time axes', () => {
  it('says what was believed on one day about another', async () => {
    const log = newLog();
    await log.append({ ...premium('100.00', '2025-03-01'), recordedAt: '2025-03-01T02:00:00.000Z' });
    await log.append({ ...premium('7.00', '2025-03-20'), recordedAt: '2025-03-20T02:00:00.000Z' });
    // Still 20 March in London, already 21 March in Shanghai; it happened on 2 March.
    await log.append({ ...premium('30.00', '2025-03-02'), recordedAt: '2025-03-20T16:00:00.000Z' });
    await log.follow();
    const closing = async (asOf: string, recordedAsOf?: string): Promise<unknown[]> => {
      const { position, body } = await ask(log, { asOf, ...(recordedAsOf !== undefined && { recordedAsOf }) });
      return [position, body.books[0]?.['closing']];
    };
    expect(await closing('2025-03-10')).toEqual([3, '130.00']);
    expect(await closing('2025-03-10', '2025-03-20')).toEqual([2, '100.00']);
    expect(await closing('2025-03-10', '2025-03-21')).toEqual([3, '130.00']);
    expect(await closing('2025-03-31', '2025-03-20T10:00:00.000+08:00')).toEqual([2, '107.00']);
    expect(await closing('2025-03-31', '2025-03-20T09:59:59.999+08:00')).toEqual([1, '100.00']);
    expect(await closing('2025-03-31', '1')).toEqual([1, '100.00']);
    expect(await closing('2025-03-31', '3')).toEqual([3, '137.00']);
    await expect(closing('2025-03-31', '999')).rejects.toMatchObject({ kind: 'invalid', code: 'recorded-as-of' });
    expect(await closing('2025-02-28')).toEqual([3, '0.00']);
    expect(await closing('2025-03-31', '2025-02-01')).toEqual([0, undefined]);
  });

  it('takes every finest block and every day once, whatever the reach', () => {
    fc.assert(
      fc.property(fc.nat({ max: 3_000 }), fc.integer({ min: 1, max: 28 }), (blocks, date) => {
        const day = `2025-03-${String(date).padStart(2, '0')}`;
        const counts = new Map<string, number>();
        for (const [size, block, after, upTo] of piecesOf(blocks, day)) {
          const span = after.startsWith('M') ? 'earlier months' : after === '' ? 'all days' : 'days of the month';
          expect(upTo).toBe(span === 'earlier months' ? 'M2025-02' : day);
          const first = (block * size) / BLOCK;
          for (let each = first; each < first + size / BLOCK; each += 1) {
            const weight = span === 'all days' ? 2 : 1;
            counts.set(`${each}`, (counts.get(`${each}`) ?? 0) + weight);
          }
        }
        expect(counts.size).toBe(blocks);
        expect([...counts.values()].every((count) => count === 2)).toBe(true);
        expect(piecesOf(blocks, day).length).toBeLessThan((2 * blocks * BLOCK) / WIDE_BLOCK + WIDE_BLOCK / BLOCK);
      }),
      { seed: SEED, numRuns: 100 },
    );
    expect(WIDE_BLOCK % BLOCK).toBe(0);
  });

  it(`equals a sum over the events themselves, for random events, days and cuts (seed ${SEED})`, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anEvent, { minLength: 1, maxLength: 60 }),
        fc.constantFrom(1, 11, 25),
        fc.integer({ min: 1, max: 700 }),
        fc.array(aCut, { minLength: 4, maxLength: 8 }),
        async (pattern, times, batch, cuts) => {
          const log = newLog();
          const recorded = repeat(pattern, times);
          for (const each of recorded) await log.append(each.event);
          await log.follow(batch);
          for (const cut of cuts) await compare(log, recorded, cut);
          logs.splice(logs.indexOf(log), 1)[0]!.close();
        },
      ),
      { seed: SEED, numRuns: 12, endOnFailure: true },
    );
  }, 240_000);

  it('leaves out what was recorded after the read tables were last written', async () => {
    const log = newLog();
    for (let each = 0; each < 40; each += 1) await log.append(premium('1.00', '2025-03-01'));
    await log.follow();
    for (let each = 0; each < 40; each += 1) await log.append(premium('1.00', '2025-03-01'));
    for (const position of [1, 19, 20, 21, 39, 40]) {
      const { body } = await ask(log, { asOf: '2025-03-31', recordedAsOf: String(position) });
      expect(body.books[0]?.['closing']).toBe(`${position}.00`);
    }
  });

  it('equals it beyond a wide block', async () => {
    const log = newLog();
    const line = 'income.premiums/employer@pool';
    const pattern = [3, 77, 12, 140, 141, 5].map((day, index) => ({
      unit: '460100',
      businessDate: dayInShanghai(Date.UTC(2025, 0, 1) + day * DAY_MS),
      line: index % 2 ? line : 'treasury',
      fen: BigInt(10 ** index),
      laterMs: 1,
    }));
    const recorded = repeat(pattern, 5_600);
    for (const each of recorded) await log.append(each.event);
    await log.follow();
    for (const position of [63, 64, 16_383, 16_384, 16_385, 16_448, 32_768, 33_303, 33_600])
      for (const day of ['2025-01-14', '2025-03-31', '2025-05-22'])
        await compare(log, recorded, { percent: (position * 100) / 33_600, day, form: 'position' });
    const days = recorded.map(({ event: { businessDate } }) => businessDate).toSorted();
    expect(voucherDays(log.asking().tables, ['book-employee-460100', 'book-employee-460200'])).toEqual({
      first: days[0],
      last: days.at(-1),
    });
  }, 240_000);
});

const DAY_MS = 86_400_000;
const LINES = ['benefits/inpatient@pool', 'income.premiums/employer@personal', 'fiscal-account', 'net.pool'];
const aDay = fc.integer({ min: 0, max: 500 }).map((days) => dayInShanghai(Date.UTC(2024, 0, 1) + days * DAY_MS));
/** One entry of a random amount, on a random day, recorded a while after the one before. */
const anEvent = fc.record({
  unit: fc.constantFrom('460100', '460100', '460100', '460200'),
  businessDate: aDay,
  line: fc.constantFrom(...LINES),
  fen: fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
  laterMs: fc.constantFrom(0, 0, 0, 1, 40_000_000),
});
interface Pattern {
  readonly unit: string;
  readonly businessDate: string;
  readonly line: string;
  readonly fen: bigint;
  readonly laterMs: number;
}
/** A business day, and a moment of recording: that of so many percent of the log, said in one of three ways. */
const aCut = fc.record({
  percent: fc.integer({ min: 0, max: 100 }),
  day: aDay,
  form: fc.constantFrom('position' as const, 'instant' as const, 'day' as const),
});
type Cut = typeof aCut extends fc.Arbitrary<infer C> ? C : never;

interface Recorded {
  readonly event: GivenEvent & { readonly entries: readonly Entry[] };
  readonly atMs: number;
}

function repeat(pattern: readonly Pattern[], times: number): Recorded[] {
  let atMs = Date.UTC(2025, 0, 1);
  return Array.from({ length: times }, () => pattern)
    .flat()
    .map(({ unit, businessDate, line, fen, laterMs }) => {
      atMs += laterMs;
      const side = fen % 2n === 0n ? { debit: formatFen(fen) } : { credit: formatFen(fen) };
      const entries = [{ ...parseLedgerLine(line), ...side }];
      const recordedAt = new Date(atMs).toISOString();
      return { atMs, event: { fund: 'employee', unit, businessDate, entries, recordedAt } };
    });
}

/** Compares what the read tables say with a sum over the events, for both books. */
async function compare(log: FollowedLog, recorded: readonly Recorded[], { percent, day, form }: Cut): Promise<void> {
  const position = Math.round((recorded.length * percent) / 100);
  const atMs = recorded[Math.max(0, position - 1)]!.atMs;
  const recordedDay = dayInShanghai(atMs);
  const ways = {
    position: () => ({ asked: `${position}`, seen: recorded.slice(0, position) }),
    instant: () => ({ asked: new Date(atMs).toISOString(), seen: recorded.filter((each) => each.atMs <= atMs) }),
    day: () => ({ asked: recordedDay, seen: recorded.filter((each) => dayInShanghai(each.atMs) <= recordedDay) }),
  };
  const { asked, seen } = ways[form]();
  for (const unit of ['460100', '460200']) {
    const stream = `book-employee-${unit}`;
    const shown = await readLines(log.asking(), { books: [stream], days: [day], recordedAsOf: readMoment(asked) });
    expect(shown.position).toBe(seen.length);
    const [lines] = shown.books.get(stream) ?? [new Map()];
    const own = seen.map(({ event }) => event).filter((event) => event.unit === unit && event.businessDate <= day);
    expect(Object.fromEntries(lines!)).toEqual(naiveLines(own));
  }
}

function naiveLines(
  events: readonly { entries: readonly Entry[] }[],
): Record<string, { debit: bigint; credit: bigint; entries: bigint }> {
  const sums: Record<string, { debit: bigint; credit: bigint; entries: bigint }> = {};
  for (const entry of events.flatMap(({ entries }) => entries)) {
    const line = (sums[ledgerLine(entry)] ??= { debit: 0n, credit: 0n, entries: 0n });
    line.debit += parseFen(entry.debit ?? '0');
    line.credit += parseFen(entry.credit ?? '0');
    line.entries += 1n;
  }
  return sums;
}

describe('fund balance, answer', () => {
  let log: FollowedLog;
  const POOL = { detail: 'employer', share: 'pool' } as const;
  beforeAll(async () => {
    log = new FollowedLog([fundBalance, provincialConsolidation]);
    const employee = { fund: 'employee', unit: '460100' };
    await log.append({
      ...employee,
      businessDate: '2025-01-01',
      entries: [
        { account: 'fiscal-account', debit: '1000.00' },
        { account: 'loans', credit: '50.00' },
        { account: 'net.pool', credit: '600.00' },
        { account: 'net.personal', credit: '340.00' },
        { account: 'net.risk', credit: '10.00' },
      ],
    });
    await log.append({
      ...employee,
      businessDate: '2025-02-01',
      entries: [
        { account: 'treasury', debit: '30.00' },
        { account: 'income.premiums', ...POOL, credit: '20.00' },
        { account: 'income.premiums', detail: 'employer', share: 'personal', credit: '10.00' },
      ],
    });
    await log.append({
      ...employee,
      businessDate: '2025-03-01',
      entries: [
        { account: 'benefits', detail: 'inpatient', share: 'pool', debit: '7.00' },
        { account: 'fiscal-account', credit: '7.00' },
      ],
    });
    await log.append({
      ...employee,
      businessDate: '2025-03-02',
      entries: [
        { account: 'expenditure.to-above', share: 'pool', debit: '5.00' },
        { account: 'fiscal-account', credit: '5.00' },
      ],
    });
    await log.append(premium('400.00', '2025-03-03', '460000'));
    await log.append(premium('9.00', '2025-03-04', '460000', 'assistance'));
    await log.follow();
  });
  afterAll(() => log.close());

  it('gives a book with its parts, its items and its accounts', async () => {
    const { body } = await ask(log, { fund: 'employee', unit: '460100', from: '2025-02-15', asOf: '2025-03-31' });
    expect(body).toEqual({
      from: '2025-02-15',
      to: '2025-03-31',
      asOf: '2025-03-31',
      recordedAsOf: null,
      books: [
        {
          book: 'employee-460100',
          fund: 'employee',
          unit: '460100',
          opening: '980.00',
          income: '0.00',
          expenditure: '12.00',
          closing: '968.00',
          pool: '608.00',
          personal: '350.00',
          risk: '10.00',
          incomeItems: [
            { account: 'income.premiums', detail: 'employer', share: 'personal', amount: '0.00' },
            { account: 'income.premiums', detail: 'employer', share: 'pool', amount: '0.00' },
          ],
          expenditureItems: [
            { account: 'benefits', detail: 'inpatient', share: 'pool', amount: '7.00' },
            { account: 'expenditure.to-above', share: 'pool', amount: '5.00' },
          ],
          accounts: [
            { account: 'fiscal-account', amount: '988.00' },
            { account: 'treasury', amount: '30.00' },
            { account: 'loans', amount: '50.00' },
            { account: 'net.pool', amount: '600.00' },
            { account: 'net.personal', amount: '340.00' },
            { account: 'net.risk', amount: '10.00' },
          ],
        },
      ],
    });
  });

  it('gives funds consolidated, naive beside it, and what is in transit', async () => {
    const { body } = await ask(log, { from: '2025-01-01', asOf: '2025-12-31' });
    expect(body.funds).toEqual([
      {
        fund: 'employee',
        opening: '950.00',
        income: '30.00',
        expenditure: '7.00',
        closing: '973.00',
        inTransit: { opening: '0.00', closing: '5.00' },
        naive: { opening: '950.00', income: '30.00', expenditure: '12.00', closing: '968.00' },
        eliminated: { income: '0.00', expenditure: '5.00' },
      },
      expect.objectContaining({ fund: 'resident', opening: '0.00', income: '400.00', closing: '400.00' }),
      expect.objectContaining({ fund: 'assistance', closing: '9.00' }),
    ]);
    expect(body.basicInsurance).toMatchObject({
      opening: '950.00',
      income: '430.00',
      expenditure: '7.00',
      closing: '1373.00',
      inTransit: { closing: '5.00' },
      naive: { closing: '1368.00' },
    });
  });

  it('prints the published rows, what is in transit beneath its fund, assistance beside the total', async () => {
    const { sheets } = await fundBalanceQuestion.ask(log.asking(), { asOf: '2025-12-31' });
    expect(sheets[0]!.unit).toBe('yi');
    const names = sheets[0]!.rows.map(([name]) => (name as { en: string }).en);
    expect(names).toEqual([
      'Employee basic medical insurance fund',
      '  of which in transit',
      'Resident basic medical insurance fund',
      'Basic medical insurance total',
      '  of which in transit',
      'Medical assistance fund',
    ]);
    expect(sheets[0]!.footing!.rows).toEqual([{ total: 3, parts: [0, 2] }]);
    expect(sheets[1]!.rows.map((row) => row.slice(2))).toEqual([
      [95000n, 3000n, 1200n, 96800n, 60800n, 35000n, 1000n, 0n],
      [0n, 40000n, 0n, 40000n, 40000n, null, 0n, null],
      [0n, 900n, 0n, 900n, 900n, null, 0n, null],
    ]);
  });

  it('takes the fiscal year of the last day, and today, where nothing is said', async () => {
    expect((await fundBalanceQuestion.ask(log.asking('2025-03-03'), {})).body).toMatchObject({
      from: '2025-01-01',
      asOf: '2025-03-03',
    });
    const { body } = await ask(log, { asOf: '2026-02-01' });
    expect(body.books[0]).toMatchObject({ opening: '968.00', income: '0.00', closing: '968.00' });
  });

  it('refuses an interval that ends before it begins', async () => {
    await expect(ask(log, { from: '2025-06-01', asOf: '2025-05-31' })).rejects.toMatchObject({
      kind: 'invalid',
      code: 'interval-ends-before-it-begins',
    });
    await expect(ask(log, { recordedAsOf: '2025-13-45T00:00:00Z' })).rejects.toBeInstanceOf(LedgerError);
  });
});

describe('fund balance and a penalty', () => {
  it('is the same with and without it', async () => {
    const ledger = ledgerOf([]);
    const [contribution, fine] = [ledger.post({ kind: 'contribution' }), ledger.post({ kind: 'penalty' })];
    const answers = [];
    for (const events of [[contribution], [contribution, { ...fine, stream: 'case-HK-2025-0007' }]]) {
      const log = newLog();
      for (const event of events) await log.append(event);
      await log.follow();
      answers.push(await ask(log, {}));
    }
    expect(answers[1]!.body).toEqual(answers[0]!.body);
    expect(answers.map(({ position }) => position)).toEqual([1, 2]);
  });
});
