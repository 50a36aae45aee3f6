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

/** The rows that were left by a link, by the entry of the browser's history and the table. */
const left = new Map<string, number>();

/** Keeps which row one has gone on from: who comes back to the table stands on it. */
export function useLeftRow(table: string): {
  readonly row: number | undefined;
  readonly leave: (row: number | undefined) => void;
} {
  const { key } = useLocation();
  const name = `${key} ${table}`;
  const leave = useCallback((row: number | undefined) => row !== undefined && left.set(name, row), [name]);
  return { row: left.get(name), leave };
}
