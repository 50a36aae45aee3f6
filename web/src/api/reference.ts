import { type Answer, useAnswer } from './ask.ts';
import { type Text } from '../text/text.ts';

export interface Named {
  readonly key: string;
  readonly name: Text;
  readonly parent?: string | undefined;
}

type Reference = Answer<'/v1/reference'> & {
  readonly funds: readonly { readonly key: string; readonly name: Text; readonly on: boolean }[];
  readonly units: readonly {
    readonly code: string;
    readonly name: Text;
    readonly parent?: string;
    readonly closed: boolean;
  }[];
  readonly accounts: readonly { readonly key: string; readonly number: string; readonly name: Text }[];
};

/** What is adopted, as it is asked for: who shows what of it can be chosen also shows that it has not come. */
export const useReference = () => useAnswer('/v1/reference');

/** The funds and units that are adopted, for filters and names; empty until they have come. */
export function useAdopted(): { readonly funds: readonly Named[]; readonly units: readonly Named[] } {
  const { data } = useReference();
  const reference = data as Reference | undefined;
  return {
    funds: (reference?.funds ?? []).filter(({ on }) => on).map(({ key, name }) => ({ key, name })),
    units: (reference?.units ?? []).map(({ code, name, parent }) => ({ key: code, name, parent })),
  };
}

export interface Account extends Named {
  readonly number: string;
}

/** The accounts that are adopted with their details, in the order of their numbers; empty until they have come. */
export function useAccounts(): readonly Account[] {
  const { data } = useReference();
  const accounts = (data as Reference | undefined)?.accounts ?? [];
  return accounts.toSorted((one, other) => (`${one.number} ${one.key}` < `${other.number} ${other.key}` ? -1 : 1));
}
