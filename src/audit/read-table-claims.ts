import { existsSync } from 'node:fs';
import { bookState, MONTHS } from '../../projections/book-state/projection.js';
import { enforcement } from '../../projections/enforcement/projection.js';
import { CARRIED, fundBalance, IN_ALL_BLOCKS, MOVEMENTS } from '../../projections/fund-balance/projection.js';
import { provincialConsolidation } from '../../projections/provincial-consolidation/projection.js';
import { type Projection } from '../../projections/projection.js';
import { findMisfit } from '../../projections/following/fit.js';
import { type Checkpoint, ReadTables, tableName } from '../../projections/following/read-tables.js';
import { type EventStore } from '../event-store/event-store.js';
import { type Fen, formatFen } from '../money.js';
import { isDamaged } from '../sqlite-file.js';
import { type Breach } from './breach.js';
import { differences } from './differences.js';
import { type Balances, type Claim } from './log-audit.js';
import { claimEnforcement, claimTransfers } from './view-claims.js';

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

/** What the read tables claim at the position of a projection, to be compared with what the walk has found by then. */
interface Source {
  readonly projection: Projection;
  readonly claim: (tables: ReadTables, position: number) => Claim['compare'];
}

const balancesOf = (projection: Projection, sql: string): Source => ({
  projection,
  claim: (tables, position) => {
    const claimed = tables.sums<Balance>(sql);
    return ({ balances }) => compareBalances(projection.name, position, claimed, balances);
  },
});

/** Balances as the decider uses them and as reports add them up; transfers and enforcement as they are answered. */
const SOURCES: readonly Source[] = [
  balancesOf(
    bookState,
    `SELECT stream, line, exact_sum(balance) AS balance FROM "${tableName(bookState, MONTHS)}" GROUP BY stream, line`,
  ),
  balancesOf(
    fundBalance,
    // Days and months hold the same amounts twice; the spans of days begin with a digit.
    `SELECT stream, line, exact_sum(debit - credit) AS balance
     FROM (SELECT * FROM "${tableName(fundBalance, MOVEMENTS)}"
           UNION ALL SELECT * FROM "${tableName(fundBalance, CARRIED)}")
     WHERE ${IN_ALL_BLOCKS} AND span < 'M' GROUP BY stream, line`,
  ),
  {
    projection: provincialConsolidation,
    claim: (tables, position) => {
      const compare = claimTransfers(tables, position);
      return ({ transfers }) => compare(transfers);
    },
  },
  {
    projection: enforcement,
    claim: (tables, position) => {
      const compare = claimEnforcement(tables, position);
      return (walked) => compare(walked.enforcement);
    },
  },
];

/** What the read tables say, and what shows from which log they were made. */
export interface TablesRead {
  readonly claims: readonly TableClaim[];
  readonly checkpoints: readonly Checkpoint[];
}

/**
 * Reads what the read tables say of balances, transfers and enforcement, each at its position. A projection that is not
 * there, or that an event stopped, claims nothing: `replay` and `/readyz` speak of it.
 */
export function readClaims(path: string): TablesRead {
  if (!existsSync(path)) return { claims: [], checkpoints: [] };
  try {
    return readFrom(new ReadTables(path));
  } catch (error) {
    if (!isDamaged(error)) throw error;
    const breach: Breach = { invariant: 'read-tables', expected: 'readable tables', got: (error as Error).message };
    return { claims: [{ projection: 'read.db', position: 0, compare: () => [breach] }], checkpoints: [] };
  }
}

/** What the read tables claim of a log. Of tables that were made from another one, that alone is said. */
export async function claimsOn(store: EventStore, { claims, checkpoints }: TablesRead): Promise<readonly TableClaim[]> {
  const misfit = await findMisfit(store, checkpoints).catch((error: unknown) => {
    // A log that cannot be read is a finding of the walk.
    if (!isDamaged(error)) throw error;
  });
  if (!misfit) return claims;
  const breach: Breach = {
    invariant: 'read-tables',
    expected: `tables made from this log: ${misfit.expected}`,
    got: misfit.got,
  };
  return [{ projection: 'read.db', position: 0, compare: () => [breach] }];
}

function readFrom(tables: ReadTables): TablesRead {
  try {
    // Whoever was making the file has ended: there is nothing in it yet.
    if (tables.rows('SELECT name FROM sqlite_schema LIMIT 1').length === 0) return { claims: [], checkpoints: [] };
    // Those of an earlier release are made anew before anybody is answered from them.
    if (!tables.isOfThisRelease) return { claims: [], checkpoints: [] };
    const checkpoints = tables.checkpoints();
    const claims = SOURCES.flatMap(({ projection, claim }) => {
      const isThere = checkpoints.some(
        (at) => at.projection === projection.name && at.version === projection.version && at.failure === null,
      );
      if (!isThere) return [];
      return tables.atOneMoment(projection, (position) => [
        { projection: projection.name, position, compare: claim(tables, position) },
      ]);
    });
    return { claims, checkpoints };
  } finally {
    tables.close();
  }
}

function compareBalances(name: string, position: number, claimed: readonly Balance[], walked: Balances): Breach[] {
  const byTables = new Map(claimed.map(({ stream, line, balance }) => [`${stream} ${line}`, BigInt(balance)]));
  const byLog = new Map<string, Fen>();
  for (const [stream, balances] of walked)
    for (const [line, balance] of balances) byLog.set(`${stream} ${line}`, balance);
  return differences(byLog, byTables, 0n).map(([line, balance, got]) => ({
    invariant: 'read-tables',
    expected: `${line} ${formatFen(balance)} at position ${position}`,
    got: `${formatFen(got)} in ${name}`,
  }));
}
