import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { BYTE_ORDER_MARK, csvLine, unguarded } from '../../text/csv-text.js';
import { isBlank } from '../../text/foreign-text.js';
import { otherColumn, REASONS } from '../check/columns.js';
import { type LineSet } from '../decide/line-set.js';
import { type Dialect } from '../check/dialect.js';
import { decoderOf } from '../read/decode.js';
import { type FileFacts } from '../read/inspect-file.js';
import { type LineError } from '../../text/unreadable-file.js';
import { type FileEncoding, type FileFormat } from './import-report.js';
import { type CsvRecord, CsvScanner } from '../../text/csv-scanner.js';
import { ownText, type TextPiece, textPieces } from '../read/text-pieces.js';

/** A record as it stands in a file, and how it is written with reasons beside it. */
interface RawRecord {
  readonly line: number;
  readonly withReasons: (reasons: string) => string;
}

/** The file whose lines are listed, as it was checked. */
export interface RejectsSource {
  readonly path: string;
  readonly format: FileFormat;
  readonly facts: FileFacts;
  readonly dialect: Dialect;
}

/** The lines that were rejected. */
interface Rejected {
  readonly lines: LineSet;
  /** Errors that come after all others in the file of errors, whatever their lines. */
  readonly late: ReadonlyMap<number, LineError>;
}

/**
 * Writes the lines that were rejected, as they stand in the file, with their reasons behind them: what is corrected
 * there is imported as it is. A file of CSV has one more column `reasons`, a line of NDJSON one more member. Both files
 * are read in the order of their lines, side by side. A line whose errors are beyond the bound of the list is there
 * too, with a word for its reason.
 * @throws ChangedFile where the file is not the one that was checked: lines of another would stand beside the reasons
 */
export async function writeRejects(
  source: RejectsSource,
  errorsPath: string,
  rejected: Rejected,
  rejectsPath: string,
): Promise<void> {
  await pipeline(rejectedText(source, errorsPath, rejected), createWriteStream(rejectsPath));
}

async function* rejectedText(
  source: RejectsSource,
  errorsPath: string,
  { lines, late }: Rejected,
): AsyncGenerator<string> {
  const reasons = reasonsByLine(errorsPath);
  let next = await reasons.next();
  for await (const { line, withReasons } of source.format === 'csv' ? csvRejects(source) : jsonRejects(source)) {
    if (line === HEADER) yield withReasons(REASONS);
    if (!lines.has(line)) continue;
    const isListed = !next.done && next.value.line === line;
    const error = isListed ? undefined : late.get(line);
    yield withReasons(isListed ? next.value.reasons : error ? reasonOf(error) : NOT_LISTED);
    if (isListed) next = await reasons.next();
  }
}

/** The reason of a line whose errors are not in the list. */
const NOT_LISTED = 'not-listed';

/** The cells without the empty ones that a line has beyond the header. */
const withinHeader = (cells: readonly string[], width: number): readonly string[] =>
  cells.slice(width).every(isBlank) ? cells.slice(0, width) : cells;

/** In place of the number of a line. */
const HEADER = 0;

const reasonOf = ({ field, code, expected, got }: Omit<LineError, 'line'>): string =>
  `${field} ${code} 应为 ${expected.zh} (expected ${expected.en}), got ${got}`.trim();

async function* reasonsByLine(path: string): AsyncGenerator<{ line: number; reasons: string }> {
  let current: { line: number; reasons: string[] } | undefined;
  let isHeader = true;
  for await (const { cells } of csvRecords(ownText(path), 'utf-8', ',')) {
    const [line, field, code, zh, en, got] = cells.map(unguarded) as [string, string, string, string, string, string];
    if (isHeader) {
      isHeader = false;
      continue;
    }
    const at = Number.parseInt(line, 10);
    if (current?.line !== at) {
      if (current) yield { line: current.line, reasons: current.reasons.join('; ') };
      current = { line: at, reasons: [] };
    }
    current.reasons.push(reasonOf({ field, code, expected: { zh, en }, got }));
  }
  if (current) yield { line: current.line, reasons: current.reasons.join('; ') };
}

/** The header and the records of a CSV file; reasons that an earlier import gave are left out. */
async function* csvRejects({ path, facts, dialect }: RejectsSource): AsyncGenerator<RawRecord> {
  let reasonsAt: number | undefined;
  let width = 0;
  for await (const { line, cells, raw } of csvRecords(textPieces(path, facts), facts.encoding, dialect.separator)) {
    if (line < dialect.headerLine) continue;
    width ||= cells.length;
    const isHeader = reasonsAt === undefined;
    reasonsAt ??= cells.findIndex((name) => otherColumn(name) === 'reasons');
    const at = reasonsAt;
    // Where the file is one of ours, a cell of it has its apostrophe already.
    const within = withinHeader(cells, width);
    const plain = at < 0 ? within : within.map(unguarded).toSpliced(at, 1);
    yield {
      line: isHeader ? HEADER : line,
      withReasons: (reasons) => (isHeader ? BYTE_ORDER_MARK : '') + rejectedLine(plain, raw, reasons),
    };
  }
}

/** A record that cannot be cut into cells is written as it stands, so that nothing of it is lost. */
const rejectedLine = (cells: readonly string[], raw: string | undefined, reasons: string): string =>
  raw === undefined ? csvLine([...cells, reasons]) : `${raw},${csvLine([reasons])}`;

/**
 * The lines of a file of NDJSON, byte for byte where it is in UTF-8, and with a mark where it was in another. A
 * line that is no object has no place for reasons: they are in the list of errors.
 */
async function* jsonRejects({ path, facts }: RejectsSource): AsyncGenerator<RawRecord> {
  const decode = decoderOf(facts.encoding);
  if (facts.encoding !== 'utf-8') yield { line: HEADER, withReasons: () => BYTE_ORDER_MARK };
  let line = 0;
  for await (const { latin1 } of textPieces(path, facts)) {
    const lines = latin1.split('\n');
    if (lines.at(-1) === '') lines.pop();
    for (const json of lines)
      yield { line: (line += 1), withReasons: (reasons) => `${withMember(decode(json), reasons)}\n` };
  }
}

/** What `withMember` writes at the end of a line. */
const MEMBER = /,"reasons":"(?:[^"\\]|\\.)*"\}(?=\s*$)/;

/** The text of an object with its reasons as the last member, in place of those that an earlier import gave. */
function withMember(json: string, reasons: string): string {
  const bare = json.replace(MEMBER, '}');
  if (!isObject(bare)) return json;
  const end = bare.lastIndexOf('}');
  const comma = /\{\s*$/.test(bare.slice(0, end)) ? '' : ',';
  return `${bare.slice(0, end)}${comma}"${REASONS}":${JSON.stringify(reasons)}${bare.slice(end)}`;
}

function isObject(json: string): boolean {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value) && !(REASONS in value);
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

async function* csvRecords(
  pieces: AsyncIterable<TextPiece>,
  encoding: FileEncoding,
  separator: string,
): AsyncGenerator<CsvRecord> {
  const scanner = new CsvScanner(decoderOf(encoding), separator);
  for await (const { latin1 } of pieces) {
    const records: CsvRecord[] = [];
    scanner.take(latin1, false, (record) => records.push(record));
    yield* records;
  }
}
