import { parseLedgerLine } from '../../src/books/entries.js';
import { hasRegister } from '../../src/books/register-lines.js';
import { type Fen } from '../../src/money.js';
import { kindOf } from '../../src/reference/account-kinds.js';
import { type Place } from '../fund-balance/books.js';
import { type Shown } from '../fund-balance/lines.js';
import { type OpenItem } from './open-items.js';

/** Whether what a register says is open is what stands on a line of the ledger. */
export interface Tie {
  readonly fund: string;
  readonly unit: string;
  readonly line: string;
  readonly items: number;
  readonly open: Fen;
  readonly ledger: Fen;
}

/** The lines of the ledger that have a register, each with what its register says. */
export function tiesOf(places: readonly Place[], { books }: Shown, items: readonly OpenItem[]): Tie[] {
  return places.flatMap(({ fund: { key: fund }, unit: { code: unit }, stream }) =>
    [...(books.get(stream)?.[0] ?? [])].flatMap(([line, { debit, credit }]): Tie[] => {
      const { account } = parseLedgerLine(line);
      if (!hasRegister(account)) return [];
      const own = items.filter((item) => item.fund === fund && item.unit === unit && item.line === line);
      const ledger = kindOf(account) === 'asset' ? debit - credit : credit - debit;
      return [{ fund, unit, line, items: own.length, open: own.reduce((sum, { open }) => sum + open, 0n), ledger }];
    }),
  );
}
