import { type Fen, formatFen, parseFen } from '../../src/money.js';
import { type FundBudget } from './budget.js';
import { COUNTIES, overUnits, PROVINCE } from './weights.js';

/** What a book holds on 1 January 2025. */
export interface Opening {
  readonly fund: string;
  readonly unit: string;
  /** Everything together: the book's fund balance. */
  readonly total: Fen;
  readonly personal: Fen;
  readonly advances: Fen;
  /** The working balance of the expenditure account, which every use plan restores. */
  readonly float: Fen;
  readonly term: Fen;
}

/** A four-hundredth of what a book holds stands in its expenditure account, and some of the rest on term. */
const FLOAT_DIVISOR = 400n;
/** Each county's book holds this at least, so that a single large bill cannot empty the smallest. */
const LEAST: Readonly<Record<string, Fen>> = {
  employee: parseFen('1000000.00'),
  resident: parseFen('1000000.00'),
  assistance: parseFen('20000.00'),
};
const TERM_PERCENT: Readonly<Record<string, bigint>> = { employee: 40n, resident: 25n };

/** The opening of each book of a fund, by weight but for the province's reserve. They sum to the published one. */
export function openingsOf(budget: FundBudget): Opening[] {
  const { fund, opening } = budget.line;
  const by = fund === 'employee' ? 'employee' : 'resident';
  const units = [PROVINCE, ...COUNTIES];
  const least = LEAST[fund]!;
  const shared = opening - budget.openingReserve - least * BigInt(COUNTIES.length);
  const parts = partsByUnit(overUnits(shared, units, by));
  const personal = partsByUnit(overUnits(budget.openingPersonal, units, by));
  const advances = partsByUnit(overUnits(budget.openingAdvances, COUNTIES, by));
  return units.map((unit) => {
    const own = parts.get(unit) ?? 0n;
    const total = own + (unit === PROVINCE ? budget.openingReserve : least);
    return {
      fund,
      unit,
      total,
      personal: personal.get(unit) ?? 0n,
      advances: advances.get(unit) ?? 0n,
      float: total / FLOAT_DIVISOR,
      term: (total * (TERM_PERCENT[fund] ?? 0n)) / 100n,
    };
  });
}

/** The balances of an opening, by column; what is zero is left out. */
export function balancesOf({ total, personal, advances, float, term }: Opening): Record<string, string> {
  const balances: Record<string, Fen> = {
    'balances.expenditure-account': float,
    'balances.fiscal-account': total - advances - float - term,
    'balances.fiscal-account/term': term,
    'balances.advances.provider': advances,
    'balances.net.pool': total - personal,
    'balances.net.personal': personal,
  };
  const nonzero = Object.entries(balances).filter(([, amount]) => amount > 0n);
  return Object.fromEntries(nonzero.map(([column, amount]) => [column, formatFen(amount)]));
}

const partsByUnit = (parts: readonly { unit: string; part: Fen }[]): Map<string, Fen> =>
  new Map(parts.map(({ unit, part }) => [unit, part]));
