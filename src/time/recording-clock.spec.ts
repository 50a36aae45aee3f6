import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SEED } from '../../test/seed.js';
import {
  type ClockReading,
  type ClockState,
  clockText,
  type ConfirmedClock,
  DAY_MS,
  readClock,
  RecordingClock,
} from './recording-clock.js';

const LAST = Date.parse('2026-05-31T04:00:00.000Z');
const BOUND = 30 * DAY_MS;
const YEARS = 4 * 365 * DAY_MS;

const confirmedAt = (clockMs: number, lastMs = LAST): ConfirmedClock => ({
  lastMs,
  clockMs,
  by: 'ops',
  reason: 'seen',
});

/** A clock that can be set, with what it was told and what it has said. */
class Machine {
  now = LAST;
  elsewhere: number | undefined;
  confirmed: ConfirmedClock | undefined;
  readonly kept: ConfirmedClock[] = [];
  readonly said: string[] = [];
  readonly clock: RecordingClock;

  constructor(lastMs: number | 'empty' = LAST) {
    this.clock = new RecordingClock(() => this.now, lastMs === 'empty' ? undefined : lastMs, BOUND, {
      lastMs: () => this.elsewhere,
      confirmed: () => this.confirmed,
      keep: (confirmed) => this.kept.push(confirmed),
      changed: ({ state }) => this.said.push(state),
    });
  }

  /** Records at a reading of the clock and returns the recorded time, or the code of the refusal. */
  async at(now: number, fails?: Error): Promise<number | string> {
    this.now = now;
    try {
      return await this.clock.record((stamp) => (fails ? Promise.reject(fails) : Promise.resolve(stamp)));
    } catch (error) {
      return (error as { code?: string }).code ?? (error as Error).message;
    }
  }
}

