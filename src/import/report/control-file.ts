import { readFileSync } from 'node:fs';
import { type ErrorDetail, LedgerError, show, type Text, text } from '../../errors.js';
import { decoderOf, withoutMark } from '../read/decode.js';
import { type TotalLine } from './import-report.js';
import { CsvScanner } from '../read/read-csv.js';

const COLUMNS = ['kind', 'fund', 'count', 'sum'] as const;
/** A total is larger than any amount in it. */
const SUM = /^[0-9]{1,30}(\.[0-9]{1,2})?$/;
const WORD = /^[a-z-]{1,64}$/;
const COUNT = /^[0-9]{1,15}$/;

/**
 * Reads control totals: a JSON array of `{ kind, fund, count, sum }`, or CSV with these columns. Sums are text in yuan.
 * @throws LedgerError invalid, naming the first line that is wrong
 */
export function readControlFile(path: string): TotalLine[] {
  const source = readFileSync(path, 'latin1');
  return readControl(withoutMark(source));
}

/** The same from UTF-8 text, held as Latin-1. */
export function readControl(latin1: string): TotalLine[] {
  const rows = latin1.trimStart().startsWith('[') ? rowsOfJson(latin1) : rowsOfCsv(latin1);
  return rows.map(readTotal);
}

type Row = Readonly<Record<string, unknown>>;

function rowsOfJson(latin1: string): Row[] {
  try {
    return JSON.parse(decoderOf('utf-8')(latin1)) as Row[];
  } catch (error) {
    throw malformed('', text('JSON 数组或 CSV', 'a JSON array, or CSV'), (error as Error).message);
  }
}

function rowsOfCsv(latin1: string): Row[] {
  const records: (readonly string[])[] = [];
  new CsvScanner(decoderOf('utf-8')).take(latin1, true, ({ cells }) => records.push(cells));
  const [header = [], ...rows] = records;
  const missing = COLUMNS.find((column) => !header.includes(column));
  if (missing)
    throw malformed(missing, text(`列 ${COLUMNS.join('、')}`, `columns ${COLUMNS.join(', ')}`), header.join());
  return rows.map((cells) => Object.fromEntries(header.map((column, at) => [column, cells[at]])));
}

function readTotal(row: Row, index: number): TotalLine {
  const { kind, fund, count, sum } = row;
  const at = `/${index}`;
  const word = text('小写字母与连字符', 'lower-case letters and hyphens');
  if (typeof kind !== 'string' || !WORD.test(kind)) throw malformed(`${at}/kind`, word, kind);
  if (typeof fund !== 'string' || !WORD.test(fund)) throw malformed(`${at}/fund`, word, fund);
  if (!COUNT.test(String(count))) throw malformed(`${at}/count`, text('整数', 'a whole number'), count);
  if (typeof sum !== 'string' || !SUM.test(sum))
    throw malformed(`${at}/sum`, text('金额字符串，如 "1234.50"', 'an amount as a string such as "1234.50"'), sum);
  return { kind, fund, count: Number.parseInt(String(count), 10), sum };
}

function malformed(pointer: string, expected: Text, got: unknown): LedgerError {
  const detail: ErrorDetail = { pointer, code: 'control', expected, got: show(got) };
  return new LedgerError('invalid', 'control', text('控制合计不符合要求', 'the control totals are not well formed'), [
    detail,
  ]);
}
