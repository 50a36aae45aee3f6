import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dayBefore, dayInShanghai, endOfDayInShanghai, isDay, readDay } from './clock.js';
import { SEED } from '../../test/seed.js';

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

describe('a day as people write it', () => {
  it.each([
    '2026-05-31',
    '2026/5/31',
    '2026/05/31',
    '2026.5.31',
    '2026-5-31',
    '20260531',
    '2026年5月31日',
    '2026年05月31日',
    '2026 年 5 月 31 日',
    '2026年5月31号',
    '２０２６－０５－３１',
    '２０２６／５／３１',
    '２０２６．５．３１',
    '２０２６年５月３１日',
    '２０２６0531',
    '2026‐05‐31',
    '2026–5–31',
    '2026−05−31',
    ' 2026-05-31\t',
    '\u3000\u00a02026-05-31\r\n',
    '\ufeff2026-05-31',
  ])('%j is the last of May', (written) => {
    expect(readDay(written)).toBe('2026-05-31');
  });

  it.each([
    ['the 31st of June', '2026-06-31'],
    ['… by slashes', '2026/6/31'],
    ['… in digits alone', '20260631'],
    ['… in words', '2026年6月31日'],
    ['29 February of a common year', '2026/2/29'],
    ['a thirteenth month', '2026/13/1'],
    ['month 0', '2026/0/1'],
    ['before 1900', '1899/12/31'],
    ['after 2199', '22000101'],
    ['a year of two digits', '26/5/31'],
    ['the day first, or the month', '5/6/2026'],
    ['the day first', '31.05.2026'],
    ['two separators', '2026-05/31'],
    ['a month', '2026-05'],
    ['a month in digits', '202605'],
    ['a number', '2026531'],
    ['three digits for a month', '2026/005/31'],
    ['a time behind it', '2026-05-31 00:00:00'],
    ['an instant', '2026-05-31T00:00:00Z'],
    ['two days', '2026-05-31 2026-06-01'],
    ['digits of another script', '٢٠٢٦-٠٥-٣١'],
    ['raised digits', '2026-05-3¹'],
    ['nothing', ''],
    ['blanks', '  \u3000'],
    ['a name', 'today'],
    ['more than anybody writes', `2026-05-31${' '.repeat(1000)}`],
  ])('%s is none: %j', (_, written) => {
    expect(readDay(written)).toBeUndefined();
  });

  it(`is read in every form, where it exists (seed ${SEED})`, () => {
    const whole = (min: number, max: number) => fc.integer({ min, max });
    const forms = ([year, month, day]: readonly [number, number, number]): string[] => {
      const [mm, dd] = [month, day].map((part) => String(part).padStart(2, '0'));
      return [`${year}${mm}${dd}`, `${year}/${month}/${day}`, `${year}.${mm}.${day}`, `${year}年${month}月${day}日`];
    };
    fc.assert(
      fc.property(whole(1890, 2210), whole(0, 13), whole(0, 32), (year, month, day) => {
        const written = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
        const expected = isDay(written) ? written : undefined;
        for (const form of forms([year, month, day])) expect([form, readDay(form)]).toEqual([form, expected]);
      }),
      { seed: SEED },
    );
  });
});
