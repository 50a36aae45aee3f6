import { readFileSync } from 'node:fs';
import { folded, listed, type Vocabulary } from '../../text/codes.js';
import { type ErrorDetail, LedgerError, show, type Text, text } from '../../errors.js';
import { isBlank } from '../../text/foreign-text.js';
import { parseStrictJson } from '../../text/strict-json.js';
import { KINDS } from '../../catalogue/registry.js';
import { cellValue, type Spelling } from '../check/cell-values.js';
import { SEPARATORS } from '../check/dialect.js';
import { decoderOf, isUndecodable } from '../read/decode.js';
import { encodingOfMark, utf16Without } from '../read/file-kinds.js';
import { type CsvRecord, CsvScanner } from '../../text/csv-scanner.js';
import { UnreadableFile } from '../../text/unreadable-file.js';
import { type FileEncoding, type TotalLine } from './import-report.js';
import { NoteList } from './notes.js';

/** The names of the columns, and of the members in JSON. */
const COLUMNS = {
  kind: ['kind', '业务种类', '种类'],
  fund: ['fund', '基金'],
  count: ['count', '行数', '笔数'],
  sum: ['sum', '合计', '金额'],
} as const;
type Column = keyof typeof COLUMNS;
const NAMES = Object.keys(COLUMNS) as Column[];

/** A total is larger than any amount in it. */
const SUM = /^[0-9]{1,30}(\.[0-9]{1,2})?$/;
const COUNT = /^[0-9]{1,15}$/;
/** How many faults are named; a file of another kind has one in every line. */
const SHOWN = 100;

/** The column of a name; undefined for a name of nothing. */
const columnOf = (name: string): Column | undefined =>
  NAMES.find((column) => COLUMNS[column].some((each) => folded(each) === folded(name)));

const oneOf = (vocabulary: Vocabulary): Text => {
  const { zh, en } = listed(vocabulary, vocabulary.codes);
  return text(`${zh} 之一`, `one of ${en}`);
};
const EXPECTED: Readonly<Record<Exclude<Column, 'fund'>, Text>> = {
  kind: oneOf(KINDS),
  count: text('不带符号的整数', 'a whole number without a sign'),
  sum: text('不带符号的金额字符串，如 "1234.50"', 'an amount as a string without a sign, such as "1234.50"'),
};

/**
 * Reads a file of control totals: a JSON array of `{ kind, fund, count, sum }`, or CSV with these columns, written as
 * people and spreadsheets write it. Sums are text in yuan. Several lines may be about one kind and fund.
 * @throws LedgerError invalid, where it cannot be read, or naming every line and field that is wrong
 */
export function readControlFile(path: string, funds: Vocabulary): TotalLine[] {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const [zh, en] = UNREADABLE[code ?? ''] ?? [`不能读取：${message}`, `cannot be read: ${message}`];
    throw new LedgerError('invalid', 'control-file', text(`控制合计文件 ${path} ${zh}`, `control file ${path} ${en}`));
  }
  return readControl(bytes, path, funds);
}

const UNREADABLE: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  ENOENT: ['不存在', 'does not exist'],
  EISDIR: ['是目录', 'is a directory'],
  EACCES: ['不可读', 'may not be read'],
};

/**
 * The same from bytes. What is no text is refused; where the bytes could be UTF-8 and GB18030, they are in the encoding
 * in which their words are known.
 * @param name what the bytes are called in an error: the path of a file, or the name of a parameter
 * @param funds the funds that are adopted, as they are called
 */
export function readControl(bytes: Buffer, name: string, funds: Vocabulary): TotalLine[] {
  const sure = encodingOfMark(bytes) ?? utf16Without(bytes);
  let first: LedgerError | undefined;
  for (const encoding of sure ? [sure] : ENCODINGS) {
    const written = decoded(encoding, bytes);
    if (written === undefined) continue;
    try {
      return readText(written, name, funds);
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      first ??= error;
    }
  }
  const expected = text('UTF-8 或 GB18030 编码的文本', 'text in UTF-8 or GB18030');
  throw first ?? malformed([{ pointer: name, code: 'control', expected, got: 'other bytes' }]);
}

