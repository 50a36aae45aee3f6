import { statSync } from 'node:fs';
import { cellValue, type Spelling } from '../import/check/cell-values.js';
import { decoderOf } from '../import/read/decode.js';
import { type FileFacts, inspectFile } from '../import/read/inspect-file.js';
import { textPieces } from '../import/read/text-pieces.js';
import { type FileEncoding } from '../import/report/import-report.js';
import { NoteList } from '../import/report/notes.js';
import { LedgerError, show, type Text, text } from '../errors.js';
import { type Fen, formatFen, parseFen } from '../money.js';
import { CsvScanner, type CsvRecord } from '../text/csv-scanner.js';
import { folded } from '../text/codes.js';
import { isBlank } from '../text/foreign-text.js';
import { type LineError, UnreadableFile } from '../text/unreadable-file.js';
import { AMOUNT_PATTERN } from '../money.js';
import { isDay } from '../time/clock.js';
import { type Movement } from './match.js';

/** A line of a bank's statement. */
export interface BankLine extends Movement {
  /** In the file, counted from 1. */
  readonly line: number;
  readonly summary: string;
  /** Behind it, where the file says so. */
  readonly balance: Fen | undefined;
}

export interface BankStatement {
  /** In the order in which the bank recorded them. */
  readonly lines: readonly BankLine[];
  /** What the bank says is there behind the last of them; undefined where the file has no column of balances. */
  readonly closing: Fen | undefined;
}

/**
 * The columns of a statement by what banks call them, without blanks and what stands in brackets. Debit and credit are
 * the bank's: what it has paid is its debit, what it has received its credit.
 */
const COLUMNS = {
  day: ['日期', '交易日期', '记账日期', '入账日期', '交易时间', 'date', 'bookingdate'],
  summary: ['摘要', '用途', '附言', '交易摘要', 'summary', 'description'],
  debit: ['借方', '借方发生额', '借方金额', '支出', '支出金额', '付款金额', 'debit', 'withdrawal'],
  credit: ['贷方', '贷方发生额', '贷方金额', '收入', '收入金额', '收款金额', 'credit', 'deposit'],
  reference: ['凭证号', '参考号', '流水号', '交易流水号', '票据号', '凭证号码', 'reference', 'ref'],
  counterparty: ['对方', '对方户名', '对方名称', '对方单位', '对方单位名称', 'counterparty'],
  balance: ['余额', '账户余额', 'balance'],
} as const;
type ColumnName = keyof typeof COLUMNS;
type Header = Partial<Record<ColumnName, number>>;
const NEEDED: readonly ColumnName[] = ['day', 'debit', 'credit'];
const SEPARATORS = [',', ';', '\t', '|'];

/**
 * Reads a statement of a bank: CSV as banks and spreadsheets save it, in any encoding that imports take. What stands
 * above the header, and lines of totals, are passed over; other columns too.
 * @throws LedgerError invalid, where there is no such file, or with the line of everything that is not as it must be
 */
export async function readStatement(path: string, encoding: FileEncoding | undefined): Promise<BankStatement> {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile())
    throw new LedgerError('invalid', 'no-such-file', text(`没有文件 ${path}`, `there is no file ${path}`));
  try {
    const facts = await inspectFile(path, encoding);
    for (const separator of SEPARATORS) {
      const records = await recordsOf(path, facts, separator);
      const at = records.findIndex(({ cells }) => isHeader(headerOf(cells)));
      if (at >= 0) return statementOf(records.slice(at + 1), headerOf(records[at]!.cells), records[at]!.cells);
    }
    throw refused([{ line: 1, field: '', code: 'missing-header', expected: HEADER, got: 'none' }]);
  } catch (error) {
    if (error instanceof UnreadableFile) throw refused([error.lineError]);
    throw error;
  }
}

const HEADER = text(
  '列名：日期、借方、贷方（摘要、参考号、对方、余额）',
  'columns date, debit, credit (summary, reference, counterparty, balance)',
);

async function recordsOf(path: string, facts: FileFacts, separator: string): Promise<CsvRecord[]> {
  const records: CsvRecord[] = [];
  const scanner = new CsvScanner(decoderOf(facts.encoding), separator);
  for await (const { latin1, isLast } of textPieces(path, facts))
    scanner.take(latin1, isLast, (record) => records.push(record));
  return records;
}

