import { hash } from 'node:crypto';
import { type BookState, type ClosingBalances } from '../book-state.js';
import { type Entry } from '../entries.js';
import { periodOf, YEAR_CLOSE_KIND } from '../periods.js';
import { type Prepared } from '../prepared.js';
import { addTo, allocate, balancesOf, balancesOn, carry } from './carried.js';
import { CONDITIONS } from './conditions.js';

/*
 * Closing 结账. A close is an event of its book: it carries what stands on income and expenditure at the end of a period
 * to the fund balance, by share, and keeps what every ledger line then holds. The month is closed, then the next one; a
 * year is closed behind its December, or with it, and what is closed by it is never opened again.
 */

/** What a close is beside its command. */
export interface Closing {
  readonly entries: readonly Entry[];
  readonly closing: ClosingBalances;
}

/** The hash that a close keeps of its balances. */
export const hashOf = (balances: readonly Entry[]): string => hash('sha256', JSON.stringify(balances), 'hex');

/**
 * What a close carries and leaves.
 * @throws LedgerError refused, where the book cannot be closed so
 */
export function decideClosing(book: BookState, { kind, command: { businessDate }, closes }: Prepared): Closing {
  const { poolShare } = closes ?? {};
  const asked = { kind, businessDate, poolShare };
  for (const { objections } of CONDITIONS) for (const objection of objections(book, asked)) throw objection;
  const lines = balancesOn(book, periodOf(businessDate));
  const allocated = kind === YEAR_CLOSE_KIND && poolShare !== undefined ? allocate(lines, poolShare) : [];
  addTo(lines, allocated);
  const carried = carry(lines);
  addTo(lines, carried);
  const balances = balancesOf(lines);
  return {
    entries: [...allocated, ...carried],
    closing: { balances, sha256: hashOf(balances) },
  };
}
