import { type Asking, type Export, type Question } from '../../projections/asking/question.js';
import { type Language, type Text } from '../errors.js';
import { type PrintUnit } from '../money.js';
import { exportOf, fileNameOf, sheetNamed } from './export.js';
import { hideColumns } from './hidden-columns.js';
import { type FileFormat, writeExport } from './write-export.js';

/** Which sheet of an answer is written to a file, and how. */
export interface FileWanted {
  readonly format: FileFormat;
  /** The name of the sheet; undefined: the main one. */
  readonly sheet: string | undefined;
  readonly language: Language;
  readonly unit: PrintUnit | undefined;
  /** Who has it printed, as a workbook says; undefined: nobody was named. */
  readonly printedBy: string | undefined;
  /** As it was written; judged by the sheets of the answer. */
  readonly hiddenColumns: string | undefined;
}

/** One sheet of an answer as a file. */
export interface AnswerFile extends Pick<Export, 'position' | 'body'> {
  readonly format: FileFormat;
  /** The names of all sheets of the answer. */
  readonly sheets: readonly string[];
  /** Of the sheet. */
  readonly title: Text;
  readonly fileName: string;
  /** What stands in it, its rows while they are read, and only once. */
  readonly pieces: AsyncIterable<string | Uint8Array>;
}

/**
 * Asks a question for a file.
 * @param parameters as they were checked
 * @throws LedgerError invalid, where there is no such sheet or column; whatever asking throws
 */
export async function answerFile(
  question: Question,
  asking: Asking,
  parameters: object,
  wanted: FileWanted,
): Promise<AnswerFile> {
  const exported = await exportOf(question, asking, parameters);
  const sheets = hideColumns(question, exported.sheets, wanted.hiddenColumns);
  const sheet = sheetNamed(sheets, wanted.sheet);
  const { position, body } = exported;
  const { format } = wanted;
  return {
    position,
    body,
    format,
    sheets: sheets.map(({ name }) => name),
    title: sheet.title,
    fileName: fileNameOf(question, sheet, exported, format),
    pieces: writeExport(question, exported, sheet, wanted),
  };
}
