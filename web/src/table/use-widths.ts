import { type RefObject, useEffect, useMemo, useState } from 'react';
import { type Row, type Table } from '../api/tables.ts';
import { leastWidthsOf, widthsOf } from './widths.ts';

/** Before it is measured, and on paper. */
const USUAL = 160;

/**
 * How wide the columns of a table are, in characters: of a long one exactly, of a short one at least; and whether it
 * is wider than its box all the same.
 */
export function useWidths(
  box: RefObject<HTMLElement | null>,
  columns: Table['columns'],
  rows: readonly Row[],
  isLong: boolean,
): {
  readonly widths: readonly number[] | undefined;
  readonly least: readonly (number | undefined)[];
  readonly isOver: boolean;
} {
  const { room, isOver } = useRoom(box);
  const widths = useMemo(
    () =>
      isLong
        ? { widths: widthsOf(columns, rows, room), least: [] }
        : { widths: undefined, least: leastWidthsOf(columns, rows) },
    [columns, rows, room, isLong],
  );
  return { ...widths, isOver };
}

/** How many characters stand beside each other in a box, as wide as a digit of its table; whether that is wider. */
function useRoom(box: RefObject<HTMLElement | null>): { readonly room: number; readonly isOver: boolean } {
  const [room, setRoom] = useState(USUAL);
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const table = element.querySelector('table') ?? element;
    const observer = new ResizeObserver(() => {
      const width = digitOf(table);
      if (width > 0) setRoom(Math.floor(element.clientWidth / width));
      setOver(element.scrollWidth > element.clientWidth);
    });
    observer.observe(element);
    observer.observe(table);
    return () => observer.disconnect();
  }, [box]);
  return { room, isOver };
}

/** How wide a digit is, in pixels. */
function digitOf(element: Element): number {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return 0;
  const { fontSize, fontFamily } = getComputedStyle(element);
  context.font = `${fontSize} ${fontFamily}`;
  return context.measureText('0').width;
}
