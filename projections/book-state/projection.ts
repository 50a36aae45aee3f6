import { OPENING_KIND } from '../../src/books/book.js';
import { effectOf, ledgerLine } from '../../src/books/entries.js';
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
export const NUMBERS: SumTable = {
  form: 'sums',
  name: 'book_number',
  key: { stream: 'TEXT', period: 'TEXT', voucher_type: 'TEXT' },
  sums: ['vouchers'],
};
/**
 * Facts that a decision may turn on: openings and reversals, by the id of the voucher opened with or taken back, and
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
  version: 3,
  tables: [LENGTHS, BALANCES, NUMBERS, MARKS],
  apply: ({ stream, revision, event }, rows) => {
    if (event.source !== undefined) rows.put(MARKS, [stream, 'source', event.source], [`${event.line} ${revision}`]);
    if (event.reverses !== undefined) rows.put(MARKS, [stream, 'reversed', event.reverses], ['']);
    if (event.kind === OPENING_KIND)
      rows.put(MARKS, [stream, 'opening', eventId(stream, revision)], [event.businessDate]);
    let turnover = 0n;
    for (const entry of event.entries ?? []) {
      const effect = effectOf(entry);
      turnover += effect < 0n ? -effect : effect;
      rows.add(BALANCES, [stream, ledgerLine(entry)], [effect]);
    }
    rows.add(LENGTHS, [stream], [1n, turnover]);
    if (event.entries) rows.add(NUMBERS, [stream, event.period!, event.voucherType!], [1n]);
  },
};
