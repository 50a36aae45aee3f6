import { show, text, type Text } from '../../errors.js';
import { type Adopted } from '../../reference/adopted.js';
import { KINDS } from '../../catalogue/registry.js';
import { decoderOf } from '../read/decode.js';
import { type FileFacts } from '../read/inspect-file.js';
import { type CsvRecord, CsvScanner } from '../../text/csv-scanner.js';
import { textPieces } from '../read/text-pieces.js';
import { type LineError } from '../../text/unreadable-file.js';
import { type ImportNote } from '../report/import-report.js';
import { NoteList } from '../report/notes.js';
import { isBlank } from '../../text/foreign-text.js';
import { isKnownName } from './cells-to-command.js';
import { otherColumn } from './columns.js';

/** How a CSV file is written: what the second reading of it must know too. */
export interface Dialect {
  readonly separator: string;
  /** The line of the header; what stands above it is passed over. */
  readonly headerLine: number;
}

/** A dialect and what is to be said of it. */
export interface FoundDialect {
  readonly dialect: Dialect;
  readonly notes: readonly ImportNote[];
  /** Why the header is none, where that can be told better than by its columns. */
  readonly cause: LineError | undefined;
}

/** What files are found with. A comma is tried first: another separator is taken where the comma gives no header. */
export const SEPARATORS: readonly string[] = [',', ';', '\t', '|'];
const NAMES: Readonly<Record<string, Text>> = {
  ',': text('逗号', 'a comma'),
  ';': text('分号', 'a semicolon'),
  '\t': text('制表符', 'a tab'),
  '|': text('竖线', 'a vertical bar'),
};

/** Records among which a header is looked for, and what may stand above one as its lines. */
const MOST_ABOVE = 20;
const SAMPLE_LINES = 60;

/** The first line by which spreadsheets are told the separator. */
const DECLARED = /^"?sep=([,;\t|:^~#])"?,*\r?$/i;

/** Finds the separator and the header of a CSV file: the first row that names a kind and other known columns. */
export async function findDialect(path: string, facts: FileFacts, adopted: Adopted): Promise<FoundDialect> {
  const sample = await sampleOf(path, facts);
  const decode = decoderOf(facts.encoding);
  const [firstLine] = sample.split('\n', 1) as [string];
  const declared = DECLARED.exec(firstLine)?.[1];
  const separators = declared === undefined ? SEPARATORS : [declared, ...SEPARATORS];
  const readings = separators.map((separator) => ({ separator, records: recordsOf(sample, decode, separator) }));
  const rows = readings.flatMap(({ separator, records }) => records.map((record) => ({ separator, record })));
  const header = rows.find((row) => hasKind(row) && knownIn(row, adopted) > 1) ?? bestOf(rows, adopted);
  const first = readings[0]!.records.find(({ cells }) => !cells.every(isBlank));
  if (!header) {
    const dialect = { separator: ',', headerLine: first?.line ?? 1 };
    return { dialect, notes: [], cause: causeOf(first, adopted) };
  }
  const { separator, record } = header;
  const above = readings.find((reading) => reading.separator === separator)!.records;
  const notes = notesOn(header, above, declared !== undefined);
  return { dialect: { separator, headerLine: record.line }, notes, cause: undefined };
}

interface Row {
  readonly separator: string;
  readonly record: CsvRecord;
}

const hasKind = ({ record }: Row): boolean => record.cells.some((cell) => otherColumn(cell) === 'kind');

/** How many cells of a row are names of columns. Asked of few rows: each cell is looked for in every kind. */
const knownIn = ({ record }: Row, adopted: Adopted): number =>
  record.cells.filter((cell) => isKnownName(cell, adopted)).length;

/** The row with the most names of columns, where one has more than one: a header without a column of kinds. */
function bestOf(rows: readonly Row[], adopted: Adopted): Row | undefined {
  const counted = rows.map((row) => ({ row, known: knownIn(row, adopted) })).filter(({ known }) => known > 1);
  return counted.toSorted((one, other) => other.known - one.known)[0]?.row;
}

async function sampleOf(path: string, facts: FileFacts): Promise<string> {
  for await (const { latin1 } of textPieces(path, facts)) {
    const lines = latin1.split('\n', SAMPLE_LINES + 1);
    return lines.length > SAMPLE_LINES ? `${lines.slice(0, SAMPLE_LINES).join('\n')}\n` : latin1;
  }
  return '';
}

function recordsOf(sample: string, decode: (latin1: string) => string, separator: string): CsvRecord[] {
  const records: CsvRecord[] = [];
  new CsvScanner(decode, separator).take(sample, false, (record) => {
    if (records.length < MOST_ABOVE) records.push(record);
  });
  return records;
}

function notesOn({ record, separator }: Row, records: readonly CsvRecord[], isDeclared: boolean): ImportNote[] {
  const notes = new NoteList();
  for (const { line, cells } of records.filter((one) => one.line < record.line)) {
    if (cells.every(isBlank)) continue;
    if (line === 1 && isDeclared) notes.add('separator-line', SEPARATOR_LINE, 1, cells.join(separator), '');
    else notes.add('lines-above-header', ABOVE, line, cells.filter((cell) => !isBlank(cell)).join(' '), '');
  }
  if (separator !== ',') {
    const { zh, en } = NAMES[separator] ?? text(`“${separator}”`, `"${separator}"`);
    notes.add('separator', text(`列以${zh}分隔`, `columns separated by ${en}`), record.line, '', '');
  }
  return notes.list();
}

const SEPARATOR_LINE = text('声明分隔符的行，未当作数据', 'line that names the separator, passed over');
const ABOVE = text('表头之上的行，已略过', 'line above the header, passed over');

/** Why the first line is no header: there is none, or its columns are divided by something unknown. */
function causeOf(first: CsvRecord | undefined, adopted: Adopted): LineError | undefined {
  if (!first) return undefined;
  const [cell, ...others] = first.cells as [string, ...string[]];
  const got = show(first.cells.join(','));
  const cause = (code: string, expected: Text): LineError => ({ line: first.line, field: '', code, expected, got });
  if (/^\s*[[{]/.test(cell)) return cause('not-csv', OF_JSON);
  if (first.cells.some((one) => KINDS.codeOf(one) !== undefined)) return cause('missing-header', HEADER_FIRST);
  const other = others.length === 0 ? /[,，、;；:： \u3000]/.exec(cell.trim())?.[0] : undefined;
  if (other === undefined || !cell.split(other).some((one) => isKnownName(one, adopted))) return undefined;
  if (other === ',') return cause('quoted-lines', UNQUOTED);
  const { zh, en } = isBlank(other) ? text('空格', 'blanks') : text(`“${other}”`, `"${other}"`);
  return cause('separator', text(`${KNOWN_SEPARATORS.zh}${zh}分隔`, `${KNOWN_SEPARATORS.en} ${en}`));
}

const OF_JSON = text('CSV；此文件似为 JSON：--format ndjson', 'CSV; the file seems to be JSON: --format ndjson');
const HEADER_FIRST = text('先有一行列名（kind 等）', 'a line of column names (kind and others) first');
const UNQUOTED = text('引号只括单元格；此文件整行被括', 'quotes around cells; here they stand around whole lines');
const KNOWN_SEPARATORS = text(
  '列以逗号、分号、制表符或竖线分隔；此文件似以',
  'columns separated by commas, semicolons, tabs or vertical bars; the file seems to be separated by',
);
