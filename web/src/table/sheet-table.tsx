import { memo, type MouseEvent, useEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useAddress } from '../address/address.ts';
import { type Row, type Table } from '../api/tables.ts';
import { useShortcuts } from '../shell/keyboard.ts';
import { useSay } from '../text/say.ts';
import { text } from '../text/text.ts';
import { BLOCK, ROW_PX, useDrawnRows } from './drawn-rows.ts';
import { useLeftRow } from './kept-scroll.ts';
import { SheetHead } from './sheet-head.tsx';
import { SheetBlock } from './sheet-block.tsx';
import { type Toggle } from './tree.ts';
import { useWidths } from './use-widths.ts';
import { isCrowded, isWide } from './widths.ts';

/** More rows than these are drawn only where they are seen. */
const MOST_DRAWN = 300;
/** More rows than these are higher than a window: they scroll within the page, and their names stay in sight. */
const MOST_IN_SIGHT = 40;
/** How many rows before the end the next page is fetched. */
const AHEAD = 400;
/** How the first row below the names of the columns is counted. */
const FIRST_ROW = 2;

const NONE = text('（无）', '(none)');
const NEXT_ROW = text('下一行', 'next row');
const ROW_BEFORE = text('上一行', 'row before');
const UNFOLD = text('展开或收起此行', 'unfold or fold the row');
const OPEN_ROW = text('打开此行', 'open the row');

interface Props {
  readonly table: Table;
  /** The rows, where they are of more pages than that of the table. */
  readonly rows?: readonly Row[];
  /** Fetches more rows; called when the end comes near. */
  readonly onEnd?: (() => void) | undefined;
  /** The keys j, k and Enter are of this table; of a page's tables the first has them. */
  readonly hasKeys?: boolean;
  /** How the rows that have others under them are opened and closed. */
  readonly toggles?: ReadonlyMap<Row, Toggle> | undefined;
}

/** A table as it is printed: every figure as it came from the service, and a link to what it is made of. */
export function SheetTable({ table, rows = table.rows, onEnd, hasKeys = false, toggles }: Props) {
  const say = useSay();
  const box = useRef<HTMLDivElement>(null);
  const isPrinting = usePrinting();
  const isLong = rows.length > MOST_DRAWN && !isPrinting;
  const isTall = rows.length > MOST_IN_SIGHT && !isPrinting;
  const { begin, end, onScroll, scrollTo } = useDrawnRows(box, table.name, rows.length, isLong);
  useEffect(() => {
    if (end >= rows.length - AHEAD) onEnd?.();
  }, [end, rows.length, onEnd]);
  const { row: left, leave } = useLeftRow(table.name);
  const current = useCurrentRow({ rows, scrollTo, hasKeys, toggles, left, leave });
  const { columns } = table;
  const { widths, least, isOver } = useWidths(box, columns, rows, isLong);
  const height = isLong ? BLOCK : Math.max(rows.length, 1);
  return (
    <div
      ref={box}
      className={named('sheet', isTall && 'tall', isLong && 'long', isOver && 'over')}
      role="group"
      aria-label={table.title}
      tabIndex={0}
      onScroll={onScroll}
      onClickCapture={(event) => leave(rowOfLink(event))}
    >
      <table
        className={named(toggles && 'tree', isWide(columns) && 'wide', isCrowded(columns) && 'crowded')}
        style={widths && { width: `${widths.reduce((sum, width) => sum + width, 0)}ch` }}
        aria-rowcount={rows.length + 1}
      >
        {widths && <Widths widths={widths} />}
        <SheetHead table={table} least={least} />
        <Spacer px={begin * ROW_PX} columns={columns.length} />
        {blocksIn(begin, end, height).map((from) => (
          <SheetBlock
            key={from}
            rows={rows}
            columns={columns}
            from={from}
            to={Math.min(from + height, end)}
            current={current !== undefined && current >= from && current < from + height ? current : undefined}
            widths={widths}
            toggles={toggles}
          />
        ))}
        <Spacer px={(rows.length - end) * ROW_PX} columns={columns.length} />
        {rows.length === 0 && (
          <tbody>
            <tr>
              <td colSpan={columns.length} className="none">
                {say(NONE)}
              </td>
            </tr>
          </tbody>
        )}
      </table>
    </div>
  );
}

