import { memo, type MouseEvent, useCallback, useMemo } from 'react';
import { useAddress } from '../address/address.ts';
import { type Row, type Table } from '../api/tables.ts';
import { useBars } from './bars.ts';
import { type OfBlock, SheetRow } from './sheet-row.tsx';
import { secondSide } from './sides.ts';
import { type Toggle } from './tree.ts';

interface Props {
  readonly rows: readonly Row[];
  readonly columns: Table['columns'];
  /** The first of its rows, and the one behind its last. */
  readonly from: number;
  readonly to: number;
  /** The row that the keys have come to, where it is one of these. */
  readonly current: number | undefined;
  /** How wide each column of a long table is, in characters. */
  readonly widths: readonly number[] | undefined;
  readonly toggles: ReadonlyMap<Row, Toggle> | undefined;
}

/** Some rows of a table that are drawn together. What all of them need is looked up once: a table has many cells. */
export const SheetBlock = memo(function SheetBlock({ rows, columns, from, to, current, widths, toggles }: Props) {
  const { link, go } = useAddress();
  const barOf = useBars();
  const follow = useFollow(go);
  const of = useMemo(
    (): OfBlock => ({ columns, side: secondSide(columns), widths, barOf, link, follow }),
    [columns, widths, barOf, link, follow],
  );
  return (
    <tbody>
      {rows.slice(from, to).map((row, offset) => (
        <SheetRow
          key={from + offset}
          row={row}
          index={from + offset}
          isCurrent={current === from + offset}
          of={of}
          toggle={toggles?.get(row)}
        />
      ))}
    </tbody>
  );
});

/** Goes where a link leads within the console; how a browser opens one elsewhere is left to it. */
const useFollow = (go: (to: string) => void): OfBlock['follow'] =>
  useCallback(
    (event: MouseEvent<HTMLAnchorElement>) => {
      if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      const { pathname, search } = event.currentTarget;
      go(`${pathname}${search}`);
    },
    [go],
  );
