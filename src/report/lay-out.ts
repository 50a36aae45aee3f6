import {
  type Cell,
  type Check,
  type Column,
  type LongSheet,
  type RowFooting,
  type Sheet,
} from '../../projections/asking/question.js';
import { type Language, type Text, text } from '../errors.js';
import { visible, visibleLines } from '../text/foreign-text.js';
import { type Fen, formatFen, parseFen, type PrintUnit, printFen } from '../money.js';

export interface PrintOptions {
  readonly language: Language;
  /** What amounts are printed in; absent: what the sheet says, 元 where it says nothing. */
  readonly unit?: PrintUnit | undefined;
  /** True: beneath each row of rounded amounts, the same amounts in 元 to the fen. */
  readonly fen?: boolean | undefined;
}

/** A sheet as text, cell by cell, whatever it is then printed on. */
export interface LaidOut {
  readonly title: string;
  /** Lines between the title and the table. */
  readonly head: readonly string[];
  /** What the amounts are in, e.g. `单位：亿元`; undefined where there are none. */
  readonly unit: string | undefined;
  readonly columns: readonly Column[];
  readonly rows: readonly LaidOutRow[];
  /** What is said under it, then what ties, then how one comes to the rest. */
  readonly notes: readonly string[];
  /** What a reader sees where there are no rows. */
  readonly none: string;
}

export interface LaidOutRow {
  readonly cells: readonly string[];
  /** Which row of the sheet it is; undefined where printing adds it: what rounding leaves over, or the fen. */
  readonly source: number | undefined;
}

/** What amounts are printed in, in words. */
export const UNIT_NAME: Readonly<Record<PrintUnit, Text>> = {
  yuan: text('元', 'yuan'),
  wan: text('万元', '10,000 yuan'),
  yi: text('亿元', '100 million yuan'),
};
const UNIT = text('单位', 'unit');
const EXACTLY = text('精确到分（元）', 'to the fen, in yuan');
const NONE = text('（无）', '(none)');
const ROUNDING = text('舍入差', 'rounding difference');

/** Turns the cells of a sheet into text, with the rows and the column that explain what rounding has left over. */
export function layOut(sheet: Sheet, options: PrintOptions): LaidOut {
  const { language } = options;
  const unit = options.unit ?? sheet.unit ?? 'yuan';
  const differences = columnDifferences(sheet, unit);
  const columns = differences ? [...sheet.columns, ROUNDING_COLUMN] : sheet.columns;
  let left = differences !== undefined;
  const rows = sheet.rows.flatMap((row, index) => {
    const own = row.map((cell) => printCell(cell, language, unit));
    if (differences) own.push(printHundredths(differences[index]!));
    const exact = options.fen && unit !== 'yuan' ? [exactRow(sheet, index, columns.length, language)] : [];
    const rounding = roundingRows(sheet, index, columns, unit, language);
    left ||= rounding.before.length + rounding.behind.length > 0;
    const added = (lines: readonly string[][]): LaidOutRow[] => lines.map((cells) => ({ cells, source: undefined }));
    return [...added(rounding.before), { cells: own, source: index }, ...added(exact), ...added(rounding.behind)];
  });
  const { notes = [], checks = [], ways = [] } = sheet;
  return {
    title: visible(sheet.title[language]),
    head: (sheet.head ?? []).map((line) => visible(line[language])),
    unit: sheet.columns.some((column) => column.kind === 'fen' && isSeen(column))
      ? `${UNIT[language]}${language === 'zh' ? '：' : ': '}${UNIT_NAME[unit][language]}`
      : undefined,
    columns: columns.filter(isSeen),
    rows: rows.map(({ cells, source }) => ({ cells: seenOf(columns, cells), source })),
    notes: [...(left ? [roundingNote(unit)] : []), ...notes, ...checks.map(checkLine), ...ways].map((note) =>
      visible(note[language]),
    ),
    none: NONE[language],
  };
}

/** A sheet on its way into a file: what stands over its rows and under them, and the rows some at a time. */
export interface Printed extends Omit<LaidOut, 'rows' | 'none'> {
  readonly batches: AsyncIterable<Rows> | Iterable<Rows>;
}
type Rows = readonly (readonly string[])[];

/** Prints a sheet for a file; a long one while its rows are read, which have no footing. */
export function printSheet(sheet: Sheet | LongSheet, options: PrintOptions): Printed {
  if (!isLong(sheet)) {
    const { rows, none: _, ...laidOut } = layOut(sheet, options);
    return { ...laidOut, batches: [rows.map(({ cells }) => cells)] };
  }
  const { rows: long, ...rest } = sheet;
  const { rows: _, none: __, ...laidOut } = layOut({ ...rest, rows: [] }, options);
  const unit = options.unit ?? sheet.unit ?? 'yuan';
  async function* print(): AsyncIterable<Rows> {
    for await (const batch of long)
      yield batch.map((row) => seenOf(sheet.columns, row).map((cell) => printCell(cell, options.language, unit)));
  }
  return { ...laidOut, batches: print() };
}

