import { describe, expect, it } from '@jest/globals';
import { randomFrom } from '../../test/random.js';
import { SEED } from '../../test/seed.js';
import { DayBalances, type Shortfall } from './day-balances.js';

/** Balances on which 100 came in on the 20th, 40 went out on the 25th, and 30 came in on the 10th, in this order. */
function given(): DayBalances {
  const balances = DayBalances.empty();
  balances.add('bank', '2025-05-20', 100n);
  balances.add('bank', '2025-05-25', -40n);
  balances.add('bank', '2025-05-10', 30n);
  return balances;
}

describe('the balances of days', () => {
  it('are those at the end of each day, in whatever order they came', () => {
    expect(given().daysOf('bank')).toEqual([
      ['2025-05-10', 30n],
      ['2025-05-20', 130n],
      ['2025-05-25', 90n],
    ]);
    expect(given().daysOf('another')).toEqual([]);
  });

  const cases: readonly [day: string, effect: bigint, shortfall: Shortfall | undefined][] = [
    ['2025-05-09', -1n, { day: '2025-05-09', balance: 0n, least: 0n, coveredFrom: '2025-05-10' }],
    ['2025-05-10', -30n, undefined],
    ['2025-05-10', -31n, { day: '2025-05-10', balance: 30n, least: 30n, coveredFrom: '2025-05-20' }],
    ['2025-05-15', -31n, { day: '2025-05-15', balance: 30n, least: 30n, coveredFrom: '2025-05-20' }],
    ['2025-05-19', -100n, { day: '2025-05-19', balance: 30n, least: 30n, coveredFrom: undefined }],
    ['2025-05-20', -90n, undefined],
    ['2025-05-20', -91n, { day: '2025-05-25', balance: 90n, least: 90n, coveredFrom: undefined }],
    ['2025-06-01', -91n, { day: '2025-06-01', balance: 90n, least: 90n, coveredFrom: undefined }],
    ['2025-05-09', 1n, undefined],
    ['2025-05-09', 0n, undefined],
  ];
  it.each(cases)('on %s bear %d or say where not', (day, effect, shortfall) => {
    expect(given().shortfall('bank', day, effect)).toEqual(shortfall);
  });

  it('that stood below zero may always get better, and never worse', () => {
    const days = ['2025-05-09', '2025-05-20'];
    const balances = DayBalances.ofLines([{ line: 'bank', days, effects: [-100n, 150n] }]);
    expect(balances.shortfall('bank', '2025-05-01', 1n)).toBeUndefined();
    expect(balances.shortfall('bank', '2025-05-20', -50n)).toBeUndefined();
    expect(balances.shortfall('bank', '2025-05-10', -1n)).toEqual({
      day: '2025-05-10',
      balance: -100n,
      least: -100n,
      coveredFrom: '2025-05-20',
    });
  });

  it('of a copy and of what it was copied from change by themselves, whichever is changed first', () => {
    for (const isCopyFirst of [true, false]) {
      const book = given();
      const copy = book.copy();
      const [one, other] = isCopyFirst ? [copy, book] : [book, copy];
      one.add('bank', '2025-05-10', 1n);
      expect(other.daysOf('bank')).toEqual(given().daysOf('bank'));
      other.add('bank', '2025-05-25', 2n);
      one.add('cash', '2025-05-25', 3n);
      expect(one.daysOf('bank').map(([, closing]) => closing)).toEqual([31n, 131n, 91n]);
      expect(other.daysOf('bank').map(([, closing]) => closing)).toEqual([30n, 130n, 92n]);
      expect(other.daysOf('cash')).toEqual([]);
    }
  });
});

const below = (random: () => number, limit: number): number => Math.floor(random() * limit);

/** The same from what was done, added up anew for each day. */
class NaiveDays {
  constructor(readonly done: (readonly [line: string, day: string, effect: bigint])[]) {}

  closing(line: string, day: string): bigint {
    return this.done.reduce((sum, [of, at, effect]) => (of === line && at <= day ? sum + effect : sum), 0n);
  }

  shortDay(line: string, from: string, effect: bigint): string | undefined {
    const days = [from, ...this.done.filter(([of, at]) => of === line && at > from).map(([, at]) => at)];
    return days.sort().find((day) => effect < 0n && this.closing(line, day) + effect < 0n);
  }
}

