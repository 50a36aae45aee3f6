import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { SEED } from '../seed.js';
import { soakServer } from './server/server-soak.js';

const FOR_MS = 5_000;
const TIMEOUT_MS = 240_000;

describe('two nodes on a server in bad weather', () => {
  it(
    `for ${FOR_MS / 1_000} s lose nothing acknowledged, double nothing and leave no call open (SEED=${SEED})`,
    async () => {
      const directory = mkdtempSync(join(tmpdir(), 'server-'));
      const { seen, ...figures } = await soakServer({ forMs: FOR_MS, seed: SEED, directory, say: () => undefined });
      process.stderr.write(`${JSON.stringify({ ...figures, ...seen })}\n`);
      expect(figures.acknowledged).toBeGreaterThan(0);
      expect(figures.callsOpen).toBe(0);
      rmSync(directory, { recursive: true });
    },
    TIMEOUT_MS,
  );
});
