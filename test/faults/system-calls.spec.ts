import { afterAll, describe, expect, it } from '@jest/globals';
import { SEED } from '../seed.js';
import { isOfOurs, type Point, pointText, sampleOf, ScriptedRun } from './kill-points.js';
import { canFailCalls } from './system-calls.js';

const KILLS = 4;
const FAILURES = 1;
const TIMEOUT_MS = 600_000;

const run = new ScriptedRun();
let known: Promise<Point[]> | undefined;
const pointsOfRun = (): Promise<Point[]> => (known ??= run.points());
afterAll(() => run.remove());

/** What is wrong, by point; empty where nothing is. */
async function wrongAt(
  points: readonly Point[],
  act: (point: Point) => Promise<string | undefined>,
): Promise<Record<string, string>> {
  const wrong: Record<string, string> = {};
  for (const point of points) {
    const found = await act(point);
    if (found !== undefined) wrong[pointText(point)] = found;
  }
  return wrong;
}

describe('an import into a new ledger', () => {
  it(
    `that is killed at a call that writes is finished by running it again (seed ${SEED})`,
    async () => {
      if (!canFailCalls('killing an import at its system calls')) return;
      const points = await pointsOfRun();
      expect(points.length).toBeGreaterThan(100);
      expect(await wrongAt(sampleOf(points, KILLS, SEED), (point) => run.kill(point))).toEqual({});
    },
    TIMEOUT_MS,
  );

  it.each([['ENOSPC'], ['EIO']] as const)(
    `whose calls fail with %s says so or goes on, and is finished by running it again (seed ${SEED})`,
    async (error) => {
      if (!canFailCalls('an import whose system calls fail')) return;
      const points = sampleOf((await pointsOfRun()).filter(isOfOurs), FAILURES, SEED);
      const tried = (point: Point) => run.fail(point, error, point.number % 2 === 0);
      expect(await wrongAt(points, tried)).toEqual({});
    },
    TIMEOUT_MS,
  );
});
