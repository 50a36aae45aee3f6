import { type Sheet } from '../../projections/question.js';
import { type LaidOut, layOut, type PrintOptions } from './lay-out.js';

/** Without it Excel takes a UTF-8 file for one in the system's old encoding and shows Chinese as noise. */
const BYTE_ORDER_MARK = '\uFEFF';
const END = '\r\n';

/** Sheets as one CSV file (RFC 4180) that a spreadsheet opens as it is; an empty line stands between two sheets. */
export function renderCsv(sheets: readonly Sheet[], options: PrintOptions): string {
  return BYTE_ORDER_MARK + sheets.map((sheet) => renderSheet(layOut(sheet, options))).join(END);
}

function renderSheet({ title, unit, header, rows, notes }: LaidOut): string {
  const lines = [unit === undefined ? [title] : [title, unit], header, ...rows, ...notes.map((note) => [note])];
  return lines.map((cells) => cells.map(quote).join(',') + END).join('');
}

/** Quotes a cell where it must be, and disarms text that a spreadsheet would take for a formula. */
function quote(cell: string): string {
  const isFigure = /^-?[0-9]+(\.[0-9]+)?$/.test(cell);
  const harmless = !isFigure && /^[=+\-@\t]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
