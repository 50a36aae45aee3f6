import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SEED } from '../../../test/seed.js';
import { type KeyedRevision, KeyFolds } from './keys.js';

const STREAM = 'book-employee-460100';
const PAGE = 7;

/** A stream each of whose events carries a key of its own, and read tables that know its keys up to a revision. */
class Keyed {
  length = 0;
  /** The last revision whose key the tables know; -1 where they cannot be asked. */
  covered = -1;
  reads = 0;
  readonly folds = new KeyFolds(
    (_, key) => {
      const revision = Number(key.slice(1));
      return { covered: this.covered, revision: revision <= this.covered ? revision : undefined };
    },
    async (_, from) => {
      this.reads += 1;
      const end = Math.min(this.length, from + PAGE);
      return Array.from({ length: Math.max(0, end - from) }, (__, index): KeyedRevision => ({
        revision: from + index,
        key: `k${from + index}`,
      }));
    },
  );

  find(revision: number): Promise<number | undefined> {
    return this.folds.find(STREAM, `k${revision}`, this.length - 1);
  }
}

describe('the keys of a stream on a server', () => {
  it('are those of the read tables and of what came since', async () => {
    const keyed = new Keyed();
    [keyed.length, keyed.covered] = [20, 14];
    expect(await Promise.all([3, 14, 15, 19, 20].map((revision) => keyed.find(revision)))).toEqual([
      3,
      14,
      15,
      19,
      undefined,
    ]);
  });

  it('are read from the stream where the tables no longer know what they did', async () => {
    const keyed = new Keyed();
    [keyed.length, keyed.covered] = [20, 14];
    expect(await keyed.find(3)).toBe(3);
    keyed.covered = -1;
    expect(await keyed.find(3)).toBe(3);
    expect(await keyed.find(17)).toBe(17);
    keyed.covered = 5;
    expect(await keyed.find(4)).toBe(4);
    expect(await keyed.find(12)).toBe(12);
  });

  it('end where the stream ends, however far the asker believes it to go', async () => {
    const keyed = new Keyed();
    keyed.length = 3;
    expect(await keyed.folds.find(STREAM, 'k9', 100)).toBeUndefined();
    expect(keyed.reads).toBe(2);
  });

  it('are let go of with a log that is not what it was', async () => {
    const keyed = new Keyed();
    keyed.length = 9;
    expect(await keyed.find(8)).toBe(8);
    keyed.length = 4;
    keyed.folds.forget();
    expect(await keyed.folds.find(STREAM, 'k8', 8)).toBeUndefined();
    expect(await keyed.find(3)).toBe(3);
  });

  it(`are never lost, whatever becomes of the tables (seed ${SEED})`, async () => {
    const step = fc.record({ appended: fc.nat(30), covered: fc.integer({ min: -1, max: 100 }), asked: fc.nat(100) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const keyed = new Keyed();
        for (const { appended, covered, asked } of steps) {
          const first = keyed.length;
          const events = Array.from({ length: appended }, (_, index) => ({
            type: 'T.v1',
            data: '',
            key: `k${first + index}`,
            keyIndexed: true,
          }));
          keyed.length += appended;
          if (asked % 2 === 0) keyed.folds.remember(STREAM, first, events);
          keyed.covered = Math.min(covered, keyed.length - 1);
          expect(await keyed.find(asked)).toBe(asked < keyed.length ? asked : undefined);
        }
      }),
      { seed: SEED, numRuns: 200 },
    );
  });
});
