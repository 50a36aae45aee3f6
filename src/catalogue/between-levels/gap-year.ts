import { by, SIFAS } from '../../books/sources.js';
import { refusal, type Text, text } from '../../errors.js';
import { Year } from '../../kinds/commands.js';

const NAME: Text = text('缺口年度', 'year of the gap');

/** Of which year the gap is of which a voucher brings a share: it refers to the proposal of that book and year. */
export const GapYear = (): PropertyDecorator => Year(NAME, { optional: true });

/** Refuses a share of the gap of a year that has not begun. */
export function demandGapYear({
  businessDate,
  gapYear,
}: {
  readonly businessDate: string;
  readonly gapYear?: string;
}): void {
  const year = businessDate.slice(0, 4);
  if (gapYear === undefined || gapYear <= year) return;
  throw refusal(
    '/gapYear',
    'gap-of-a-later-year',
    by(SIFAS, text('缺口年度晚于业务日期', 'the gap is of a later year than the business date')),
    text(`不晚于 ${year}`, `no later than ${year}`),
    gapYear,
  );
}
