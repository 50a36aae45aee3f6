import { describe, expect, it } from '@jest/globals';
import { Numbers } from './numbers.js';

describe('numbers in the order in which they came', () => {
  it.each([0, 1, 16, 17, 4_096, 4_097, 10_000])('are what was put in: %d of them', (count) => {
    const wanted = Array.from({ length: count }, (_, index) => 4_294_967_295 - index);
    const numbers = Numbers.of(wanted);
    expect(numbers.length).toBe(count);
    expect([...numbers]).toEqual(wanted);
    expect(numbers.at(count)).toBeUndefined();
  });
});
