import { existsSync } from 'node:fs';
import { type Adoption, Reference } from '../../reference/reference.js';
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
  /** What is adopted, as it stands in the log. */
  readonly adoptions: readonly Adoption[];
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
  const reference = new Reference(request.adoptions);
  try {
    facts = await inspectFile(request.path, request.encoding);
    const found = request.format === 'csv' ? await findDialect(request.path, facts, reference.ever) : NO_DIALECT;
    yield { type: 'inspected', facts, dialect: found.dialect, notes: [...notesOn(facts), ...found.notes] };
    yield* checkRecords(request, facts, found, new LineChecker(reference));
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
  checker: LineChecker,
): AsyncGenerator<CheckMessage> {
  const reader =
    format === 'csv' ? new CsvReader(checker, facts.encoding, found) : new JsonReader(checker, facts.encoding);
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
  private readonly lines: CsvLines;
  private readonly scanner: CsvScanner;

  constructor(checker: LineChecker, encoding: FileEncoding, found: FoundDialect) {
    this.lines = new CsvLines(checker, found);
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
  readonly header = undefined;
  private readonly lines: JsonLines;
  private readonly scanner: JsonScanner;

  constructor(checker: LineChecker, encoding: FileEncoding) {
    this.lines = new JsonLines(checker);
    this.scanner = new JsonScanner(decoderOf(encoding));
  }

  take(piece: string): void {
    this.scanner.take(piece, (record) => this.lines.take(record));
  }
}
