import { type Table } from '../api/tables.ts';

/** The parameter of the address that says which columns are left out: `accounts-employee.7,accounts-employee.8`. */
export const HIDDEN_COLUMNS = 'hiddenColumns' as const;

interface Choice {
  /** Which column of the sheet it is, from 1. */
  readonly number: number;
  readonly name: string;
  readonly isSeen: boolean;
}

type Choosable = Pick<Table, 'name' | 'columns' | 'hidden'>;

/** All columns of a table, those that are left out too, in their order; a heading over one stands before its name. */
export const columnsOf = ({ columns, hidden }: Choosable): Choice[] =>
  [
    ...columns.map(({ number, name, group }) => ({
      number,
      name: group === undefined ? name : `${group} ${name}`,
      isSeen: true,
    })),
    ...hidden.map((column) => ({ ...column, isSeen: false })),
  ].toSorted((one, other) => one.number - other.number);

const partsOf = (written: string | undefined): string[] => (written ?? '').split(',').filter((part) => part !== '');

/** The parameter where a column is left out or shown again; undefined where none is left out. */
export function withColumn(
  written: string | undefined,
  { name }: Choosable,
  { number, isSeen }: Choice,
): string | undefined {
  const flipped = `${name}.${number}`;
  const parts = partsOf(written).filter((part) => part !== flipped);
  return [...parts, ...(isSeen ? [flipped] : [])].join(',') || undefined;
}

/** The parameter where all columns of a table are shown. */
export const withAllColumns = (written: string | undefined, { name }: Choosable): string | undefined =>
  partsOf(written)
    .filter((part) => !part.startsWith(`${name}.`))
    .join(',') || undefined;
