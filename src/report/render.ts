import stringWidth from 'string-width';
import { type Sheet } from '../../projections/asking/question.js';
import { type Language } from '../errors.js';
import { visible } from '../text/foreign-text.js';
import { isFigure, type LaidOut, layOut, type PrintOptions } from './lay-out.js';

const GAP = '  ';

/** Sheets as aligned tables for a terminal; a Chinese character is two columns wide. Ends with a line break. */
export function renderSheets(sheets: readonly Sheet[], options: PrintOptions): string {
  return sheets.map((sheet) => renderTable(layOut(sheet, options), options.language)).join('\n');
}

function renderTable({ title, head, unit, columns, rows, notes, none }: LaidOut, language: Language): string {
  const header = columns.map(({ name }) => name[language]);
  const figures = columns.map(isFigure);
  const grouped = rows.map(({ cells }) =>
    cells.map((cell, column) => (figures[column] ? groupThousands(cell) : visible(cell))),
  );
  const widths = header.map((name, column) =>
    [name, ...grouped.map((row) => row[column]!)].reduce((widest, cell) => Math.max(widest, stringWidth(cell)), 0),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => pad(cell, widths[column]!, figures[column]!))
      .join(GAP)
      .trimEnd();
  const width = widths.reduce((sum, each) => sum + each, GAP.length * (widths.length - 1));
  const caption = unit === undefined ? title : `${title}${GAP}${pad(unit, width - stringWidth(title) - 2, true)}`;
  const rule = '-'.repeat(width);
  const body = grouped.length > 0 ? grouped.map(line) : [none];
  const lines = [caption, ...head, rule, line(header), rule, ...body, rule, ...notes];
  return `${lines.join('\n')}\n`;
}

function pad(cell: string, width: number, toTheRight: boolean): string {
  const space = ' '.repeat(Math.max(0, width - stringWidth(cell)));
  return toTheRight ? space + cell : cell + space;
}

/** `1234567.50` as `1,234,567.50`; what is no plain figure stays as it is. */
function groupThousands(cell: string): string {
  if (!/^-?[0-9]+(\.[0-9]+)?$/.test(cell)) return cell;
  return cell.replace(/^(-?[0-9]+)/, (whole) => whole.replace(/\B(?=([0-9]{3})+$)/g, ','));
}
