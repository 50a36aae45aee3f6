import { type FileWanted } from '../src/report/answer-file.js';

/** The main sheet of an answer as CSV, in Chinese, whole. */
export const AS_CSV: FileWanted = {
  format: 'csv',
  sheet: undefined,
  language: 'zh',
  unit: undefined,
  printedBy: undefined,
  hiddenColumns: undefined,
};
