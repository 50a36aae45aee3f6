import { memo, type MouseEventHandler } from 'react';
import { type Cell, type Row, type Table } from '../api/tables.ts';
import { groupAmounts, groupDigits } from '../text/digits.ts';
import { useSay } from '../text/say.ts';
import { text } from '../text/text.ts';
import { type Toggle } from './tree.ts';
import { type Bar, type BarOf } from './bars.ts';
import { toneOf } from './tones.ts';
import { isCutAt } from './widths.ts';

/** What the rows of a block have in common. */
export interface OfBlock {
  readonly columns: Table['columns'];
  /** The column with which the second side of a form begins; undefined where there is one side. */
  readonly side: number | undefined;
  /** How wide each column of a long table is, in characters: its rows are one line high, whatever they say. */
  readonly widths: readonly number[] | undefined;
  readonly barOf: BarOf;
  /** The address of the console for a link of the API. */
  readonly link: (to: string) => string;
  /** Goes where a link leads without loading the console anew. */
  readonly follow: MouseEventHandler<HTMLAnchorElement>;
}

interface Props {
  readonly row: Row;
  readonly index: number;
  readonly isCurrent: boolean;
  readonly of: OfBlock;
  /** Where it has others under it: whether they are shown. */
  readonly toggle?: Toggle | undefined;
}

const focus = (row: HTMLElement | null): void => row?.focus();
const focusWhereItIs = (row: HTMLElement | null): void => row?.focus({ preventScroll: true });

/** One row; a figure below zero is red, and what leads somewhere is a link. */
export const SheetRow = memo(function SheetRow({ row, index, isCurrent, of, toggle }: Props) {
  const { columns, side, widths, barOf } = of;
  return (
    <tr
      ref={isCurrent ? (widths ? focusWhereItIs : focus) : undefined}
      tabIndex={-1}
      aria-rowindex={index + 2}
      className={[row.role, isCurrent && 'current'].filter(Boolean).join(' ') || undefined}
    >
      {row.cells.map((cell, column) => (
        <SheetCell
          key={column}
          cell={cell}
          of={of}
          isFigure={columns[column]?.kind !== 'text'}
          isSide={column === side}
          level={column === 0 || columns[column - 1]?.name === '' ? row.level : undefined}
          width={widths?.[column]}
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
  readonly of: OfBlock;
  readonly isFigure: boolean;
  /** Whether the second side of a form begins with it. */
  readonly isSide: boolean;
  readonly level: number | undefined;
  /** How many characters it has room for, where it is one line high. */
  readonly width: number | undefined;
  readonly toggle: Toggle | undefined;
  readonly bar: Bar | undefined;
}

function SheetCell({ cell, of, isFigure, isSide, width, toggle, bar }: CellProps) {
  const shown = isFigure ? groupDigits(cell.text) : groupAmounts(cell.text);
  const isNegative = isFigure && cell.text.startsWith('-');
  const isCut = width !== undefined && !isFigure && isCutAt(cell.text, width, of.columns);
  const marks = [
    isFigure && 'figure',
    isNegative && 'negative',
    isSide && 'side',
    isDay(cell.text) && 'day',
    isCut && 'cut',
    cell.role,
  ];
  const className = marks.filter(Boolean).join(' ') || undefined;
  const tone = toneOf(cell.text);
  const said = tone === undefined ? shown : <span className={`tone ${tone}`}>{shown}</span>;
  const exact = cell.exact === undefined || cell.exact === cell.text ? undefined : groupDigits(cell.exact);
  return (
    <td className={className} title={exact ?? (isCut ? cell.text : undefined)}>
      {toggle && <Fold toggle={toggle} of={cell.text} />}
      {cell.to === undefined || shown === '' ? (
        said
      ) : (
        <a href={of.link(cell.to)} onClick={of.follow}>
          {said}
        </a>
      )}
      {bar && (
        <span className={bar.isBeyond ? 'bar beyond' : 'bar'} aria-hidden="true">
          <span style={{ width: `${bar.part * 100}%` }} />
        </span>
      )}
    </td>
  );
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
