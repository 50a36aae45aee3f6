import { type Table } from '../api/tables.ts';

/** Where the second side of a form with two sides begins: its columns are called as those of the first; else none. */
export function secondSide(columns: Table['columns']): number | undefined {
  const at = columns.findIndex(
    ({ kind }, index) => index > 1 && kind === 'text' && columns[index + 1]?.name === columns[1]?.name,
  );
  return at < 0 ? undefined : at;
}
