import { bookStream } from '../../src/kinds/kind.js';
import { type Fen } from '../../src/money.js';
import { type Fund } from '../../src/reference/adopted.js';
import { type Lines, type Turnover } from '../fund-balance/lines.js';
import { type DirectMovement, readDirect } from '../net-assets/direct.js';
import { netAssets, OPENING_KINDS } from '../net-assets/projection.js';
import { provincialConsolidation } from '../provincial-consolidation/projection.js';
import { openedInTransit } from '../provincial-consolidation/transfers.js';
import { type Asking } from '../question.js';
import { type StatementParameters } from './parameters.js';
import { addTo, IN_TRANSIT, readScope, type Scope, type ScopeLines } from './scope.js';

/** What a fund stands at over a scope, whatever of it has been carried to the fund balance and whatever not. */
export interface Standing {
  readonly fund: Fund;
  /** Before the first day, with what books opened with since: an opening counts as at the beginning. */
  readonly beginning: Lines;
  readonly end: Lines;
  /** As of an earlier day, beside which the end is shown. */
  readonly earlier: Lines;
  /** What moved net assets since the beginning without being income or expenditure. */
  readonly direct: readonly DirectMovement[];
}

export interface Standings extends Omit<ScopeLines, 'funds'> {
  readonly funds: readonly Standing[];
}

/** The days that a statement of what stands shows, each as its end. */
export interface StandingDays {
  readonly before: string;
  readonly to: string;
  readonly earlier: string;
}

/**
 * What the funds of a scope stand at. What was on its way when the books opened is in no book: where both units are in
 * the scope it is in transit and in the pool's fund balance, at the beginning and at the end, as in the fund table.
 */
export async function readStandings(
  asking: Asking,
  parameters: StatementParameters,
  { before, to, earlier }: StandingDays,
): Promise<Standings> {
  const alsoFrom = [netAssets, provincialConsolidation];
  const shown = await readScope(asking, parameters, to, [before, to, earlier], alsoFrom);
  const { position, scope } = shown;
  const opened = new Map([to, earlier].map((day) => [day, openedWithin(asking, shown, day)]));
  const funds = shown.funds.map(({ fund, days }): Standing => {
    const streams = scope.units.map((code) => bookStream(fund.key, code));
    const moved = readDirect(asking.tables, { streams, after: before, to, position });
    const transit = (day: string): Fen => opened.get(day)!.get(fund.key) ?? 0n;
    const openings = moved.filter(({ kind }) => OPENING_KINDS.includes(kind));
    return {
      fund,
      beginning: sumOf(days.get(before)!, openings, transit(to)),
      end: sumOf(days.get(to)!, [], transit(to)),
      earlier: sumOf(days.get(earlier)!, [], transit(earlier)),
      direct: moved.filter(({ kind }) => !OPENING_KINDS.includes(kind)),
    };
  });
  return { ...shown, funds };
}

/** By fund, what was on its way between two units of a scope when the books opened. */
function openedWithin(asking: Asking, { scope, funds, position }: ScopeLines, day: string): Map<string, Fen> {
  const keys = funds.map(({ fund }) => fund.key);
  const units = new Set(unitsAsOne(scope));
  const sums = new Map<string, Fen>();
  const interval = { from: day, to: day };
  for (const { fund, sender, receiver, amount } of openedInTransit(asking.tables, { funds: keys, interval, position }))
    if (units.has(sender ?? '') && units.has(receiver ?? '')) sums.set(fund, (sums.get(fund) ?? 0n) + amount);
  return sums;
}

const unitsAsOne = ({ units, isConsolidated }: Scope): readonly string[] => (isConsolidated ? units : []);

function sumOf(lines: Lines, openings: readonly DirectMovement[], transit: Fen): Lines {
  const sums = new Map<string, Turnover>(lines);
  for (const { line, ...turnover } of openings) addTo(sums, line, turnover);
  if (transit !== 0n) {
    addTo(sums, IN_TRANSIT, { debit: transit, credit: 0n });
    addTo(sums, 'net.pool', { debit: 0n, credit: transit });
  }
  return sums;
}
