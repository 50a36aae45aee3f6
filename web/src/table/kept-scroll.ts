import { type RefObject, useCallback, useLayoutEffect, useRef } from 'react';
import { useLocation } from 'react-router';

interface Place {
  readonly top: number;
  readonly left: number;
}

/** Where tables were scrolled to, by the entry of the browser's history and the table. */
const kept = new Map<string, Place>();
const NOWHERE: Place = { top: 0, left: 0 };

/** Keeps where a table within the page is scrolled to: who comes back to it finds it there, as with the page itself. */
export function useKeptScroll(
  box: RefObject<HTMLElement | null>,
  table: string,
): { readonly kept: Place; readonly keep: () => void } {
  const { key } = useLocation();
  const name = `${key} ${table}`;
  const place = useRef(kept.get(name) ?? NOWHERE);
  useLayoutEffect(() => {
    const { top, left } = kept.get(name) ?? NOWHERE;
    box.current?.scrollTo({ top, left });
  }, [box, name]);
  const keep = useCallback(() => {
    const { scrollTop, scrollLeft } = box.current!;
    kept.set(name, { top: scrollTop, left: scrollLeft });
  }, [box, name]);
  return { kept: place.current, keep };
}
