import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FollowedLog } from '../../test/followed-log.js';
import { StoreUnreachable } from '../../src/event-store/event-store.js';
import { FINAL_AFTER_MS } from '../../src/time/effective-time.js';
import { DAY_MS } from '../../src/time/recording-clock.js';
import { isFinal, momentOf, positionAsOf } from './query.js';

const BOOK = { fund: 'resident', unit: '460100', businessDate: '2025-05-12' };

/** Positions 1 to 5. In Shanghai the first two fall on 1 June, the third on 2 June, the last two on 3 June. */
const RECORDED_AT = [
  '2025-06-01T01:00:00.000Z',
  '2025-06-01T15:59:59.999Z',
  '2025-06-01T16:00:00.000Z',
  '2025-06-03T02:00:00.000Z',
  '2025-06-03T02:00:00.000Z',
];

const TOMORROW = '2025-06-03T16:00:00.000Z';

describe('the position a moment of recording had reached', () => {
  let log: FollowedLog;
  beforeEach(async () => {
    log = new FollowedLog([]);
    for (const recordedAt of RECORDED_AT) await log.append({ ...BOOK, recordedAt });
    await log.follow(2);
  });
  afterEach(() => log.close());

  const asking = (today = '2025-06-03') => log.asking(today);
  const at = async (recordedAsOf: string | undefined, now = 5, today?: string): Promise<number> =>
    positionAsOf(asking().tables, await momentOf(asking(today), recordedAsOf), now);

  it.each([
    ['nothing asked: everything there is', undefined, 5],
    ['a day, to its end in Shanghai', '2025-06-01', 2],
    ['a day by slashes', '2025/6/1', 2],
    ['a day in digits alone', '20250601', 2],
    ['a day in Chinese', '2025年6月1日', 2],
    ['the next day, which began at 16:00 UTC', '2025-06-02', 3],
    ['a day on which nothing was recorded', '2025-05-31', 0],
    ['today: everything so far', '2025-06-03', 5],
    ['an instant, itself included', '2025-06-01T01:00:00.000Z', 1],
    ['an instant just before', '2025-06-01T00:59:59.999Z', 0],
    ['an instant of several events: all of them', '2025-06-03T02:00:00Z', 5],
    ['the same instant in another zone', '2025-06-03T10:00:00+08:00', 5],
    ['… whose plus an address made a blank', '2025-06-03T10:00:00 08:00', 5],
    ['… without a zone, which is that of Shanghai', '2025-06-01 09:00', 1],
    ['a position', '3', 3],
    ['the last position', '5', 5],
    ['position 0, before everything', '0', 0],
  ])('%s', async (_, recordedAsOf, position) => {
    expect(await at(recordedAsOf)).toBe(position);
  });

  it('goes no further than what the answer shows', async () => {
    expect(await at('2025-06-03', 4)).toBe(4);
    expect(await at(undefined, 4)).toBe(4);
  });

  const refused = (expected: string, got: string) => ({
    kind: 'invalid',
    code: 'recorded-as-of',
    details: [
      { pointer: 'recordedAsOf', code: 'recorded-as-of', expected: expect.objectContaining({ en: expected }), got },
    ],
  });

  it.each([
    ['a position beyond the log', '6', "at most 5, the log's end", '6'],
    ['… whose digits form a day', 'position:20260531', "at most 5, the log's end", 'position:20260531'],
    ['tomorrow', '2025-06-04', 'no later than 2025-06-03', '2025-06-04'],
    ['a day in digits alone', '20260531', 'no later than 2025-06-03', '2026-05-31'],
    ['the instant at which tomorrow begins', '2025-06-04T00:00+08:00', 'no later than 2025-06-03', TOMORROW],
  ])('refuses %s', async (_, recordedAsOf, expected, got) => {
    await expect(at(recordedAsOf)).rejects.toMatchObject(refused(expected, got));
  });

  it('takes the last day on which anything was recorded, where the clock ran ahead then', async () => {
    expect(await at('2025-06-03', 5, '2025-05-20')).toBe(5);
    await expect(at('2025-06-04', 5, '2025-05-20')).rejects.toMatchObject(
      refused('no later than 2025-06-03', '2025-06-04'),
    );
  });

  it('says that a position is recorded and not yet shown', async () => {
    await log.append({ ...BOOK, recordedAt: '2025-06-03T03:00:00.000Z' });
    await expect(at('6')).rejects.toMatchObject({ kind: 'unavailable', code: 'position-not-yet-shown' });
    await expect(at('7')).rejects.toMatchObject(refused("at most 6, the log's end", '7'));
  });

  it.each([
    ['nothing asked', undefined, null],
    ['a position', '2', true],
    ['a day before the last event', '2025-06-02', true],
    ['today', '2025-06-03', false],
    ['an instant after the last event, a minute old', '2025-06-03T11:58:59.999+08:00', true],
    ['… a millisecond younger', '2025-06-03T11:59:00+08:00', false],
    ['an instant to come', '2025-06-03T12:00:01+08:00', false],
  ])('%s is final: %s, %s', async (_, recordedAsOf, final) => {
    expect(await isFinal(asking(), recordedAsOf, await at(recordedAsOf))).toBe(final);
  });

  it('is not final where the answer shows less than is recorded by then', async () => {
    expect(await isFinal(asking(), '2025-06-02', 2)).toBe(false);
    expect(await isFinal(asking(), '2025-06-03T11:00:00+08:00', 4)).toBe(false);
    await log.append({ ...BOOK, recordedAt: '2025-06-03T02:00:00.001Z' });
    expect(await isFinal(asking(), '2025-06-03T11:00:00+08:00', 5)).toBe(false);
  });

  it("is final by the server's clock as well, which may not be known", async () => {
    const asOf = '2025-06-03T11:00:00+08:00';
    const untilMs = Date.parse(asOf);
    const known = (earliestMs: number | undefined): Promise<boolean | null> => {
      const now = () => (earliestMs === undefined ? undefined : { earliestMs, latestMs: Infinity });
      const store = Object.assign(Object.create(log.store) as typeof log.store, { serverTime: { now } });
      return isFinal({ ...asking(), store }, asOf, 5);
    };
    expect(await known(undefined)).toBe(false);
    expect(await known(untilMs + FINAL_AFTER_MS)).toBe(false);
    expect(await known(untilMs + FINAL_AFTER_MS + 1)).toBe(true);
    const silent = { serverTime: { now: () => ({ earliestMs: untilMs + DAY_MS, latestMs: Infinity }) } };
    for (const head of [() => new Promise(() => undefined), () => Promise.reject(new StoreUnreachable('no answer'))]) {
      const store = Object.assign(Object.create(log.store) as typeof log.store, { ...silent, head });
      expect(await isFinal({ ...asking(), store }, asOf, 5)).toBe(false);
    }
    const early = { ...asking(), clock: () => untilMs + FINAL_AFTER_MS };
    expect(await isFinal(early, asOf, 5)).toBe(false);
  });

  it('knows no moment but today where nothing is recorded', async () => {
    const empty = new FollowedLog([]);
    await empty.follow();
    expect(await momentOf(empty.asking('2025-06-03'), '2025-06-03')).toEqual({ form: 'day', day: '2025-06-03' });
    expect(await momentOf(empty.asking('2025-06-03'), '0')).toEqual({ form: 'position', position: 0 });
    await expect(momentOf(empty.asking('2025-06-03'), '1')).rejects.toMatchObject(
      refused("at most 0, the log's end", '1'),
    );
    empty.close();
  });
});
