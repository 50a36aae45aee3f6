import stringWidth from 'string-width';
import { type LongSheet, type Sheet } from '../../projections/asking/question.js';
import { type Language, type Text, text } from '../errors.js';
import { type PrintUnit } from '../money.js';
import { isFigure, type Printed, printSheet } from './lay-out.js';
import {
  beginSheet,
  bindSheets,
  END_OF_SHEET,
  numberCell,
  rowXml,
  sheetPath,
  STYLE,
  textCell,
  textStyle,
} from './xlsx-parts.js';
import { writeZip, type ZipFile } from './zip.js';

/** What is said of a sheet on the one behind it: a name and a value. */
export type Said = readonly [name: Text, value: Text];

/** How a workbook is written: amounts as on screen, unless another unit is asked for. */
export interface XlsxOptions {
  readonly language: Language;
  readonly unit?: PrintUnit | undefined;
  /** Unit, period, filters, position, and who printed it. */
  readonly about: readonly Said[];
  /** Rows of a sheet; absent: as many as a spreadsheet takes. */
  readonly mostRows?: number;
}

/** Rows that a sheet of a spreadsheet takes. */
const MOST_ROWS = 1_048_576;
/** A number in a cell is binary: so many digits are kept exactly, whatever they are. */
const MOST_DIGITS = 15;
/** Rows that are written between two turns of other work. */
const ROWS_AT_ONCE = 250;
/** Rows by which the widths of columns are chosen: to measure a cell takes as long as to write ten. */
const MEASURED = 200;
/** Widths of columns, in characters. */
const NARROWEST = 8;
const WIDEST = 60;

const TABLE = text('表', 'table');
const ABOUT = text('说明', 'about');
const LONG_NUMBERS: Said = [
  text('长数字', 'long numbers'),
  text('超过 15 位有效数字的金额写作文本，一位不差', 'amounts of more than 15 digits are written as text, exact'),
];

/**
 * One sheet as a workbook, as it is printed: title, frozen header, indents, amounts and counts as numbers with their
 * formats, notes. A second sheet says what it shows. Written while the rows are read; what is longer than a sheet of a
 * spreadsheet goes on in another. Text stays text: no cell holds a formula.
 */
export const writeXlsx = (sheet: Sheet | LongSheet, options: XlsxOptions): AsyncIterable<Buffer> =>
  writeZip(filesOf(printSheet(sheet, options), options));

async function* filesOf(
  printed: Printed,
  { about, language, mostRows = MOST_ROWS }: XlsxOptions,
): AsyncIterable<ZipFile> {
  const rows = new Rows(printed.batches);
  let count = 0;
  do yield { name: sheetPath((count += 1)), pieces: pageOf(printed, rows, language, mostRows) };
  while (rows.areLeft);
  yield {
    name: sheetPath(count + 1),
    pieces: [aboutXml([...about, ...(rows.hadLong ? [LONG_NUMBERS] : [])], language)],
  };
  const more = Array.from({ length: count - 1 }, (_, index) => index + 2);
  yield* bindSheets([
    { number: 1, name: TABLE[language] },
    { number: count + 1, name: ABOUT[language] },
    ...more.map((number) => ({ number, name: `${TABLE[language]} ${number}` })),
  ]);
}

/** The rows of a table as they are read: the next some of them. */
class Rows {
  /** Whether there may be more than were taken. */
  areLeft = true;
  /** Whether an amount had more digits than a number keeps. */
  hadLong = false;
  private readonly batches: AsyncIterator<readonly (readonly string[])[]>;
  private waiting: readonly (readonly string[])[] = [];

  constructor(batches: Printed['batches']) {
    this.batches = (async function* () {
      yield* batches;
    })();
  }

  /** The next rows without taking them; none at the end. */
  async look(): Promise<readonly (readonly string[])[]> {
    while (this.areLeft && this.waiting.length === 0) {
      const { done, value } = await this.batches.next();
      if (done) this.areLeft = false;
      else this.waiting = value;
    }
    return this.waiting;
  }

  async take(most: number): Promise<readonly (readonly string[])[]> {
    const taken = (await this.look()).slice(0, Math.min(most, ROWS_AT_ONCE));
    this.waiting = this.waiting.slice(taken.length);
    return taken;
  }
}

/** One sheet of a table: what stands over its rows, as many as a sheet takes, and behind the last of all the notes. */
async function* pageOf(
  { title, head: lines, unit, columns, notes }: Printed,
  rows: Rows,
  language: Language,
  mostRows: number,
): AsyncIterable<string> {
  let row = 0;
  const put = (...cells: readonly string[]): string => rowXml((row += 1), cells);
  const names = columns.map(({ name }) => name[language]);
  const head = [title, ...lines, ...(unit === undefined ? [] : [unit])].map((line, index) =>
    put(textCell(line, index === 0 ? STYLE.title : STYLE.text)),
  );
  head.push(put(...names.map((name) => textCell(name, STYLE.head))));
  yield beginSheet(row, widthsOf([names, ...(await rows.look()).slice(0, MEASURED)])) + head.join('');
  for (;;) {
    const taken = await rows.take(mostRows - notes.length - row);
    if (taken.length === 0) break;
    yield taken.map((cells) => put(...cells.map((cell, index) => cellXml(cell, columns[index]!, rows)))).join('');
  }
  await rows.look();
  if (!rows.areLeft) yield notes.map((note) => put(textCell(note, STYLE.text))).join('');
  yield END_OF_SHEET;
}

const FIGURE = /^-?[0-9]+(\.[0-9]+)?$/;

function cellXml(cell: string, column: Printed['columns'][number], rows: Rows): string {
  if (cell === '') return '';
  if (!isFigure(column) || !FIGURE.test(cell)) {
    const bare = cell.replace(/^ +/, '');
    return textCell(bare, textStyle((cell.length - bare.length) >> 1));
  }
  if (cell.replace(/^[-0.]+/, '').replace('.', '').length <= MOST_DIGITS)
    return numberCell(cell, column.kind === 'count' ? STYLE.count : STYLE.amount);
  rows.hadLong = true;
  return textCell(cell, STYLE.longNumber);
}

const widthsOf = (rows: readonly (readonly string[])[]): number[] =>
  rows[0]!.map((_, column) => {
    const widest = rows.reduce((most, row) => Math.max(most, stringWidth(row[column]!)), NARROWEST);
    return Math.min(widest + 4, WIDEST);
  });

function aboutXml(about: readonly Said[], language: Language): string {
  const cells = about.map(([name, value]) => [name[language], value[language]]);
  const rows = [[ABOUT[language], ''], ...cells].map(([name, value], index) =>
    rowXml(index + 1, [textCell(name!, index === 0 ? STYLE.title : STYLE.text), textCell(value!, STYLE.text)]),
  );
  return beginSheet(1, widthsOf(cells)) + rows.join('') + END_OF_SHEET;
}
