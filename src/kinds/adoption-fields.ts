import { type Column, COLUMN_NAMES, SET_COLUMNS, type TableName } from '../reference/columns.js';
import { text } from '../errors.js';
import { passing } from './checks.js';
import { Evidence } from './commands.js';
import { Day, field, Line, Nested, Reference, says, SEEN_CHECK } from './fields.js';

/*
 * Rows of reference data as they stand in commands and events: text by column, as in the files of a set. The fields are
 * the columns, so that a file, a command and an event say the same in the same words. A row is an object of its own in
 * an event: some columns have names that are an event's own, `key` and `source`.
 */

/** What class-validator calls the check of a cell. */
export const CELL_CHECK = 'cell';

function Cell(column: Column): PropertyDecorator {
  const { name, required, accepts, expected, schema } = column;
  const isText = schema['format'] === undefined && schema['enum'] === undefined && accepts('名称');
  const validate = (value: unknown): boolean => typeof value === 'string' && value !== '' && accepts(value);
  return field(
    COLUMN_NAMES[name]!,
    { optional: !required },
    { kind: isText ? 'text' : 'code', schema, spelling: schema['format'] === 'date' ? 'day' : undefined },
    passing(isText ? SEEN_CHECK : CELL_CHECK, validate, says(CELL_CHECK, expected)),
  );
}

/** Gives a class the columns of a table as its fields. */
const withColumns = (type: new () => object, columns: readonly Column[]): void => {
  for (const column of columns) Cell(column)(type.prototype as object, column.name);
};

/** Gives a row that is adopted by itself the columns of its table; the day from which it holds is always said. */
export const AdoptedRow =
  (table: TableName) =>
  (type: new () => object): void =>
    withColumns(
      type,
      SET_COLUMNS[table].map((column: Column) => (column.name === 'from' ? { ...column, required: true } : column)),
    );

/** Gives a row of a set the columns of its table. */
export const SetRow =
  (table: TableName) =>
  (type: new () => object): void =>
    withColumns(type, SET_COLUMNS[table]);

/**
 * What a change of reference data says besides its row: when it was decided, on what evidence, and who answers for it.
 * It is of no book. The business date is the day of the decision, not the day from which the row holds.
 */
export class AdoptionCommand {
  @Day(text('决定日期', 'day of the decision'))
  businessDate!: string;

  @Nested(text('决定文件', 'evidence'), Evidence)
  evidence!: Evidence;

  @Reference(text('经办', 'maker'))
  maker!: string;

  @Reference(text('复核', 'reviewer'))
  reviewer!: string;

  @Line(text('摘要', 'note'), 200, { optional: true })
  note?: string;
}
