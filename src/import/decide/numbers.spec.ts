import { describe, expect, it } from '@jest/globals';
import { withOverflow } from '../../../test/overflow.js';
import { Numbers } from './numbers.js';

describe('numbers in the order in which they came', () => {
  it.each([0, 1, 16, 17, 4_095, 4_096, 4_097, 8_192, 10_000])('are what was put in: %d of them', (count) =>
    withOverflow((overflow) => {
      const wanted = Array.from({ length: count }, (_, index) => 4_294_967_295 - index);
      const numbers = Numbers.of(overflow, wanted);
      expect(numbers.length).toBe(count);
      expect([...numbers]).toEqual(wanted);
      expect(wanted.map((_, index) => numbers.at(index))).toEqual(wanted);
      expect(numbers.at(count)).toBeUndefined();
    }),
  );

  it('share one file', () =>
    withOverflow((overflow) => {
      const [even, odd] = [new Numbers(overflow), new Numbers(overflow)];
      for (let number = 0; number < 30_000; number += 1) (number % 2 === 0 ? even : odd).push(number);
      expect([...even]).toEqual(Array.from({ length: 15_000 }, (_, index) => 2 * index));
      expect([...odd]).toEqual(Array.from({ length: 15_000 }, (_, index) => 2 * index + 1));
    }));
});
