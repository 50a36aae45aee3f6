import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SEED } from '../../test/seed.js';
import { stepsTo } from './lines.js';

describe('the ranges of spans between days', () => {
  it(`hold every day and every month once, however many days are asked about (seed ${SEED})`, () => {
    const aDay = fc
      .integer({ min: 0, max: 130 })
      .map((days) => new Date(Date.UTC(2024, 11, 20) + days * 86_400_000).toISOString().slice(0, 10));
    fc.assert(
      fc.property(
        fc.array(aDay, { maxLength: 40 }),
        fc.uniqueArray(aDay, { minLength: 1, maxLength: 8 }),
        (moved, asked) => {
          // One row for each day on which anything moved, and one for its month, as the table has them.
          const rows = [...moved, ...moved.map((day) => `M${day.slice(0, 7)}`)];
          let count = 0;
          for (const [index, day] of asked.toSorted().entries()) {
            for (const [after, upTo] of stepsTo(day, asked.toSorted()[index - 1]))
              count += rows.filter((span) => span > after && span <= upTo).length;
            expect([day, count]).toEqual([day, moved.filter((each) => each <= day).length]);
          }
        },
      ),
      { seed: SEED, numRuns: 300 },
    );
  });
});
