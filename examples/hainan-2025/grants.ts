import { allocateFen, type Fen, formatFen, parseFen } from '../../src/money.js';
import { type FundBudget } from './budget.js';
import { BUSINESS_DAYS, businessDayFrom } from './calendar.js';
import { type FixedLine, MONTHS, PHASE } from './fixed-lines.js';
import { type Fields } from './line.js';
import { type Opening } from './openings.js';
import { RESIDENT_PARTICIPANTS } from './published.js';
import { COUNTIES, overUnits } from './weights.js';

/** A part of the year's standard subsidy that is paid early in the year, in yuan a head. */
interface Tranche {
  readonly tier: string;
  readonly perHead: string;
  readonly dayIndex: number;
  readonly note: string;
}

const TRANCHES: readonly Tranche[] = [
  { tier: 'central', perHead: '241.20', dayIndex: businessDayFrom(1, 17), note: '中央财政居民医保补助（预拨）' },
  { tier: 'province', perHead: '100.50', dayIndex: businessDayFrom(2, 20), note: '省级财政居民医保补助（预拨）' },
  { tier: 'county', perHead: '33.50', dayIndex: businessDayFrom(3, 14), note: '市县财政居民医保补助' },
];

/** Resident fund: so much for each insured person, and what is left settles the year before. */
export function residentSubsidies(budget: FundBudget): FixedLine[] {
  const people = overUnits(RESIDENT_PARTICIPANTS, COUNTIES, 'resident');
  let left = budget.subsidies;
  const standard = TRANCHES.flatMap(({ tier, perHead, dayIndex, note }) =>
    people.map(({ unit, part: headcount }) => {
      const amount = parseFen(perHead) * headcount;
      left -= amount;
      const more = { subsidyKind: 'standard', headcount: String(headcount), perHead };
      return subsidy('resident', unit, dayIndex, amount, { tier, ...more, note });
    }),
  );
  const settlement = { tier: 'central', subsidyKind: 'standard', note: '2024年度居民医保补助清算' };
  const settled = overUnits(left, COUNTIES, 'resident').map(({ unit, part }) =>
    subsidy('resident', unit, businessDayFrom(4, 18), part, settlement),
  );
  return [...standard, ...settled];
}

/** Employee fund: a share of a gap. Assistance fund: three tiers in the first quarter, the first at once. */
export function otherSubsidies({ line: { fund }, subsidies }: FundBudget): FixedLine[] {
  const parts =
    fund === 'employee'
      ? [{ tier: 'province', month: 4, subsidyKind: 'gap-share', weight: 1n, note: '省级财政缺口分担补助' }]
      : [
          { tier: 'central', month: 1, subsidyKind: 'standard', weight: 60n, note: '中央医疗救助补助资金' },
          { tier: 'province', month: 2, subsidyKind: 'standard', weight: 25n, note: '省级医疗救助补助资金' },
          { tier: 'county', month: 3, subsidyKind: 'standard', weight: 15n, note: '市县医疗救助资金' },
        ];
  const amounts = allocateFen(
    subsidies,
    parts.map(({ weight }) => weight),
  );
  return parts.flatMap(({ tier, month, subsidyKind, note }, index) =>
    overUnits(amounts[index]!, COUNTIES, fund === 'employee' ? 'employee' : 'resident').map(({ unit, part }) =>
      subsidy(fund, unit, businessDayFrom(month, month === 1 ? 1 : 10), part, { tier, subsidyKind, note }),
    ),
  );
}

/**
 * Premiums paid by the assistance fund: its expenditure and the resident fund's income, month by month, equal. Each
 * pair is a summary of people of several categories, so that it names none.
 */
