import { afterAll, describe, expect, it } from '@jest/globals';
import { SEED } from '../seed.js';
import { BREACHES } from './simulation/breaches.js';
import { type Ran, runSeed, type RunOptions, sumOf } from './simulation/run.js';
import { TwoTables } from './simulation/tables.js';

const SEEDS = 250;
/** A fault that is there is found within so many seeds. */
const FOUND_WITHIN = 60;

const tables = new TwoTables();
afterAll(() => tables.close());

/** Runs seeds up to the first in which something is wrong. */
async function firstWrong(seeds: number, options: Partial<RunOptions>): Promise<Ran | undefined> {
  for (let seed = SEED; seed < SEED + seeds; seed += 1) {
    const ran = await runSeed(seed, { tables, ...options });
    if (ran.findings.length > 0) return ran;
  }
  return undefined;
}

describe('books over a log that fails in every way it may', () => {
  it(`lose nothing, double nothing and hang nowhere (${SEEDS} seeds from ${SEED})`, async () => {
    const figures: Ran['figures'][] = [];
    for (let seed = SEED; seed < SEED + SEEDS; seed += 1) {
      const { findings, figures: own } = await runSeed(seed, { tables });
      expect({ seed, findings }).toEqual({ seed, findings: [] });
      figures.push(own);
    }
    const sum = sumOf(figures);
    process.stderr.write(`${SEEDS} seeds from ${SEED}: ${JSON.stringify(sum)}\n`);
    // It says something only where all of this has happened.
    expect(Object.entries(sum).filter(([, count]) => count === 0)).toEqual([]);
  });

  it('are the same again by the same seed', async () => {
    for (let seed = SEED; seed < SEED + 10; seed += 1) {
      const [one, other] = [await runSeed(seed, { tables, keepTrace: true }), await runSeed(seed, { tables })];
      expect(one.trace.length).toBeGreaterThan(20);
      expect(other.digest).toBe(one.digest);
    }
  });
});

describe('whoever judges a run', () => {
  it.each(Object.entries(BREACHES))('finds a log that %s', async (_, log) => {
    expect(await firstWrong(FOUND_WITHIN, { log })).toBeDefined();
  });

  it('finds clients that try again under another key', async () => {
    expect(await firstWrong(FOUND_WITHIN, { newKeyOnRetry: true })).toBeDefined();
  });
});
