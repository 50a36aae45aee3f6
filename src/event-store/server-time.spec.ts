import { beforeEach, describe, expect, it } from '@jest/globals';
import { ServerTime } from './server-time.js';

const SERVER = Date.parse('2026-05-31T04:00:00.000Z');

describe("what is known of a server's clock", () => {
  let elapsed = 0;
  let time: ServerTime;
  beforeEach(() => {
    elapsed = 1_000;
    time = new ServerTime(() => elapsed);
  });

  it('is nothing as long as no event was read, or one without a time', () => {
    expect(time.now()).toBeUndefined();
    time.see(0, 1n);
    time.see(Number.NaN, 2n);
    expect(time.now()).toBeUndefined();
  });

  it('is at least the time of an event, and goes on', () => {
    time.see(SERVER, 1n);
    expect(time.now()).toEqual({ earliestMs: SERVER, latestMs: Infinity });
    elapsed += 500;
    expect(time.now()).toEqual({ earliestMs: SERVER + 500, latestMs: Infinity });
  });

  it('is not moved back by an old event that is read late', () => {
    time.see(SERVER, 2n);
    elapsed += 500;
    time.see(SERVER - 60_000, 1n);
    expect(time.now()?.earliestMs).toBe(SERVER + 500);
  });

  it('is at most what an own append leaves possible, once it is read', () => {
    const sent = time.begin();
    elapsed += 30;
    time.appended(7, sent);
    time.appended(8, time.begin() + 5);
    time.see(SERVER - 10, 6n);
    expect(time.now()?.latestMs).toBe(Infinity);
    elapsed += 20;
    time.see(SERVER, 7n);
    expect(time.now()).toEqual({ earliestMs: SERVER + 10, latestMs: SERVER + 50 });
  });

  it('goes by the newest where the clock was set, back or ahead', () => {
    const learn = (serverMs: number, position: number): void => {
      time.appended(position, time.begin());
      elapsed += 4;
      time.see(serverMs, BigInt(position));
    };
    learn(SERVER, 1);
    learn(SERVER - 3_600_000, 2);
    expect(time.now()).toEqual({ earliestMs: SERVER - 3_600_000, latestMs: SERVER - 3_600_000 + 4 });
    time.see(SERVER + 3_600_000, 3n);
    expect(time.now()).toEqual({ earliestMs: SERVER + 3_600_000, latestMs: Infinity });
  });
});
