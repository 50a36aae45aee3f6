import { allocateFen, type Fen, formatFen } from '../../src/money.js';
import { type FundBudget } from './budget.js';
import { BUSINESS_DAYS, type BusinessDay } from './calendar.js';
import { type Fields } from './line.js';
import { type Random } from './random.js';
import { AS_OF } from './published.js';
import { COUNTIES, overUnits, PROVINCE, type Weight } from './weights.js';

/** Where one voucher of a flow is. */
export interface Place {
  readonly unit: string;
  readonly day: BusinessDay;
  readonly amount: Fen;
  readonly random: Random;
}

/** What a kind of premium or benefit looks like as vouchers. */
interface Template {
  readonly kind: 'contribution' | 'payout';
  /** How many vouchers it has beside the others of all funds. */
  readonly weight: bigint;
  /** How busy each day of the month is. */
  readonly days: (dayOfMonth: number) => bigint;
  /** A new object at every call; the caller completes it. */
  readonly fields: (place: Place) => Record<string, string>;
}

/** One kind of premium or benefit of one book: an amount that is spread over many vouchers. */
export interface Flow extends Template {
  readonly label: string;
  readonly fund: string;
  readonly unit: string;
  readonly total: Fen;
  readonly unitWeight: bigint;
}

/** What a flow comes to on one business day. */
export interface Cell {
  readonly count: number;
  readonly amount: Fen;
}

const EVEN = (): bigint => 10n;
/** Employers pay by the 15th, mostly. */
const TAX_DAYS = (dayOfMonth: number): bigint => (dayOfMonth <= 15 ? 16n : 5n);
/** Claims of a month are settled from the 10th of the next on. */
const SETTLEMENT_DAYS = (dayOfMonth: number): bigint => (dayOfMonth >= 10 && dayOfMonth <= 25 ? 18n : 6n);

/** Regions where the province's people seek care elsewhere. */
const CARE_ELSEWHERE = ['440100', '440300', '430100', '450100', '110000', '310000'];

const TEMPLATES: Readonly<Record<string, Readonly<Record<string, Template>>>> = {
  employee: {
    employer: premium(26n, 'E', '单位缴费', 1_000_00n, 'pool'),
    employee: premium(13n, 'E', '个人缴费', 180_00n, 'personal'),
    flexible: premium(9n, 'F', '灵活就业人员缴费', 520_00n, 'both'),
    'on-behalf': premium(1n, 'D', '代缴（领取失业保险金人员）', 520_00n, 'pool'),
    inpatient: benefit(14n, 'H', '住院', 7_800_00n),
    outpatient: benefit(14n, 'H', '普通门诊', 96_00n),
    chronic: benefit(7n, 'H', '门诊慢特病', 410_00n),
    'maternity-medical': benefit(2n, 'H', '生育医疗', 3_600_00n),
    'maternity-allowance': benefit(4n, 'N', '生育津贴', 21_000_00n),
    'personal-pharmacy': benefit(16n, 'P', '个人账户购药', 88_00n),
  },
  resident: {
    resident: premium(9n, 'R', '居民医保费（新生儿及特殊群体）', 400_00n, 'none'),
    inpatient: benefit(15n, 'H', '住院', 5_100_00n),
    outpatient: benefit(14n, 'H', '普通门诊', 42_00n),
    chronic: benefit(7n, 'H', '门诊慢特病', 260_00n),
    'maternity-medical': benefit(2n, 'H', '生育医疗', 2_400_00n),
  },
  assistance: { direct: benefit(8n, 'H', '医疗救助“一站式”结算', 163_00n) },
};

/** The flows of a fund, one for each kind and unit, in a fixed order. */
export function flowsOf({ line, premiums, benefits }: FundBudget): Flow[] {
  const by: Weight = line.fund === 'employee' ? 'employee' : 'resident';
  const units = line.fund === 'employee' ? [PROVINCE, ...COUNTIES] : COUNTIES;
  return Object.entries({ ...premiums, ...benefits }).flatMap(([name, total]) =>
    overUnits(total, units, by).map(({ unit, part }) => ({
      ...TEMPLATES[line.fund]![name]!,
      fields: withDetail(name, TEMPLATES[line.fund]![name]!),
      label: `${line.fund}/${unit}/${name}`,
      fund: line.fund,
      unit,
      total: part,
      unitWeight: part,
    })),
  );
}