function headerOf(cells: readonly string[]): Header {
  const header: Header = {};
  for (const [at, cell] of cells.entries()) {
    const word = folded(cell).replace(/[(（].*/, '');
    const column = (Object.keys(COLUMNS) as ColumnName[]).find((name) =>
      (COLUMNS[name] as readonly string[]).includes(word),
    );
    if (column !== undefined) header[column] ??= at;
  }
  return header;
}

const isHeader = (header: Header): boolean => NEEDED.every((name) => header[name] !== undefined);

function statementOf(records: readonly CsvRecord[], header: Header, names: readonly string[]): BankStatement {
  const errors: LineError[] = [];
  const lines = records.flatMap((record) => readLine(record, header, names, errors));
  if (errors.length > 0) throw refused(errors);
  if (lines.length === 0)
    throw refused([{ line: 1, field: '', code: 'no-lines', expected: text('至少一行', 'a line at least'), got: '0' }]);
  const ordered = inOrder(lines);
  const broken = brokenAt(ordered);
  if (broken) throw refused([broken]);
  return { lines: ordered, closing: ordered.at(-1)!.balance };
}

const TOTAL = /^(本页|本日|本月|本期)?(合计|总计|小计|累计)|^(sub|grand)?total/i;

function readLine(record: CsvRecord, header: Header, names: readonly string[], errors: LineError[]): BankLine[] {
  const { line, cells } = record;
  const first = cells.find((cell) => !isBlank(cell));
  if (first === undefined || TOTAL.test(folded(first))) return [];
  const own: LineError[] = [];
  const value = (name: ColumnName, spelling: Spelling): string => {
    const at = header[name];
    const cell = at === undefined ? '' : (cells[at] ?? '');
    // Red amounts: banks take back on the side on which they recorded.
    const isRed = spelling === 'amount' && /^[-－−]/.test(cell.trim());
    const plain = isRed ? cell.trim().slice(1) : cell;
    const causes: LineError[] = [];
    const read = String(cellValue(plain, spelling, names[at!] ?? '', { line, notes: new NoteList(), causes }) ?? '');
    own.push(...causes);
    return isRed && read !== '' ? `-${read}` : read;
  };
  const amount = (name: ColumnName): Fen | undefined => {
    const written = value(name, 'amount').replace(/^-?$/, '');
    if (written === '') return undefined;
    if (AMOUNT.test(written)) return parseFen(written);
    if (own.length === 0) own.push(fault(line, names[header[name]!]!, 'amount', AMOUNT_FORM, written));
    return undefined;
  };
  const day = value('day', 'day').slice(0, 10);
  const [paid = 0n, received = 0n, balance] = [amount('debit'), amount('credit'), amount('balance')];
  if (own.length === 0 && paid === 0n && received === 0n && balance !== undefined) return [];
  if (own.length === 0 && !isDay(day)) own.push(fault(line, names[header.day!]!, 'day', DAY_FORM, cells[header.day!]));
  if (own.length === 0 && (paid === 0n) === (received === 0n))
    own.push(fault(line, '', 'one-side', ONE_SIDE, cells.join(',')));
  errors.push(...own);
  if (own.length > 0) return [];
  const reference = value('reference', 'text');
  const counterparty = value('counterparty', 'text');
  return [
    {
      line,
      day,
      effect: received - paid,
      references: [reference],
      counterparty,
      summary: value('summary', 'text'),
      balance,
    },
  ];
}

const AMOUNT = new RegExp(`^-?${AMOUNT_PATTERN.slice(1)}`);
const AMOUNT_FORM = text('金额，最多两位小数', 'an amount with at most two places');
const DAY_FORM = text('日期，如 2025-05-31', 'a day, e.g. 2025-05-31');
const ONE_SIDE = text('借方与贷方恰有一方有金额', 'an amount on one side, debit or credit');

const fault = (line: number, field: string, code: string, expected: Text, got: string | undefined): LineError => ({
  line,
  field,
  code,
  expected,
  got: show(got),
});

/** The lines in the bank's order: some banks write the latest first. */
function inOrder(lines: readonly BankLine[]): readonly BankLine[] {
  const [first, last] = [lines[0]!, lines.at(-1)!];
  const reversed = lines.toReversed();
  if (first.day !== last.day) return first.day > last.day ? reversed : lines;
  return brokenAt(lines) && !brokenAt(reversed) ? reversed : lines;
}

/** Where a balance does not follow from the one before it: a line is missing, or is there twice. */
function brokenAt(lines: readonly BankLine[]): LineError | undefined {
  for (const [index, { line, effect, balance }] of lines.entries()) {
    const before = lines[index - 1]?.balance;
    if (before === undefined || balance === undefined || before + effect === balance) continue;
    const due = formatFen(before + effect);
    const expected = text(`上一余额 ${formatFen(before)} 加减本行后为 ${due}`, `${due}, behind ${formatFen(before)}`);
    return { line, field: '', code: 'balance-broken', expected, got: formatFen(balance) };
  }
  return undefined;
}

const MOST_TOLD = 50;

function refused(errors: readonly LineError[]): LedgerError {
  const message = text(
    `对账单有 ${errors.length} 处不符合要求`,
    `${errors.length} places of the bank statement are not as they must be`,
  );
  const details = errors.slice(0, MOST_TOLD).map(({ line, field, code, expected, got }) => ({
    pointer: field === '' ? `line ${line}` : `line ${line} ${field}`,
    code,
    expected,
    got,
  }));
  return new LedgerError('invalid', 'bank-statement', message, details);
}
