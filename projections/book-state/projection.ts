import { OPENING_CORRECTION_KIND, OPENING_KIND } from '../../src/books/book-state.js';
import { effectsOf, guardedEffects } from '../../src/books/guarded-lines.js';
import { registersOf } from '../../src/books/register-lines.js';
import { eventId } from '../../src/event-store/event-store.js';
import { type Projection, type RowTable, type SumTable } from '../projection.js';

/** What moved on each line, by period: what stands on it is what moved in all of them. */
export const MONTHS: SumTable = {
  form: 'sums',
  name: 'book_month',
  key: { stream: 'TEXT', period: 'TEXT', line: 'TEXT' },
  sums: ['balance'],
};
/** What moved on each guarded line by business day: its balances at the end of every day follow from them. */
export const DAYS: SumTable = {
  form: 'sums',
  name: 'book_day',
  key: { stream: 'TEXT', line: 'TEXT', business_day: 'TEXT' },
  sums: ['effect'],
};
/**
 * How many vouchers a series has, the sum of their numbers, n (n + 1) / 2 where none is left out, and all that they
 * debit and credit. What has no entries is of a series without a name, so that all together are as long as the stream.
 */
export const SERIES: SumTable = {
  form: 'sums',
  name: 'book_series',
  key: { stream: 'TEXT', period: 'TEXT', voucher_type: 'TEXT' },
  sums: ['events', 'numbers', 'turnover'],
};
/**
 * Facts that a decision may turn on: openings, closes, what was taken back and what was corrected, by the id of the
 * voucher opened or closed with, taken back or corrected; what was given back of a voucher, by the id of what does; and
 * the last line posted of each file, with its revision.
 */
export const MARKS: RowTable = {
  form: 'rows',
  name: 'book_mark',
  key: { stream: 'TEXT', mark: 'TEXT', name: 'TEXT' },
  values: { value: 'TEXT' },
};

/**
 * What the decider needs to know of a book, so that opening one reads a few rows instead of its whole stream. That of
 * memos is short, and is read from the log.
 */
export const bookState: Projection = {
  name: 'book-state',
  version: 9,
  tables: [MONTHS, DAYS, SERIES, MARKS],
  apply: ({ stream, revision, event }, rows) => {
    if (!stream.startsWith('book-')) return;
    const { kind, source, corrects, businessDate } = event;
    const back = event.reverses ?? event.withdraws;
    if (source !== undefined) rows.put(MARKS, [stream, 'source', source], [`${event.line} ${revision}`]);
    if (back !== undefined) rows.put(MARKS, [stream, 'taken-back', back], ['']);
    if (corrects !== undefined && kind !== OPENING_CORRECTION_KIND)
      rows.put(MARKS, [stream, 'corrected', corrects], [eventId(stream, revision)]);
    if (event.original !== undefined)
      rows.put(MARKS, [stream, 'refunded', eventId(stream, revision)], [`${event.original} ${event.amount}`]);
    if (kind === OPENING_KIND) rows.put(MARKS, [stream, 'opening', eventId(stream, revision)], [businessDate]);
    if (event.closing) rows.put(MARKS, [stream, 'closed', eventId(stream, revision)], [`${kind} ${businessDate}`]);
    let turnover = 0n;
    const effects = effectsOf(event.entries);
    for (const { line, effect } of effects) {
      turnover += effect < 0n ? -effect : effect;
      rows.add(MONTHS, [stream, event.period!, line], [effect]);
    }
    const registers = event.registers ?? registersOf(event, event.entries);
    for (const [line, effect] of guardedEffects(effects, registers))
      rows.add(DAYS, [stream, line, businessDate], [effect]);
    const { period = '', voucherType = '', voucherNumber = 0 } = event;
    rows.add(SERIES, [stream, period, voucherType], [1n, BigInt(voucherNumber), turnover]);
  },
};
