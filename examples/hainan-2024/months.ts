import { allocateFen, type Fen, formatFen, parseFen } from '../../src/money.js';
import { Random } from '../hainan-2025/random.js';
import { RESIDENT_PARTICIPANTS } from '../hainan-2025/published.js';
import { COUNTIES, overUnits, PROVINCE, type Weight } from '../hainan-2025/weights.js';
import { monthEnd, MONTHS, workday } from './calendar.js';
import { type Draft, draft, type Place } from './draft.js';

/*
 * What comes and goes in every book, month by month. The figures of the year are made up; they lead from an opening
 * that is derived to the published balance.
 */
const PREMIUMS = parseFen('12400000000.00');
const POOL_BENEFITS = parseFen('6800000000.00');
const PERSONAL_BENEFITS = parseFen('2600000000.00');
const EMPLOYEE_INTEREST = parseFen('510000000.00');
const RESIDENT_PREMIUMS = parseFen('2360000000.00');
const RESIDENT_BENEFITS = parseFen('6000000000.00');
const RESIDENT_INTEREST = parseFen('88000000.00');
const ASSISTANCE_SUBSIDIES = parseFen('252000000.00');
const DIRECT_BENEFITS = parseFen('196000000.00');
const ASSISTANCE_INTEREST = parseFen('600000.00');

/** What a subsidy of the year is a head, by tier: together 670 yuan. */
const TIERS = [
  ['central', '402.00', 1],
  ['province', '167.50', 3],
  ['county', '100.50', 5],
] as const;
/** What serious-illness insurance costs a head. */
const SERIOUS_ILLNESS = '67.00';
/** Months in which plans feed the expenditure accounts, each for a quarter. */
const QUARTERS = [1, 4, 7, 10];
/** Residents pay for the next year from September to December. */
const COLLECTION = [9, 10, 11, 12];

/** What is paid in the months in which a book pays, one kind after the other. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  employee: [
    'inpatient',
    'inpatient',
    'outpatient',
    'chronic',
    'inpatient',
    'outpatient',
    'inpatient',
    'chronic',
    'maternity-medical',
    'inpatient',
    'outpatient',
    'maternity-allowance',
  ],
  personal: ['personal-pharmacy', 'personal-outpatient', 'personal-inpatient', 'personal-pharmacy'],
  resident: ['inpatient', 'inpatient', 'outpatient', 'inpatient', 'chronic', 'inpatient'],
  assistance: ['direct'],
};

/** What a book of benefits spends a month on the average: what an advance to providers is measured by. */
export const monthlyAverages = (fund: string): Map<string, Fen> =>
  new Map(
    fund === 'employee'
      ? overUnits(POOL_BENEFITS / 12n, [PROVINCE, ...COUNTIES], 'employee').map(({ unit, part }) => [unit, part])
      : overUnits(RESIDENT_BENEFITS / 12n, COUNTIES, 'resident').map(({ unit, part }) => [unit, part]),
  );

/** How many residents each unit insures. */
export const residents = (): { unit: string; part: bigint }[] => overUnits(RESIDENT_PARTICIPANTS, COUNTIES, 'resident');

/** Every book's regular flows. */
export const monthlyDrafts = (): Draft[] => [
  ...overUnits(PREMIUMS, [PROVINCE, ...COUNTIES], 'employee').flatMap(({ unit, part }) => employeePremiums(unit, part)),
  ...benefits('employee', POOL_BENEFITS, 'employee', MONTHS),
  ...benefits('employee', PERSONAL_BENEFITS, 'personal', [3, 6, 9, 12]),
  ...interest('employee', EMPLOYEE_INTEREST),
  ...residents().flatMap(({ unit, part }) => perHead(unit, part)),
  ...overUnits(RESIDENT_PREMIUMS, COUNTIES, 'resident').flatMap(({ unit, part }) => residentPremiums(unit, part)),
  ...benefits('resident', RESIDENT_BENEFITS, 'resident', MONTHS),
  ...interest('resident', RESIDENT_INTEREST),
  ...assistanceSubsidies(),
  ...benefits('assistance', DIRECT_BENEFITS, 'assistance', [2, 5, 8, 11]),
  ...interest('assistance', ASSISTANCE_INTEREST),
];

/** A total over so many months, each a little different from the others. */
function spread(total: Fen, months: readonly number[], seed: string): Fen[] {
  const random = new Random(`hainan-2024/${seed}`);
  return allocateFen(
    total,
    months.map(() => 90n + BigInt(random.below(21))),
  );
}

const weightOf = (fund: string): Weight => (fund === 'employee' ? 'employee' : 'resident');
const people = (amount: Fen, each: string): number => Number.parseInt((amount / parseFen(each) + 1n).toString(), 10);

function employeePremiums(unit: string, total: Fen): Draft[] {
  return spread(total, MONTHS, `${unit}/premiums`).flatMap((amount, index) => {
    const month = index + 1;
    const [pool, personal] = allocateFen(amount, [72n, 28n]) as [Fen, Fen];
    const place = { fund: 'employee', unit, date: workday(month, 12) };
    const fields = {
      amount: formatFen(amount),
      payer: { kind: 'employer', reference: `E-${unit}-all` },
      coverPeriod: place.date.slice(0, 7),
      headcount: people(amount, '1180.00'),
      poolShare: formatFen(pool),
      personalShare: formatFen(personal),
    };
    return premium(place, fields, `${month}月职工医保费汇总`, monthlySweep(month));
  });
}

const monthlySweep = (month: number): string => workday(month, 26);

