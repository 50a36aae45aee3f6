import { type Row, type Table } from '../../api/tables.ts';

/** One indicator as the table has it. */
export interface Judged {
  readonly indicator: string;
  readonly figure: string;
  readonly level: string;
  readonly basis: string;
  readonly action: string;
  /** Where the vouchers behind it are; undefined where there are none. */
  readonly to: string | undefined;
  readonly row: Row;
}

/** What is told of one fund, or of one of its books. */
export interface Card {
  readonly name: string;
  readonly rows: readonly Judged[];
}

/** The cells of an indicator stand at the end of its row, behind the names of what it is of. */
const OF_INDICATOR = 5;

/** The indicators of the first table by what they are of, in its order: the same cells. */
export function boardOf([table]: readonly Table[]): readonly Card[] {
  const cards = new Map<string, Judged[]>();
  for (const row of table?.rows ?? []) {
    const name = row.cells
      .slice(0, -OF_INDICATOR)
      .map((cell) => cell.text)
      .join(' ');
    const own = row.cells.slice(-OF_INDICATOR);
    const [indicator, figure, level, basis, action] = own.map((cell) => cell.text) as [
      string,
      string,
      string,
      string,
      string,
    ];
    cards.set(name, [...(cards.get(name) ?? []), { indicator, figure, level, basis, action, to: own[1]!.to, row }]);
  }
  return [...cards].map(([name, rows]) => ({ name, rows }));
}
