import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  allocateFen,
  AMOUNT_PATTERN,
  divideFen,
  formatFen,
  multiplyFen,
  normaliseAmount,
  parseFen,
  POSITIVE_AMOUNT_PATTERN,
  printFen,
} from './money.js';
import { SEED } from '../test/seed.js';

const anyFen = fc.bigInt({ min: -99_999_999_999_999_999n, max: 99_999_999_999_999_999n });

describe('amounts of money', () => {
  it.each([
    ['0', 0n],
    ['1', 100n],
    ['1.5', 150n],
    ['1234.50', 123_450n],
    ['0.01', 1n],
    ['007.10', 710n],
    ['-0.05', -5n],
    ['-1234.5', -123_450n],
    ['999999999999999.99', 99_999_999_999_999_999n],
  ])('%s yuan are %s fen', (yuan, fen) => {
    expect(parseFen(yuan)).toBe(fen);
  });

  it.each(['1.', '1.234', 'x', '1e3', '１２', '1,000'])('%s is no amount', (text) => {
    expect(() => parseFen(text)).toThrow();
  });

  it.each([
    [0n, '0.00'],
    [5n, '0.05'],
    [-5n, '-0.05'],
    [100n, '1.00'],
    [-123_450n, '-1234.50'],
    [99_999_999_999_999_999n, '999999999999999.99'],
  ])('%s fen are written %s', (fen, yuan) => {
    expect(formatFen(fen)).toBe(yuan);
  });

  it(`read what they wrote, beyond what a number can hold (seed ${SEED})`, () => {
    fc.assert(
      fc.property(anyFen, (fen) => parseFen(formatFen(fen)) === fen),
      { seed: SEED },
    );
  });

  it.each([
    ['1234.50', '1234.50'],
    ['1234.5', '1234.50'],
    ['1234', '1234.00'],
    ['01234.50', '1234.50'],
    ['0.50', '0.50'],
    ['00.50', '0.50'],
    ['000', '0.00'],
    ['0', '0.00'],
  ])('%s is spelt %s', (given, canonical) => {
    expect(normaliseAmount(given)).toBe(canonical);
    expect(normaliseAmount(canonical)).toBe(canonical);
  });

  it.each([
    ['0.01', true, true],
    ['0', true, false],
    ['0.0', true, false],
    ['000.00', true, false],
    ['0.10', true, true],
    ['123456789012345.67', true, true],
    ['1234567890123456', false, false],
    ['-1', false, false],
    ['+1', false, false],
    ['1e3', false, false],
    ['1.234', false, false],
    ['.5', false, false],
    ['5.', false, false],
    ['１', false, false],
    ['1\n', false, false],
    ['', false, false],
  ])('%j is an amount: %s, a positive one: %s', (text, amount, positive) => {
    expect([new RegExp(AMOUNT_PATTERN).test(text), new RegExp(POSITIVE_AMOUNT_PATTERN).test(text)]).toEqual([
      amount,
      positive,
    ]);
  });
});

describe('printing', () => {
  it.each([
    [38_716_000_000_000n, 'yi', 2, '3871.60'],
    [3_871_600_000_000n, 'yi', 2, '387.16'],
    [500_000_000n, 'yi', 2, '0.05'],
    [50_000_000n, 'yi', 2, '0.01'],
    [49_999_999n, 'yi', 2, '0.00'],
    [-50_000_000n, 'yi', 2, '-0.01'],
    [-49_999_999n, 'yi', 2, '0.00'],
    [1_638_700_000_00n, 'wan', 1, '163870.0'],
    [123_450n, 'yuan', 2, '1234.50'],
    [99_999_999_999_999_999n, 'yuan', 2, '999999999999999.99'],
  ] as const)('%s fen in %s with %i places is %s, half up', (fen, unit, places, printed) => {
    expect(printFen(fen, unit, places)).toBe(printed);
  });
});

describe('arithmetic', () => {
  it.each([
    [10_000n, '0.0005', 5n],
    [1_000n, '0.0005', 1n],
    [999n, '0.0005', 0n],
    [-1_000n, '0.0005', -1n],
    [99_999_999_999_999_999n, '1', 99_999_999_999_999_999n],
  ])('%s fen times %s is %s fen, half up', (fen, rate, product) => {
    expect(multiplyFen(fen, rate)).toBe(product);
  });

  it.each([
    [7_213n, 487n, 2, '14.81'],
    [1n, 3n, 4, '0.3333'],
    [1n, 0n, 2, undefined],
    [-1n, 1_000n, 2, '0.00'],
  ])('%s divided by %s with %i places is %s', (dividend, divisor, places, quotient) => {
    expect(divideFen(dividend, divisor, places)).toBe(quotient);
  });

  it.each([
    [100n, [1n, 1n, 1n], [34n, 33n, 33n]],
    [5n, [60n, 40n], [3n, 2n]],
    [1n, [1n, 9n], [0n, 1n]],
    [0n, [1n, 2n], [0n, 0n]],
    [7n, [0n, 1n], [0n, 7n]],
  ])('%s fen by weights %j are %j', (fen, weights, parts) => {
    expect(allocateFen(fen, weights)).toEqual(parts);
  });

  it.each([
    [100n, []],
    [100n, [0n, 0n]],
    [-1n, [1n]],
  ])('%s fen by weights %j cannot be allocated', (fen, weights) => {
    expect(() => allocateFen(fen, weights)).toThrow(RangeError);
  });

  it(`parts sum to the whole and lie within a fen of their due (seed ${SEED})`, () => {
    const weights = fc.array(fc.bigInt({ min: 0n, max: 1_000_000n }), { minLength: 1, maxLength: 30 });
    const whole = fc.bigInt({ min: 0n, max: 99_999_999_999_999_999n });
    fc.assert(
      fc.property(whole, weights, (fen, given) => {
        const total = given.reduce((sum, weight) => sum + weight, 0n);
        fc.pre(total > 0n);
        const parts = allocateFen(fen, given);
        expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(fen);
        parts.forEach((part, index) => {
          const due = (fen * given[index]!) / total;
          expect(part === due || part === due + 1n).toBe(true);
        });
      }),
      { seed: SEED },
    );
  });
});