/** Received in the year before the one it covers: income when received, by the policy in force to the end of 2025. */
function residentPremiums(unit: string, total: Fen): Draft[] {
  return spread(total, COLLECTION, `${unit}/residents`).flatMap((amount, index) => {
    const month = COLLECTION[index]!;
    const fields = {
      amount: formatFen(amount),
      payer: { kind: 'resident', reference: `R-${unit}-all` },
      premiumKind: 'prepaid',
      coverPeriod: '2025',
      headcount: people(amount, '400.00'),
    };
    const place = { fund: 'resident', unit, date: workday(month, 18) };
    return premium(place, fields, '预缴2025年度居民医保费汇总', monthlySweep(month));
  });
}

/** Into the treasury, and to the fiscal account before the month is over. */
function premium(place: Place, fields: { readonly amount: string }, note: string, swept: string): Draft[] {
  const { amount } = fields;
  const sweep = { amount, from: 'treasury', to: 'fiscal-account', reason: 'treasury-to-fiscal' };
  return [
    draft('contribution', place, note, fields),
    draft('money-movement', { ...place, date: swept }, '国库划转财政专户', sweep),
  ];
}

/** Benefits of every book of a fund, and the plans of each quarter that bring exactly as much beforehand. */
function benefits(fund: string, total: Fen, which: string, months: readonly number[]): Draft[] {
  const kinds = KINDS[which]!;
  const units = fund === 'employee' ? [PROVINCE, ...COUNTIES] : COUNTIES;
  return overUnits(total, units, weightOf(fund)).flatMap(({ unit, part }) => {
    const amounts = spread(part, months, `${fund}/${unit}/${which}`);
    const paid = amounts.map((amount, index) => {
      const benefitKind = kinds[index % kinds.length]!;
      const reference = `${benefitKind === 'personal-pharmacy' ? 'P' : 'H'}${unit}00099`;
      const fields = {
        amount: formatFen(amount),
        benefitKind,
        payee: { kind: 'provider', reference },
        claims: people(amount, '2600.00'),
      };
      const month = months[index]!;
      return draft('payout', { fund, unit, date: workday(month, 20) }, `${month}月待遇结算汇总`, fields);
    });
    const plans = QUARTERS.map((first) => {
      const sum = amounts.filter((_, index) => months[index]! >= first && months[index]! < first + 3);
      const amount = formatFen(sum.reduce((all, one) => all + one, 0n));
      const fields = { amount, from: 'fiscal-account', to: 'expenditure-account', reason: 'use-plan' };
      const note = `${first}—${first + 2}月用款计划拨款`;
      return draft('money-movement', { fund, unit, date: workday(first, 9) }, note, fields);
    });
    return [...plans, ...paid];
  });
}

/** Interest of every book in June and December; the province has a twentieth of it and what is left of the rest. */
function interest(fund: string, total: Fen): Draft[] {
  const parts = overUnits(total - total / 20n, COUNTIES, weightOf(fund));
  const left = parts.reduce((sum, { part }) => sum - part, total);
  return [{ unit: PROVINCE, part: left }, ...parts].flatMap(({ unit, part }) =>
    allocateFen(part, [1n, 1n]).map((amount, half) => {
      const fields = {
        amount: formatFen(amount),
        account: 'fiscal-account',
        ...(fund === 'employee' && { personalShare: formatFen(allocateFen(amount, [70n, 30n])[1]!) }),
      };
      return draft('interest', { fund, unit, date: workday(half === 0 ? 6 : 12, 21) }, '存款利息', fields);
    }),
  );
}

/** The year's subsidies of the resident fund, so much a head, and the year's contract of serious-illness insurance. */
function perHead(unit: string, people: bigint): Draft[] {
  const headcount = Number.parseInt(people.toString(), 10);
  const at = (month: number, day: number): Place => ({ fund: 'resident', unit, date: workday(month, day) });
  const subsidies = TIERS.map(([tier, each, month]) => {
    const fields = { amount: formatFen(parseFen(each) * people), tier, subsidyKind: 'standard', headcount };
    return draft('subsidy', at(month, 10), '2024年度居民医保补助', { ...fields, perHead: each });
  });
  const contract = { amount: formatFen(parseFen(SERIOUS_ILLNESS) * people), insurer: 'INS-0001', headcount };
  const paid = { ...contract, perHead: SERIOUS_ILLNESS, account: 'fiscal-account' };
  return [...subsidies, draft('serious-illness-premium', at(2, 27), '2024年度大病保险保费', paid)];
}

function assistanceSubsidies(): Draft[] {
  return overUnits(ASSISTANCE_SUBSIDIES, COUNTIES, 'resident').flatMap(({ unit, part }) =>
    allocateFen(part, [1n, 1n, 1n, 1n]).map((amount, index) => {
      const fields = { amount: formatFen(amount), tier: index < 2 ? 'central' : 'province', subsidyKind: 'standard' };
      const place = { fund: 'assistance', unit, date: workday(QUARTERS[index]!, 8) };
      return draft('subsidy', place, '医疗救助补助资金', fields);
    }),
  );
}

/** Every book closes every month on its last day, and the year behind the last of them. */
export const closingDrafts = (books: readonly Omit<Place, 'date'>[]): Draft[] =>
  books.flatMap((book) => [
    ...MONTHS.map((month) => closing(book, 'period-close', monthEnd(month), `${month}月结账`)),
    closing(book, 'year-close', monthEnd(12), '2024年度年结'),
  ]);

const closing = (book: Omit<Place, 'date'>, kind: string, date: string, note: string): Draft =>
  draft(kind, { ...book, date }, note, {}, { label: `${kind}/${book.fund}/${book.unit}/${date}` });
