import { type RefObject, useEffect, useMemo, useState } from 'react';
import { type Row, type Table } from '../api/tables.ts';
import { leastWidthsOf, widthsOf } from './widths.ts';

/** Before it is measured, and on paper. */
const USUAL = 160;

/** How wide the columns of a table are, in characters: of a long one exactly, of a short one at least. */
export function useWidths(
  box: RefObject<HTMLElement | null>,
  columns: Table['columns'],
  rows: readonly Row[],
  isLong: boolean,
): { readonly widths: readonly number[] | undefined; readonly least: readonly (number | undefined)[] } {
  const room = useRoom(box);
  return useMemo(
    () =>
      isLong
        ? { widths: widthsOf(columns, rows, room), least: [] }
        : { widths: undefined, least: leastWidthsOf(columns, rows) },
    [columns, rows, room, isLong],
  );
}

/** How many characters stand beside each other in a box: as wide as a digit of its table. */
function useRoom(box: RefObject<HTMLElement | null>): number {
  const [room, setRoom] = useState(USUAL);
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => {
      const width = digitOf(element.querySelector('table') ?? element);
      if (width > 0) setRoom(Math.floor(element.clientWidth / width));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return room;
}

/** How wide a digit is, in pixels. */
function digitOf(element: Element): number {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return 0;
  const { fontSize, fontFamily } = getComputedStyle(element);
  context.font = `${fontSize} ${fontFamily}`;
  return context.measureText('0').width;
}
