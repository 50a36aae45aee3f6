import { isBetweenLevels, isWithAbove } from '../../src/reference/account-kinds.js';
import { type Adopted, type Fund } from '../../src/reference/adopted.js';
import { bookStream } from '../../src/kinds/kind.js';
import { parseLedgerLine } from '../../src/books/entries.js';
import { type Text, text } from '../../src/errors.js';
import { type Lines, readLines, type Turnover } from '../fund-balance/lines.js';
import { type Projection } from '../projection.js';
import { tree } from '../provincial-consolidation/worksheet.js';
import { type Asking } from '../asking/question.js';
import { momentOf } from '../recorded-time/query.js';
import { type ScopeParameters } from './parameters.js';

/**
 * Stands for what units of one scope have sent each other and not received: where flows between levels are eliminated,
 * it takes the place of their accounts, so that what is left is a balanced book like any other.
 */
export const IN_TRANSIT = 'in-transit';

/** A unit by itself, or with all below it as one. */
export interface Scope {
  /** The codes of the units in it, its own first. */
  readonly units: readonly string[];
  readonly isConsolidated: boolean;
  /** Whether there is a unit above it, with which its flows are not eliminated. */
  readonly hasAbove: boolean;
  /** What the head of a statement names. */
  readonly name: Text;
}

/** The turnovers of one fund over a scope, as of each day asked about. */
export interface FundLines {
  readonly fund: Fund;
  readonly days: ReadonlyMap<string, Lines>;
}

export interface ScopeLines {
  readonly position: number;
  readonly adopted: Adopted;
  readonly scope: Scope;
  readonly funds: readonly FundLines[];
}

/** The turnovers of the funds and units that a statement is of, up to some days. */
export async function readScope(
  asking: Asking,
  { fund, unit, scope: wanted, recordedAsOf }: ScopeParameters,
  to: string,
  days: readonly string[],
  alsoFrom: readonly Projection[] = [],
): Promise<ScopeLines> {
  const adopted = asking.reference.known(to);
  const scope = scopeOf(adopted, unit, wanted);
  const { ever } = asking.reference;
  const funds = fund === undefined ? adopted.funds.all : [adopted.funds.find(fund) ?? ever.funds.find(fund)!];
  const distinct = [...new Set(days)].toSorted();
  const { position, books } = await readLines(asking, {
    books: funds.flatMap(({ key }) => scope.units.map((code) => bookStream(key, code))),
    days: distinct,
    recordedAsOf: await momentOf(asking, recordedAsOf),
    alsoFrom,
  });
  const linesOf = (key: string, index: number): Lines =>
    addBooks(
      scope,
      scope.units.map((code) => [code, books.get(bookStream(key, code))?.[index]] as const),
    );
  return {
    position,
    adopted,
    scope,
    funds: funds.map((each) => ({
      fund: each,
      days: new Map(distinct.map((day, index) => [day, linesOf(each.key, index)])),
    })),
  };
}

/** The units that a question is of: one by itself, or with all below it; the province as one unless told. */
export function scopeOf(adopted: Adopted, unit: string | undefined, wanted: string | undefined): Scope {
  const own = unit ?? adopted.units.all.find(({ parent }) => parent === undefined)!.code;
  const isConsolidated = wanted === undefined ? unit === undefined : wanted === 'consolidated';
  const units = isConsolidated ? tree(adopted, own) : [own];
  const { zh, en } = adopted.unitName(own);
  const name = isConsolidated
    ? text(`${zh}（汇总 ${units.length} 个单位）`, `${en} (${units.length} units as one)`)
    : text(zh, en);
  const hasAbove = adopted.units.find(own)?.parent !== undefined;
  return { units, isConsolidated, hasAbove, name };
}

/** The books of a scope added up; flows within it stand as what is in transit. */
export function addBooks(scope: Scope, books: readonly (readonly [string, Lines | undefined])[]): Lines {
  const sums = new Map<string, Turnover>();
  for (const [unit, lines] of books)
    for (const [line, turnover] of lines ?? []) addTo(sums, lineIn(scope, unit, line), turnover);
  return sums;
}

/** The line of a scope that a ledger line of one of its units is on: what stays within the scope is in transit. */
export function lineIn({ units, isConsolidated, hasAbove }: Scope, unit: string, line: string): string {
  const { account, share } = parseLedgerLine(line);
  const isWithin =
    isConsolidated && isBetweenLevels(account) && !(hasAbove && isWithAbove(account) && unit === units[0]);
  return isWithin ? transitLine(share) : line;
}

/** The line of what is in transit, of a share. */
const transitLine = (share?: string): string => (share === undefined ? IN_TRANSIT : `${IN_TRANSIT}@${share}`);

/** Adds a turnover to a line. */
export function addTo(sums: Map<string, Turnover>, line: string, { debit, credit }: Turnover): void {
  const before = sums.get(line) ?? { debit: 0n, credit: 0n };
  sums.set(line, { debit: before.debit + debit, credit: before.credit + credit });
}
