import { type Fen } from '../../src/money.js';
import { type Adopted, type Fund, type Unit } from '../../src/reference/adopted.js';
import { type Place } from '../fund-balance/books.js';
import { type Lines, type Turnover } from '../fund-balance/lines.js';
import { consolidate, drawUp, type Movement } from '../fund-balance/statement.js';
import { addTo } from '../statements/scope.js';
import { type Interval } from '../asking/interval.js';
import { monthsOf } from './period.js';

/** Between the ends of two business days. */
type Days = Pick<Interval, 'before' | 'to'>;

/** What a fund had, got, paid and has; what is on its way between its books is a part of what it has. */
export interface FundMovement extends Movement {
  readonly inTransit: Fen;
}

export interface MonthMovement extends FundMovement {
  /** `2025-05`. */
  readonly month: string;
}

/** A book in its fund: what it paid to other levels, and what it got from them, is in it. */
export interface UnitMovement extends Movement {
  readonly unit: Unit;
  /** Among the books of the fund: 1 is the most. Equal amounts have equal ranks. */
  readonly rankByBalance: number;
  readonly rankBySurplus: number;
}

export interface FundFigures {
  readonly fund: Fund;
  readonly movement: FundMovement;
  /** That of the days it is compared with; undefined where the fund had no voucher by then. */
  readonly before: FundMovement | undefined;
  readonly months: readonly MonthMovement[];
  /** The one with the most first. */
  readonly units: readonly UnitMovement[];
}

/** What stood on the lines of one fund at the ends of days. */
export interface FundLedger {
  readonly fund: Fund;
  readonly books: readonly { readonly place: Place; readonly on: ReadonlyMap<string, Lines> }[];
  /** What was on its way when the books opened, as of the days shown, and as of those they are compared with. */
  readonly opened: readonly [shown: Fen, compared: Fen];
}

/** What is asked of it: of one unit nothing is eliminated. */
export interface Asked {
  readonly adopted: Adopted;
  readonly interval: Interval;
  readonly compared: Interval;
  readonly isOfUnit: boolean;
}

export const surplusOf = ({ income, expenditure }: Movement): Fen => income - expenditure;

/** The figures of a fund. Every sum is one of what moved on its lines, so that days, months and years tie. Pure. */
export function figuresOf({ fund, books, opened }: FundLedger, asked: Asked): FundFigures {
  const { adopted, interval, compared, isOfUnit } = asked;
  const sums = new Map<string, Lines>();
  const linesOn = (day: string): Lines => {
    const known = sums.get(day) ?? addUp(books.map(({ on }) => on.get(day)!));
    sums.set(day, known);
    return known;
  };
  const movementOf = ({ before, to }: Days, onItsWay: Fen): FundMovement => {
    const statement = drawUp(adopted.chart, linesOn(before), linesOn(to));
    if (isOfUnit) return { ...movementIn(statement), inTransit: 0n };
    const { consolidated, inTransit } = consolidate([statement], onItsWay);
    return { ...consolidated, inTransit: inTransit.closing };
  };
  return {
    fund,
    movement: movementOf(interval, opened[0]),
    before: linesOn(compared.to).size === 0 ? undefined : movementOf(compared, opened[1]),
    months: monthsOf(interval).map(({ month, after, to }) => ({
      month,
      ...movementOf({ before: after, to }, opened[0]),
    })),
    units: ranked(
      books.map(({ place, on }) => ({
        unit: place.unit,
        ...movementIn(drawUp(adopted.chart, on.get(interval.before)!, on.get(interval.to)!)),
      })),
    ),
  };
}

/** The days whose lines these figures come from. */
export const daysFor = (interval: Interval, compared: Interval): string[] => [
  interval.before,
  interval.to,
  compared.before,
  compared.to,
  ...monthsOf(interval).flatMap(({ after, to }) => [after, to]),
];

/** Adds movements up, e.g. those of the funds of basic insurance. */
export const addMovements = (parts: readonly FundMovement[]): FundMovement => {
  const sum = (of: (part: FundMovement) => Fen): Fen => parts.reduce((total, part) => total + of(part), 0n);
  return {
    opening: sum(({ opening }) => opening),
    income: sum(({ income }) => income),
    expenditure: sum(({ expenditure }) => expenditure),
    closing: sum(({ closing }) => closing),
    inTransit: sum(({ inTransit }) => inTransit),
  };
};

const movementIn = ({ opening, income, expenditure, closing }: Movement): Movement => ({
  opening,
  income,
  expenditure,
  closing,
});

function addUp(books: readonly Lines[]): Lines {
  const sums = new Map<string, Turnover>();
  for (const lines of books) for (const [line, turnover] of lines) addTo(sums, line, turnover);
  return sums;
}

function ranked(units: readonly (Movement & { readonly unit: Unit })[]): UnitMovement[] {
  const rankOf = (own: Fen, of: (each: Movement) => Fen): number => 1 + units.filter((each) => of(each) > own).length;
  return units
    .map((each) => ({
      ...each,
      rankByBalance: rankOf(each.closing, ({ closing }) => closing),
      rankBySurplus: rankOf(surplusOf(each), surplusOf),
    }))
    .toSorted((one, other) => one.rankByBalance - other.rankByBalance);
}
