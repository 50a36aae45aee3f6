import { describe, expect, it } from '@jest/globals';
import { type Fen } from '../../src/money.js';
import { assistanceBalance, longOpen, payableMonths, surplus } from './indicators.js';
import { type Course, daysOf } from './months.js';

const BANDS = {
  payableMonths: '3/6/9/15',
  assistanceBalance: '0.15',
  actions: '启动应急预案/上报并控费/正常/关注/调整待遇',
  openItemDays: '365',
};

/** A course of months on end from January 2025, each with its income and what the pool spent, in fen. */
const course = (pool: Fen, months: readonly (readonly [income: Fen, spent: Fen])[], pending = 0n): Course => ({
  pool,
  balance: pool,
  pending,
  months: months.map(([income, spent], index) => ({
    month: `2025-${String(index + 1).padStart(2, '0')}`,
    income,
    expenditure: spent,
    poolExpenditure: spent,
  })),
});
const evenly = (count: number, spent: Fen): [Fen, Fen][] => Array.from({ length: count }, () => [0n, spent]);

describe('payable months', () => {
  it('are those of the published figures: 72.13 ÷ (24.34 ÷ 5) = 14.82', () => {
    expect(payableMonths(course(721_300n, evenly(5, 48_680n)), BANDS)).toEqual({
      key: 'payable-months',
      figure: '14.82',
      basis: {
        zh: '7213.00 ÷ (2434.00 ÷ 5)，2025-01 至 2025-05，仅 5 个月',
        en: '7213.00 ÷ (2434.00 ÷ 5), 2025-01 to 2025-05, 5 months only',
      },
      level: 'information',
      span: ['2025-01-01', '2025-05-31'],
      action: '关注',
      bands: [
        { level: 'red', from: null, to: '3' },
        { level: 'orange', from: '3', to: '6' },
        { level: 'normal', from: '6', to: '9' },
        { level: 'information', from: '9', to: '15' },
        { level: 'excess', from: '15', to: null },
      ],
    });
  });

  it.each([
    [299n, 'red'],
    [300n, 'orange'],
    [599n, 'orange'],
    [600n, 'normal'],
    [900n, 'normal'],
    [901n, 'information'],
    [1_500n, 'information'],
    [1_501n, 'excess'],
    [-1n, 'red'],
  ] as const)('of a pool of %s fen that spends 100 a month are %s', (pool, level) => {
    expect(payableMonths(course(pool, evenly(12, 100n)), BANDS).level).toBe(level);
  });

  it('of twelve months do not say that these are few', () => {
    expect(payableMonths(course(1n, evenly(12, 100n)), BANDS).basis.en).toBe('0.01 ÷ (12.00 ÷ 12), 2025-01 to 2025-12');
  });

  it.each([
    ['income waits for its share', course(100n, evenly(5, 1n), 7n), '0.07 yuan wait for their share'],
    ['there is no complete month', course(100n, []), 'there is no complete month yet'],
    ['nothing was spent', course(100n, [[5n, 0n]]), 'the pool spent nothing'],
  ])('cannot be told where %s, and say so', (_, given, reason) => {
    const { figure, level, basis } = payableMonths(given, BANDS);
    expect([figure, level]).toEqual([null, undefined]);
    expect(basis.en).toContain(reason);
  });

  it('are not judged where no policy says how', () => {
    const found = payableMonths(course(1n, evenly(12, 100n)), { ...BANDS, payableMonths: undefined });
    expect([found.figure, found.level]).toEqual(['0.01', undefined]);
  });
});

describe('the surplus of a year', () => {
  it('says for how many months on end more has gone than came', () => {
    const months = [
      [5n, 9n],
      [9n, 5n],
      [1n, 2n],
      [1n, 3n],
    ] as const;
    expect(surplus(course(0n, months), '2025')).toMatchObject({
      figure: '-0.03',
      basis: { en: '0.16 − 0.19, 2025-01 to 2025-04, 2 months of deficit on end' },
      level: 'orange',
    });
  });

  it('is none before its first complete month', () => {
    expect(surplus(course(0n, [[5n, 1n]]), '2026').figure).toBeNull();
  });
});

describe('the balance of assistance', () => {
  it.each([
    [15n, '2025-12-31', '15.00', 'normal'],
    [16n, '2025-12-31', '16.00', 'excess'],
    [16n, '2025-11-30', '16.00', undefined],
  ] as const)('of %s in a year that brought 100 is judged once the year is over: %s', (balance, day, figure, level) => {
    expect(assistanceBalance(course(balance, [[100n, 3n]]), day, BANDS)).toMatchObject({ figure, level });
  });
});

describe('the days of a course', () => {
  it('are the ends of the last twelve complete months and of the one before, and the day itself', () => {
    const days = daysOf('2025-05-31');
    expect([days.length, days[0], days.at(-2), days.at(-1)]).toEqual([14, '2024-05-31', '2025-05-31', '2025-05-31']);
    expect(daysOf('2025-05-30').slice(-2)).toEqual(['2025-04-30', '2025-05-30']);
    expect(daysOf('2024-03-01').slice(-2)).toEqual(['2024-02-29', '2024-03-01']);
  });
});

describe('what is open for long', () => {
  const part = (line: string, ...days: string[]) => ({ line, parts: days.map((day) => ({ day, amount: 100n })) });

  it('is what was advanced or held for more days than the policy allows, and not premiums of a year to come', () => {
    const items = [
      part('advances.vbp', '2024-05-30', '2024-05-31', '2025-05-01'),
      part('suspense.to-refund@pool', '2023-01-01'),
      part('suspense.advance-premiums', '2023-01-01'),
      part('loans', '2023-01-01'),
      part('quality-deposit', '2023-01-01'),
    ];
    expect(longOpen(items, '2025-05-31', BANDS)).toEqual({
      key: 'open-items',
      figure: '2.00',
      basis: {
        zh: '2 笔超过 365 天，最早 2023-01-01',
        en: '2 open for more than 365 days, the oldest since 2023-01-01',
      },
      level: 'orange',
      span: ['2023-01-01', '2025-05-31'],
      bands: [
        { level: 'normal', from: null, to: '0' },
        { level: 'orange', from: '0', to: null },
      ],
    });
    expect(longOpen([], '2025-05-31', BANDS)).toMatchObject({ figure: '0.00', level: 'normal', span: undefined });
  });

  it('cannot be told without the policy, and says so', () => {
    expect(longOpen([], '2025-05-31', { openItemDays: undefined })).toMatchObject({ figure: null, level: undefined });
  });
});
