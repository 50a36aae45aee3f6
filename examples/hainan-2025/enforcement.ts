import { allocateFen, type Fen, parseFen } from '../../src/money.js';
import { BUSINESS_DAYS } from './calendar.js';
import { AS_OF, FINES, HANDLED_CASES, PENALISED_CASES, RECOVERED, SELF_CHECK_RETURNS } from './published.js';
import { Random } from './random.js';
import { COUNTIES, weightsOf } from './weights.js';

/** Money that came back into a fund. */
export interface Recovery {
  readonly caseId: string;
  readonly fund: string;
  readonly unit: string;
  readonly dayIndex: number;
  readonly channel: string;
  readonly lossYear: string;
  readonly benefitKind: string;
  readonly party: string;
  readonly amount: Fen;
}

/** A fine: it goes to the treasury and moves no balance. */
export interface Penalty {
  readonly recovery: Recovery;
  readonly article: string;
  readonly amount: Fen;
  /** The loss or fraud the fine is a multiple of. */
  readonly base?: Fen;
  readonly suspensionMonths?: string;
}

export interface Enforcement {
  readonly recoveries: readonly Recovery[];
  readonly penalties: readonly Penalty[];
}

interface Fine {
  readonly article: string;
  /** How many tenths of the base the fine is; absent for article 39, which knows no base. */
  readonly tenths?: bigint;
  /** A fine of its own; absent: a share of what is left of the published total. */
  readonly fixed?: string;
  readonly suspensionMonths?: string;
}

/** The penalised cases. The last lies below its article's range, so that the example shows a finding. */
const PENALISED: readonly Fine[] = [
  { article: '38', tenths: 15n },
  { article: '38', tenths: 12n, suspensionMonths: '6' },
  { article: '38', tenths: 18n },
  { article: '38', tenths: 11n },
  { article: '38', tenths: 13n, suspensionMonths: '9' },
  { article: '38', tenths: 16n },
  { article: '40', tenths: 25n },
  { article: '40', tenths: 30n, suspensionMonths: '12' },
  { article: '40', tenths: 21n },
  { article: '40', tenths: 40n, suspensionMonths: '8' },
  { article: '40', tenths: 35n },
  { article: '39', fixed: '30000.00' },
  { article: '39', fixed: '20000.00' },
  { article: '41', tenths: 30n, fixed: '24000.00', suspensionMonths: '3' },
  { article: '38', tenths: 8n },
];

const SELF_CHECKS = 311;
const CHANNELS = ['inspection', 'inspection', 'inspection', 'model', 'model', 'audit', 'inspection', 'police'];
const BENEFITS = ['inpatient', 'inpatient', 'inpatient', 'outpatient', 'chronic'];

/** The cases of the example: their amounts sum exactly to the published figures. */
export function enforcement(seed: string): Enforcement {
  const random = new Random(`${seed}/enforcement`);
  const fines = fineAmounts();
  const bases = PENALISED.map(({ tenths }, index) =>
    tenths === undefined ? undefined : (fines[index]! * 10n) / tenths,
  );
  const known = bases.reduce<Fen>((sum, base) => sum + (base ?? 0n), 0n);
  const baseless = HANDLED_CASES - bases.filter((base) => base !== undefined).length;
  const others = allocateFen(
    RECOVERED - known,
    Array.from({ length: baseless }, () => 200n + random.weight()),
  );
  const handled = Array.from({ length: HANDLED_CASES }, (_, index) => {
    const channel = CHANNELS[random.below(CHANNELS.length)]!;
    return recovery(random, `HN-2025-C${serial(index)}`, channel, bases[index] ?? others.pop()!);
  });
  const returned = allocateFen(
    SELF_CHECK_RETURNS,
    Array.from({ length: SELF_CHECKS }, () => 200n + random.weight()),
  );
  const selfChecks = returned.map((amount, index) =>
    recovery(random, `HN-2025-Z${serial(index)}`, 'self-check', amount),
  );
  const penalties = PENALISED.map(({ article, suspensionMonths }, index): Penalty => {
    const base = bases[index];
    const common = { recovery: handled[index]!, article, amount: fines[index]! };
    return {
      ...common,
      ...(base !== undefined && { base }),
      ...(suspensionMonths !== undefined && { suspensionMonths }),
    };
  });
  return { recoveries: [...handled, ...selfChecks], penalties };
}

/** What came back into a fund by 31 May for losses of the same year, or of earlier years. */
export function recoveredByMay({ recoveries }: Enforcement, fund: string, loss: 'same-year' | 'earlier-years'): Fen {
  return recoveries
    .filter((one) => one.fund === fund && BUSINESS_DAYS[one.dayIndex]!.date <= AS_OF)
    .filter(({ lossYear }) => (lossYear === '2025') === (loss === 'same-year'))
    .reduce<Fen>((sum, { amount }) => sum + amount, 0n);
}

function fineAmounts(): Fen[] {
  if (PENALISED.length !== PENALISED_CASES) throw new Error(`${PENALISED_CASES} penalised cases were published`);
  const fixed = PENALISED.reduce<Fen>((sum, fine) => sum + parseFen(fine.fixed ?? '0'), 0n);
  const open = PENALISED.filter((fine) => fine.fixed === undefined);
  const parts = allocateFen(
    FINES - fixed,
    open.map((_, index) => 30n + BigInt((index * 7) % 23)),
  );
  return PENALISED.map((fine) => (fine.fixed === undefined ? parts.shift()! : parseFen(fine.fixed)));
}

/** Money comes back on a day to 16 June, the day before the press conference. */
function recovery(random: Random, caseId: string, channel: string, amount: Fen): Recovery {
  const unit = unitOf(random);
  const dayIndex = 4 + random.below(BUSINESS_DAYS.length - 5);
  const fundDraw = random.below(100);
  const fund = fundDraw < 45 ? 'employee' : fundDraw < 97 ? 'resident' : 'assistance';
  const early = BUSINESS_DAYS[dayIndex]!.month <= 2;
  const lossYear = ['2024', '2025', '2025', '2023', '2025', '2024'][random.below(6)]!;
  const benefitKind = BENEFITS[random.below(BENEFITS.length)]!;
  const number = String(1 + random.below(24)).padStart(5, '0');
  return {
    caseId,
    fund,
    unit,
    dayIndex,
    channel,
    lossYear: early && lossYear === '2025' ? '2024' : lossYear,
    benefitKind: fund === 'assistance' ? 'direct' : benefitKind,
    party: `H${unit}${number}`,
    amount,
  };
}

/** A county-tier unit, the more often the more people it has. */
function unitOf(random: Random): string {
  const weights = weightsOf(COUNTIES, 'resident');
  let left = BigInt(random.next()) % weights.reduce((sum, weight) => sum + weight, 0n);
  return COUNTIES.find((_, index) => (left -= weights[index]!) < 0n)!;
}

const serial = (index: number): string => String(index + 1).padStart(4, '0');
