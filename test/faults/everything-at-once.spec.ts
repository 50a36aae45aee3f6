import { describe, expect, it } from '@jest/globals';
import { runTogether } from './everything-at-once.js';
import { figuresOf } from './together/figures.js';

const TIMEOUT_MS = 600_000;
const CONNECTIONS = 500;

describe('a service under everything at once', () => {
  it(
    `answers honest clients, tells the truth and heals: full disk, damaged tables, ${CONNECTIONS} hostile connections`,
    async () => {
      const seed = Date.now() % 1_000_000;
      const seen = await runTogether({ seed, phaseMs: 700, rounds: 1, connections: CONNECTIONS });
      if (!seen) return;
      process.stdout.write(`seed ${seed}\n${figuresOf(seen).join('\n')}\n`);
      expect(seen.wrong).toEqual([]);
      const told = (status: string): boolean => seen.journal.answers.some(({ outcome }) => outcome.startsWith(status));
      expect(['200', '201', '507'].map(told)).toEqual([true, true, true]);
      expect(seen.journal.wanted.filter(({ receipt }) => receipt).length).toBeGreaterThan(20);
    },
    TIMEOUT_MS,
  );
});
