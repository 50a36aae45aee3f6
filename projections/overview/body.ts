import { type Text, text } from '../../src/errors.js';
import { divideFen, type Fen, formatFen } from '../../src/money.js';
import { type Warned } from '../early-warning/warnings.js';
import { vouchersAt } from '../early-warning/query.js';
import { addMovements, type FundMovement, surplusOf } from './figures.js';
import { type FundCard, type Overview } from './overview.js';
import { statementAt, trialBalanceAt, warningsAt } from './ways.js';
import { countWarnings, payableMonthsOf } from './warned.js';

type Json = Readonly<Record<string, unknown>>;

/** What the two funds of basic insurance are called together. */
export const BASIC_TOTAL = text('基本医疗保险合计', 'Basic medical insurance total');

/** The funds of basic insurance as one, where all of the province is asked about and there is more than one. */
export function basicInsuranceOf({ cards, asked }: Overview): Pick<FundCard, 'movement' | 'before'> | undefined {
  const basic = cards.filter(({ fund }) => fund.basicInsurance);
  if (basic.length < 2 || asked.unit !== undefined) return undefined;
  const before = basic.flatMap((card) => card.before ?? []);
  return {
    movement: addMovements(basic.map(({ movement }) => movement)),
    before: before.length === basic.length ? addMovements(before) : undefined,
  };
}

/** The three figures that are compared. */
export const comparedOf = ({ income, expenditure, closing }: FundMovement) => ({
  income,
  expenditure,
  balance: closing,
});

/** By how many per cent a figure is more or less than another; undefined where that is zero. */
export const rateOf = (now: Fen, before: Fen): string | undefined =>
  divideFen((now - before) * 100n, before < 0n ? -before : before);

/** The overview as JSON. */
export function overviewBody(overview: Overview): Json {
  const { cards, period, compared, today, voucherDays } = overview;
  const basic = basicInsuranceOf(overview);
  const { from, to } = compared.interval;
  return {
    period: { isDefault: period.isDefault, today, lastVoucherDay: voucherDays?.last ?? null, says: period.says },
    comparedWith: { kind: compared.kind, name: compared.name, from, to },
    funds: cards.map((card) => cardBody(overview, card)),
    basicInsurance: basic ? { name: BASIC_TOTAL, ...movementBody(basic.movement), changes: changesBody(basic) } : null,
    units: cards.flatMap((card) => unitBodies(overview, card)),
  };
}

const movementBody = (movement: FundMovement): Json => ({
  opening: formatFen(movement.opening),
  income: formatFen(movement.income),
  expenditure: formatFen(movement.expenditure),
  surplus: formatFen(surplusOf(movement)),
  balance: formatFen(movement.closing),
  inTransit: formatFen(movement.inTransit),
});

function changesBody({ movement, before }: Pick<FundCard, 'movement' | 'before'>): Json | null {
  if (before === undefined) return null;
  const was = comparedOf(before);
  return Object.fromEntries(
    Object.entries(comparedOf(movement)).map(([name, now]) => {
      const then = was[name as keyof typeof was];
      const rate = rateOf(now, then) ?? null;
      return [name, { before: formatFen(then), change: formatFen(now - then), rate }];
    }),
  );
}

function cardBody(overview: Overview, card: FundCard): Json {
  const { asked } = overview;
  const { fund, own, books, movement, months } = card;
  const { figure, basis, level, span } = payableMonthsOf(own);
  const { count, worst, byLevel } = countWarnings([own, ...books]);
  return {
    fund: fund.key,
    name: fund.name,
    ...movementBody(movement),
    changes: changesBody(card),
    payableMonths: {
      figure,
      basis,
      level: level ?? null,
      vouchers: vouchersAt(fund.key, asked.unit, { span }, asked.recordedAsOf),
    },
    warnings: { count, worst: worst ?? null, ...byLevel, address: warningsAt(overview, fund.key) },
    months: months.map(({ month, ...each }) => ({ month, ...movementBody(each) })),
    trialBalance: trialBalanceAt(overview, fund.key, asked.unit),
    statement: statementAt(overview, fund.key),
  };
}

function unitBodies(overview: Overview, { fund, units, own, books }: FundCard): Json[] {
  const warnedOf = (code: string): Warned => books.find(({ unit }) => unit === code) ?? own;
  return units.map(({ unit, opening, income, expenditure, closing, rankByBalance, rankBySurplus }) => {
    const { figure, level } = payableMonthsOf(warnedOf(unit.code));
    const name: Text = overview.adopted.units.nameOf(unit.code);
    return {
      fund: fund.key,
      unit: unit.code,
      name,
      opening: formatFen(opening),
      income: formatFen(income),
      expenditure: formatFen(expenditure),
      surplus: formatFen(income - expenditure),
      balance: formatFen(closing),
      rankByBalance,
      rankBySurplus,
      payableMonths: figure,
      level: level ?? null,
      trialBalance: trialBalanceAt(overview, fund.key, unit.code),
    };
  });
}
