import { OPENING_CORRECTION_KIND, OPENING_KIND } from '../../src/books/book-state.js';
import { effectsOf, guardedEffects } from '../../src/books/guarded-lines.js';
import { registersOf } from '../../src/books/register-lines.js';
import { eventId } from '../../src/event-store/event-store.js';
import { type Projection, type RowTable, type SumTable } from '../projection.js';

export const LENGTHS: SumTable = {
  form: 'sums',
  name: 'book_length',
  key: { stream: 'TEXT' },
  sums: ['events', 'turnover'],
};
export const BALANCES: SumTable = {
  form: 'sums',
  name: 'book_balance',
  key: { stream: 'TEXT', line: 'TEXT' },
  sums: ['balance'],
};
/** The same by period: what stood on each line at the end of one is the balance less what moved behind it. */
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
/** How many vouchers a series has, and the sum of their numbers: n (n + 1) / 2 where none is left out. */
export const NUMBERS: SumTable = {
  form: 'sums',
  name: 'book_number',
  key: { stream: 'TEXT', period: 'TEXT', voucher_type: 'TEXT' },
  sums: ['vouchers', 'numbers'],
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

/** What the decider needs to know of a book, so that opening one reads a few rows instead of its whole stream. */
export const bookState: Projection = {
  name: 'book-state',
  version: 8,
  tables: [LENGTHS, BALANCES, MONTHS, DAYS, NUMBERS, MARKS],
  apply: ({ stream, revision, event }, rows) => {
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
    const effects = effectsOf(event.entries ?? []);
    for (const { line, effect } of effects) {
      turnover += effect < 0n ? -effect : effect;
      rows.add(BALANCES, [stream, line], [effect]);
      rows.add(MONTHS, [stream, event.period!, line], [effect]);
    }
    const registers = event.registers ?? registersOf(event, event.entries);
    for (const [line, effect] of guardedEffects(effects, registers))
      rows.add(DAYS, [stream, line, businessDate], [effect]);
    rows.add(LENGTHS, [stream], [1n, turnover]);
    if (event.entries)
      rows.add(NUMBERS, [stream, event.period!, event.voucherType!], [1n, BigInt(event.voucherNumber!)]);
  },
};
