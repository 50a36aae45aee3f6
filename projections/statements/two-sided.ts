import { type Text, text } from '../../src/errors.js';
import { type Cell, type Column, type Mark, type RowFooting } from '../asking/question.js';
import { setIn } from './compared.js';

/** A line of a form with two sides, whatever its amounts are. */
export interface SideLine {
  /** By which it is known, whatever it is called. */
  readonly key: string;
  readonly name: Text;
  /** How far it is set in. */
  readonly level: 0 | 1 | 2;
  /** The keys of the lines on its side that it is the sum of; none where it is no sum. */
  readonly sumOf: readonly string[];
}

/** How one side is printed: the cells behind a line's name, and which of them are amounts. */
export interface Printed<L extends SideLine> {
  readonly lines: readonly L[];
  readonly cellsOf: (line: L) => readonly Cell[];
  /** How many cells a line has behind its name, and which of those are amounts that add up. */
  readonly width: number;
  readonly amounts: readonly number[];
  /** The addresses that the cells behind a line's name lead to. */
  readonly linksOf: (line: L) => readonly (string | undefined)[];
}

/** The columns of a side: its lines, and what is told of each, apart from what is called so on the other side. */
export const columnsOf = (side: Column, columns: readonly Column[]): Column[] => [
  side,
  ...columns.map((column) => ({
    ...column,
    apart: text(`${side.name.zh}·${column.name.zh}`, `${side.name.en}, ${column.name.en}`),
  })),
];

/** Two sides beside each other, each ending with its total in the last row. */
export function besideEachOther<L extends SideLine>(
  left: Printed<L>,
  right: Printed<L>,
): { rows: Cell[][]; marks: Mark[]; footing: { rows: RowFooting[] } } {
  const height = Math.max(left.lines.length, right.lines.length);
  const sides = [
    { ...left, lines: pad(left.lines, height), first: 0 },
    { ...right, lines: pad(right.lines, height), first: left.width + 1 },
  ];
  const rows = Array.from({ length: height }, (_, index) =>
    sides.flatMap(({ lines, cellsOf, width }): Cell[] => {
      const line = lines[index];
      return line ? [setIn(line), ...cellsOf(line)] : Array<null>(width + 1).fill(null);
    }),
  );
  const marks = rows.map((_, index): Mark => ({
    links: sides.flatMap(({ lines, linksOf, width }) => {
      const line = lines[index];
      return [undefined, ...(line ? linksOf(line) : Array<undefined>(width).fill(undefined))];
    }),
  }));
  const footing = sides.flatMap(({ lines, amounts, first }) =>
    footingOf(
      lines,
      amounts.map((amount) => first + 1 + amount),
    ),
  );
  return { rows, marks, footing: { rows: footing } };
}

/** A side as long as the other: what is missing stands before its total. */
const pad = <L>(lines: readonly L[], height: number): (L | undefined)[] => [
  ...lines.slice(0, -1),
  ...Array<undefined>(height - lines.length).fill(undefined),
  lines.at(-1),
];

/** Which rows are sums of which, in some columns. */
export function footingOf(lines: readonly (SideLine | undefined)[], columns: readonly number[]): RowFooting[] {
  return lines.flatMap((line, total) => {
    const parts = (line?.sumOf ?? []).map((key) => lines.findIndex((each) => each?.key === key));
    return parts.length === 0 ? [] : [{ total, parts, columns }];
  });
}