/** How many vouchers each flow has: one at least, and `vouchers` together. */
export function countsOf(flows: readonly Flow[], vouchers: number): number[] {
  const weights = flows.map((flow) => {
    const all = flows.filter((other) => other.fund === flow.fund && nameOf(other) === nameOf(flow));
    const sum = all.reduce((total, other) => total + other.unitWeight, 0n);
    return (flow.weight * 1_000_000_000n * flow.unitWeight) / sum;
  });
  return allocateFen(BigInt(vouchers - flows.length), weights).map((more) => asCount(more) + 1);
}

/** Spreads a flow over the business days to 31 May: how many vouchers each day, and of what sum. */
export function cellsOf(flow: Flow, count: number, random: Random): Cell[] {
  const days = BUSINESS_DAYS.filter(({ date }) => date <= AS_OF);
  const counts = allocateFen(
    BigInt(count),
    days.map(({ dayOfMonth }) => flow.days(dayOfMonth) * (64n + BigInt(random.below(64)))),
  );
  const spare = flow.total - BigInt(count);
  const amounts = allocateFen(
    spare,
    counts.map((vouchers) => vouchers * (90n + BigInt(random.below(21)))),
  );
  return counts.map((vouchers, index) => ({ count: asCount(vouchers), amount: amounts[index]! + vouchers }));
}

/** The amounts of a cell's vouchers: they sum exactly to it, and each is a fen at least. */
export function amountsOf({ count, amount }: Cell, random: Random): Fen[] {
  if (count === 1) return [amount];
  const weights = Array.from({ length: count }, () => 120n + random.weight());
  return allocateFen(amount - BigInt(count), weights).map((part) => part + 1n);
}

const nameOf = ({ label }: Flow): string => label.slice(label.lastIndexOf('/') + 1);
/** A count of vouchers, not an amount: it is far below 2⁵³. */
const asCount = (count: bigint): number => Number.parseInt(count.toString(), 10);

function withDetail(name: string, template: Template): Template['fields'] {
  const field = template.kind === 'contribution' ? 'payer.kind' : 'benefitKind';
  return (place) => {
    const fields = template.fields(place);
    fields[field] = name;
    return fields;
  };
}

type Shares = 'pool' | 'personal' | 'both' | 'none';

/** @param typical the premium of one person, from which the headcount is guessed */
function premium(weight: bigint, prefix: string, name: string, typical: Fen, shares: Shares): Template {
  const fields = ({ unit, day, amount, random }: Place): Record<string, string> => ({
    'payer.reference': reference(prefix, unit, random),
    coverPeriod: shares === 'none' ? '2025' : day.date.slice(0, 7),
    headcount: people(amount, typical),
    ...sharesOf(shares, amount),
    'evidence.kind': 'tax-receipt',
    note: `${day.month}月${name}`,
  });
  return { kind: 'contribution', weight, days: shares === 'none' ? EVEN : TAX_DAYS, fields };
}

function benefit(weight: bigint, prefix: string, name: string, typical: Fen): Template {
  const fields = ({ unit, day, amount, random }: Place): Record<string, string> => {
    const elsewhere = prefix === 'H' && random.below(16) === 0;
    const region = elsewhere ? CARE_ELSEWHERE[random.below(CARE_ELSEWHERE.length)]! : unit;
    return {
      'payee.kind': prefix === 'N' ? 'person' : 'provider',
      'payee.reference': prefix === 'N' ? reference('N', unit, random) : `${prefix}${region}${serial(random, 48)}`,
      claims: people(amount, typical),
      ...(elsewhere && { careRegion: region }),
      'evidence.kind': 'settlement-sheet',
      note: `${day.month}月${name}结算${elsewhere ? '（异地）' : ''}`,
    };
  };
  return { kind: 'payout', weight, days: prefix === 'P' ? EVEN : SETTLEMENT_DAYS, fields };
}

function sharesOf(shares: Shares, amount: Fen): Fields {
  if (shares === 'personal') return { poolShare: '0.00', personalShare: formatFen(amount) };
  if (shares !== 'both') return {};
  const [pool, personal] = allocateFen(amount, [75n, 25n]);
  return { poolShare: formatFen(pool!), personalShare: formatFen(personal!) };
}

const people = (amount: Fen, typical: Fen): string => String(amount / typical + 1n);
const reference = (prefix: string, unit: string, random: Random): string =>
  `${prefix}-${unit}-${serial(random, 90_000)}`;
const serial = (random: Random, limit: number): string => String(1 + random.below(limit)).padStart(5, '0');
