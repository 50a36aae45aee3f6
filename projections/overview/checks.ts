import { text } from '../../src/errors.js';
import { type Fen } from '../../src/money.js';
import { type Check } from '../asking/question.js';
import { type FundMovement } from './figures.js';
import { type FundCard, type Overview } from './overview.js';
import { MOST_MONTHS } from './period.js';

/** What must tie in an overview, of each fund: its balance with what came and went, its months and its books. */
export function checksOf({ cards, asked }: Pick<Overview, 'cards' | 'asked'>): Check[] {
  return cards.flatMap((card) => {
    const { zh, en } = card.fund.name;
    const check = (says: readonly [zh: string, en: string], holds: boolean): Check => ({
      says: text(`${zh}：${says[0]}`, `${en}: ${says[1]}`),
      holds,
    });
    return [
      check(['期初 + 收入 − 支出 = 期末', 'opening + income − expenditure = balance'], movesTo(card.movement)),
      ...(card.months.length < MOST_MONTHS
        ? [check(['各月之和 = 本期', 'the months add up to the period'], monthsAddUp(card))]
        : []),
      ...(asked.unit === undefined
        ? [check(['各单位结余 + 在途 = 期末', 'units + in transit = balance'], unitsAddUp(card))]
        : []),
    ];
  });
}

const movesTo = ({ opening, income, expenditure, closing }: FundMovement): boolean =>
  opening + income - expenditure === closing;

const sum = <T>(parts: readonly T[], of: (part: T) => Fen): Fen => parts.reduce((total, part) => total + of(part), 0n);

const monthsAddUp = ({ movement, months }: FundCard): boolean =>
  sum(months, ({ income }) => income) === movement.income &&
  sum(months, ({ expenditure }) => expenditure) === movement.expenditure &&
  months.at(-1)?.closing === movement.closing;

const unitsAddUp = ({ movement, units }: FundCard): boolean =>
  sum(units, ({ closing }) => closing) + movement.inTransit === movement.closing;
