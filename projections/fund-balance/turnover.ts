import { type Entry } from '../../src/books/entries.js';
import { parseFen } from '../../src/money.js';
import { type Turnover } from './lines.js';

/** Where nothing has moved. */
export const UNMOVED: Turnover = { debit: 0n, credit: 0n };

export const plus = (one: Turnover, other: Turnover): Turnover => ({
  debit: one.debit + other.debit,
  credit: one.credit + other.credit,
});

export const minus = (one: Turnover, other: Turnover): Turnover => ({
  debit: one.debit - other.debit,
  credit: one.credit - other.credit,
});

/** What an entry moves, on its own side. */
export const turnoverOf = ({ debit = '0', credit = '0' }: Pick<Entry, 'debit' | 'credit'>): Turnover => ({
  debit: parseFen(debit),
  credit: parseFen(credit),
});

/** What some entries move together. */
export const turnoverOfAll = (entries: readonly Entry[]): Turnover => entries.map(turnoverOf).reduce(plus, UNMOVED);
