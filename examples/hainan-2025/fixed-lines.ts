import { allocateFen, formatFen } from '../../src/money.js';
import { type FundBudget } from './budget.js';
import { businessDayFrom } from './calendar.js';
import { type Enforcement } from './enforcement.js';
import { type Fields } from './line.js';
import { balancesOf, type Opening } from './openings.js';

/** The order of a book's day: money comes in before it goes out, so that no account is ever short. */
export const PHASE = { received: 1, plan: 2, contributions: 3, sweep: 4, payouts: 5, sent: 6 } as const;

/** A line that is there whatever the number of events asked for. */
export interface FixedLine {
  /** The position of its business day, or `OPENING_DAY`. */
  readonly dayIndex: number;
  readonly phase: number;
  readonly kind: string;
  readonly fund: string;
  readonly unit: string;
  readonly fields: Fields;
}

/** 1 January, which is no business day. */
export const OPENING_DAY = -1;
/** January to May. */
export const MONTHS: readonly number[] = [1, 2, 3, 4, 5];

export function openingLines(openings: readonly Opening[]): FixedLine[] {
  return openings.map((opening) => ({
    dayIndex: OPENING_DAY,
    phase: PHASE.received,
    kind: 'opening-balance',
    fund: opening.fund,
    unit: opening.unit,
    fields: { ...balancesOf(opening), 'evidence.kind': 'balance-sheet', note: '2025年期初余额' },
  }));
}

/** Interest by what a book holds: on demand in March, on term in May where there is a term deposit. */
export function interestLines(budget: FundBudget, openings: readonly Opening[]): FixedLine[] {
  const deposits =
    budget.line.fund === 'assistance'
      ? [{ account: 'fiscal-account', dayIndex: businessDayFrom(3, 21), weight: 1n, note: '活期存款利息' }]
      : [
          { account: 'fiscal-account', dayIndex: businessDayFrom(3, 21), weight: 45n, note: '活期存款利息' },
          { account: 'fiscal-account/term', dayIndex: businessDayFrom(5, 21), weight: 55n, note: '定期存款利息' },
        ];
  const weights = deposits.map(({ weight }) => weight);
  const amounts = allocateFen(budget.interest, weights);
  const personal = allocateFen(budget.interestPersonal, weights);
  return deposits.flatMap(({ account, dayIndex, note }, index) => {
    const parts = allocateFen(
      amounts[index]!,
      openings.map(({ total }) => total),
    );
    const isPersonal = budget.openingPersonal > 0n;
    const personalParts = allocateFen(
      personal[index]!,
      openings.map((one) => (isPersonal ? one.personal : one.total)),
    );
    return openings.map(({ fund, unit }, at) => ({
      dayIndex,
      phase: PHASE.received,
      kind: 'interest',
      fund,
      unit,
      fields: {
        amount: formatFen(parts[at]!),
        account,
        ...(isPersonal && { personalShare: formatFen(personalParts[at]!) }),
        'evidence.kind': 'bank-slip',
        note,
      },
    }));
  });
}

/** What came back, and the fines, which move no balance. */
export function enforcementLines({ recoveries, penalties }: Enforcement): FixedLine[] {
  const returned = recoveries.map(
    ({ caseId, fund, unit, dayIndex, channel, lossYear, benefitKind, party, amount }) => ({
      dayIndex,
      phase: PHASE.received,
      kind: 'recovery',
      fund,
      unit,
      fields: {
        amount: formatFen(amount),
        caseId,
        channel,
        lossYear,
        benefitKind,
        from: party,
        'evidence.kind': 'bank-slip',
        note: channel === 'self-check' ? '自查自纠退回' : '违规资金追回',
      },
    }),
  );
  const fined = penalties.map(({ recovery, article, amount, base, suspensionMonths }) => ({
    dayIndex: recovery.dayIndex,
    phase: PHASE.received,
    kind: 'penalty',
    fund: recovery.fund,
    unit: recovery.unit,
    fields: {
      amount: formatFen(amount),
      caseId: recovery.caseId,
      article,
      party: recovery.party,
      ...(base !== undefined && { base: formatFen(base) }),
      ...(suspensionMonths !== undefined && { suspensionMonths }),
      treasuryReceipt: `GK-${recovery.caseId}`,
      'evidence.kind': 'penalty-decision',
      note: '行政处罚 罚款缴入国库',
    },
  }));
  return [...returned, ...fined];
}
