import { type Column, type LongSheet, type Sheet } from '../../projections/asking/question.js';
import { BYTE_ORDER_MARK, csvLine } from '../text/csv-text.js';
import { type Language, type Text, text } from '../errors.js';
import { type PrintUnit } from '../money.js';
import { isFigure, printSheet, UNIT_NAME } from './lay-out.js';

/** How an export is written: amounts are exact, in 元, unless another unit is asked for. */
export interface CsvOptions {
  readonly language: Language;
  readonly unit?: PrintUnit | undefined;
}

/**
 * One sheet as a CSV file (RFC 4180) that a spreadsheet opens as it is: the names of its columns, amounts with their
 * unit, then its rows, all of one width, and nothing else. Some rows at a time, as they are read.
 */
export async function* writeCsv(
  sheet: Sheet | LongSheet,
  { language, unit = 'yuan' }: CsvOptions,
): AsyncIterable<string> {
  const { columns, batches } = printSheet(sheet, { language, unit });
  const figures = columns.map(isFigure);
  let begun = BYTE_ORDER_MARK + csvLine(columns.map((column) => headOf(column, unit)[language]));
  for await (const rows of batches) {
    yield begun + rows.map((row) => csvLine(row, figures)).join('');
    begun = '';
  }
  if (begun !== '') yield begun;
}

/** The head of a column; of amounts with what they are in, since nothing else in the file says so. */
function headOf({ name, apart = name, kind }: Column, unit: PrintUnit): Text {
  if (kind !== 'fen') return apart;
  const { zh, en } = UNIT_NAME[unit];
  return text(`${apart.zh}（${zh}）`, `${apart.en} (${en})`);
}
