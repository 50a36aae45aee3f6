import { type Answer, type Role, type Scale, type Sheet } from '../../projections/asking/question.js';
import { type Language, type Text } from '../errors.js';
import { formatFen, type PrintUnit } from '../money.js';
import { visible } from '../text/foreign-text.js';
import { sheetNamed } from './export.js';
import { type LaidOut, type LaidOutRow, layOut } from './lay-out.js';

/** How an answer is laid out for whoever shows it: in a language and a unit, one sheet of it or all. */
export interface TablesOptions {
  readonly language: Language;
  /** Absent: what each sheet says. */
  readonly unit?: PrintUnit | undefined;
  /** The name of the sheet; absent: all. */
  readonly sheet?: string | undefined;
}

/** An answer as tables that a screen shows as they are: the same cells as in a file, in words of the reader. */
export interface Tables {
  readonly position: number;
  readonly from: string | null;
  readonly to: string | null;
  readonly asOf: string | null;
  readonly recordedAsOf: string | null;
  readonly recordedAsOfIsFinal: boolean | null;
  readonly next: string | null;
  readonly tables: readonly Table[];
}

export interface Table {
  readonly name: string;
  readonly title: string;
  readonly head: readonly string[];
  readonly unit: string | null;
  readonly columns: readonly TableColumn[];
  /** The columns that whoever asked has left out. */
  readonly hidden: readonly { readonly number: number; readonly name: string }[];
  readonly rows: readonly TableRow[];
  readonly notes: readonly string[];
  readonly checks: readonly { readonly says: string; readonly holds: boolean }[];
  readonly notListed: number | null;
}

interface TableColumn {
  /** Which column of the sheet it is, from 1: by it, it can be left out. */
  readonly number: number;
  readonly name: string;
  readonly kind: 'text' | 'fen' | 'count' | 'rate';
  readonly group?: string;
}

interface TableRow {
  readonly cells: readonly TableCell[];
  /** What its figure is judged by. */
  readonly scale?: TableScale;
  readonly role?: Role | 'rounding';
  readonly level?: number;
}

interface TableScale {
  readonly unit: string;
  readonly says: string;
  readonly bands: readonly (Omit<Scale['bands'][number], 'name'> & { readonly name: string })[];
}

interface TableCell {
  readonly text: string;
  readonly exact?: string;
  readonly to?: string;
  /** Of one side of a form, where the other side of the row is something else. */
  readonly role?: Role;
}

/**
 * Lays the sheets of an answer out as tables.
 * @throws LedgerError invalid, where the answer has no sheet of the name
 */
export function tablesOf({ position, body, sheets }: Answer, { language, unit, sheet }: TablesOptions): Tables {
  const { from, to, asOf, recordedAsOf, recordedAsOfIsFinal = null, next = null } = body;
  const shown = sheet === undefined ? sheets : [sheetNamed(sheets, sheet)];
  return {
    position,
    from,
    to,
    asOf,
    recordedAsOf,
    recordedAsOfIsFinal,
    next,
    tables: shown.map((each) => tableOf(each, language, unit)),
  };
}

function tableOf(sheet: Sheet, language: Language, wanted: PrintUnit | undefined): Table {
  const { checks = [], notListed = 0 } = sheet;
  const says = (words: Text): string => visible(words[language]);
  // What ties is told apart, and whoever reads a screen has no command line.
  const { rows, columns, unit, ...laidOut } = layOut({ ...sheet, checks: [], ways: [] }, { language, unit: wanted });
  // What rounding leaves over may stand in a column of its own, behind those of the sheet.
  const seen = [...sheet.columns.flatMap(({ isHidden }, index) => (isHidden ? [] : [index])), sheet.columns.length];
  const isRounded = (wanted ?? sheet.unit ?? 'yuan') !== 'yuan';
  return {
    name: sheet.name,
    title: laidOut.title,
    head: laidOut.head,
    unit: unit ?? null,
    columns: columns.map(({ name, kind, group }, index) => ({
      number: seen[index]! + 1,
      name: says(name),
      kind,
      ...(group !== undefined && { group: says(group) }),
    })),
    hidden: sheet.columns.flatMap(({ name, isHidden }, index) =>
      isHidden ? [{ number: index + 1, name: says(name) }] : [],
    ),
    rows: rows.map((row) => rowOf(sheet, row, { columns, seen, isRounded, says })),
    notes: laidOut.notes,
    checks: checks.map((check) => ({ says: says(check.says), holds: check.holds })),
    notListed: notListed === 0 ? null : notListed,
  };
}

interface RowOptions {
  readonly columns: LaidOut['columns'];
  /** Which column of the sheet each of them is. */
  readonly seen: readonly number[];
  readonly isRounded: boolean;
  readonly says: (words: Text) => string;
}

function rowOf(sheet: Sheet, { cells, source }: LaidOutRow, { columns, seen, isRounded, says }: RowOptions): TableRow {
  const level = levelOf(cells.find((cell, column) => columns[column]!.kind === 'text' && cell.startsWith('  ')) ?? '');
  if (source === undefined) return { cells: cells.map((text) => ({ text })), role: 'rounding', ...level };
  const { role = roleOf(sheet, source), links = [], scale } = sheet.marks?.[source] ?? {};
  const sides = role === undefined ? sidesOf(sheet, source) : [];
  return {
    cells: cells.map((text, index): TableCell => {
      const column = seen[index]!;
      const cell = sheet.rows[source]![column];
      const isAmount = isRounded && columns[index]!.kind === 'fen' && typeof cell === 'bigint';
      const to = links[column];
      const side = sides[column];
      return {
        text,
        ...(isAmount && { exact: formatFen(cell) }),
        ...(to !== undefined && { to }),
        ...(side !== undefined && { role: side }),
      };
    }),
    ...(role !== undefined && { role }),
    ...(scale && {
      scale: {
        unit: says(scale.unit),
        says: says(scale.says),
        bands: scale.bands.map((band) => ({ ...band, name: says(band.name) })),
      },
    }),
    ...level,
  };
}

/** How far a row is set in: two spaces before the words that are set in are a step. */
function levelOf(words: string): { level?: number } {
  const spaces = words.length - words.trimStart().length;
  return spaces < 2 ? {} : { level: spaces >> 1 };
}

/** By column, what the one side of a row is that is a sum while the other is none: its name and its amounts. */
function sidesOf({ footing }: Sheet, index: number): (Role | undefined)[] {
  const roles: (Role | undefined)[] = [];
  const footings = footing?.rows ?? [];
  for (const { total, columns } of footings) {
    if (total !== index || !columns) continue;
    const isPart = footings.some((each) => each.parts.includes(index) && each.columns?.[0] === columns[0]);
    for (const column of [columns[0]! - 1, ...columns]) roles[column] = isPart ? 'subtotal' : 'total';
  }
  return roles;
}

/** A row that is the sum of others in all its amounts is a total, or a subtotal where it is a part of another. */
function roleOf({ footing, columns, rows }: Sheet, index: number): Role | undefined {
  const footings = footing?.rows ?? [];
  const own = footings.filter(({ total }) => total === index);
  const hasSides = footings.some((each) => each.columns !== undefined && each.columns[0] !== own[0]?.columns?.[0]);
  const amounts = columns.flatMap(({ kind }, column) =>
    kind === 'fen' && (hasSides || rows[index]![column] !== null) ? [column] : [],
  );
  const isSum = amounts.every((column) => own.some(({ columns: only }) => only?.includes(column) ?? true));
  if (own.length === 0 || !isSum) return undefined;
  return footings.some(({ parts }) => parts.includes(index)) ? 'subtotal' : 'total';
}
