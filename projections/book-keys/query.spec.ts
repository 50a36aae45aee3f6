import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FollowedLog } from '../../test/followed-log.js';
import { bookKeys } from './projection.js';
import { findKey, lastKeyedRevision } from './query.js';

const STREAM = 'book-employee-460100';
const BOOK = { fund: 'employee', unit: '460100', businessDate: '2025-05-12' };

describe('book keys', () => {
  let log: FollowedLog;
  beforeEach(() => {
    log = new FollowedLog([bookKeys]);
  });
  afterEach(() => log.close());

  it.each([1, 2, 4])('finds the event of a key, followed in batches of %d', async (batch) => {
    await log.append({ ...BOOK, key: 'first' });
    await log.append({ ...BOOK, unit: '460200', key: 'second' });
    await log.append({ ...BOOK, source: 'c0ffee', line: 1 });
    await log.append({ ...BOOK, key: 'second' });
    await log.follow(batch);
    const { tables } = log.asking();
    expect(findKey(tables, STREAM, 'first')).toBe(0);
    expect(findKey(tables, STREAM, 'second')).toBe(2);
    expect(findKey(tables, 'book-employee-460200', 'second')).toBe(0);
    expect(findKey(tables, 'book-employee-460200', 'first')).toBeUndefined();
  });

  it('covers events without a key, so that it is known from where the stream itself has to be asked', async () => {
    await log.append({ ...BOOK, key: 'first' });
    await log.append({ ...BOOK, source: 'c0ffee', line: 1 });
    await log.follow();
    const { tables } = log.asking();
    expect(lastKeyedRevision(tables, STREAM)).toBe(1);
    expect(lastKeyedRevision(tables, 'book-employee-460200')).toBe(-1);
  });
});
