import { type LongSheet, type Question, type Sheet } from '../../projections/asking/question.js';
import { type Language } from '../errors.js';
import { visible } from '../text/foreign-text.js';
import { aboutSheet, type PrintedFor } from './about.js';
import { writeCsv } from './csv.js';
import { type Exported } from './export.js';
import { writeXlsx } from './xlsx.js';

/** The kinds of files that an answer is written as, each sheet to one of its own. */
export const FILE_TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;
export type FileFormat = keyof typeof FILE_TYPES;
export const FILE_FORMATS = Object.keys(FILE_TYPES) as FileFormat[];

/** A sheet as a file, while its rows are read. */
export function writeExport(
  question: Question,
  exported: Exported,
  sheet: Sheet | LongSheet,
  { format, language, unit, printedBy }: PrintedFor & { readonly format: FileFormat; readonly language: Language },
): AsyncIterable<string | Buffer> {
  if (format === 'csv') return writeCsv(sheet, { language, unit });
  const seen = printedBy === undefined ? undefined : visible(printedBy);
  return writeXlsx(sheet, {
    language,
    unit,
    about: aboutSheet(question, sheet, exported, { unit, printedBy: seen }),
  });
}
