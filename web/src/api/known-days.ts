import { type Answer, useAnswer } from './ask.ts';
import { useAddress } from '../address/address.ts';
import { type Days } from '../address/days.ts';

/** Where the vouchers of what is looked at stand among the business days. */
export type KnownDays = Answer<'/v1/voucher-days'>;

const OF_BOOKS = ['fund', 'unit', 'recordedAsOf'] as const;

/** Which days have vouchers, of the fund and unit and at the moment that the address says, around some days. */
export function useKnownDays(days: Days | undefined, isWanted = true) {
  const { get } = useAddress();
  const asked = OF_BOOKS.map((name) => [name, get(name)] as const).filter(
    (pair): pair is readonly [(typeof OF_BOOKS)[number], string] => pair[1] !== undefined && pair[1] !== 'all',
  );
  return useAnswer('/v1/voucher-days', { ...Object.fromEntries(asked), ...days }, { enabled: isWanted });
}
