import { type ErrorDetail, LedgerError, show, type Text, text } from '../errors.js';
import { CsvScanner } from '../text/csv-scanner.js';
import { unguarded } from '../text/csv-text.js';
import { UnreadableFile } from '../text/unreadable-file.js';
import { type Column, SET_COLUMNS, TABLE_NAMES, type TableName } from './columns.js';
import { ALWAYS, type Rows, type Sharing } from './rows.js';

/** The files of a reference set by their tables, as text: `funds` is what stands in `funds.csv`. */
export type SetTexts = Readonly<Record<TableName, string>>;

/** What was read of a set: the rows, and where each stands, for what is found wrong with them later. */
export interface ReadSet {
  readonly rows: Rows;
  /** The rows as they were written. */
  readonly cells: SetCells;
  /** The line of the file for each row, by table. */
  readonly lines: Readonly<Record<TableName, readonly number[]>>;
}

/** A row as it is written: text by column; a column that says nothing may be absent. */
export type Cells = Readonly<Record<string, string>>;
export type SetCells = Readonly<Record<TableName, readonly Cells[]>>;

/**
 * Reads the files of a set. Whether its rows make a set together is not looked at: see `problemsOf`.
 * @throws LedgerError invalid `reference-set`, with file, line and column of everything that is wrong
 */
export function readSet(texts: SetTexts): ReadSet {
  const faults: ErrorDetail[] = [];
  const read = Object.fromEntries(
    TABLE_NAMES.map((table) => [table, readTable(table, texts[table], faults)]),
  ) as Record<TableName, TableRows>;
  if (faults.length > 0) throw malformedSet(faults);
  const cells: SetCells = {
    funds: read.funds.cells.map(said),
    units: read.units.cells.map(said),
    accounts: read.accounts.cells.map(said),
    policies: read.policies.cells.map(said),
    windows: read.windows.cells.map(said),
  };
  const lines = Object.fromEntries(TABLE_NAMES.map((table) => [table, read[table].lines])) as ReadSet['lines'];
  return { rows: rowsOf(cells), cells, lines };
}

/** A row without the columns that say nothing. */
const said = (cells: Cells): Cells => Object.fromEntries(Object.entries(cells).filter(([, cell]) => cell !== ''));

/** Rows as they were written in what they mean. */
export const rowsOf = (cells: Partial<SetCells>): Rows => ({
  funds: (cells.funds ?? []).map(fundOf),
  units: (cells.units ?? []).map(unitOf),
  accounts: (cells.accounts ?? []).map(accountOf),
  policies: (cells.policies ?? []).map(policyOf),
  windows: (cells.windows ?? []).map(windowOf),
});

export const malformedSet = (details: readonly ErrorDetail[]): LedgerError =>
  new LedgerError(
    'invalid',
    'reference-set',
    text('基础资料不符合要求，一项也未采用', 'the reference set is not well formed; nothing of it was adopted'),
    details,
  );

/** Where something stands in a set, e.g. `units.csv:7:parent`. */
export const placeIn = (table: TableName, line: number, column = ''): string =>
  `${table}.csv:${line}${column && `:${column}`}`;

interface TableRows {
  readonly cells: readonly Cells[];
  readonly lines: readonly number[];
}

/** The rows of one file with their lines; what is wrong is added to the faults. */
function readTable(table: TableName, written: string, faults: ErrorDetail[]): TableRows {
  const columns: readonly Column[] = SET_COLUMNS[table];
  const [header, ...records] = recordsOf(table, written, faults);
  const names = header?.cells ?? [];
  const fault = (line: number, column: string, code: string, expected: Text, got: unknown): void =>
    void faults.push({ pointer: placeIn(table, line, column), code, expected, got: show(got) });
  const missing = columns.filter(({ name }) => names.filter((each) => each === name).length !== 1);
  if (missing.length > 0 || names.length !== columns.length) {
    const all = columns.map(({ name }) => name).join(',');
    fault(header?.line ?? 1, '', 'header', text(`列 ${all}`, `the columns ${all}`), names.join());
    return { cells: [], lines: [] };
  }
  const cells = records.map(({ line, cells: values }) => {
    if (values.length !== names.length)
      fault(line, '', 'cells', text(`${names.length} 格`, `${names.length} cells`), `${values.length}`);
    const row: Cells = Object.fromEntries(names.map((name, index) => [name, values[index]?.normalize('NFC') ?? '']));
    for (const { name, required, accepts, expected } of columns) {
      const cell = row[name]!;
      if (cell === '' ? required : !accepts(cell)) fault(line, name, cell === '' ? 'required' : 'cell', expected, cell);
    }
    return row;
  });
  return { cells, lines: records.map(({ line }) => line) };
}

interface TableRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

const fromUtf8 = (latin1: string): string => Buffer.from(latin1, 'latin1').toString('utf8');

function recordsOf(table: TableName, written: string, faults: ErrorDetail[]): TableRecord[] {
  const records: TableRecord[] = [];
  const latin1 = Buffer.from(written.replace(/^\ufeff/, '')).toString('latin1');
  try {
    new CsvScanner(fromUtf8).take(latin1.endsWith('\n') ? latin1 : `${latin1}\n`, true, ({ line, cells }) =>
      records.push({ line, cells: cells.map((cell) => unguarded(cell.trim())) }),
    );
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    const { line, code, expected, got } = error.lineError;
    faults.push({ pointer: placeIn(table, line), code, expected, got });
  }
  return records.filter(({ cells }) => cells.some((cell) => cell !== ''));
}

const isYes = (cell: string | undefined): boolean => cell === 'yes';
const listOf = (cell = ''): string[] => (cell === '' ? [] : cell.split(';').map((each) => each.trim()));
const named = ({ zh, en }: Cells): Text => text(zh!, en!);
const since = ({ from = '' }: Cells): string => from || ALWAYS;

const fundOf = (row: Cells): Rows['funds'][number] => ({
  key: row.key!,
  from: since(row),
  name: named(row),
  personalAccounts: isYes(row.personalAccounts),
  basicInsurance: isYes(row.basicInsurance),
  on: isYes(row.on),
});

const unitOf = (row: Cells): Rows['units'][number] => ({
  code: row.code!,
  from: since(row),
  name: named(row),
  ...(row.parent && { parent: row.parent }),
  closed: isYes(row.closed),
});

function accountOf(row: Cells): Rows['accounts'][number] {
  const [zh = '', en = ''] = (row.closed ?? '').split('|');
  return {
    key: row.key!,
    from: since(row),
    number: row.number!,
    name: named(row),
    also: listOf(row.also),
    funds: listOf(row.funds),
    ...(row.share && { share: row.share as Sharing }),
    ...(row.closed && { closed: text(zh, en) }),
    ...(row.becomes && { becomes: row.becomes }),
  };
}

const policyOf = (row: Cells): Rows['policies'][number] => ({
  key: row.key!,
  from: since(row),
  scope: row.scope!,
  ...(row.fund && { fund: row.fund }),
  value: row.value!,
  source: row.source!,
});

const windowOf = (row: Cells): Rows['windows'][number] => ({
  fund: row.fund!,
  coverYear: row.coverYear!,
  from: since(row),
  opens: row.opens!,
  closes: row.closes!,
  source: row.source!,
});
