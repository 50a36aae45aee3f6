import { dayBefore } from '../../src/clock.js';
import { LedgerError, text } from '../../src/errors.js';

/** Business days from and to, both inclusive, and the day before the first. */
export interface Interval {
  readonly from: string;
  readonly to: string;
  readonly before: string;
}

/**
 * The interval of a question: to today, from 1 January of the year it ends in (the fiscal year), unless it says
 * otherwise.
 * @throws LedgerError invalid, where it ends before it begins
 */
export function intervalOf(from: string | undefined, to: string | undefined, today: string): Interval {
  const last = to ?? today;
  const first = from ?? `${last.slice(0, 4)}-01-01`;
  if (first <= last) return { from: first, to: last, before: dayBefore(first) };
  throw new LedgerError('invalid', 'interval-ends-before-it-begins', text('起日晚于止日', 'it ends before it begins'), [
    {
      pointer: 'from',
      code: 'interval-ends-before-it-begins',
      expected: text(`不晚于 ${last}`, `no later than ${last}`),
      got: first,
    },
  ]);
}
