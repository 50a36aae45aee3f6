import { describe, expect, it } from '@jest/globals';
import { readDay, readMonth, shiftDays } from './days.js';

describe('a day as people write it', () => {
  it.each([
    ['2025-05-12', '2025-05-12'],
    ['2025/5/12', '2025-05-12'],
    ['20250512', '2025-05-12'],
    ['2025年5月12日', '2025-05-12'],
    ['２０２５年５月１２日', '2025-05-12'],
    [' 2025 年 5 月 12 日 ', '2025-05-12'],
    ['2025.5.12', '2025-05-12'],
    ['2025-02-29', undefined],
    ['2024-02-29', '2024-02-29'],
    ['2025-13-01', undefined],
    ['12/5/2025', undefined],
    ['soon', undefined],
  ])('%s', (typed, day) => expect(readDay(typed)).toBe(day));
});

describe('a month as people write it', () => {
  it.each([
    ['2025-05', '2025-05-31'],
    ['２０２４年２月', '2024-02-29'],
    ['202502', '2025-02-28'],
    ['2025-05-12', '2025-05-12'],
    ['2025-13', undefined],
    ['May', undefined],
  ])('%s is up to %s', (typed, day) => expect(readMonth(typed)).toBe(day));
});

describe('the period before and behind', () => {
  it.each([
    ['2025-05-01', '2025-05-31', -1, '2025-04-01', '2025-04-30'],
    ['2025-01-01', '2025-01-31', -1, '2024-12-01', '2024-12-31'],
    ['2025-01-01', '2025-03-31', 1, '2025-04-01', '2025-06-30'],
    ['2024-01-01', '2024-12-31', 1, '2025-01-01', '2025-12-31'],
    ['2025-05-05', '2025-05-11', 1, '2025-05-12', '2025-05-18'],
  ] as const)('%s to %s by %d', (from, to, by, earlier, later) =>
    expect(shiftDays({ from, to }, by)).toEqual({ from: earlier, to: later }),
  );
});
