import { BYTE_ORDER_MARK, csvLine } from '../text/csv-text.js';
import { SET_COLUMNS, TABLE_NAMES, type TableName } from './columns.js';
import { type Cells, type SetTexts } from './read-set.js';
import { ALWAYS, type Rows } from './rows.js';

const yesNo = (is: boolean): string => (is ? 'yes' : 'no');
const since = (from: string): string => (from === ALWAYS ? '' : from);

/** A row as it is written; columns that say nothing may be absent. */
const CELLS: { readonly [T in TableName]: (row: Rows[T][number]) => Cells } = {
  funds: ({ key, name, personalAccounts, basicInsurance, on }) => ({
    key,
    ...name,
    personalAccounts: yesNo(personalAccounts),
    basicInsurance: yesNo(basicInsurance),
    on: yesNo(on),
  }),
  units: ({ code, name, parent = '', closed }) => ({ code, ...name, parent, closed: yesNo(closed) }),
  accounts: ({ key, number, name, also, funds, share = '', closed, becomes = '' }) => ({
    key,
    number,
    ...name,
    also: also.join(';'),
    funds: funds.join(';'),
    share,
    closed: closed ? `${closed.zh}|${closed.en}` : '',
    becomes,
  }),
  policies: ({ key, scope, fund = '', value, source }) => ({ key, scope, fund, value, source }),
  windows: ({ fund, coverYear, opens, closes, source }) => ({ fund, coverYear, opens, closes, source }),
};

/** Rows as the files of a set: what `readSet` reads again as the same rows. A spreadsheet opens them as they are. */
export function writeSet(rows: Rows): SetTexts {
  const textOf = (table: TableName): string => {
    const names = SET_COLUMNS[table].map(({ name }) => name);
    const cellsOf = CELLS[table] as (row: Rows[TableName][number]) => Cells;
    const lines = rows[table].map((row): Cells => ({ ...cellsOf(row), from: since(row.from) }));
    const written = lines.map((line) => csvLine(names.map((name) => line[name] ?? '')));
    return BYTE_ORDER_MARK + csvLine(names) + written.join('');
  };
  return Object.fromEntries(TABLE_NAMES.map((table) => [table, textOf(table)])) as SetTexts;
}
