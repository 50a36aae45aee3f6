import { useCallback } from 'react';
import { type Address, useAddress } from '../address/address.ts';
import { type Days, periodWith, shiftDays } from '../address/days.ts';
import { type Shown, useShown } from '../address/shown.tsx';
import { text } from '../text/text.ts';
import { DayField } from './day-field.tsx';
import { PeriodTurns } from './period-turns.tsx';

const FROM = text('起日', 'From');
const TO = text('止日', 'To');

/** The business days that are asked for, and the ways to the period before and behind. */
export function DaysFilter() {
  const shown = useShown();
  const days = daysOf(useAddress(), shown);
  const shift = useCallback(
    (now: Address, by: 1 | -1) => {
      const seen = daysOf(now, shown);
      if (!seen) return undefined;
      const { from, to } = shiftDays(seen, by);
      return { from, to };
    },
    [shown],
  );
  const around = (day: string) => {
    const { from, to } = periodWith(days!, day);
    return { changes: { from, to }, name: `${from} – ${to}` };
  };
  return (
    <PeriodTurns days={days} shift={shift} around={around}>
      <DayField name="from" label={FROM} shown={days?.from} />
      <DayField name="to" label={TO} shown={days?.to} />
    </PeriodTurns>
  );
}

/** The days that are seen: those of the address, else those that the answer says it shows. */
function daysOf({ get }: Address, shown: Shown | undefined): Days | undefined {
  const [from, to] = [get('from') ?? shown?.from, get('to') ?? get('asOf') ?? shown?.to];
  return from && to ? { from, to } : undefined;
}
