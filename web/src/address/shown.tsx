import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';

/** What time an answer shows: what the banner says, and what the keys that go to another period start from. */
export interface Shown {
  readonly from: string | null;
  readonly to: string | null;
  readonly position: number;
  readonly recordedAsOf: string | null;
  readonly recordedAsOfIsFinal: boolean | null;
}

interface Holder {
  readonly shown: Shown | undefined;
  readonly show: (shown: Shown | undefined) => void;
}

const HOLDER = createContext<Holder>({ shown: undefined, show: () => undefined });

export function ShownProvider({ children }: { readonly children: ReactNode }) {
  const [shown, show] = useState<Shown>();
  const holder = useMemo(() => ({ shown, show }), [shown]);
  return <HOLDER.Provider value={holder}>{children}</HOLDER.Provider>;
}

/** What time the answer on the page shows; undefined where there is none. */
export const useShown = (): Shown | undefined => useContext(HOLDER).shown;

/** Tells the banner what time an answer shows, as long as it is on the page. */
export function useShow(answer: Shown | undefined): void {
  const { show } = useContext(HOLDER);
  const { from, to, position, recordedAsOf, recordedAsOfIsFinal } = answer ?? {};
  useEffect(() => {
    if (position === undefined) return;
    show({
      from: from ?? null,
      to: to ?? null,
      position,
      recordedAsOf: recordedAsOf ?? null,
      recordedAsOfIsFinal: recordedAsOfIsFinal ?? null,
    });
  }, [show, from, to, position, recordedAsOf, recordedAsOfIsFinal]);
  useEffect(() => () => show(undefined), [show]);
}
