import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SEED } from '../../test/seed.js';
import { type Moment, momentText, readMoment } from './moment.js';

const NOON = '2026-05-31T04:00:00.000Z';

/** A moment as it is answered; undefined where the text names none. */
const answered = (written: string): string | undefined => {
  const moment = readMoment(written);
  return moment && momentText(moment);
};

describe('a moment of recording', () => {
  it.each(['2026-05-31', '2026/5/31', '20260531', '２０２６年５月３１日'])('%j is a day', (written) => {
    expect(readMoment(written)).toEqual({ form: 'day', day: '2026-05-31' });
  });

  it.each([
    '2026-05-31T04:00:00.000Z',
    '2026-05-31T04:00:00Z',
    '2026-05-31T04:00Z',
    '2026-05-31t04:00:00z',
    '2026-05-31T12:00:00+08:00',
    '2026-05-31T12:00:00+0800',
    '2026-05-31T12:00+08',
    '2026-05-31T12:00:00 08:00',
    '2026-05-31 12:00:00 +08:00',
    '2026-05-30T23:00:00-05:00',
    '2026-05-31T18:00:00+14:00',
    '2026-05-31T12:00:00',
    '2026-05-31 12:00',
    '2026/5/31 12:00',
    '20260531 12:00:00',
    '2026年5月31日 12:00',
    '2026年5月31日12:00:00',
    '２０２６－０５－３１　１２：００：００',
    ' 2026-05-31T12:00:00.000 ',
    '2026-05-31T12:00:00,000+08:00',
    '2026-05-31T12:00:00.000999+08:00',
  ])('%j is noon in Shanghai', (written) => {
    expect(readMoment(written)).toEqual({ form: 'instant', instantMs: Date.parse(NOON) });
    expect(answered(written)).toBe(NOON);
  });

  it.each([
    ['9:05', '2026-05-31T01:05:00.000Z'],
    ['23:59:59.999', '2026-05-31T15:59:59.999Z'],
    ['00:00', '2026-05-30T16:00:00.000Z'],
    ['12:00:00.5Z', '2026-05-31T12:00:00.500Z'],
    ['12:00:00-00:30', '2026-05-31T12:30:00.000Z'],
    ['12:00:00+05:45', '2026-05-31T06:15:00.000Z'],
  ])('%s of a day is %s', (time, instant) => {
    expect(answered(`2026-05-31T${time}`)).toBe(instant);
  });

  it.each([
    ['0', { form: 'position', position: 0 }],
    ['42', { form: 'position', position: 42 }],
    [' ４２ ', { form: 'position', position: 42 }],
    ['2026053', { form: 'position', position: 2_026_053 }],
    ['202605310', { form: 'position', position: 202_605_310 }],
    ['99999999', { form: 'position', position: 99_999_999 }],
    ['999999999999999', { form: 'position', position: 999_999_999_999_999 }],
    ['position:20260531', { form: 'position', position: 20_260_531 }],
    ['Position：20260531', { form: 'position', position: 20_260_531 }],
    ['position: 42', { form: 'position', position: 42 }],
    ['位置 20260631', { form: 'position', position: 20_260_631 }],
  ] satisfies [string, Moment][])('%j is a position', (written, moment) => {
    expect(readMoment(written)).toEqual(moment);
  });

  it.each([
    ['a day that does not exist', '2026-06-31'],
    ['… in digits, which is no position either', '20260631'],
    ['an instant of a day that does not exist', '2026-06-31T12:00:00Z'],
    ['29 February of a common year', '2025-02-29T00:00:00Z'],
    ['hour 24', '2026-05-31T24:00:00Z'],
    ['minute 60', '2026-05-31T12:60:00Z'],
    ['second 60', '2026-05-31T23:59:60Z'],
    ['hour 25', '2026-06-31T25:00:00Z'],
    ['a zone beyond every zone', '2026-05-31T12:00:00+15:00'],
    ['a zone of 60 minutes', '2026-05-31T12:00:00+07:60'],
    ['two zones', '2026-05-31T12:00:00Z+08:00'],
    ['hours alone', '2026-05-31T12'],
    ['no time behind the T', '2026-05-31T'],
    ['a time alone', '12:00'],
    ['an instant before 1900', '1899-12-31T00:00:00Z'],
    ['an instant after 2199', '2200-01-01T00:00:00Z'],
    ['a position below 0', '-1'],
    ['a sign', '+1'],
    ['a fraction', '1.5'],
    ['an exponent', '1e3'],
    ['groups of digits', '1,234'],
    ['a zero in front', '007'],
    ['more digits than a position has', '1234567890123456'],
    ['no position', 'position:'],
    ['a day as a position', 'position:2026-05-31'],
    ['a word', 'yesterday'],
    ['nothing', ''],
    ['more than anybody writes', '1'.repeat(100_000)],
    ['a flood of blanks', `2026-05-31T${' '.repeat(100_000)}x`],
  ])('%s is none: %j', (_, written) => {
    expect(readMoment(written)).toBeUndefined();
  });

  it(`is answered in a form that means the same (seed ${SEED})`, () => {
    const day = fc.integer({ min: 0, max: 80_000 }).map((days) => new Date(days * 86_400_000).toISOString());
    const moment = fc.oneof(
      day.map((written): Moment => ({ form: 'day', day: written.slice(0, 10) })),
      fc.nat({ max: 6_000_000_000_000 }).map((instantMs): Moment => ({ form: 'instant', instantMs })),
      fc.nat({ max: 999_999_999_999_999 }).map((position): Moment => ({ form: 'position', position })),
      fc.integer({ min: 19_000_000, max: 21_999_999 }).map((position): Moment => ({ form: 'position', position })),
    );
    fc.assert(
      fc.property(moment, (each) => expect(readMoment(momentText(each))).toEqual(each)),
      { seed: SEED },
    );
  });
});