export function enrolmentLines({ enrolment }: FundBudget): FixedLine[] {
  const months = allocateFen(
    enrolment,
    MONTHS.map(() => 1n),
  );
  return MONTHS.flatMap((month, index) =>
    overUnits(months[index]!, COUNTIES, 'resident').flatMap(({ unit, part }) => {
      const dayIndex = businessDayFrom(month, 13);
      const transferId = `ZZ-2025-${String(month).padStart(2, '0')}-${unit}`;
      const common = { amount: formatFen(part), transferId, note: `${month}月资助困难人员参保` };
      const paid = {
        ...common,
        benefitKind: 'enrolment',
        'payee.kind': 'insurer',
        'payee.reference': `resident-${unit}`,
        account: 'fiscal-account',
        'evidence.kind': 'settlement-sheet',
      };
      const received = {
        ...common,
        'payer.kind': 'subsidised',
        'payer.reference': `assistance-${unit}`,
        coverPeriod: '2025',
        headcount: String(part / parseFen('400.00') + 1n),
        account: 'fiscal-account',
        'evidence.kind': 'bank-slip',
      };
      return [
        { dayIndex, phase: PHASE.payouts, kind: 'payout', fund: 'assistance', unit, fields: paid },
        { dayIndex, phase: PHASE.contributions, kind: 'contribution', fund: 'resident', unit, fields: received },
      ];
    }),
  );
}

/** Payouts of January that clear the advances of the year before: the rest of each leaves the expenditure account. */
export function clearingLines(budget: FundBudget, openings: readonly Opening[]): FixedLine[] {
  if (budget.clearings === 0n) return [];
  const advanced = openings.filter(({ advances }) => advances > 0n);
  const amounts = allocateFen(
    budget.clearings,
    advanced.map(({ advances }) => advances),
  );
  return advanced.map(({ fund, unit, advances }, index) => ({
    dayIndex: businessDayFrom(1, 22),
    phase: PHASE.payouts,
    kind: 'payout',
    fund,
    unit,
    fields: {
      amount: formatFen(amounts[index]!),
      benefitKind: 'inpatient',
      'payee.kind': 'provider',
      'payee.reference': `H${unit}00001`,
      claims: String(amounts[index]! / parseFen('7800.00') + 1n),
      'offsets.advances.provider': formatFen(advances),
      'evidence.kind': 'settlement-sheet',
      note: '2024年度预付金清算',
    },
  }));
}

/** Units whose agency itself collects some residents' premiums, in its income account. */
const COLLECTING_UNITS = ['460300', '460400', '469030'];

/** Premiums collected by an agency: they stand in its income account until the end of the month. */
export function collectionLines({ collected }: FundBudget): FixedLine[] {
  if (collected === 0n) return [];
  const amounts = allocateFen(
    collected,
    COLLECTING_UNITS.flatMap(() => MONTHS.map(() => 1n)),
  );
  return COLLECTING_UNITS.flatMap((unit, unitIndex) =>
    MONTHS.flatMap((month, monthIndex): FixedLine[] => {
      const amount = amounts[unitIndex * MONTHS.length + monthIndex]!;
      const common = { fund: 'resident', unit };
      const premium = {
        amount: formatFen(amount),
        'payer.kind': 'resident',
        'payer.reference': `R-${unit}-window`,
        coverPeriod: '2025',
        headcount: String(amount / parseFen('400.00')),
        account: 'income-account',
        'evidence.kind': 'fee-receipt',
        note: `${month}月窗口代收新生儿参保费`,
      };
      const sweep = {
        amount: formatFen(amount),
        from: 'income-account',
        to: 'fiscal-account',
        reason: 'income-sweep',
        'evidence.kind': 'bank-slip',
        note: `${month}月收入户月末划转`,
      };
      const last = BUSINESS_DAYS.findIndex((day) => day.month === month && day.closesMonth);
      const day = businessDayFrom(month, 13);
      return [
        { ...common, dayIndex: day, phase: PHASE.contributions, kind: 'contribution', fields: premium },
        { ...common, dayIndex: last, phase: PHASE.sweep, kind: 'money-movement', fields: sweep },
      ];
    }),
  );
}

function subsidy(fund: string, unit: string, dayIndex: number, amount: Fen, fields: Fields): FixedLine {
  const common = { amount: formatFen(amount), 'evidence.kind': 'appropriation' };
  return { dayIndex, phase: PHASE.received, kind: 'subsidy', fund, unit, fields: { ...common, ...fields } };
}