describe('a clock beside the last recorded time', () => {
  it.each([
    ['the same instant', 0, 'in-step'],
    ['a second behind, which is noise', -1_000, 'in-step'],
    ['more than a second behind', -1_001, 'behind'],
    ['behind by the bound', -BOUND, 'behind'],
    ['behind by more', -BOUND - 1, 'out-of-bounds'],
    ['some hours ahead', 7_200_000, 'in-step'],
    ['ahead by the bound', BOUND, 'in-step'],
    ['ahead by more', BOUND + 1, 'out-of-bounds'],
    ['years ahead', YEARS, 'out-of-bounds'],
  ])('%s', (_, difference, state) => {
    expect(readClock(LAST + difference, LAST, BOUND).state).toBe(state);
  });

  it('has nothing to be compared with in an empty log', () => {
    expect(readClock(LAST, undefined, BOUND)).toEqual({
      state: 'in-step',
      clockMs: LAST,
      lastMs: undefined,
      boundMs: BOUND,
      confirmed: undefined,
    });
  });

  it('begins no log before the accounting system held, nor far from what the server says', () => {
    const first = Date.UTC(2018, 0, 1);
    const server = { earliestMs: LAST, latestMs: LAST + 10 };
    expect([first - 1, first].map((clockMs) => readClock(clockMs, undefined, BOUND).state)).toEqual([
      'out-of-bounds',
      'in-step',
    ]);
    expect(
      [LAST - BOUND - 1, LAST - BOUND, LAST + BOUND + 10, LAST + BOUND + 11].map(
        (clockMs) => readClock(clockMs, undefined, BOUND, undefined, server).state === 'out-of-bounds',
      ),
    ).toEqual([true, false, false, true]);
  });

  it.each([
    ['ahead, as confirmed', YEARS, confirmedAt(LAST + YEARS), 'ahead'],
    ['ahead, a bound after it was confirmed', YEARS + BOUND, confirmedAt(LAST + YEARS), 'ahead'],
    ['ahead, longer after', YEARS + BOUND + 1, confirmedAt(LAST + YEARS), 'out-of-bounds'],
    ['ahead, confirmed at another time', YEARS, confirmedAt(LAST + 2 * YEARS), 'out-of-bounds'],
    ['ahead, confirmed for another event', YEARS, confirmedAt(LAST + YEARS, LAST - 1), 'out-of-bounds'],
    ['back in step, though something else was confirmed', 5_000, confirmedAt(LAST + YEARS), 'in-step'],
    ['behind, as confirmed', -YEARS, confirmedAt(LAST - YEARS), 'behind'],
    ['behind, later', -YEARS + BOUND, confirmedAt(LAST - YEARS), 'behind'],
    ['wrong again, as it was when the last event was recorded', 0, confirmedAt(LAST - YEARS), 'out-of-bounds'],
    ['past the last time at last', 5_000, confirmedAt(LAST - 5_000), 'in-step'],
  ])('%s', (_, difference, confirmed, state) => {
    expect(readClock(LAST + difference, LAST, BOUND, confirmed).state).toBe(state);
  });

  const text = (reading: ClockReading): string => clockText(reading).en;
  it('is put into words', () => {
    expect(text(readClock(LAST + YEARS, LAST, BOUND))).toBe(
      'the clock, 2030-05-30T04:00:00.000Z, is 1460 days ahead of the last recorded time, 2026-05-31T04:00:00.000Z; ' +
        'that is beyond the bound of 30 days: nothing is recorded until an operator has confirmed the clock',
    );
    expect(text(readClock(LAST - DAY_MS, LAST, BOUND))).toBe(
      'the clock, 2026-05-30T04:00:00.000Z, is 1 day behind the last recorded time, 2026-05-31T04:00:00.000Z; ' +
        'posting goes on, but recorded time stands still until the clock has passed it',
    );
    expect(text(readClock(LAST + YEARS, LAST, BOUND, confirmedAt(LAST + YEARS)))).toMatch(
      /; posting goes on; ops has confirmed the clock at 2030-05-30T04:00:00\.000Z \(seen\)$/,
    );
    expect(clockText(readClock(LAST + 7_200_000, LAST, BOUND)).zh).toBe(
      '机器时钟 2026-05-31T06:00:00.000Z 超前于最后入账时间 2026-05-31T04:00:00.000Z 达 2 小时；照常记账',
    );
    expect(text(readClock(LAST, undefined, BOUND))).toBe('the log is empty: nothing to compare the clock with');
  });
});