const ENCODINGS: readonly FileEncoding[] = ['utf-8', 'gb18030'];

function decoded(encoding: FileEncoding, bytes: Buffer): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    if (isUndecodable(error)) return undefined;
    throw error;
  }
}

/** A line of control totals as it came, and how to call one of its fields in an error. */
interface Row {
  readonly values: Readonly<Partial<Record<Column, unknown>>>;
  readonly placeOf: (column: Column) => string;
}

/** The first faults of a file, and how many more there are. */
function shownOf(faults: readonly ErrorDetail[], name: string): ErrorDetail[] {
  const more = faults.length - SHOWN;
  if (more <= 0) return [...faults];
  const expected = text('先改正以上各处', 'the ones above corrected first');
  return [...faults.slice(0, SHOWN), { pointer: name, code: 'more-errors', expected, got: `${more} more` }];
}

function readText(written: string, name: string, funds: Vocabulary): TotalLine[] {
  const rows = /^\s*[[{]/.test(written) ? rowsOfJson(written, name) : rowsOfCsv(written, name);
  const faults: ErrorDetail[] = [];
  const lines = rows.map((row) => readTotal(row, funds, faults));
  if (rows.length === 0) {
    const expected = text('至少一行控制合计', 'at least one line of control totals');
    faults.push({ pointer: name, code: 'control', expected, got: 'none' });
  }
  if (!Number.isSafeInteger(lines.reduce((sum, { count }) => sum + count, 0))) {
    const expected = text(`至多 ${Number.MAX_SAFE_INTEGER} 行`, `at most ${Number.MAX_SAFE_INTEGER} lines`);
    faults.push({ pointer: name, code: 'control', expected, got: 'more' });
  }
  if (faults.length > 0) throw malformed(shownOf(faults, name));
  return lines;
}

const ARRAY = text('JSON 数组，或 CSV', 'a JSON array, or CSV');
const OBJECT = text('{ kind, fund, count, sum } 对象', 'an object { kind, fund, count, sum }');

function rowsOfJson(written: string, name: string): Row[] {
  const value = parseJson(Buffer.from(written), name);
  if (!Array.isArray(value)) throw malformed([{ pointer: name, code: 'control', expected: ARRAY, got: show(value) }]);
  return value.map((row: unknown, index): Row => {
    const place = `${name}:/${index}`;
    if (typeof row !== 'object' || row === null || Array.isArray(row))
      throw malformed([{ pointer: place, code: 'control', expected: OBJECT, got: show(row) }]);
    const members = Object.entries(row).map(([member, content]) => ({ member, column: columnOf(member), content }));
    const again = members.find(({ column }, at) => members.findIndex((each) => column && each.column === column) < at);
    if (again?.column) {
      const pointer = `${place}/${again.member}`;
      throw malformed([{ pointer, code: 'control', expected: ONCE, got: show(again.content) }]);
    }
    const nameOf = (column: Column): string => members.find((each) => each.column === column)?.member ?? column;
    const values = Object.fromEntries(members.map(({ member, column, content }) => [column ?? member, content]));
    return { values, placeOf: (column) => `${place}/${nameOf(column)}` };
  });
}

function parseJson(json: Uint8Array, name: string): unknown {
  try {
    return parseStrictJson(json);
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    const { zh, en } = error.text;
    const details = error.details.map((detail) => ({
      ...detail,
      pointer: detail.pointer === '' ? name : `${name}:${detail.pointer}`,
    }));
    throw new LedgerError('invalid', error.code, text(`控制合计${zh}`, `the control totals: ${en}`), details);
  }
}

const ONCE = text('每项一次', 'each once');

/** How far down a header is looked for: titles may stand above it. */
const MOST_ABOVE = 20;

function rowsOfCsv(written: string, name: string): Row[] {
  const tables = SEPARATORS.map((separator) => recordsOf(written, separator, name));
  const headers = tables.map((records) => records.slice(0, MOST_ABOVE).findIndex(namesAll));
  const found = headers.findIndex((at) => at >= 0);
  const [header, ...rows] = tables[Math.max(found, 0)]!.slice(Math.max(headers[found] ?? 0, 0));
  if (!header) return [];
  const columns = header.cells.map(columnOf);
  for (const column of NAMES) demandOnce(column, columns, header, name);
  return rows.map(({ line, cells, broken }): Row => {
    if (broken || cells.slice(columns.length).some((cell) => !isBlank(cell))) {
      const expected = text(`至多 ${columns.length} 个单元格`, `at most ${columns.length} cells`);
      throw malformed([{ pointer: `${name}:${line}`, code: 'control', expected, got: show(cells.join()) }]);
    }
    const values = Object.fromEntries(
      NAMES.map((column) => [column, valueOf(column, cells[columns.indexOf(column)] ?? '', line)]),
    );
    return { values, placeOf: (column) => `${name}:${line}:${header.cells[columns.indexOf(column)]}` };
  });
}

const namesAll = ({ cells }: CsvRecord): boolean =>
  NAMES.every((column) => cells.some((cell) => columnOf(cell) === column));

const SPELLINGS: Readonly<Record<Column, Spelling>> = { kind: 'code', fund: 'code', count: 'count', sum: 'amount' };

/** What a cell means: it may be written in the ways in which an import takes it. */
const valueOf = (column: Column, cell: string, line: number): string | number | undefined =>
  column === 'sum' && SUM.test(cell)
    ? cell
    : cellValue(cell, SPELLINGS[column], column, { line, notes: new NoteList(), causes: [] });

function demandOnce(column: Column, columns: readonly (Column | undefined)[], header: CsvRecord, name: string): void {
  if (columns.filter((one) => one === column).length === 1) return;
  const names = NAMES.map((each) => COLUMNS[each].join('/'));
  const expected = text(`列 ${names.join('、')} 各一`, `the columns ${names.join(', ')}, each once`);
  const pointer = `${name}:${header.line}:${column}`;
  throw malformed([{ pointer, code: 'control', expected, got: show(header.cells.join()) }]);
}

function recordsOf(written: string, separator: string, name: string): CsvRecord[] {
  const records: CsvRecord[] = [];
  const latin1 = Buffer.from(written.includes('\n') ? written : written.replaceAll('\r', '\n')).toString('latin1');
  try {
    new CsvScanner(decoderOf('utf-8'), separator).take(latin1, true, (record) => {
      if (!record.cells.every(isBlank)) records.push(record);
    });
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    const { line, expected, got } = error.lineError;
    throw malformed([{ pointer: `${name}:${line}`, code: 'control', expected, got }]);
  }
  return records;
}

/** One line, its faults added to a list; what stands for a wrong field is never used. */
function readTotal({ values, placeOf }: Row, funds: Vocabulary, faults: ErrorDetail[]): TotalLine {
  const read = (column: Column, reading: (written: string) => string | undefined): string => {
    const value = values[column];
    const written = column === 'count' && typeof value === 'number' ? String(value) : value;
    const known = typeof written === 'string' ? reading(written) : undefined;
    if (known !== undefined) return known;
    faults.push({
      pointer: placeOf(column),
      code: 'control',
      expected: column === 'fund' ? oneOf(funds) : EXPECTED[column],
      got: show(value),
    });
    return '0';
  };
  return {
    kind: read('kind', KINDS.codeOf),
    fund: read('fund', funds.codeOf),
    count: Number.parseInt(
      read('count', (digits) => (COUNT.test(digits) ? digits : undefined)),
      10,
    ),
    sum: read('sum', (amount) => (SUM.test(amount) ? amount : undefined)),
  };
}

const malformed = (details: readonly ErrorDetail[]): LedgerError =>
  new LedgerError('invalid', 'control', text('控制合计不符合要求', 'the control totals are not well formed'), details);
