/** Text for people and spreadsheets: RFC 4180 with a byte order mark, CRLF, and no cell that runs as a formula. */
export const BYTE_ORDER_MARK = '\ufeff';

const FORMULA = /^[=+\-@\t\r]/;
const FIGURE = /^-?[0-9]+(\.[0-9]+)?$/;
const SPECIAL = /[",\r\n]/;

/** One line of CSV. A cell that a spreadsheet would take for a formula begins with an apostrophe. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`;

function csvCell(value: string): string {
  const harmless = FORMULA.test(value) && !FIGURE.test(value) ? `'${value}` : value;
  return SPECIAL.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
