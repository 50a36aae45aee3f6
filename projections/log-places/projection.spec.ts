import { afterEach, describe, expect, it } from '@jest/globals';
import { FollowedLog } from '../../test/followed-log.js';
import { logPlaces, placeBefore } from './projection.js';

const logs: FollowedLog[] = [];
afterEach(() => {
  for (const log of logs.splice(0)) log.close();
});

const BOOK = { fund: 'employee', unit: '460100', businessDate: '2025-05-12' };

async function logOf(count: number, batch: number): Promise<FollowedLog> {
  const log = new FollowedLog([logPlaces]);
  logs.push(log);
  const data = JSON.stringify({ recordedAt: '2025-06-30T04:05:06.789Z', ...BOOK });
  const some = Array.from({ length: 1_000 }, () => ({ type: 'Given.v1', data, key: '', keyIndexed: false }));
  for (let from = 0; from < count; from += 1_000)
    await log.store.append('book-employee-460100', from === 0 ? 'no-stream' : from - 1, some);
  await log.follow(batch);
  return log;
}

describe('places of the log', () => {
  it('are before any position, few events away, and never at it', async () => {
    const { tables } = (await logOf(13_000, 5_000)).asking();
    for (const position of [1, 2, 4_095, 4_096, 4_097, 8_192, 13_000, 99_999]) {
      const place = placeBefore(tables, position);
      expect(place).toBeLessThan(position);
      expect(Math.min(position, 13_000) - place).toBeLessThanOrEqual(4_096);
    }
  });

  it('are the same however the log is followed', async () => {
    const [one, other] = [await logOf(9_000, 700), await logOf(9_000, 9_000)];
    expect(one.contents()['log_place_v1']).toEqual([
      [1n, 4_095n],
      [2n, 8_191n],
    ]);
    expect(other.contents()).toEqual(one.contents());
  });
});
