import { parseLedgerLine } from '../../src/books/entries.js';
import { type Fen, formatFen } from '../../src/money.js';
import { type BookStatement } from './books.js';
import { type Consolidation, type Item, type Movement } from './statement.js';

export type Json = Readonly<Record<string, unknown>>;

/** Every amount of a record as yuan. */
export const yuan = (amounts: Readonly<Record<string, Fen>>): Json =>
  Object.fromEntries(Object.entries(amounts).map(([name, fen]) => [name, formatFen(fen)]));

const movementBody = ({ opening, income, expenditure, closing }: Movement): Json =>
  yuan({ opening, income, expenditure, closing });

const itemBody = ({ line, amount }: Item): Json => ({ ...parseLedgerLine(line), amount: formatFen(amount) });

/** One book: what it had, what came and went by account and detail, what it has, and on which accounts. */
export function bookBody({ fund, unit, statement }: BookStatement): Json {
  const { pool, personal, risk, pending, items } = statement;
  const of = (...kinds: string[]): Json[] => items.filter(({ kind }) => kinds.includes(kind)).map(itemBody);
  return {
    book: `${fund.key}-${unit.code}`,
    fund: fund.key,
    unit: unit.code,
    ...movementBody(statement),
    ...yuan({ pool, ...(fund.personalAccounts && { personal }), risk, ...(pending !== 0n && { pending }) }),
    incomeItems: of('income'),
    expenditureItems: of('expenditure'),
    accounts: of('asset', 'liability', 'net'),
  };
}

/** A fund over all books: consolidated, with the plain sums beside it, and what is in transit between books. */
export function consolidationBody({ consolidated, naive, eliminated, inTransit }: Consolidation): Json {
  return {
    ...movementBody(consolidated),
    inTransit: yuan({ ...inTransit }),
    naive: movementBody(naive),
    eliminated: yuan({ ...eliminated }),
  };
}
