import { type ReactNode, useEffect } from 'react';
import { type Address, useAddress } from '../address/address.ts';
import { useKnownDays } from '../api/known-days.ts';
import { screenOf } from '../screens/screens.ts';
import { Waiting } from './waiting.tsx';

/** What says of an address of which days it is. */
const DAYS = ['from', 'to', 'asOf', 'at', 'period'];
/** Where the other point stands by itself, a first day would be another word for it. */
const OTHER_POINT = ['againstAsOf', 'againstRecordedAsOf'];

const says = ({ get }: Address, names: readonly string[]): boolean => names.some((name) => get(name) !== undefined);

/**
 * Sees to it that the address says which days are seen: a screen of days that was gone to without any is shown from the
 * beginning of the year to the last complete month that the ledger has, or to today, in place of the address without.
 */
export function DaysGiven({ children }: { readonly children: ReactNode }) {
  const address = useAddress();
  const { path, change } = address;
  const { screen } = screenOf(path);
  const isWithout = screen?.isOfDays === true && !says(address, DAYS);
  // What holds, holds on a day: today.
  const isOfOneDay = screen?.takes.includes('from') === false;
  const asking = useKnownDays(undefined, isWithout);
  const { usual, today } = asking.data ?? {};
  useEffect(() => {
    if (!isWithout || !usual || today === undefined) return;
    const { from, to } = isOfOneDay ? { from: undefined, to: today } : usual;
    change((now) => (says(now, DAYS) ? {} : { ...(!says(now, OTHER_POINT) && { from }), to }), { replace: true });
  }, [isWithout, isOfOneDay, usual, today, change]);
  // Who is refused is told so by the screen, beside the filters that can be changed.
  if (!isWithout || (asking.isFetched && !asking.data)) return children;
  return <Waiting asking={asking}>{() => null}</Waiting>;
}
