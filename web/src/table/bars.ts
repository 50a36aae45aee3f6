import { createContext, useContext } from 'react';
import { type Cell, type Row, type Table } from '../api/tables.ts';

/** How far a cell's bar goes, from 0 to 1, and whether it goes beyond what it is measured by. */
export interface Bar {
  readonly part: number;
  readonly isBeyond: boolean;
}

/** Which cells of the tables on a screen have a bar behind their figure. */
export type BarOf = (cell: Cell, column: Table['columns'][number], row: Row) => Bar | undefined;

const BARS = createContext<BarOf>(() => undefined);

export const Bars = BARS.Provider;
export const useBars = (): BarOf => useContext(BARS);
