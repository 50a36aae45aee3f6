import { by, NORMS } from './sources.js';
import { type LedgerError, refusal, text } from '../errors.js';
import { type BookState } from './book-state.js';

/** Why nothing is dated on a day: it lies in the future, or before the book was opened. */
export function dateObjection(
  { opening }: Pick<BookState, 'opening'>,
  businessDate: string,
  today: string,
): LedgerError | undefined {
  if (businessDate > today)
    return refusal(
      '/businessDate',
      'date-in-future',
      by(NORMS, text('业务日期在将来', 'the business date lies in the future')),
      text(`不晚于 ${today}`, `no later than ${today}`),
      businessDate,
    );
  if (opening && businessDate < opening.businessDate)
    return refusal(
      '/businessDate',
      'date-before-opening',
      by(NORMS, text('业务日期早于建账日', "the business date lies before the book's opening")),
      text(`不早于 ${opening.businessDate}`, `no earlier than ${opening.businessDate}`),
      businessDate,
    );
  return undefined;
}
