import { memo, type ReactNode, useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { useAddress } from '../address/address.ts';
import { type Cell, type Row, type Table } from '../api/tables.ts';
import { groupDigits } from '../text/digits.ts';
import { useSay } from '../text/say.ts';
import { text } from '../text/text.ts';
import { secondSide } from './sides.ts';
import { type Toggle } from './tree.ts';
import { type Bar, useBars } from './bars.ts';
import { toneOf } from './tones.ts';

interface Props {
  readonly row: Row;
  readonly columns: Table['columns'];
  readonly index: number;
  readonly isCurrent: boolean;
  /** A row of a long table is one line high, whatever it says. */
  readonly isClipped: boolean;
  /** Where it has others under it: whether they are shown. */
  readonly toggle?: Toggle | undefined;
}

/** One row; a figure below zero is red, and what leads somewhere is a link. */
export const SheetRow = memo(function SheetRow({ row, columns, index, isCurrent, isClipped, toggle }: Props) {
  const side = secondSide(columns);
  const barOf = useBars();
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
          isSide={column === side}
          level={column === 0 || columns[column - 1]?.name === '' ? row.level : undefined}
          isClipped={isClipped}
          toggle={column === 0 ? toggle : undefined}
          bar={columns[column] && barOf(cell, columns[column], row)}
        />
      ))}
    </tr>
  );
});

/** A day is read as one word. */
const isDay = (written: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(written);

interface CellProps {
  readonly cell: Cell;
  readonly isFigure: boolean;
  /** Whether the second side of a form begins with it. */
  readonly isSide: boolean;
  readonly level: number | undefined;
  readonly isClipped: boolean;
  readonly toggle: Toggle | undefined;
  readonly bar: Bar | undefined;
}

function SheetCell({ cell, isFigure, isSide, isClipped, toggle, bar }: CellProps) {
  const shown = isFigure ? groupDigits(cell.text) : cell.text;
  const isNegative = isFigure && cell.text.startsWith('-');
  const marks = [
    isFigure && 'figure',
    isNegative && 'negative',
    isSide && 'side',
    isDay(cell.text) && 'day',
    cell.role,
  ];
  const className = marks.filter(Boolean).join(' ') || undefined;
  const tone = toneOf(cell.text);
  const said = tone === undefined ? shown : <span className={`tone ${tone}`}>{shown}</span>;
  const exact = cell.exact === undefined || cell.exact === cell.text ? undefined : groupDigits(cell.exact);
  return (
    <td className={className} title={exact ?? (isClipped && !isFigure ? cell.text : undefined)}>
      {toggle && <Fold toggle={toggle} of={cell.text} />}
      {cell.to === undefined || shown === '' ? said : <CellLink to={cell.to} shown={said} />}
      {bar && (
        <span className={bar.isBeyond ? 'bar beyond' : 'bar'} aria-hidden="true">
          <span style={{ width: `${bar.part * 100}%` }} />
        </span>
      )}
    </td>
  );
}

/** By itself, because the address is read for it: a long table has thousands of cells that lead nowhere. */
function CellLink({ to, shown }: { readonly to: string; readonly shown: ReactNode }) {
  const { link } = useAddress();
  return <Link to={link(to)}>{shown}</Link>;
}

const OPEN = text('展开', 'Unfold');
const CLOSE = text('收起', 'Fold');

function Fold({ toggle: { isOpen, flip }, of }: { readonly toggle: Toggle; readonly of: string }) {
  const say = useSay();
  return (
    <button
      type="button"
      className="fold"
      aria-expanded={isOpen}
      aria-label={`${say(isOpen ? CLOSE : OPEN)} ${of.trim()}`}
      onClick={flip}
    >
      {isOpen ? '▾' : '▸'}
    </button>
  );
}
