import { existsSync } from 'node:fs';
import { text } from '../../errors.js';
import { type Header } from './cells-to-command.js';
import { type CheckedBatch, LineChecker } from './check-lines.js';
import { type Dialect, findDialect, type FoundDialect } from './dialect.js';
import { decoderOf } from '../read/decode.js';
import { isWide } from '../read/file-kinds.js';
import { type LineError } from '../../text/unreadable-file.js';
import { type FileEncoding, type FileFormat, type ImportNote } from '../report/import-report.js';
import { told } from '../report/error-list.js';
import { NoteList } from '../report/notes.js';
import { changed, ChangedFile, digestOf, takenAway } from '../read/file-digest.js';
import { type FileFacts, inspectFile } from '../read/inspect-file.js';
import { CsvLines, UnusableHeader } from './lines-of-csv.js';
import { JsonLines } from './lines-of-ndjson.js';
import { CsvScanner } from '../../text/csv-scanner.js';
import { JsonScanner } from '../read/read-ndjson.js';
import { UnreadableFile } from '../../text/unreadable-file.js';
import { textPieces } from '../read/text-pieces.js';

/** What the check of a file needs to know; crosses threads. */
export interface CheckRequest {
  readonly path: string;
  readonly format: FileFormat;
  readonly encoding: FileEncoding | undefined;
}

/** What the check of a file says, in this order: `inspected` once, batches; the last two end it early. */
export type CheckMessage =
  | {
      readonly type: 'inspected';
      readonly facts: FileFacts;
      readonly dialect: Dialect;
      readonly notes: readonly ImportNote[];
    }
  | ({ readonly type: 'batch'; readonly bytes: number; readonly header: Header | undefined } & CheckedBatch)
  | { readonly type: 'unreadable'; readonly errors: readonly LineError[]; readonly errorCount: number }
  /** The file is no longer what it was when its digest was taken, as far as it has been read. */
  | { readonly type: 'changed'; readonly expected: string; readonly got: string };

/** Lines in a batch: enough to make its transport cheap, few enough to keep a turn of the event loop short. */
const BATCH_LINES = 100;

/** Reads, checks and prepares a whole file: the part of an import that needs no ledger, in a thread of its own. */
export async function* checkFile(request: CheckRequest): AsyncGenerator<CheckMessage> {
  let facts: FileFacts | undefined;
  try {
    facts = await inspectFile(request.path, request.encoding);
    const found = request.format === 'csv' ? await findDialect(request.path, facts) : NO_DIALECT;
    yield { type: 'inspected', facts, dialect: found.dialect, notes: [...notesOn(facts), ...found.notes] };
    yield* checkRecords(request, facts, found);
  } catch (error) {
    const change = error instanceof ChangedFile ? error : await changeOf(request.path, facts);
    if (change) yield { type: 'changed', expected: change.expected, got: change.got };
    else if (error instanceof UnreadableFile) yield unreadable([error.lineError]);
    else if (error instanceof UnusableHeader) yield unreadable(error.lineErrors);
    else throw error;
  }
}

const unreadable = (errors: readonly LineError[]): CheckMessage => ({
  type: 'unreadable',
  errors: told(errors),
  errorCount: errors.length,
});

/** Why a file cannot be read, where somebody writes it: the error would be of bytes that come and go. */
async function changeOf(path: string, facts: FileFacts | undefined): Promise<ChangedFile | undefined> {
  if (!existsSync(path)) return takenAway();
  if (!facts) return undefined;
  try {
    const { digest, bytes } = await digestOf(path);
    return digest === facts.digest ? undefined : changed(facts, { digest, bytes });
  } catch (error) {
    if (error instanceof ChangedFile) return error;
    throw error;
  }
}

/** NDJSON has one way to be written. */
const NO_DIALECT: FoundDialect = { dialect: { separator: ',', headerLine: 1 }, notes: [], cause: undefined };

function notesOn({ encoding, lineBreak }: FileFacts): ImportNote[] {
  const notes = new NoteList();
  if (isWide(encoding)) notes.add('utf-16', text('UTF-16 编码', 'UTF-16'), 1, '', '');
  if (lineBreak === '\r') notes.add('carriage-returns', text('行以 CR 结尾', 'lines that end with CR'), 1, '', '');
  return notes.list();
}

async function* checkRecords(
  { path, format }: CheckRequest,
  facts: FileFacts,
  found: FoundDialect,
): AsyncGenerator<CheckMessage> {
  const reader = format === 'csv' ? new CsvReader(facts.encoding, found) : new JsonReader(facts.encoding);
  const { checker } = reader;
  let bytes = 0;
  let isEmpty = true;
  const batch = (): CheckMessage => ({ type: 'batch', bytes, header: reader.header, ...checker.batch() });
  try {
    for await (const piece of textPieces(path, facts)) {
      bytes = piece.bytes;
      reader.take(piece.latin1, piece.isLast);
      isEmpty &&= checker.size === 0;
      if (checker.size >= BATCH_LINES) yield batch();
    }
  } catch (error) {
    // What was found before the place that cannot be read belongs in the report too.
    yield batch();
    throw error;
  }
  if (checker.size > 0) yield batch();
  if (!isEmpty) return;
  const expected = text('至少一行业务', 'at least one line with a command');
  throw new UnreadableFile({ line: 1, field: '', code: 'empty-file', expected, got: 'none' });
}

class CsvReader {
  readonly checker = new LineChecker();
  private readonly lines: CsvLines;
  private readonly scanner: CsvScanner;

  constructor(encoding: FileEncoding, found: FoundDialect) {
    this.lines = new CsvLines(this.checker, found);
    this.scanner = new CsvScanner(decoderOf(encoding), found.dialect.separator);
  }

  get header(): Header | undefined {
    return this.lines.header;
  }

  take(piece: string, isLast: boolean): void {
    this.scanner.take(piece, isLast, (record) => this.lines.take(record));
  }
}

class JsonReader {
  readonly checker = new LineChecker();
  readonly header = undefined;
  private readonly lines = new JsonLines(this.checker);
  private readonly scanner: JsonScanner;

  constructor(encoding: FileEncoding) {
    this.scanner = new JsonScanner(decoderOf(encoding));
  }

  take(piece: string): void {
    this.scanner.take(piece, (record) => this.lines.take(record));
  }
}
