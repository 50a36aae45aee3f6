import { type Row, type Table } from '../api/tables.ts';
import { groupDigits } from '../text/digits.ts';

type Columns = Table['columns'];

/** So many rows are measured; the rest of a long table is like them. */
const MEASURED = 400;
/** More columns than these stand closer together. */
const MOST_APART = 7;

/** More columns than these leave their texts and their sides as little room as can be. */
const MOST_CLOSE = 12;

export const isWide = (columns: Columns): boolean => columns.length > MOST_APART;
export const isCrowded = (columns: Columns): boolean => columns.length > MOST_CLOSE;

/** What a cell has at its sides, in characters. */
const paddingOf = (columns: Columns): number => (isCrowded(columns) ? 1 : isWide(columns) ? 2 : 3);
/** A text of one line has this room, however little there is: of eight columns of texts, as many as fit a window. */
const leastOneLine = (columns: Columns): number => (isWide(columns) ? 12 : 20);
const MOST_CHARACTERS = 90;
/** One word that is no longer is a number or a code, as of a voucher: cut off it says nothing. */
const LONGEST_CODE = 16;
/** A text that is broken has this room at most; a longer one takes more lines than two. */
const mostBroken = (columns: Columns): number => (isCrowded(columns) ? 13 : isWide(columns) ? 16 : 26);

/** What a column wants, in characters. */
interface Wanted {
  readonly isText: boolean;
  /** Its widest cell in one line; its name may take more than one. */
  readonly inOneLine: number;
  /** Its longest word: less room than this breaks it. */
  readonly word: number;
}

/** Characters a text takes; a Chinese one takes two. */
function lengthOf(said: string): number {
  let length = 0;
  for (const character of said) length += character.charCodeAt(0) > 0x2e7f ? 2 : 1;
  return length;
}

const longestWord = (said: string): number => Math.max(...said.split(/[\s/]+/u).map(lengthOf));

function wantedBy({ name, kind }: Columns[number], rows: readonly Row[], column: number): Wanted {
  const isText = kind === 'text';
  let inOneLine = longestWord(name);
  let word = inOneLine;
  for (const { cells } of rows.slice(0, MEASURED)) {
    const said = cells[column]?.text ?? '';
    inOneLine = Math.max(inOneLine, lengthOf(isText ? said : groupDigits(said)));
    if (isText) word = Math.max(word, longestWord(said));
  }
  return { isText, inOneLine, word: isText ? word : inOneLine };
}

/**
 * How wide each column of a long table is, in characters: it must not move while one scrolls, and its cells take one
 * line. Figures have what they need; what is left of the room is for the texts, the longest give way first.
 * @param room what the table may take, in characters
 */
export function widthsOf(columns: Columns, rows: readonly Row[], room: number): number[] {
  const wanted = columns.map((column, index) => wantedBy(column, rows, index));
  const padding = paddingOf(columns);
  const withAtMost = (most: number): number[] =>
    wanted.map((column) => (mayBeCut(column) ? Math.min(column.inOneLine, most) : column.inOneLine) + padding);
  const least = leastOneLine(columns);
  let most = MOST_CHARACTERS;
  while (most > least && sumOf(withAtMost(most)) > room) most -= 1;
  return withAtMost(most);
}

const mayBeCut = ({ isText, inOneLine, word }: Wanted): boolean =>
  isText && (word < inOneLine || inOneLine > LONGEST_CODE);

const sumOf = (widths: readonly number[]): number => widths.reduce((sum, width) => sum + width, 0);

/** The least room of each column of a short table, in characters: its texts take two lines at most. */
export function leastWidthsOf(columns: Columns, rows: readonly Row[]): (number | undefined)[] {
  const most = mostBroken(columns);
  return columns.map((column, index) => {
    const { isText, inOneLine, word } = wantedBy(column, rows, index);
    if (!isText) return undefined;
    const halved = Math.ceil(inOneLine / 2) + 2;
    return Math.min(inOneLine, most, Math.max(word, halved)) + paddingOf(columns);
  });
}

/** Whether a text has no room in a column of such a width. */
export const isCutAt = (said: string, width: number, columns: Columns): boolean =>
  lengthOf(said) > width - paddingOf(columns);
