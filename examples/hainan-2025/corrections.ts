import { type Fen } from '../../src/money.js';
import { BUSINESS_DAYS } from './calendar.js';
import { MONTHS } from './fixed-lines.js';
import { type PlannedFlow } from './movements.js';

/**
 * Vouchers that are first recorded wrongly, then reversed in red and recorded again: two lines more each, and nothing
 * in any total. The first voucher of a flow's day is the wrong one.
 */
export interface Correction {
  readonly label: string;
  readonly dayIndex: number;
}

/**
 * Flows with a mistake a month. In payouts the point slipped by a place, found on the next business day: what was paid
 * too little cannot overdraw an account. In premiums the payer's kind was wrong, found the same day before the sweep.
 */
const MISTAKEN = [
  ...['460100', '460200', '460400', '469002', '469023'].map((unit) => `employee/${unit}/inpatient`),
  ...['460100', '460400', '469005', '469006', '469024'].map((unit) => `resident/${unit}/inpatient`),
  ...['460100', '460200', '469002'].map((unit) => `employee/${unit}/employer`),
];

export const MOST_CORRECTIONS = MISTAKEN.length * MONTHS.length;
/** A voucher whose tenth is still an amount, on the average of its day. */
const LEAST_AVERAGE: Fen = 100_000n;

/** The day of each mistake: the first in the month that has vouchers and is followed by another in the same month. */
export function chooseCorrections(planned: readonly PlannedFlow[]): Correction[] {
  return planned
    .filter(({ flow }) => MISTAKEN.includes(flow.label))
    .flatMap(({ flow, cells }) =>
      MONTHS.flatMap((month) => {
        const dayIndex = cells.findIndex(
          ({ count, amount }, index) =>
            BUSINESS_DAYS[index]!.month === month &&
            !BUSINESS_DAYS[index]!.closesMonth &&
            count > 0 &&
            amount >= BigInt(count) * LEAST_AVERAGE,
        );
        return dayIndex < 0 ? [] : [{ label: flow.label, dayIndex }];
      }),
    );
}
