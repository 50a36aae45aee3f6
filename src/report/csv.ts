import { type Sheet } from '../../projections/question.js';
import { BYTE_ORDER_MARK, csvLine } from '../csv-text.js';
import { type LaidOut, layOut, type PrintOptions } from './lay-out.js';

const END = '\r\n';

/** Sheets as one CSV file (RFC 4180) that a spreadsheet opens as it is; an empty line stands between two sheets. */
export function renderCsv(sheets: readonly Sheet[], options: PrintOptions): string {
  return BYTE_ORDER_MARK + sheets.map((sheet) => renderSheet(layOut(sheet, options))).join(END);
}

function renderSheet({ title, unit, header, rows, figures, notes }: LaidOut): string {
  const lines = [
    csvLine(unit === undefined ? [title] : [title, unit]),
    csvLine(header),
    ...rows.map((row) => csvLine(row, figures)),
    ...notes.map((note) => csvLine([note])),
  ];
  return lines.join('');
}
