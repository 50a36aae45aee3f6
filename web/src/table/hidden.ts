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

const partsOf = (written: string | undefined): string[] => (written ?? '').split(',').filter((part) => part !== '');

/** All columns of a table in their order, and which the address shows; a heading over one stands before its name. */
export const columnsOf = ({ name: sheet, columns, hidden }: Choosable, written: string | undefined): Choice[] =>
  [
    ...columns.map(({ number, name, group }) => ({
      number,
      name: group === undefined ? name : `${group} ${name}`,
    })),
    ...hidden,
  ]
    .toSorted((one, other) => one.number - other.number)
    .map((column) => ({ ...column, isSeen: !partsOf(written).includes(`${sheet}.${column.number}`) }));

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
