import { type Text } from '../errors.js';

/** Something wrong in one line of a file. */
export interface LineError {
  /** The line of the file on which the record begins, counted from 1; quoted line breaks count. */
  readonly line: number;
  /** The column as the file names it, or a dotted path in NDJSON; empty where the whole line is meant. */
  readonly field: string;
  readonly code: string;
  readonly expected: Text;
  readonly got: string;
  /** What a rule of the ledger says that refused the line. */
  readonly says?: Text;
}

/** The file cannot be read any further; the error names the line. */
export class UnreadableFile extends Error {
  constructor(readonly lineError: LineError) {
    super(`line ${lineError.line}: ${lineError.code}`);
  }
}
