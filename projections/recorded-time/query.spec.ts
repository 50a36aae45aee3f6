import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FollowedLog } from '../../test/followed-log.js';
import { positionAsOf, RECORDED_AS_OF_PATTERN } from './query.js';

const BOOK = { fund: 'resident', unit: '460100', businessDate: '2025-05-12' };

/** Positions 1 to 5. In Shanghai the first two fall on 1 June, the third on 2 June, the last two on 3 June. */
const RECORDED_AT = [
  '2025-06-01T01:00:00.000Z',
  '2025-06-01T15:59:59.999Z',
  '2025-06-01T16:00:00.000Z',
  '2025-06-03T02:00:00.000Z',
  '2025-06-03T02:00:00.000Z',
];

describe('the position a moment of recording had reached', () => {
  let log: FollowedLog;
  beforeEach(async () => {
    log = new FollowedLog([]);
    for (const recordedAt of RECORDED_AT) await log.append({ ...BOOK, recordedAt });
    await log.follow(2);
  });
  afterEach(() => log.close());

  const at = (recordedAsOf: string | undefined, now = 5): number =>
    positionAsOf(log.asking().tables, recordedAsOf, now);

  it.each([
    ['nothing asked: everything there is', undefined, 5],
    ['a day, to its end in Shanghai', '2025-06-01', 2],
    ['the next day, which began at 16:00 UTC', '2025-06-02', 3],
    ['a day on which nothing was recorded', '2025-05-31', 0],
    ['a day after the last', '2025-12-31', 5],
    ['an instant, itself included', '2025-06-01T01:00:00.000Z', 1],
    ['an instant just before', '2025-06-01T00:59:59.999Z', 0],
    ['an instant of several events: all of them', '2025-06-03T02:00:00Z', 5],
    ['the same instant in another zone', '2025-06-03T10:00:00+08:00', 5],
    ['a position', '3', 3],
    ['a position that is not yet there', '9', 5],
    ['position 0, before everything', '0', 0],
  ])('%s', (_, recordedAsOf, position) => {
    expect(at(recordedAsOf)).toBe(position);
  });

  it('goes no further than what the answer shows', () => {
    expect(at('2025-12-31', 4)).toBe(4);
    expect(at(undefined, 4)).toBe(4);
  });

  it('refuses a moment that does not exist', () => {
    expect(() => at('2025-06-31T25:00:00Z')).toThrow('no such moment of recording');
  });

  it.each([
    ['2025-06-01', true],
    ['2025-06-01T01:00:00.000Z', true],
    ['2025-06-01T09:00:00+08:00', true],
    ['42', true],
    ['2025-06-01T09:00:00', false],
    ['-1', false],
    ['yesterday', false],
  ])('%s is written as a moment: %s', (written, is) => {
    expect(new RegExp(RECORDED_AS_OF_PATTERN).test(written)).toBe(is);
  });
});