it(`agree with a naive sum over random orders of recording (seed ${SEED})`, () => {
  const random = randomFrom(SEED);
  const lines = ['treasury', 'fiscal-account', '@personal'];
  for (let round = 0; round < 60; round += 1) {
    const span = 1 + below(random, 30);
    const day = (): string => `${2024 + below(random, 2)}-0${1 + below(random, 9)}-${10 + (below(random, span) % 20)}`;
    const naive = new NaiveDays([]);
    let balances = DayBalances.empty();
    const copies: [DayBalances, number][] = [];
    for (let step = 0; step < 60; step += 1) {
      const [line, on] = [lines[below(random, lines.length)]!, day()];
      const effect = BigInt(below(random, 200) - 80);
      const shortfall = balances.shortfall(line, on, effect);
      expect({ seed: SEED, round, step, day: shortfall?.day }).toEqual({
        seed: SEED,
        round,
        step,
        day: naive.shortDay(line, on, effect),
      });
      if (shortfall) {
        expect(shortfall.balance).toBe(naive.closing(line, shortfall.day));
        const { coveredFrom } = shortfall;
        if (coveredFrom !== undefined) expect(naive.shortDay(line, coveredFrom, effect)).toBeUndefined();
        if (shortfall.least > 0n) expect(naive.shortDay(line, on, -shortfall.least)).toBeUndefined();
        if (shortfall.least >= 0n) expect(naive.shortDay(line, on, -shortfall.least - 1n)).toBeDefined();
        if (below(random, 4) > 0) continue;
      }
      // Now and then what may not be, as a log of earlier rules has it, and a copy on which the work goes on.
      if (below(random, 10) === 0) copies.push([balances, naive.done.length]);
      if (copies.at(-1)?.[0] === balances) balances = balances.copy();
      balances.add(line, on, effect);
      naive.done.push([line, on, effect]);
    }
    for (const [then, count] of [...copies, [balances, naive.done.length] as const]) {
      const past = new NaiveDays(naive.done.slice(0, count));
      for (const line of lines)
        for (const [on, closing] of then.daysOf(line)) expect(closing).toBe(past.closing(line, on));
    }
  }
});

it(`draw what is taken under a name from what was put there under none, in any order (seed ${SEED})`, () => {
  const random = randomFrom(SEED);
  const names = ['A', 'B', 'C'];
  const short = (fen: bigint): bigint => (fen < 0n ? -fen : 0n);
  for (let round = 0; round < 40; round += 1) {
    const naive = new NaiveDays([]);
    const balances = DayBalances.empty();
    const roomOn = (day: string, more: readonly (readonly [string, string, bigint])[] = []): bigint => {
      const all = new NaiveDays([...naive.done, ...more]);
      const drawn = names.reduce((sum, name) => sum + short(all.closing(`line#${name}`, day)), 0n);
      return all.closing('line#', day) - drawn;
    };
    for (let step = 0; step < 40; step += 1) {
      const line = `line#${['', ...names][below(random, 4)]!}`;
      const day = `2025-05-${10 + below(random, 12)}`;
      const effect = BigInt(below(random, 200) - (line === 'line#' ? 0 : 110));
      const shortfall = balances.shortfall(line, day, effect);
      const days = [...new Set([day, ...naive.done.map(([, on]) => on)])].filter((on) => on >= day).toSorted();
      const first = days.find((on) => roomOn(on, [[line, day, effect]]) < 0n);
      expect({ seed: SEED, round, step, day: shortfall?.day }).toEqual({ seed: SEED, round, step, day: first });
      if (shortfall) {
        const { least } = shortfall;
        expect(balances.shortfall(line, day, -least)).toBeUndefined();
        expect(balances.shortfall(line, day, -least - 1n)).toBeDefined();
        continue;
      }
      balances.add(line, day, effect);
      naive.done.push([line, day, effect]);
    }
    const rebuilt = DayBalances.ofLines(
      [...Map.groupBy(naive.done, ([line]) => line)].map(([line, done]) => {
        const sums = new Map<string, bigint>();
        for (const [, day, effect] of done) sums.set(day, (sums.get(day) ?? 0n) + effect);
        const days = [...sums.keys()].toSorted((one, other) => one.localeCompare(other));
        return { line, days, effects: days.map((day) => sums.get(day)!) };
      }),
    );
    for (const each of [balances, rebuilt])
      for (const [on, closing] of each.daysOf('line#')) expect(closing).toBe(roomOn(on));
  }
});
