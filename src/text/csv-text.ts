import { BLANK } from './foreign-text.js';

/** Text for people and spreadsheets: RFC 4180 with a byte order mark, CRLF, and no cell that a spreadsheet changes. */
export const BYTE_ORDER_MARK = '\ufeff';

const SPECIAL = /[",\r\n]/;
const FIGURE = /^-?[0-9]+(\.[0-9]+)?$/;

const GUARD = "'";
const GUARDS = /^'*/;
/** Some spreadsheets drop a tab or an end of line at the beginning, and then look at what stands behind it. */
const DROPPED = /^[\t\r\n]/;
/** A figure or a day that a spreadsheet shows as it is: no zero before it is lost, and no digit is rounded away. */
const SHOWN_AS_WRITTEN = /^(-?(0|[1-9][0-9]{0,10})(\.[0-9]{1,2})?|[0-9]{4}-[0-9]{2}-[0-9]{2})$/;

const BLANKS_BEFORE = new RegExp(`^[${BLANK}]+`, 'u');
/** What begins a formula; the minus sign of mathematics is one for some spreadsheets. */
const FORMULA = /^[=+\-@\u2212]/;
/** What might be read as a figure, a day, a time, a share or an exponent: `0001`, `1-2`, `3/4`, `2026-05`, `1E5`. */
const LIKE_A_FIGURE = new RegExp(`^\\(?[0-9.][0-9.,:/%eE()${BLANK}\\-]*( [apAP][mM]?)?$`, 'u');
const MONTH =
  'jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?';
/** The English name of a month with figures before it or behind: `MAR-1`, `1 Sept`. */
const LIKE_A_DAY = new RegExp(`^(?=.*[0-9])[0-9./,${BLANK}\\-]*(${MONTH})[0-9./,${BLANK}\\-]*$`, 'iu');
const LIKE_A_TRUTH = new RegExp(`^(true|false)[${BLANK}]*$`, 'iu');

/** Begins neither a formula nor a figure, a month or a truth: what nearly every text does. */
const HARMLESS = /^[bceghiklpqru-z\u4e00-\u9fff]/i;

/**
 * One line of CSV. A text that a spreadsheet would run as a formula, or turn into something else, begins with an
 * apostrophe; `unguarded` takes it away again.
 * @param figures where true, a cell is a figure of ours that a spreadsheet shall add up, however long it is
 */
export const csvLine = (cells: readonly string[], figures: readonly boolean[] = []): string =>
  `${cells.map((cell, column) => csvCell(cell, figures[column] ?? false)).join(',')}\r\n`;

function csvCell(value: string, isFigure: boolean): string {
  const cell = !(isFigure && FIGURE.test(value)) && isChanged(value) ? GUARD + value : value;
  return SPECIAL.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** The text that `csvLine` was given for a cell: without the apostrophe that it put before it, if it did. */
export const unguarded = (cell: string): string =>
  cell.startsWith(GUARD) && isChanged(cell.slice(GUARD.length)) ? cell.slice(GUARD.length) : cell;

/**
 * True where a spreadsheet would not keep a text as it is. Apostrophes before it make no difference, so that what
 * begins with some already gets one more, and taking one away always gives the text that was.
 */
function isChanged(value: string): boolean {
  if (value === '' || HARMLESS.test(value)) return false;
  const bare = value.replace(GUARDS, '');
  if (SHOWN_AS_WRITTEN.test(bare)) return false;
  if (DROPPED.test(bare)) return true;
  // Taken apart, a character of another width is the plain one, and nothing combined with a sign hides it.
  const plain = bare.normalize('NFKD').replace(BLANKS_BEFORE, '');
  return [FORMULA, LIKE_A_FIGURE, LIKE_A_DAY, LIKE_A_TRUTH].some((pattern) => pattern.test(plain));
}
