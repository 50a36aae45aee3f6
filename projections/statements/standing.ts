import { bookStream } from '../../src/kinds/kind.js';
import { type Fen } from '../../src/money.js';
import { type Fund } from '../../src/reference/adopted.js';
import { type Lines, type Turnover } from '../fund-balance/lines.js';
import { type DirectMovement, readDirect } from '../net-assets/direct.js';
import { netAssets, OPENING_KINDS } from '../net-assets/projection.js';
import { type Projection } from '../projection.js';
import { provincialConsolidation } from '../provincial-consolidation/projection.js';
import { openedInTransit } from '../provincial-consolidation/transfers.js';
import { type Interval } from '../asking/interval.js';
import { type Asking } from '../asking/question.js';
import { type ScopeParameters } from './parameters.js';
import { addTo, IN_TRANSIT, readScope, type Scope, type ScopeLines } from './scope.js';

/** What a fund stands at over a scope, whatever of it has been carried to the fund balance and whatever not. */
export interface Standing {
  readonly fund: Fund;
  /** Before the first day, with what books opened with since: an opening counts as at the beginning. */
  readonly beginning: Lines;
  /** As of the ends of the days asked about. */
  readonly at: ReadonlyMap<string, Lines>;
  /** What vouchers that post to net assets moved since the beginning, without openings. */
  readonly direct: readonly DirectMovement[];
}

export interface Standings extends Omit<ScopeLines, 'funds'> {
  readonly funds: readonly Standing[];
}

/**
 * What the funds of a scope stand at. What was on its way when the books opened is in no book: where both units are in
 * the scope it is in transit and in the pool's fund balance, at the beginning and at the end, as in the fund table.
 * @param interval of which the beginning is told
 * @param days at whose ends it is told beside the end of the interval
 * @param alsoFrom other projections that the answer rests on
 */
export async function readStandings(
  asking: Asking,
  parameters: ScopeParameters,
  { before, to }: Interval,
  days: readonly string[] = [],
  alsoFrom: readonly Projection[] = [],
): Promise<Standings> {
  const ends = [to, ...days];
  const shown = await readScope(
    asking,
    parameters,
    to,
    [before, ...ends],
    [netAssets, provincialConsolidation, ...alsoFrom],
  );
  const { position, scope } = shown;
  const keys = shown.funds.map(({ fund }) => fund.key);
  const opened = new Map(ends.map((day) => [day, openedWithin(asking, { scope, funds: keys, position }, day)]));
  const funds = shown.funds.map(({ fund, days: lines }): Standing => {
    const streams = scope.units.map((code) => bookStream(fund.key, code));
    const moved = readDirect(asking.tables, { streams, after: before, to, position });
    const transit = (day: string): Fen => opened.get(day)!.get(fund.key) ?? 0n;
    const openings = moved.filter(({ kind }) => OPENING_KINDS.includes(kind));
    return {
      fund,
      beginning: sumOf(lines.get(before)!, openings, transit(to)),
      at: new Map(ends.map((day) => [day, sumOf(lines.get(day)!, [], transit(day))])),
      direct: moved.filter(({ kind }) => !OPENING_KINDS.includes(kind)),
    };
  });
  return { ...shown, funds };
}

/** By fund, what was on its way between two units of a scope when the books opened. */
export function openedWithin(
  asking: Asking,
  { scope, funds, position }: Pick<ScopeLines, 'scope' | 'position'> & { readonly funds: readonly string[] },
  day: string,
): Map<string, Fen> {
  const units = new Set(unitsAsOne(scope));
  const sums = new Map<string, Fen>();
  const interval = { from: day, to: day };
  for (const { fund, sender, receiver, amount } of openedInTransit(asking.tables, { funds, interval, position }))
    if (units.has(sender ?? '') && units.has(receiver ?? '')) sums.set(fund, (sums.get(fund) ?? 0n) + amount);
  return sums;
}

const unitsAsOne = ({ units, isConsolidated }: Scope): readonly string[] => (isConsolidated ? units : []);

function sumOf(lines: Lines, openings: readonly DirectMovement[], transit: Fen): Lines {
  const sums = new Map<string, Turnover>(lines);
  for (const { line, ...turnover } of openings) addTo(sums, line, turnover);
  addTransit(sums, transit);
  return sums;
}

/** Adds what was on its way when the books opened: it is in transit, and in the pool's fund balance. */
export function addTransit(sums: Map<string, Turnover>, transit: Fen): void {
  if (transit === 0n) return;
  addTo(sums, IN_TRANSIT, { debit: transit, credit: 0n });
  addTo(sums, 'net.pool', { debit: 0n, credit: transit });
}
