import { budgets, type FundBudget } from './budget.js';
import { BUSINESS_DAYS } from './calendar.js';
import { chooseCorrections, type Correction, MOST_CORRECTIONS } from './corrections.js';
import { enforcement } from './enforcement.js';
import { enforcementLines, type FixedLine, interestLines, MONTHS, openingLines } from './fixed-lines.js';
import { cellsOf, countsOf, type Flow, flowsOf } from './flows.js';
import { clearingLines, collectionLines, enrolmentLines, otherSubsidies, residentSubsidies } from './grants.js';
import { type PlannedFlow, sweepLines, usePlanLines } from './movements.js';
import { openingsOf } from './openings.js';
import { AS_OF } from './published.js';
import { Random } from './random.js';
import { transferLines } from './transfers.js';

/** Everything the feed will hold, but the single vouchers of its flows. */
export interface Plan {
  readonly fixed: readonly FixedLine[];
  readonly flows: readonly PlannedFlow[];
  readonly corrections: readonly Correction[];
}

/** The least number of lines in which the example can be told. */
export const LEAST_EVENTS = 10_000;
/** The days from 2 January to 31 May. */
const DAYS = BUSINESS_DAYS.filter(({ date }) => date <= AS_OF).length;

/**
 * Plans a feed of exactly so many lines. Some lines do not depend on the number; the rest are vouchers of the flows.
 * How many movements and corrections the flows bring is known only once they are spread over the days, so the most
 * there can be are set aside, and what is left of them becomes further vouchers of the largest flow.
 */
export function planFeed(seed: string, events: number): Plan {
  const cases = enforcement(seed);
  const { employee, resident, assistance } = budgets(cases);
  const all = [employee, resident, assistance];
  const fixed = [
    ...all.flatMap(fundLines),
    ...residentSubsidies(resident),
    ...[employee, assistance].flatMap(otherSubsidies),
    ...enrolmentLines(assistance),
    ...enforcementLines(cases),
  ];
  const flows = all.flatMap(flowsOf);
  const setAside = mostMovements(flows) + 2 * MOST_CORRECTIONS;
  const counts = countsOf(flows, events - fixed.length - setAside);
  const planned = flows.map((flow, index) => planFlow(seed, flow, counts[index]!));
  const corrections = chooseCorrections(planned);
  const movements = [...sweepLines(planned), ...usePlanLines(planned, fixed)];
  addToLargest(planned, setAside - movements.length - 2 * corrections.length);
  return { fixed: [...fixed, ...movements], flows: planned, corrections };
}

function fundLines(budget: FundBudget): FixedLine[] {
  const openings = openingsOf(budget);
  return [
    ...openingLines(openings),
    ...interestLines(budget, openings),
    ...transferLines(budget),
    ...clearingLines(budget, openings),
    ...collectionLines(budget),
  ];
}

/** A sweep a week and a month's end for each book with premiums, and a use plan a month for each with benefits. */
function mostMovements(flows: readonly Flow[]): number {
  const books = (kind: Flow['kind']): number =>
    new Set(flows.filter((flow) => flow.kind === kind).map(({ fund, unit }) => `${fund}/${unit}`)).size;
  const closing = BUSINESS_DAYS.slice(0, DAYS).filter(({ closesWeek, closesMonth }) => closesWeek || closesMonth);
  return books('contribution') * closing.length + books('payout') * MONTHS.length;
}

const planFlow = (seed: string, flow: Flow, count: number): PlannedFlow => ({
  flow,
  count,
  cells: cellsOf(flow, count, new Random(`${seed}/days/${flow.label}`)),
});

/** More vouchers, of the same sums, on the busiest days of the largest flow: no movement depends on their number. */
function addToLargest(planned: readonly PlannedFlow[], more: number): void {
  const largest = planned.reduce((best, one) => (one.count > best.count ? one : best));
  const busy = largest.cells.map((_, index) => index).filter((index) => largest.cells[index]!.count > 0);
  for (let added = 0; added < more; added += 1) {
    const index = busy[added % busy.length]!;
    const cell = largest.cells[index]!;
    largest.cells[index] = { ...cell, count: cell.count + 1 };
  }
}
