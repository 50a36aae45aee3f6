import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dayBefore, dayInShanghai, endOfDayInShanghai, isDay, monotone } from './clock.js';
import { SEED } from '../test/seed.js';

describe('the recorded day', () => {
  it.each([
    ['2025-05-31T15:59:59.999Z', '2025-05-31'],
    ['2025-05-31T16:00:00.000Z', '2025-06-01'],
    ['2024-12-31T16:00:00.000Z', '2025-01-01'],
    ['2024-02-28T16:00:00.000Z', '2024-02-29'],
    ['1970-01-01T00:00:00.000Z', '1970-01-01'],
  ])('of %s is %s in Shanghai', (instant, day) => {
    expect(dayInShanghai(Date.parse(instant))).toBe(day);
  });

  it.each(['2025-05-31', '2024-02-29', '2025-12-31'])('%s ends a millisecond before the next', (day) => {
    const end = endOfDayInShanghai(day);
    expect(dayInShanghai(end)).toBe(day);
    expect(dayBefore(dayInShanghai(end + 1))).toBe(day);
  });
});

describe('a day', () => {
  it.each(['2025-01-01', '2024-02-29', '2000-02-29', '1900-01-01', '2199-12-31'])('%s exists', (day) => {
    expect(isDay(day)).toBe(true);
  });

  it.each([
    '2025-02-29',
    '1900-02-29',
    '2100-02-29',
    '2025-04-31',
    '2025-13-01',
    '2025-00-01',
    '2025-01-00',
    '1899-12-31',
    '2200-01-01',
    '2025-1-1',
    '2025-01-01 ',
    '2025-01-01T00:00:00Z',
    '２０２５-01-01',
    '',
  ])('%j does not', (day) => {
    expect(isDay(day)).toBe(false);
  });

  it(`exists exactly where the calendar has it (seed ${SEED})`, () => {
    const part = (max: number) => fc.integer({ min: 0, max }).map((number) => String(number).padStart(2, '0'));
    fc.assert(
      fc.property(fc.integer({ min: 1900, max: 2199 }), part(13), part(32), (year, month, day) => {
        const text = `${year}-${month}-${day}`;
        const instant = new Date(`${text}T00:00:00Z`);
        const exists = !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text);
        expect(isDay(text)).toBe(exists);
      }),
      { seed: SEED },
    );
  });

  it.each([
    ['2025-03-01', '2025-02-28'],
    ['2024-03-01', '2024-02-29'],
    ['2025-01-01', '2024-12-31'],
  ])('before %s is %s', (day, before) => {
    expect(dayBefore(day)).toBe(before);
  });
});

describe('a monotone clock', () => {
  it('never runs backwards, nor behind what was recorded, and goes on when time does', () => {
    const times = [5, 100, 90, 101, 0, 102];
    const clock = monotone(() => times.shift()!, 50);
    expect([clock(), clock(), clock(), clock(), clock(), clock()]).toEqual([50, 100, 100, 101, 101, 102]);
  });
});
