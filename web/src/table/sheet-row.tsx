import { memo, useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { useAddress } from '../address/address.ts';
import { type Cell, type Row, type Table } from '../api/tables.ts';
import { groupDigits } from '../text/digits.ts';

interface Props {
  readonly row: Row;
  readonly columns: Table['columns'];
  readonly index: number;
  readonly isCurrent: boolean;
  /** A row of a long table is one line high, whatever it says. */
  readonly isClipped: boolean;
}

/** One row; a figure below zero is red, and what leads somewhere is a link. */
export const SheetRow = memo(function SheetRow({ row, columns, index, isCurrent, isClipped }: Props) {
  const self = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (!isCurrent) return;
    self.current?.focus({ preventScroll: isClipped });
  }, [isCurrent, isClipped]);
  return (
    <tr
      ref={self}
      tabIndex={-1}
      aria-rowindex={index + 2}
      className={[row.role, isCurrent && 'current'].filter(Boolean).join(' ') || undefined}
    >
      {row.cells.map((cell, column) => (
        <SheetCell
          key={column}
          cell={cell}
          isFigure={columns[column]?.kind !== 'text'}
          level={column === 0 || columns[column - 1]?.name === '' ? row.level : undefined}
          isClipped={isClipped}
        />
      ))}
    </tr>
  );
});

interface CellProps {
  readonly cell: Cell;
  readonly isFigure: boolean;
  readonly level: number | undefined;
  readonly isClipped: boolean;
}

function SheetCell({ cell, isFigure, isClipped }: CellProps) {
  const { link } = useAddress();
  const shown = isFigure ? groupDigits(cell.text) : cell.text;
  const isNegative = isFigure && cell.text.startsWith('-');
  const className = [isFigure && 'figure', isNegative && 'negative'].filter(Boolean).join(' ') || undefined;
  const exact = cell.exact === undefined || cell.exact === cell.text ? undefined : groupDigits(cell.exact);
  return (
    <td className={className} title={exact ?? (isClipped && !isFigure ? cell.text : undefined)}>
      {cell.to === undefined || shown === '' ? shown : <Link to={link(cell.to)}>{shown}</Link>}
    </td>
  );
}
