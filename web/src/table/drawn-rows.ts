import { type RefObject, useCallback, useLayoutEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { useKeptScroll } from './kept-scroll.ts';

/** Every row of a long table is so high. */
export const ROW_PX = 30;
/** What the names of the columns cover where a table scrolls. */
const HEAD_PX = 60;
/** So many rows come and go at once: most frames of a scroll then change nothing of the page. */
export const BLOCK = 10;
/** So many rows are drawn around those that are seen: a scroll runs ahead of what draws them. */
const AROUND = 10;
/** Before it is known how high a table stands. */
const USUAL_PX = 900;

/** What is drawn, as a range: the first, and the one behind the last. */
export interface Drawn {
  readonly begin: number;
  readonly end: number;
}

/** The blocks to be drawn where a box so high is scrolled so far down, with so many rows around those that are seen. */
export function blocksAt(top: number, height: number, around: number): Drawn {
  const begin = Math.max(0, Math.floor((top / ROW_PX - around) / BLOCK));
  // As many, wherever it stands: what comes and what goes are one change.
  return { begin, end: begin + Math.ceil((height / ROW_PX + 2 * around) / BLOCK) + 1 };
}

/**
 * What is drawn after a scroll. A jump to where nothing was drawn, as when a bar is dragged, draws only what is seen;
 * what is around it comes with the next step.
 */
export function drawnNext(before: Drawn, top: number, height: number): Drawn {
  const next = blocksAt(top, height, AROUND);
  if (next.begin === before.begin && next.end === before.end) return before;
  const seen = blocksAt(top, height, 0);
  return seen.begin >= before.end || seen.end <= before.begin ? seen : next;
}

/** The rows of some blocks; blocks behind the last row are none. */
export const rowsOf = ({ begin, end }: Drawn, rows: number): Drawn => {
  const last = Math.max(0, Math.ceil(rows / BLOCK) - 1);
  return { begin: Math.min(begin, last) * BLOCK, end: Math.min(end * BLOCK, rows) };
};

/**
 * Which rows are drawn: all of them, or of a long table those that are seen; what is to be done when it was scrolled;
 * and how to scroll to a row.
 */
export function useDrawnRows(box: RefObject<HTMLElement | null>, table: string, rows: number, isLong: boolean) {
  const { kept, keep } = useKeptScroll(box, table);
  const [blocks, setBlocks] = useState(() => blocksAt(kept.top, USUAL_PX, AROUND));
  const look = useCallback(() => {
    const { scrollTop, clientHeight } = box.current!;
    setBlocks((before) => drawnNext(before, scrollTop, clientHeight));
  }, [box]);
  useLayoutEffect(() => {
    if (!isLong) return undefined;
    const observer = new ResizeObserver(look);
    observer.observe(box.current!);
    return () => observer.disconnect();
  }, [box, isLong, look]);
  const onScroll = useCallback(() => {
    keep();
    // Drawn within the same frame: else a jump far away shows an empty table first.
    if (isLong) flushSync(look);
  }, [keep, look, isLong]);
  const scrollTo = useCallback(
    (index: number) => {
      const element = box.current;
      if (!isLong || !element) return;
      element.scrollIntoView({ block: 'nearest' });
      const least = (index + 1) * ROW_PX + HEAD_PX - element.clientHeight;
      element.scrollTop = Math.max(least, Math.min(element.scrollTop, index * ROW_PX));
    },
    [box, isLong],
  );
  const drawn = isLong ? rowsOf(blocks, rows) : { begin: 0, end: rows };
  return { ...drawn, onScroll, scrollTo };
}
