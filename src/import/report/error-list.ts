import { closeSync, openSync, writeSync } from 'node:fs';
import { BYTE_ORDER_MARK, csvLine } from '../../text/csv-text.js';
import { visible } from '../../text/foreign-text.js';
import { type LineError } from './import-report.js';

/** How many errors are shown; all of them are in the file. */
const SHOWN = 100;
const COLUMNS = ['line', 'field', 'code', 'expected_zh', 'expected_en', 'got'];

/** Every error of an import, in the order of the file: the first ones in memory, all of them in a CSV file. */
export class ErrorList {
  readonly first: LineError[] = [];
  count = 0;
  private file: number | undefined;

  /** Begins without a file. */
  constructor(readonly path: string) {}

  add(errors: readonly LineError[]): void {
    if (errors.length === 0) return;
    this.count += errors.length;
    this.first.push(...errors.slice(0, SHOWN - this.first.length));
    this.file ??= this.create();
    const lines = errors.map(({ line, field, code, expected, got }) =>
      csvLine([String(line), field, code, expected.zh, expected.en, got].map(visible)),
    );
    writeSync(this.file, lines.join(''));
  }

  close(): void {
    if (this.file !== undefined) closeSync(this.file);
    this.file = undefined;
  }

  private create(): number {
    const file = openSync(this.path, 'w');
    writeSync(file, BYTE_ORDER_MARK + csvLine(COLUMNS));
    return file;
  }
}