/** The names of those classes that something is of. */
const named = (...classes: readonly (string | false | undefined)[]): string | undefined =>
  classes.filter(Boolean).join(' ') || undefined;

/** Where each block of rows begins. */
const blocksIn = (begin: number, end: number, height: number): number[] =>
  Array.from({ length: Math.ceil((end - begin) / height) }, (_, block) => begin + block * height);

/** The columns of a long table keep their widths while it scrolls. */
const Widths = memo(function Widths({ widths }: { readonly widths: readonly number[] }) {
  return (
    <colgroup>
      {widths.map((width, index) => (
        <col key={index} style={{ width: `${width}ch` }} />
      ))}
    </colgroup>
  );
});

/** The room of the rows that are not drawn. */
function Spacer({ px, columns }: { readonly px: number; readonly columns: number }) {
  if (px <= 0) return null;
  return (
    <tbody>
      <tr aria-hidden="true" className="spacer">
        <td colSpan={columns} style={{ height: px }} />
      </tr>
    </tbody>
  );
}

/** The row of a link that is followed; undefined where something else was pressed. */
function rowOfLink({ target }: MouseEvent): number | undefined {
  const row = target instanceof Element ? target.closest('a')?.closest('tr')?.ariaRowIndex : undefined;
  return row ? parseInt(row, 10) - FIRST_ROW : undefined;
}

interface Keyed {
  readonly rows: readonly Row[];
  readonly scrollTo: (index: number) => unknown;
  readonly hasKeys: boolean;
  readonly toggles: ReadonlyMap<Row, Toggle> | undefined;
  /** The row that one has come back to, and how to keep the one that is left. */
  readonly left: number | undefined;
  readonly leave: (row: number | undefined) => void;
}

/** The row that the keys, or the way back, have come to; undefined before. */
function useCurrentRow({ rows, scrollTo, hasKeys, toggles, left, leave }: Keyed): number | undefined {
  const { go } = useAddress();
  const [current, setCurrent] = useState(left);
  const given = useMemo(() => {
    const move = (by: 1 | -1) => () => {
      const next = Math.min(rows.length - 1, Math.max(0, (current ?? -1) + by));
      setCurrent(next);
      scrollTo(next);
    };
    const open = (): void => {
      const to = current === undefined ? undefined : rows[current]?.cells.find((cell) => cell.to !== undefined)?.to;
      if (to === undefined) return;
      leave(current);
      go(to);
    };
    const flip = (row: Row | undefined): void => row && toggles?.get(row)?.flip();
    return [
      { keys: 'j', says: NEXT_ROW, act: move(1) },
      { keys: 'k', says: ROW_BEFORE, act: move(-1) },
      { keys: 'Enter', says: OPEN_ROW, act: open },
      ...(toggles ? [{ keys: 'o', says: UNFOLD, act: () => current !== undefined && flip(rows[current]) }] : []),
    ];
  }, [rows, current, scrollTo, go, toggles, leave]);
  useShortcuts(hasKeys ? given : NO_SHORTCUTS);
  return current;
}

const NO_SHORTCUTS: never[] = [];

/** Paper has no window to scroll in: all rows are drawn while a page is printed, before its pages are counted. */
function usePrinting(): boolean {
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    const media = matchMedia('print');
    const set = (is: boolean) => (): void => flushSync(() => setPrinting(is));
    const change = (): void => setPrinting(media.matches);
    const [begin, end] = [set(true), set(false)];
    media.addEventListener('change', change);
    addEventListener('beforeprint', begin);
    addEventListener('afterprint', end);
    return () => {
      media.removeEventListener('change', change);
      removeEventListener('beforeprint', begin);
      removeEventListener('afterprint', end);
    };
  }, []);
  return isPrinting;
}
