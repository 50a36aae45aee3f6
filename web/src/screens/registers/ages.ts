import { type Cell, type Table } from '../../api/tables.ts';

/** Behind fund, unit, account, name, day and days: what is open, and from there on by age. */
export const OPEN = 6;

/** What a register has open, and how old it is. */
export interface Ages {
  readonly title: string;
  readonly unit: string;
  readonly open: Cell;
  readonly parts: readonly { readonly name: string; readonly cell: Cell }[];
}

/** The totals of the registers whose columns go by age, and in which something is open: the same cells. */
export const agesOf = (tables: readonly Table[]): readonly Ages[] =>
  tables.flatMap(({ title, unit, columns, rows }) => {
    const total = rows.find(({ role }) => role === 'total');
    const open = total?.cells[OPEN];
    const ages = columns.slice(OPEN + 1);
    if (!total || !open || ages.length < 4 || /^0(\.0+)?$/.test(open.text)) return [];
    const parts = ages.map(({ name }, index) => ({ name, cell: total.cells[OPEN + 1 + index]! }));
    return [{ title, unit: unit ?? '', open, parts }];
  });
