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
  const isWithout = screenOf(path).screen?.isOfDays === true && !says(address, DAYS);
  const asking = useKnownDays(undefined, isWithout);
  const { from, to } = asking.data?.usual ?? {};
  useEffect(() => {
    if (!isWithout || to === undefined) return;
    change((now) => (says(now, DAYS) ? {} : { ...(!says(now, OTHER_POINT) && { from }), to }), { replace: true });
  }, [isWithout, from, to, change]);
  // Who is refused is told so by the screen, beside the filters that can be changed.
  if (!isWithout || (asking.isFetched && !asking.data)) return children;
  return <Waiting asking={asking}>{() => null}</Waiting>;
}
