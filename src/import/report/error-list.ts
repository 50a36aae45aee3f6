import { type FileHandle, open } from 'node:fs/promises';
import { text } from '../../errors.js';
import { BYTE_ORDER_MARK, csvLine } from '../../text/csv-text.js';
import { visible } from '../../text/foreign-text.js';
import { type LineError } from '../../text/unreadable-file.js';

/** How many errors are shown; the file has more. */
const SHOWN = 100;
/** What a rule says that refused a line stands behind the rest: whoever reads the list by its columns still can. */
const COLUMNS = ['line', 'field', 'code', 'expected_zh', 'expected_en', 'got', 'says_zh', 'says_en'];

/** A list is for people: what is beyond these is counted and not listed, so that no input is multiplied. */
export const MOST_LISTED = 20_000;
const MOST_LISTED_BYTES = 8 * 1024 ** 2;

/** The errors of an import in the order of the file: all counted, the first in memory, more of them in a CSV file. */
export class ErrorList {
  readonly first: LineError[] = [];
  count = 0;
  /** How many of them are in the file. */
  listed = 0;
  private bytes = 0;
  private file: FileHandle | undefined;
  private isBegun = false;

  /** Begins without a file. */
  constructor(readonly path: string) {}

  /** @param count how many there are, of which `errors` are what is told of them */
  async add(errors: readonly LineError[], count = errors.length): Promise<void> {
    this.count += count;
    if (errors.length === 0) return;
    this.first.push(...errors.slice(0, SHOWN - this.first.length));
    const lines: string[] = [];
    for (const error of errors) {
      if (this.listed >= MOST_LISTED || this.bytes >= MOST_LISTED_BYTES) break;
      const line = lineOf(error);
      lines.push(line);
      this.listed += 1;
      this.bytes += Buffer.byteLength(line);
    }
    await this.write(lines.join(''));
  }

  /** Says at the end of the list that it has an end. */
  async finish(): Promise<void> {
    if (this.listed < this.count && this.isBegun) await this.write(lineOf(moreErrors(this.count - this.listed)));
    await this.close();
  }

  /** What has been added is in the file; more may be added all the same. */
  async close(): Promise<void> {
    const { file } = this;
    this.file = undefined;
    await file?.close();
  }

  private async write(lines: string): Promise<void> {
    if (lines === '') return;
    this.file ??= await open(this.path, this.isBegun ? 'a' : 'w');
    if (!this.isBegun) await this.file.writeFile(BYTE_ORDER_MARK + csvLine(COLUMNS));
    this.isBegun = true;
    await this.file.writeFile(lines);
  }
}

const lineOf = ({ line, field, code, expected, got, says = NOTHING }: LineError): string =>
  csvLine([line === 0 ? '' : String(line), field, code, expected.zh, expected.en, got, says.zh, says.en].map(visible));
const NOTHING = text('', '');

/** In the place of errors that are not told. */
export const moreErrors = (count: number, line = 0): LineError => ({
  line,
  field: '',
  code: 'more-errors',
  expected: text(`另有 ${count} 处错误，未列出`, `${count} more errors, which are not listed`),
  got: '',
});

/** Most errors told of one line, and most characters of what the file says in one. */
const MOST_OF_A_LINE = 20;
const MOST_KEPT = 200;

/** The errors of one line as they are told: so many, and what is cited of the file cut. */
export function told(errors: readonly LineError[]): readonly LineError[] {
  const most = errors.slice(0, MOST_OF_A_LINE);
  const hidden = errors.length - most.length;
  const cut = most.map((error) =>
    error.field.length + error.got.length <= MOST_KEPT ? error : { ...error, ...cutParts(error) },
  );
  return hidden === 0 ? cut : [...cut, moreErrors(hidden, errors[0]!.line)];
}

const cutParts = ({ field, got }: LineError): Pick<LineError, 'field' | 'got'> => ({
  field: field.slice(0, MOST_KEPT),
  got: got.slice(0, MOST_KEPT),
});
