import { type Fen, formatFen, parseFen } from '../../src/money.js';
import { BUSINESS_DAYS } from './calendar.js';
import { type FixedLine, MONTHS, PHASE } from './fixed-lines.js';
import { type Cell, type Flow } from './flows.js';

/** A flow with what it comes to on each business day. */
export interface PlannedFlow {
  readonly flow: Flow;
  readonly count: number;
  readonly cells: Cell[];
}

/** Use plans are whole hundreds of yuan. */
const HUNDRED = parseFen('100.00');
const bookOf = ({ fund, unit }: { readonly fund: string; readonly unit: string }): string => `${fund}/${unit}`;

/** Each week, and at the end of each month, what a book's treasury account has taken in goes to its fiscal account. */
export function sweepLines(planned: readonly PlannedFlow[]): FixedLine[] {
  const lines: FixedLine[] = [];
  for (const flows of byBook(planned, 'contribution')) {
    const { fund, unit } = flows[0]!.flow;
    let held = 0n;
    flows[0]!.cells.forEach((_, dayIndex) => {
      held += sumOn(flows, dayIndex);
      const { closesWeek, closesMonth } = BUSINESS_DAYS[dayIndex]!;
      if (held === 0n || !(closesWeek || closesMonth)) return;
      lines.push({ dayIndex, phase: PHASE.sweep, kind: 'money-movement', fund, unit, fields: sweepFields(held) });
      held = 0n;
    });
  }
  return lines;
}

/**
 * At the start of each month the fiscal account feeds the expenditure account by plan: what the month will need,
 * rounded up, less what an earlier plan left over.
 * @param fixed payouts besides the flows, in part by offset against advances
 */
export function usePlanLines(planned: readonly PlannedFlow[], fixed: readonly FixedLine[]): FixedLine[] {
  const lines: FixedLine[] = [];
  for (const flows of byBook(planned, 'payout')) {
    const { fund, unit } = flows[0]!.flow;
    const others = fixed.filter((line) => line.kind === 'payout' && bookOf(line) === bookOf({ fund, unit }));
    let spare = 0n;
    for (const month of MONTHS) {
      const days = flows[0]!.cells.map((_, dayIndex) => dayIndex).filter((at) => BUSINESS_DAYS[at]!.month === month);
      const need =
        days.reduce<Fen>((sum, at) => sum + sumOn(flows, at), 0n) +
        others
          .filter(({ dayIndex }) => days.includes(dayIndex))
          .reduce<Fen>((sum, line) => sum + fromExpenditureAccount(line), 0n);
      const amount = need <= spare ? 0n : roundedUp(need - spare);
      spare += amount - need;
      if (amount === 0n) continue;
      const fields = usePlanFields(amount, month);
      lines.push({ dayIndex: days[0]!, phase: PHASE.plan, kind: 'money-movement', fund, unit, fields });
    }
  }
  return lines;
}

function fromExpenditureAccount({ fields }: FixedLine): Fen {
  if (fields['account'] === 'fiscal-account') return 0n;
  return parseFen(fields['amount']!) - parseFen(fields['offsets.advances.provider'] ?? '0');
}

function byBook(planned: readonly PlannedFlow[], kind: Flow['kind']): PlannedFlow[][] {
  const books = new Map<string, PlannedFlow[]>();
  for (const one of planned) {
    if (one.flow.kind !== kind) continue;
    const flows = books.get(bookOf(one.flow)) ?? [];
    books.set(bookOf(one.flow), [...flows, one]);
  }
  return [...books.values()];
}

const sumOn = (flows: readonly PlannedFlow[], dayIndex: number): Fen =>
  flows.reduce<Fen>((sum, { cells }) => sum + cells[dayIndex]!.amount, 0n);

const roundedUp = (amount: Fen): Fen => ((amount + HUNDRED - 1n) / HUNDRED) * HUNDRED;

const sweepFields = (amount: Fen): FixedLine['fields'] => ({
  amount: formatFen(amount),
  from: 'treasury',
  to: 'fiscal-account',
  reason: 'treasury-to-fiscal',
  'evidence.kind': 'treasury-slip',
  note: '国库划转财政专户',
});

const usePlanFields = (amount: Fen, month: number): FixedLine['fields'] => ({
  amount: formatFen(amount),
  from: 'fiscal-account',
  to: 'expenditure-account',
  reason: 'use-plan',
  'evidence.kind': 'use-plan',
  note: `${month}月用款计划拨款`,
});
