import { describe, expect, it } from '@jest/globals';
import { rmSync } from 'node:fs';
import { SEED } from '../seed.js';
import { temporaryDirectory } from '../service.js';
import { killImports } from '../soak/kill-imports.js';

const LINES = 15_000;
const KILLS = 4;

describe('an import that is killed', () => {
  it('goes on where it stopped: every line exactly once, in the order of its book', async () => {
    const directory = temporaryDirectory();
    let killed = 0;
    const progress = (done: number): void => void (killed = done);
    await killImports({ kills: KILLS, seed: SEED, directory, lines: LINES, progress });
    expect(killed).toBe(KILLS);
    rmSync(directory, { recursive: true });
  }, 300_000);
});
