import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { BYTE_ORDER_MARK, csvLine, unguarded } from '../../csv-text.js';
import { isBlank } from '../../foreign-text.js';
import { type Dialect } from '../check/dialect.js';
import { decoderOf } from '../read/decode.js';
import { type FileFacts } from '../read/inspect-file.js';
import { type FileFormat, type LineError } from './import-report.js';
import { CsvScanner } from '../read/read-csv.js';
import { textPieces } from '../read/text-pieces.js';

/** A record as it stands in a file. */
interface RawRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

interface Source {
  readonly path: string;
  readonly format: FileFormat;
  readonly facts: FileFacts;
  readonly dialect: Dialect;
}

/**
 * Writes the lines that have errors with their reasons behind them: the columns of the file, and `reasons`. A line of
 * NDJSON is one column. Both files are read in the order of their lines, side by side.
 * @param late errors that come after all others in the file of errors, whatever their lines
 */
export async function writeRejects(
  source: Source,
  errorsPath: string,
  late: readonly LineError[],
  rejectsPath: string,
): Promise<void> {
  const lateReasons = new Map(late.map((error) => [error.line, reasonOf(error)]));
  const reasons = reasonsByLine(errorsPath);
  let next = await reasons.next();
  const out = createWriteStream(rejectsPath);
  out.write(BYTE_ORDER_MARK);
  let width = 0;
  for await (const { line, cells } of recordsOf(source)) {
    if (width === 0) out.write(csvLine([...cells, 'reasons']));
    width ||= cells.length;
    const isNext = !next.done && next.value.line === line;
    const reason = isNext ? next.value.reasons : lateReasons.get(line);
    if (reason === undefined) continue;
    if (!out.write(csvLine([...withinHeader(cells, width), reason]))) await once(out, 'drain');
    if (isNext) next = await reasons.next();
  }
  await new Promise<void>((resolve, reject) => {
    out.once('error', reject);
    out.end(resolve);
  });
}

/** The cells without the empty ones that a line has beyond the header. */
const withinHeader = (cells: readonly string[], width: number): readonly string[] =>
  cells.slice(width).every(isBlank) ? cells.slice(0, width) : cells;

const reasonOf = ({ field, code, expected, got }: Omit<LineError, 'line'>): string =>
  `${field} ${code} 应为 ${expected.zh} (expected ${expected.en}), got ${got}`.trim();

async function* reasonsByLine(path: string): AsyncGenerator<{ line: number; reasons: string }> {
  let current: { line: number; reasons: string[] } | undefined;
  let isHeader = true;
  for await (const { cells } of csvRecords(path, OF_OURS, ',')) {
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

/** What is known of a list that we have written. */
const OF_OURS: FileFacts = { digest: '', bytes: 0, encoding: 'utf-8', lineBreak: '\n' };

async function* recordsOf({ path, format, facts, dialect }: Source): AsyncGenerator<RawRecord> {
  if (format === 'csv') {
    for await (const record of csvRecords(path, facts, dialect.separator))
      if (record.line >= dialect.headerLine) yield record;
    return;
  }
  const decode = decoderOf(facts.encoding);
  yield { line: 0, cells: ['line'] };
  let line = 0;
  for await (const { latin1 } of textPieces(path, facts)) {
    const lines = latin1.split('\n');
    if (lines.at(-1) === '') lines.pop();
    for (const text of lines) yield { line: (line += 1), cells: [decode(text.trimEnd())] };
  }
}

async function* csvRecords(path: string, facts: FileFacts, separator: string): AsyncGenerator<RawRecord> {
  const scanner = new CsvScanner(decoderOf(facts.encoding), separator);
  for await (const { latin1 } of textPieces(path, facts)) {
    const records: RawRecord[] = [];
    scanner.take(latin1, false, (record) => records.push(record));
    yield* records;
  }
}
