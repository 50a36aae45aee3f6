import { type Column, type Question, sheetPattern } from '../../projections/asking/question.js';
import { LedgerError, show, type Text, text } from '../errors.js';

/** A sheet as far as its columns can be left out. */
interface WithColumns {
  readonly name: string;
  readonly columns: readonly Column[];
}

/**
 * Sheets of an answer without the columns that a reader has left out of print, file and screen.
 * @param written e.g. `accounts-employee.7,accounts-employee.8`: the name of the sheet and the number of the column,
 *   from 1; undefined: none
 * @throws LedgerError invalid, where there is no such sheet or column, or no column would be left
 */
export function hideColumns<S extends WithColumns>(
  question: Pick<Question, 'sheets'>,
  sheets: readonly S[],
  written: string | undefined,
): readonly S[] {
  if (written === undefined) return sheets;
  const known = new RegExp(sheetPattern(question));
  const hidden = new Map<string, Set<number>>();
  for (const each of written.split(',')) {
    const [, name, number] = /^([a-z-]+)\.([1-9][0-9]{0,2})$/.exec(each) ?? [];
    if (name === undefined || !known.test(name)) throw refused(SHAPE(question.sheets), each);
    hidden.set(name, (hidden.get(name) ?? new Set()).add(Number.parseInt(number!, 10)));
  }
  return sheets.map((sheet) => hide(sheet, hidden.get(sheet.name) ?? new Set()));
}

function hide<S extends WithColumns>(sheet: S, hidden: ReadonlySet<number>): S {
  const { name, columns } = sheet;
  for (const number of hidden)
    if (number > columns.length) throw refused(COLUMN(name, columns.length), `${name}.${number}`);
  if (hidden.size === columns.length) throw refused(ONE_LEFT, [...hidden].map((each) => `${name}.${each}`).join(','));
  return {
    ...sheet,
    columns: columns.map((column, index) => (hidden.has(index + 1) ? { ...column, isHidden: true } : column)),
  };
}

const SHAPE = (names: readonly string[]): Text =>
  text(
    `表名.栏号（从 1 起），多个以逗号分隔，如 ${names[0]}.3；本查询的表：${names.join('、')}`,
    `sheet.number of the column from 1, separated by commas, e.g. ${names[0]}.3; its sheets: ${names.join(', ')}`,
  );
const COLUMN = (name: string, count: number): Text =>
  text(`${name} 的栏号为 1 至 ${count}`, `${name} has the columns 1 to ${count}`);
const ONE_LEFT = text('每张表至少留下一栏', 'at least one column of each sheet is left');

function refused(expected: Text, got: string): LedgerError {
  const message = text('没有这一栏', 'there is no such column');
  return new LedgerError('invalid', 'hidden-columns', message, [
    { pointer: 'hiddenColumns', code: 'hidden-columns', expected, got: show(got) },
  ]);
}
