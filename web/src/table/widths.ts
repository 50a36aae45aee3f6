import { type Row, type Table } from '../api/tables.ts';
import { groupDigits } from '../text/digits.ts';

/** So many rows are measured; the rest of a long table is like them. */
const MEASURED = 400;
const MOST_CHARACTERS = 48;
const PADDING = 3;

/** Characters a text takes; a Chinese one takes two. */
function lengthOf(said: string): number {
  let length = 0;
  for (const character of said) length += character.charCodeAt(0) > 0x2e7f ? 2 : 1;
  return length;
}

/** How wide each column of a long table is, in characters: it must not move while one scrolls. */
export const widthsOf = (columns: Table['columns'], rows: readonly Row[]): number[] =>
  columns.map(({ name, kind }, column) => {
    const widest = rows.slice(0, MEASURED).reduce((most, { cells }) => {
      const said = cells[column]?.text ?? '';
      return Math.max(most, lengthOf(kind === 'text' ? said : groupDigits(said)));
    }, lengthOf(name));
    return Math.min(widest, MOST_CHARACTERS) + PADDING;
  });

/** Whether a text has no room in a column of such a width. */
export const isCutAt = (said: string, width: number): boolean => lengthOf(said) > width - PADDING;
