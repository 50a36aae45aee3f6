import { describe, expect, it } from '@jest/globals';
import { type LedgerEvent } from '../books/event.js';
import { FINAL_AFTER_MS } from '../time/effective-time.js';
import { TimeAudit } from './time-audit.js';

const NOON = Date.parse('2026-05-31T04:00:00.000Z');

/** Events as their book, the time they were stamped and, on a server, the time they were stored, from noon on. */
type Given = readonly [book: string, recorded: number, stored?: number];

function audit(severalUpTo: number, ...given: readonly Given[]): { breaches: string[]; notes: string[] } {
  const times = new TimeAudit({ nowMs: NOON, boundMs: Infinity }, severalUpTo);
  for (const [index, [book, recorded, stored]] of given.entries()) {
    const place = { position: index + 1, stream: `book-${book}`, revision: index, type: 'Given.v1', data: '' };
    const storedAtMs = stored === undefined ? undefined : NOON + stored;
    const event = { recordedAt: new Date(NOON + recorded).toISOString() } as LedgerEvent;
    times.take({ ...place, storedAtMs }, event);
  }
  const told = (found: readonly { position?: number | undefined; invariant: string }[]): string[] =>
    found.map(({ position, invariant }) => `${position} ${invariant}`);
  return { breaches: told(times.breaches), notes: told(times.notes()).filter((note) => !note.endsWith(' clock')) };
}

const SEVERAL = Infinity;
const NOTHING = { breaches: [], notes: [] };
const brokenAt = (position: number) => ({ breaches: [`${position} recorded-time`], notes: [] });

describe('the audit of the order of recorded times', () => {
  it.each<[string, number, readonly Given[], object]>([
    [
      'in order',
      0,
      [
        ['a', 0],
        ['b', 0],
        ['a', 5],
      ],
      NOTHING,
    ],
    [
      'a step back between books, one process',
      0,
      [
        ['a', 1],
        ['b', 0],
      ],
      brokenAt(2),
    ],
    [
      '… several',
      SEVERAL,
      [
        ['a', 1],
        ['b', 0],
      ],
      { breaches: [], notes: ['2 recorded-time-order'] },
    ],
    [
      '… the largest is told',
      SEVERAL,
      [
        ['a', 9],
        ['b', 8],
        ['c', 2],
        ['d', 5],
      ],
      { breaches: [], notes: ['3 recorded-time-order'] },
    ],
    [
      '… as far as the bound',
      SEVERAL,
      [
        ['a', FINAL_AFTER_MS],
        ['b', 0],
      ],
      { breaches: [], notes: ['2 recorded-time-order'] },
    ],
    [
      '… beyond it',
      SEVERAL,
      [
        ['a', FINAL_AFTER_MS + 1],
        ['b', 0],
      ],
      brokenAt(2),
    ],
    [
      '… where several wrote up to there',
      2,
      [
        ['a', 1],
        ['b', 0],
        ['c', 5],
      ],
      { breaches: [], notes: ['2 recorded-time-order'] },
    ],
    [
      '… behind that',
      2,
      [
        ['a', 1],
        ['b', 2],
        ['c', 1],
      ],
      brokenAt(3),
    ],
    [
      'a step back within a book, several',
      SEVERAL,
      [
        ['a', 1],
        ['b', 1],
        ['a', 0],
      ],
      brokenAt(3),
    ],
    [
      'stored late, and no breach',
      SEVERAL,
      [
        ['a', 900_000, 900_000],
        ['b', 0, 900_001],
      ],
      { breaches: [], notes: ['2 stored-late'] },
    ],
    [
      'stored within the bound',
      SEVERAL,
      [
        ['a', 0, FINAL_AFTER_MS],
        ['b', FINAL_AFTER_MS, 0],
      ],
      NOTHING,
    ],
    [
      'late, and back within its book',
      SEVERAL,
      [
        ['a', 900_000, 900_000],
        ['a', 0, 900_001],
      ],
      brokenAt(2),
    ],
    [
      "ahead of the server's time",
      SEVERAL,
      [['a', FINAL_AFTER_MS + 1, 0]],
      { breaches: [], notes: ['1 recorded-ahead'] },
    ],
  ])('%s', (_, severalUpTo, given, expected) => {
    expect(audit(severalUpTo, ...given)).toEqual(expected);
  });
});
