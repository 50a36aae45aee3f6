import { lastDayOf } from '../../src/books/periods.js';
import { addressOf } from '../asking/addresses.js';
import { type Overview } from './overview.js';

/*
 * Where an overview leads: to the questions that say what a figure is made of, of the same days and books, as recorded
 * by the same moment.
 */

type Shown = Pick<Overview, 'asked' | 'period'>;

const daysOf = ({ period: { interval }, asked: { recordedAsOf } }: Shown) => ({
  from: interval.from,
  to: interval.to,
  recordedAsOf,
});

export const trialBalanceAt = (shown: Shown, fund: string, unit = shown.asked.unit): string =>
  addressOf('trial-balance', { fund, unit, ...daysOf(shown) });

/** The statement of the days, of a fund: of one unit, or of the province as one. */
export const statementAt = (shown: Shown, fund: string): string =>
  addressOf('income-expenditure', { fund, unit: shown.asked.unit, ...daysOf(shown) });

/** The same of one month, as far as it is in the days. */
export function monthAt(shown: Shown, fund: string, month: string): string {
  const { from, to, recordedAsOf } = daysOf(shown);
  const [first, last] = [`${month}-01`, lastDayOf(month)];
  return addressOf('income-expenditure', {
    fund,
    unit: shown.asked.unit,
    from: first < from ? from : first,
    to: last > to ? to : last,
    recordedAsOf,
  });
}

export const warningsAt = (shown: Shown, fund: string): string => {
  const { to, recordedAsOf } = daysOf(shown);
  return addressOf('early-warning', { fund, unit: shown.asked.unit, to, recordedAsOf });
};

export const inTransitAt = (shown: Shown, fund: string): string => {
  const { to, recordedAsOf } = daysOf(shown);
  return addressOf('registers', { fund, unit: shown.asked.unit, register: 'in-transit', to, recordedAsOf });
};
