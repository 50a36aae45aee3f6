import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SEED } from '../../../test/seed.js';
import { BLOCK, blocksAt, drawnNext, ROW_PX, rowsOf } from './drawn-rows.js';

const SCROLLS = fc.array(fc.tuple(fc.nat(3_000_000), fc.integer({ min: 1, max: 2_000 })), { minLength: 1 });

describe('the rows that are drawn of a long table', () => {
  it('are those that are seen, however it was scrolled', () => {
    fc.assert(
      fc.property(SCROLLS, fc.nat(100_000), (scrolls, rows) => {
        let blocks = blocksAt(0, 900, 10);
        for (const [top, height] of scrolls) {
          blocks = drawnNext(blocks, top, height);
          const { begin, end } = rowsOf(blocks, rows);
          const [first, last] = [Math.floor(top / ROW_PX), Math.ceil((top + height) / ROW_PX)];
          for (const row of [first, last - 1]) if (row < rows) expect(row >= begin && row < end).toBe(true);
          expect(begin >= 0 && end <= rows && (begin < end || rows === 0)).toBe(true);
        }
      }),
      { seed: SEED },
    );
  });

  it('are the same ones while a block of them goes by, so that most frames change nothing', () => {
    const steps = Array.from({ length: 1_000 }, (_, step) => step * 6);
    let blocks = blocksAt(0, 810, 10);
    const changes = steps.filter((top) => {
      const before = blocks;
      blocks = drawnNext(blocks, top, 810);
      return blocks !== before;
    });
    expect(changes.length).toBeLessThanOrEqual(6_000 / (BLOCK * ROW_PX));
  });

  it('are few where it is dragged to where none was drawn', () => {
    const { begin, end } = drawnNext(blocksAt(0, 810, 10), 1_500_000, 810);
    expect((end - begin) * BLOCK).toBeLessThanOrEqual(27 + 2 * BLOCK);
    const { begin: first, end: last } = drawnNext({ begin, end }, 1_500_030, 810);
    expect(first < begin && last > end).toBe(true);
  });
});