const isLong = (sheet: Sheet | LongSheet): sheet is LongSheet => Symbol.asyncIterator in sheet.rows;

const isSeen = ({ isHidden }: Column): boolean => isHidden !== true;

/** What of a row stands in the columns that are not left out. */
const seenOf = <Each>(columns: readonly Column[], row: readonly Each[]): readonly Each[] =>
  columns.every(isSeen) ? row : row.filter((_, column) => isSeen(columns[column]!));

/** A check as it is read on paper. */
function checkLine({ says: { zh, en }, holds }: Check): Text {
  const mark = holds ? '✓' : '✗';
  return text(`${zh} ${mark}`, `${en} ${mark}`);
}

/** A total is never adjusted to its printed parts: whoever adds them up is told why they differ. */
function roundingNote(unit: PrintUnit): Text {
  const { zh, en } = UNIT_NAME[unit];
  return text(
    `舍入差：各数分别四舍五入到${zh}两位小数而生，不是账目；账上按分计算，各项之和与合计相等。`,
    `Rounding difference: each figure is rounded to two places of ${en} by itself; to the fen the parts add up.`,
  );
}

/** Figures are set to the right, and added up by whoever has them in a spreadsheet. */
export const isFigure = ({ kind }: Column): boolean => kind !== 'text';

const ROUNDING_COLUMN: Column = { name: ROUNDING, kind: 'fen' };

function printCell(cell: Cell, language: Language, unit: PrintUnit): string {
  if (cell === null) return '';
  if (typeof cell === 'bigint') return unit === 'yuan' ? formatFen(cell) : printFen(cell, unit);
  return visibleLines(typeof cell === 'object' ? cell[language] : String(cell));
}

/** An amount as it is printed, in hundredths of the print unit: what a reader with a calculator adds up. */
const hundredths = (fen: Fen, unit: PrintUnit): bigint => parseFen(printFen(fen, unit));
const printHundredths = (value: bigint): string => (value === 0n ? '' : formatFen(value));

/** What each row's parts leave over when printed; undefined where nothing does in any row. */
function columnDifferences({ rows, footing }: Sheet, unit: PrintUnit): bigint[] | undefined {
  const column = footing?.column;
  if (!column) return undefined;
  const differences = rows.map((row) => {
    const at = (index: number): bigint => hundredths(amountOf(row[index]), unit);
    const sum = (indexes: readonly number[]): bigint => indexes.reduce((total, index) => total + at(index), 0n);
    const isWhole = [column.total, ...column.plus, ...column.minus].every((index) => row[index] !== null);
    return isWhole ? at(column.total) - sum(column.plus) + sum(column.minus) : 0n;
  });
  return differences.some((difference) => difference !== 0n) ? differences : undefined;
}

/**
 * The rows around one that say what the parts of a total leave over when printed, none where they foot: before a total
 * that stands behind its parts, behind the last part of one that stands before them.
 */
function roundingRows(
  sheet: Sheet,
  index: number,
  columns: readonly Column[],
  unit: PrintUnit,
  language: Language,
): { before: string[][]; behind: string[][] } {
  const rowsOf = (wanted: (footing: RowFooting, last: number) => boolean): string[][] =>
    (sheet.footing?.rows ?? [])
      .filter((footing) => wanted(footing, footing.parts.at(-1) ?? footing.total))
      .flatMap((footing) => roundingRow(sheet, footing, columns, unit, language));
  return {
    before: rowsOf(({ total }, last) => total === index && last <= total),
    behind: rowsOf(({ total }, last) => last === index && last > total),
  };
}

function roundingRow(
  { rows }: Sheet,
  { total, parts, columns: only }: RowFooting,
  columns: readonly Column[],
  unit: PrintUnit,
  language: Language,
): string[][] {
  const differences = columns.map(({ kind }, column) => {
    if (kind !== 'fen' || (only && !only.includes(column))) return 0n;
    const at = (row: number): bigint => hundredths(amountOf(rows[row]![column]), unit);
    return parts.reduce((left, part) => left - at(part), at(total));
  });
  if (differences.every((difference) => difference === 0n)) return [];
  const label = only === undefined ? 0 : only[0]! - 1;
  return [
    differences.map((difference, column) => (column === label ? ROUNDING[language] : printHundredths(difference))),
  ];
}

function exactRow({ rows, columns }: Sheet, index: number, width: number, language: Language): string[] {
  const cells = columns.map(({ kind }, column) => {
    const cell = rows[index]![column];
    return kind === 'fen' && typeof cell === 'bigint' ? formatFen(cell) : '';
  });
  return [`  ${EXACTLY[language]}`, ...cells.slice(1), ...Array<string>(width - columns.length).fill('')];
}

const amountOf = (cell: Cell | undefined): Fen => (typeof cell === 'bigint' ? cell : 0n);
