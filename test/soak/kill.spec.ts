import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { killAgainAndAgain } from './kill.js';

const KILLS = 10;
const TIMEOUT_MS = 240_000;

describe('kill -9', () => {
  it(
    `at ${KILLS} random moments of load loses nothing acknowledged and doubles nothing`,
    async () => {
      const seed = Date.now() % 1_000_000;
      const directory = mkdtempSync(join(tmpdir(), 'kill-'));
      const witness = await killAgainAndAgain({ kills: KILLS, seed, directory });
      process.stdout.write(`seed ${seed}: ${witness.posted} acknowledged, ${witness.replayed} replayed\n`);
      expect(witness.posted).toBeGreaterThan(KILLS);
      expect(witness.replayed).toBeGreaterThan(0);
      rmSync(directory, { recursive: true });
    },
    TIMEOUT_MS,
  );
});
