import { useCallback } from 'react';
import { type Address, useAddress } from '../address/address.ts';
import { lastDayOf, monthAfter, readMonth } from '../address/days.ts';
import { type Shown, useShown } from '../address/shown.tsx';
import { text } from '../text/text.ts';
import { PeriodTurns } from './period-turns.tsx';
import { TypedField } from './typed-field.tsx';

const MONTH = text('月份', 'Month');
const EXPECTED = text('月份或日期，如 2025-05、2025年5月、2025-05-12', 'a month or a day, e.g. 2025-05, 2025-05-12');

/** The month up to whose end a statement is, and the ways to the month, or the year, before and behind. */
export function MonthFilter({ isYearly }: { readonly isYearly: boolean }) {
  const shown = useShown();
  const address = useAddress();
  const days = shown?.from && shown.to ? { from: shown.from, to: shown.to } : undefined;
  const around = (day: string) => {
    const month = isYearly ? `${day.slice(0, 4)}-12` : day.slice(0, 7);
    return { changes: { to: lastDayOf(month) }, name: isYearly ? day.slice(0, 4) : month };
  };
  const shift = useCallback(
    (now: Address, by: 1 | -1) => {
      const month = dayOf(now, shown)?.slice(0, 7);
      if (month === undefined) return undefined;
      return { to: lastDayOf(isYearly ? `${monthAfter(month, by * 12).slice(0, 4)}-12` : monthAfter(month, by)) };
    },
    [shown, isYearly],
  );
  return (
    <PeriodTurns days={days} shift={shift} around={around}>
      <TypedField
        label={MONTH}
        asked={dayOrMonth(dayOf(address, shown))}
        read={(typed) => (typed.trim() === '' ? '' : readMonth(typed))}
        // Up to the end of a month, whatever day the statement began with.
        take={(to) => address.change({ from: undefined, asOf: undefined, period: undefined, to })}
        expected={EXPECTED}
        placeholder="YYYY-MM"
      />
    </PeriodTurns>
  );
}

const dayOf = ({ get }: Address, shown: Shown | undefined): string | undefined =>
  get('to') ?? get('asOf') ?? shown?.to ?? undefined;

/** A day as the month it ends, where it does. */
const dayOrMonth = (day: string | undefined): string =>
  day !== undefined && day === lastDayOf(day.slice(0, 7)) ? day.slice(0, 7) : (day ?? '');
