import { isCarried } from '../../src/books/periods.js';
import { effectsOf } from '../../src/books/guarded-lines.js';
import { type Projection, type RowTable, type SumTable } from '../projection.js';

/** The finest block: this many revisions of a book, of which an answer reads at most one from the log itself. */
export const BLOCK = 64;
/** A block of 256 of the finest, in revisions. */
export const WIDE_BLOCK = 16_384;
/** Stands for the block of all revisions behind the first wide one. */
const BEHIND_FIRST = -1;
/** The blocks that hold all there is: the first wide one, which most books never fill, and all behind it. */
export const ALL_BLOCKS = [0, BEHIND_FIRST] as const;
/** Rows of all there is, each once: what is asked for most is now. */
export const IN_ALL_BLOCKS = `size = ${WIDE_BLOCK} AND block IN (${ALL_BLOCKS.join(', ')})`;

/** The span of a month: `M2025-05`. The letter keeps months behind all days, so that a range holds one or the other. */
export const monthSpan = (day: string): string => `M${day.slice(0, 7)}`;

/**
 * What moved on each ledger line of a book: by block of the book's own revisions and by span of business days, so that
 * any point on both time axes is a sum of few rows and the tail of one block.
 *
 * Recorded time. A balance as recorded by a position is that of the book's first revisions. They are complete blocks of
 * 16,384 revisions, then at most 255 of 64, and a part of one more, which is read from the log. All that is behind
 * the first wide block is a block as well, so that the question asked most, now, reads two; the first stands for
 * itself, and a book that never fills it writes three rows where it would write five. Blocks of revisions and not of
 * recorded days, because a file of a million lines is recorded in one minute.
 *
 * Business time. A balance on a day is all months before it and the days of its month: so ten years of history are 120
 * rows a line and not 3,650. That also keeps wide blocks cheap: a book of 10 million vouchers has 610 of them, and each
 * gives a row or two a line, because vouchers are recorded roughly in the order of their days; a level between would
 * cost every voucher more than it would spare any question. The finest blocks hold few days and are kept by day only.
 */
const sumsBySpan = (name: string): SumTable => ({
  form: 'sums',
  name,
  key: { stream: 'TEXT', size: 'INTEGER', block: 'INTEGER', span: 'TEXT', line: 'TEXT' },
  sums: ['debit', 'credit', 'entries'],
  within: ([stream, , block, day, line]) => {
    const wide = Math.floor(((block as number) * BLOCK) / WIDE_BLOCK);
    const month = monthSpan(day as string);
    const own = [
      [stream!, WIDE_BLOCK, wide, day!, line!],
      [stream!, WIDE_BLOCK, wide, month, line!],
    ];
    if (wide === 0) return own;
    return [
      ...own,
      [stream!, WIDE_BLOCK, BEHIND_FIRST, day!, line!],
      [stream!, WIDE_BLOCK, BEHIND_FIRST, month, line!],
    ];
  },
});
export const MOVEMENTS = sumsBySpan('movement');

/**
 * What closes carried from income and expenditure to the fund balance, by itself: no statement of what came and went
 * has it (会社保02: neither 本月数 nor 本年累计数), and what a fund has is the same before and after. An account by
 * itself has both: movements and carried.
 */
export const CARRIED = sumsBySpan('carried');

/** Where in the log each finest block of a book begins: leads from a position to the block it falls into. */
export const BLOCK_STARTS: RowTable = {
  form: 'rows',
  name: 'movement_block',
  key: { stream: 'TEXT', position: 'INTEGER' },
  values: { block: 'INTEGER' },
};

/** Balances of every book on both time axes. A memo event, a penalty for one, has no entries and moves nothing. */
export const fundBalance: Projection = {
  name: 'fund-balance',
  version: 4,
  tables: [MOVEMENTS, CARRIED, BLOCK_STARTS],
  apply: ({ stream, revision, position, event }, rows) => {
    if (!stream.startsWith('book-')) return;
    const block = Math.floor(revision / BLOCK);
    if (revision % BLOCK === 0) rows.put(BLOCK_STARTS, [stream, position], [block]);
    const { kind, businessDate, entries = [] } = event;
    const effects = effectsOf(entries);
    for (let index = 0; index < effects.length; index += 1) {
      const { line, effect, isDebit } = effects[index]!;
      const table = isCarried(kind, entries[index]!) ? CARRIED : MOVEMENTS;
      const sums = isDebit ? [effect, 0n, 1n] : [0n, -effect, 1n];
      rows.add(table, [stream, BLOCK, block, businessDate, line], sums);
    }
  },
};
