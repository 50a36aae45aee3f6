import { KINDS } from '../../src/catalogue/registry.js';
import { type Text, text } from '../../src/errors.js';
import { folded } from '../../src/text/codes.js';
import { type ReadTables, tableName } from '../following/read-tables.js';
import { COLUMNS, type Field, NAMES, names } from './projection.js';

/** A name that is in use, and what people call it. */
export interface NameInUse {
  readonly value: string;
  readonly name: Text;
}

/** Most names that are told at a time. */
export const MOST_NAMES = 50;

/** The names of a field that hold what is sought, in order, and one more than are told where there are more. */
export function namesInUse(tables: ReadTables, field: Field, q: string): NameInUse[] {
  return field === 'kind' ? kindsInUse(tables, q) : valuesInUse(tables, field, q).map(byItself);
}

const byItself = (value: string): NameInUse => ({ value, name: text(value, value) });
const table = `"${tableName(names, NAMES)}"`;

const valuesInUse = (tables: ReadTables, field: Field, q: string): string[] =>
  tables
    .rows<{ value: string }>(
      `SELECT DISTINCT ${COLUMNS[field]} AS value FROM ${table} WHERE value <> '' AND instr(lower(value), ?) > 0
       ORDER BY value LIMIT ?`,
      folded(q),
      MOST_NAMES + 1,
    )
    .map(({ value }) => value);

/** Kinds are a closed list, sought by what they are called in either language. */
function kindsInUse(tables: ReadTables, q: string): NameInUse[] {
  const needle = folded(q);
  return tables
    .rows<{ value: string }>(`SELECT DISTINCT kind AS value FROM ${table} ORDER BY value`)
    .map(({ value }) => ({ value, name: KINDS.nameOf(value) }))
    .filter(({ value, name }) => [value, name.zh, name.en].some((word) => folded(word).includes(needle)));
}