describe('recording by a clock', () => {
  it('gives the time, never one earlier than what is recorded', async () => {
    const machine = new Machine();
    expect(await machine.at(LAST + 5)).toBe(LAST + 5);
    expect(await machine.at(LAST + 3)).toBe(LAST + 5);
    expect(await machine.at(LAST + 6)).toBe(LAST + 6);
    expect(machine.said).toEqual([]);
  });

  it('takes the first event of an empty log by any clock that can be right, and compares from then on', async () => {
    const machine = new Machine('empty');
    expect(await machine.at(5)).toBe('clock-out-of-bounds');
    const first = LAST - YEARS;
    expect(await machine.at(first)).toBe(first);
    expect(await machine.at(first + BOUND + 1)).toBe('clock-out-of-bounds');
    expect(await machine.at(first + BOUND)).toBe(first + BOUND);
  });

  it('refuses beyond the bound, on both sides, and goes on once the clock is right again', async () => {
    const machine = new Machine();
    expect(await machine.at(LAST + YEARS)).toBe('clock-out-of-bounds');
    expect(await machine.at(LAST - YEARS)).toBe('clock-out-of-bounds');
    expect(await machine.at(LAST + 1)).toBe(LAST + 1);
    expect(machine.said).toEqual(['out-of-bounds', 'in-step']);
  });

  it('says today by the clock as it is now, whatever is recorded', async () => {
    const machine = new Machine();
    expect(machine.clock.today()).toBe('2026-05-31');
    machine.now = LAST - 3 * DAY_MS;
    expect(machine.clock.today()).toBe('2026-05-28');
    expect(await machine.at(machine.now)).toBe(LAST);
    expect(machine.clock.today()).toBe('2026-05-28');
    machine.now = LAST + YEARS;
    expect(() => machine.clock.today()).toThrow('clock-out-of-bounds');
    expect(machine.said).toEqual(['behind', 'out-of-bounds']);
  });

  it('is moved by nothing but what was appended', async () => {
    const machine = new Machine();
    expect(await machine.at(LAST + BOUND, new Error('the disk is full'))).toBe('the disk is full');
    machine.now = LAST + BOUND;
    machine.clock.today();
    machine.clock.reading();
    expect(await machine.at(LAST + 1)).toBe(LAST + 1);
  });

  it('keeps the order of appends that are on their way, though the clock is set back between them', async () => {
    const machine = new Machine();
    const given: number[] = [];
    const waiting: (() => void)[] = [];
    const begin = (now: number): Promise<void> => {
      machine.now = now;
      return machine.clock.record((stamp) => {
        given.push(stamp);
        return new Promise((resolve) => waiting.push(resolve));
      });
    };
    const appends = [begin(LAST + 100), begin(LAST + 50), begin(LAST + 120), begin(LAST + 110)];
    expect(given.map((stamp) => stamp - LAST)).toEqual([100, 100, 120, 120]);
    for (const done of waiting) done();
    await Promise.all(appends);
    expect(await machine.at(LAST + 60)).toBe(LAST + 120);
  });

  it('knows what other nodes have recorded before it refuses', async () => {
    const machine = new Machine();
    machine.elsewhere = LAST + YEARS - DAY_MS;
    expect(await machine.at(LAST + YEARS)).toBe(LAST + YEARS);
    expect(machine.said).toEqual([]);
  });
});

describe('a clock that an operator has confirmed', () => {
  it('ahead: the next event takes its time, and the confirmation has done its work', async () => {
    const machine = new Machine();
    expect(await machine.at(LAST + YEARS)).toBe('clock-out-of-bounds');
    machine.confirmed = confirmedAt(LAST + YEARS);
    expect(await machine.at(LAST + YEARS + 7)).toBe(LAST + YEARS + 7);
    expect(await machine.at(LAST + YEARS + 8)).toBe(LAST + YEARS + 8);
    expect(await machine.at(LAST + 2 * YEARS)).toBe('clock-out-of-bounds');
    expect(machine.said).toEqual(['out-of-bounds', 'ahead', 'in-step', 'out-of-bounds']);
    expect(machine.kept).toEqual([]);
  });

  it('behind: recorded time stands still, and nothing else does, until the clock has passed it', async () => {
    const machine = new Machine();
    const now = LAST - 4 * BOUND;
    expect(await machine.at(now)).toBe('clock-out-of-bounds');
    machine.confirmed = confirmedAt(now);
    expect(await machine.at(now + 1)).toBe(LAST);
    // The first year passes, event by event; what is confirmed goes on with the clock, and is kept once a day.
    for (let days = 1; days <= 120; days += 1) {
      expect(await machine.at(now + days * DAY_MS)).toBe(LAST);
      expect(machine.clock.today()).toBe(new Date(now + days * DAY_MS + 8 * 3_600_000).toISOString().slice(0, 10));
    }
    expect(await machine.at(LAST + 1)).toBe(LAST + 1);
    expect(machine.said).toEqual(['out-of-bounds', 'behind', 'in-step']);
    expect(machine.kept.length).toBeGreaterThanOrEqual(119);
    expect(machine.kept.at(-1)).toEqual(confirmedAt(LAST));
  });

  it('behind: a clock that is wrong again as it was is refused', async () => {
    const machine = new Machine();
    machine.confirmed = confirmedAt(LAST - YEARS);
    expect(await machine.at(LAST - YEARS)).toBe(LAST);
    expect(await machine.at(LAST)).toBe('clock-out-of-bounds');
    expect(() => machine.clock.today()).toThrow('clock-out-of-bounds');
    expect(await machine.at(LAST - YEARS + 1)).toBe(LAST);
    const witness = { lastMs: () => LAST, confirmed: () => machine.confirmed, keep: () => 0, changed: () => 0 };
    const restarted = new RecordingClock(() => LAST, LAST, BOUND, witness);
    expect(() => restarted.today()).toThrow('clock-out-of-bounds');
  });

  it('is confirmed for one event only', async () => {
    const machine = new Machine();
    machine.confirmed = confirmedAt(LAST + YEARS);
    expect(await machine.at(LAST + 9)).toBe(LAST + 9);
    expect(await machine.at(LAST + YEARS)).toBe('clock-out-of-bounds');
  });
});

