import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { BYTE_ORDER_MARK, csvLine, unguarded } from '../../csv-text.js';
import { decoderOf, withoutMark } from '../read/decode.js';
import { type FileEncoding, type FileFormat, type LineError } from './import-report.js';
import { CsvScanner } from '../read/read-csv.js';
import { piecesOf } from '../read/read-pieces.js';

/** A record as it stands in a file. */
interface RawRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

interface Source {
  readonly path: string;
  readonly format: FileFormat;
  readonly encoding: FileEncoding;
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
  let isHeader = true;
  for await (const { line, cells } of recordsOf(source)) {
    if (isHeader) out.write(csvLine([...cells, 'reasons']));
    isHeader = false;
    const isNext = !next.done && next.value.line === line;
    const reason = isNext ? next.value.reasons : lateReasons.get(line);
    if (reason === undefined) continue;
    if (!out.write(csvLine([...cells, reason]))) await once(out, 'drain');
    if (isNext) next = await reasons.next();
  }
  await new Promise<void>((resolve, reject) => {
    out.once('error', reject);
    out.end(resolve);
  });
}

const reasonOf = ({ field, code, expected, got }: Omit<LineError, 'line'>): string =>
  `${field} ${code} 应为 ${expected.zh} (expected ${expected.en}), got ${got}`.trim();

async function* reasonsByLine(path: string): AsyncGenerator<{ line: number; reasons: string }> {
  let current: { line: number; reasons: string[] } | undefined;
  let isHeader = true;
  for await (const { cells } of csvRecords(path, 'utf-8')) {
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

async function* recordsOf({ path, format, encoding }: Source): AsyncGenerator<RawRecord> {
  if (format === 'csv') return yield* csvRecords(path, encoding);
  const decode = decoderOf(encoding);
  yield { line: 0, cells: ['line'] };
  let line = 0;
  for await (const piece of piecesOf(path)) {
    const latin1 = piece.bytes.toString('latin1');
    const lines = (piece.offset === 0 ? withoutMark(latin1) : latin1).split('\n');
    if (lines.at(-1) === '') lines.pop();
    for (const text of lines) yield { line: (line += 1), cells: [decode(text.trimEnd())] };
  }
}

async function* csvRecords(path: string, encoding: FileEncoding): AsyncGenerator<RawRecord> {
  const scanner = new CsvScanner(decoderOf(encoding));
  for await (const piece of piecesOf(path)) {
    const records: RawRecord[] = [];
    const latin1 = piece.bytes.toString('latin1');
    scanner.take(piece.offset === 0 ? withoutMark(latin1) : latin1, false, (record) => records.push(record));
    yield* records;
  }
}
