import { existsSync } from 'node:fs';
import { BALANCES, bookState } from '../../projections/book-state/projection.js';
import { fundBalance, MOVEMENTS, WHOLE } from '../../projections/fund-balance/projection.js';
import { type Projection } from '../../projections/projection.js';
import { ReadTables, tableName } from '../../projections/read-tables.js';
import { type Fen, formatFen } from '../money.js';
import { type Breach } from './breach.js';
import { type Balances, type Claim } from './log-audit.js';

/** A claim with the name of the projection that makes it. */
export interface TableClaim extends Claim {
  readonly projection: string;
}

interface Balance {
  readonly stream: string;
  readonly line: string;
  /** Text where it was added up. */
  readonly balance: bigint | string;
}

/** Where the read tables keep balances: as the decider uses them, and as the reports add them up. */
const SOURCES: readonly { readonly projection: Projection; readonly sql: string }[] = [
  { projection: bookState, sql: `SELECT stream, line, balance FROM "${tableName(bookState, BALANCES)}"` },
  {
    projection: fundBalance,
    // Days and months hold the same amounts twice; the spans of days begin with a digit.
    sql: `SELECT stream, line, exact_sum(debit - credit) AS balance FROM "${tableName(fundBalance, MOVEMENTS)}"
          WHERE size = ${WHOLE} AND span < 'M' GROUP BY stream, line`,
  },
];

/**
 * Reads what the read tables say of every balance, each at its position. A projection that is not there, or that an
 * event stopped, claims nothing: `replay` and `/readyz` speak of it.
 */
export function readClaims(path: string): TableClaim[] {
  if (!existsSync(path)) return [];
  try {
    return readFrom(new ReadTables(path));
  } catch (error) {
    if (!isFileFault(error)) throw error;
    const breach: Breach = { invariant: 'read-tables', expected: 'readable tables', got: (error as Error).message };
    return [{ projection: 'read.db', position: 0, compare: () => [breach] }];
  }
}

/** True where SQLite says that a file is at fault. */
export function isFileFault(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && code.startsWith('SQLITE_');
}

function readFrom(tables: ReadTables): TableClaim[] {
  try {
    return SOURCES.flatMap(({ projection, sql }) => {
      const isThere = tables
        .checkpoints()
        .some((at) => at.projection === projection.name && at.version === projection.version && at.failure === null);
      if (!isThere) return [];
      return tables.atOneMoment(projection, (position) => {
        const balances = tables.sums<Balance>(sql);
        const compare = (walked: Balances): Breach[] => compareBalances(projection.name, position, balances, walked);
        return [{ projection: projection.name, position, compare }];
      });
    });
  } finally {
    tables.close();
  }
}

function compareBalances(name: string, position: number, claimed: readonly Balance[], walked: Balances): Breach[] {
  const lines = new Map<string, { claimed: Fen; walked: Fen }>();
  for (const { stream, line, balance } of claimed)
    lines.set(`${stream} ${line}`, { claimed: BigInt(balance), walked: 0n });
  for (const [stream, balances] of walked) {
    for (const [line, balance] of balances) {
      const known = lines.get(`${stream} ${line}`) ?? { claimed: 0n, walked: 0n };
      lines.set(`${stream} ${line}`, { ...known, walked: balance });
    }
  }
  return [...lines]
    .filter(([, balance]) => balance.claimed !== balance.walked)
    .map(([line, balance]) => ({
      invariant: 'read-tables',
      expected: `${line} ${formatFen(balance.walked)} at position ${position}`,
      got: `${formatFen(balance.claimed)} in ${name}`,
    }));
}