describe("a clock beside a server's", () => {
  /** What is stamped, and the state, where the machine's clock lies so far from the server's, known as far as that. */
  async function beside(differenceMs: number, mostMs = 0): Promise<[number, ClockState]> {
    const serverNow = () => ({ earliestMs: LAST, latestMs: LAST + mostMs });
    const witness = { lastMs: () => undefined, serverNow, confirmed: () => undefined, keep: () => 0, changed: () => 0 };
    const clock = new RecordingClock(() => LAST + differenceMs, LAST - BOUND, 2 * BOUND, witness);
    return [(await clock.record(async (stamp) => stamp)) - LAST, clock.reading().state];
  }

  it.each<[string, number, number, [number, ClockState]]>([
    ['in step', 0, 0, [0, 'in-step']],
    ['behind by half the bound', -30_000, 0, [-30_000, 'in-step']],
    ['behind by the bound: what it stamps keeps near', -60_000, 0, [-30_000, 'behind']],
    ['behind by more', -60_001, 0, [-30_000, 'behind-server']],
    ['ahead by the bound', 60_000, 0, [60_000, 'in-step']],
    ['ahead by more: what it stamps keeps within it', 60_001, 0, [60_000, 'ahead-of-server']],
    ['ahead, for all that is known', 3_600_000, Infinity, [3_600_000, 'in-step']],
  ])('%s', async (_, differenceMs, mostMs, expected) => {
    expect(await beside(differenceMs, mostMs)).toEqual(expected);
  });

  it('is put into words, with both times', () => {
    const server = { earliestMs: LAST, latestMs: LAST };
    expect(clockText(readClock(LAST - 600_000, LAST, BOUND, undefined, server)).en).toBe(
      "the clock, 2026-05-31T03:50:00.000Z, is 600 s behind the server's, 2026-05-31T04:00:00.000Z; posting goes on, " +
        "and recorded time keeps within 60 s of the server's; set the clock right",
    );
    expect(clockText(readClock(LAST + 7_200_000, undefined, BOUND, undefined, server)).zh).toBe(
      '机器时钟 2026-05-31T06:00:00.000Z 超前于服务器时间 2026-05-31T04:00:00.000Z 达 2 小时；' +
        '照常记账，入账时间与服务器时间相差不超过 60 秒；请校正时钟',
    );
  });
});

it(`times of recording never run backwards, nor leave the bound unconfirmed (seed ${SEED})`, async () => {
  const steps = fc.array(fc.integer({ min: -2 * BOUND, max: 2 * BOUND }), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(steps, async (readings) => {
      const machine = new Machine();
      let last = LAST;
      for (const reading of readings) {
        const stamp = await machine.at(LAST + reading);
        const isNear = Math.abs(LAST + reading - last) <= BOUND;
        expect(stamp).toBe(isNear ? Math.max(last, LAST + reading) : 'clock-out-of-bounds');
        if (isNear) last = Math.max(last, LAST + reading);
      }
    }),
    { seed: SEED },
  );
});
