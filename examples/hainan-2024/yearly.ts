import { allocateFen, type Fen, formatFen, parseFen } from '../../src/money.js';
import { type Opening } from '../hainan-2025/openings.js';
import { COUNTIES, overUnits, PROVINCE, weightsOf } from '../hainan-2025/weights.js';
import { LAST_DAY, workday } from './calendar.js';
import { type Draft, draft } from './draft.js';
import { monthlyAverages, residents } from './months.js';

const THOUSAND = parseFen('1000.00');
const REMITTED_UP = parseFen('480000000.00');
const FUNDED_DOWN = parseFen('430000000.00');
/** Too well off to be funded from above. */
const NOT_FUNDED = ['460100', '460200'];

/** What goes between the province and its counties in the employee fund, both sides of each, and all of it arrives. */
export function transferDrafts(): Draft[] {
  const funded = COUNTIES.filter((unit) => !NOT_FUNDED.includes(unit));
  const up = thousands(REMITTED_UP, COUNTIES).flatMap(([county, amount]) =>
    pair({ amount, direction: ['remittance-up', 'remittance-received'], from: county, to: PROVINCE, month: 5 }),
  );
  const down = thousands(FUNDED_DOWN, funded).flatMap(([county, amount]) =>
    pair({ amount, direction: ['funding-down', 'funding-received'], from: PROVINCE, to: county, month: 11 }),
  );
  return [...up, ...down];
}

function thousands(total: Fen, units: readonly string[]): [string, Fen][] {
  const parts = allocateFen(total / THOUSAND, weightsOf(units, 'employee'));
  return units.map((unit, index) => [unit, parts[index]! * THOUSAND]);
}

interface Transfer {
  readonly amount: Fen;
  readonly direction: readonly [sent: string, received: string];
  readonly from: string;
  readonly to: string;
  readonly month: number;
}

function pair({ amount, direction, from, to, month }: Transfer): Draft[] {
  const county = from === PROVINCE ? to : from;
  const transferId = `${from === PROVINCE ? 'BZ' : 'SJ'}-employee-2024-${county}`;
  const common = { amount: formatFen(amount), transferId };
  const note = from === PROVINCE ? '补助下级' : '上解调剂金';
  const [sent, received] = direction;
  const [out, into] = [workday(month, 21), workday(month, 24)];
  return [
    draft(sent, { fund: 'employee', unit: from, date: out }, note, { ...common, toUnit: to }),
    draft(received, { fund: 'employee', unit: to, date: into }, note, { ...common, fromUnit: from }),
  ];
}

/** The premiums of people in need, paid for 2025 by the assistance fund: in each county two vouchers of one number. */
export const enrolmentDrafts = (): Draft[] =>
  residents().flatMap(({ unit, part }) => {
    const poorest = unit === '460100';
    const headcount = Number.parseInt((part / 30n + 1n).toString(), 10);
    const amount = formatFen(BigInt(headcount) * parseFen(poorest ? '400.00' : '200.00'));
    const common = {
      amount,
      transferId: `ZZ-2024-${unit}`,
      category: poorest ? 'extreme-poverty' : 'low-income',
      standard: '400.00',
      headcount,
    };
    const date = workday(12, 13);
    const note = '资助困难人员参加2025年度居民医保';
    const paid = {
      ...common,
      benefitKind: 'enrolment',
      payee: { kind: 'insurer', reference: `resident-${unit}` },
      account: 'fiscal-account',
    };
    const income = {
      ...common,
      payer: { kind: 'subsidised', reference: `assistance-${unit}` },
      coverPeriod: '2025',
      account: 'fiscal-account',
    };
    return [
      draft('contribution', { fund: 'resident', unit, date }, note, income),
      draft('payout', { fund: 'assistance', unit, date }, note, paid),
    ];
  });

/**
 * What providers are advanced at the year's end, by the notice of that autumn: exactly what stands as advances in the
 * books a day later, with the provider whose settlement of January sets it off.
 */
export const advanceDrafts = (ends: readonly Opening[]): Draft[] =>
  ends.flatMap(({ fund, unit, advances, total, personal }): Draft[] => {
    if (advances === 0n) return [];
    const fields = {
      amount: formatFen(advances),
      advance: 'advances.provider',
      counterparty: `H${unit}00001`,
      gate: {
        poolBalance: formatFen(total - personal),
        monthlyAverage: formatFen(monthlyAverages(fund).get(unit)!),
        deficitLastYear: 'no',
        deficitForecast: 'no',
      },
      account: 'fiscal-account',
    };
    return [draft('advance-payment', { fund, unit, date: workday(12, 25) }, '医保预付金', fields)];
  });

/** Budgets of the year, in whole tens of thousands; two are adjusted in the autumn. */
const BUDGETS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  employee: {
    'income.premiums': '12200000000.00',
    'income.interest': '480000000.00',
    benefits: '9600000000.00',
  },
  resident: {
    'income.premiums': '2300000000.00',
    'income.subsidy': '4512500000.00',
    'income.interest': '90000000.00',
    benefits: '6100000000.00',
    'serious-illness': '452000000.00',
  },
  assistance: { 'income.subsidy': '250000000.00', benefits: '255000000.00' },
};
const TEN_THOUSAND = parseFen('10000.00');

export function budgetDrafts(): Draft[] {
  const approvals = Object.entries(BUDGETS).flatMap(([fund, lines]) => {
    const units = fund === 'employee' ? [PROVINCE, ...COUNTIES] : COUNTIES;
    const approved = new Map<string, Record<string, string>>(units.map((unit) => [unit, {}]));
    for (const [line, total] of Object.entries(lines))
      for (const { unit, part } of overUnits(parseFen(total), units, fund === 'employee' ? 'employee' : 'resident'))
        approved.get(unit)![line] = formatFen((part / TEN_THOUSAND + 1n) * TEN_THOUSAND);
    return [...approved].map(([unit, amounts]) => budget('budget-approval', fund, unit, workday(2, 20), amounts));
  });
  const adjusted = { benefits: '1290000000.00' };
  return [
    ...approvals,
    budget('budget-adjustment', 'resident', '460100', workday(9, 25), adjusted),
    budget('budget-adjustment', 'employee', '460200', workday(9, 26), { 'income.premiums': '1950000000.00' }),
  ];
}

const budget = (kind: string, fund: string, unit: string, date: string, lines: Record<string, string>): Draft =>
  draft(kind, { fund, unit, date }, kind === 'budget-approval' ? '2024年预算批复' : '2024年预算调整', {
    year: LAST_DAY.slice(0, 4),
    lines,
  });
