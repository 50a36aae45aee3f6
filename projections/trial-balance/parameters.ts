import { lastDayOf, periodAfter } from '../../src/books/periods.js';
import { LedgerError, text } from '../../src/errors.js';
import { UnitCode } from '../../src/kinds/adopted-fields.js';
import { OneOf, Pattern } from '../../src/kinds/fields.js';
import { dayAfter, dayBefore, isDay } from '../../src/time/clock.js';
import { code, CodeList } from '../../src/text/codes.js';
import { FundParameters } from '../asking/book-parameters.js';
import { type Interval, intervalOf } from '../asking/interval.js';
import { SCOPES, yearEarlier } from '../statements/parameters.js';

const optional = { optional: true } as const;

const LEVELS = new CodeList([
  code('1', '总账科目', 'statutory accounts', '一级'),
  code('2', '明细科目', 'with their details', '二级'),
  code('3', '份额', 'with the shares beneath', '三级', '统筹与个人账户'),
]);
const ZEROS = new CodeList([code('hide', '不列', 'left out', 'no', '否'), code('show', '列出', 'listed', 'yes', '是')]);

const YEAR = '(19|2[01])[0-9]{2}';
const PERIOD = `${YEAR}(-(0[1-9]|1[0-2]|Q[1-4]))?`;
const DAY = `${YEAR}-[0-9]{2}-[0-9]{2}`;

export class TrialBalanceParameters extends FundParameters {
  @UnitCode(text('核算单位，默认全省汇总', 'unit; all of the province added up unless said otherwise'), optional)
  unit?: string;

  @OneOf(
    text(
      '范围：本单位，或连同下级相加（上下级往来科目照列）；给出单位时默认本单位',
      'scope: the unit itself, or with all below it added up, flows between them listed; of a unit: itself',
    ),
    SCOPES,
    optional,
  )
  scope?: string;

  @Pattern(
    text('会计期间：月、季或年，代替起止日', 'period: a month, a quarter or a year, in place of from and to'),
    `^${PERIOD}$`,
    'period',
    text('如 2025-05、2025-Q2、2025', 'e.g. 2025-05, 2025-Q2, 2025'),
    optional,
  )
  period?: string;

  @Pattern(
    text(
      '对比期间：月、季、年，或起日..止日；previous 为上一期，year-before 为上年同期',
      'period to compare with: a month, a quarter, a year, first..last day, previous or year-before',
    ),
    `^(previous|year-before|${PERIOD}|${DAY}\\.\\.${DAY})$`,
    'compare-with',
    text('如 previous、2024-05、2024-Q2、2024-05-01..2024-05-20', 'e.g. previous, 2024-05, 2024-05-01..2024-05-20'),
    optional,
  )
  compareWith?: string;

  @OneOf(text('列到第几级，默认 2', 'how deep it goes, 2 unless said otherwise'), LEVELS, optional)
  level?: string;

  @OneOf(text('无发生额与余额的科目，默认不列', 'accounts without any amount; left out unless said'), ZEROS, optional)
  zeros?: string;
}

/**
 * The days of a trial balance: of the period asked for, else from and to; the month of the last day where neither says
 * when it begins.
 * @throws LedgerError invalid, where there is a period and other days beside it
 */
export function daysOf(parameters: TrialBalanceParameters, today: string): Interval {
  const { period, from, to, asOf } = parameters;
  if (period === undefined) {
    const { to: last } = intervalOf(parameters, today);
    return intervalOf({ from: from ?? `${last.slice(0, 7)}-01`, to: last }, today);
  }
  const other = from ?? to ?? asOf;
  if (other !== undefined) throw periodAndDays(other);
  return daysIn(period);
}

function daysIn(period: string): Interval {
  const [first, last] = monthsOf(period);
  const from = `${first}-01`;
  return { from, to: lastDayOf(last), before: dayBefore(from) };
}

/**
 * The days of what a trial balance is compared with; undefined where it is with nothing.
 * @throws LedgerError invalid, where they are no days, or end before they begin
 */
export function comparedDaysOf(written: string | undefined, interval: Interval): Interval | undefined {
  if (written === undefined) return undefined;
  if (written === 'previous') return daysBefore(interval);
  if (written === 'year-before') return intervalOf(yearBefore(interval), interval.to);
  const [from, to] = written.split('..') as [string, string?];
  if (to === undefined) return daysIn(from);
  if (isDay(from) && isDay(to) && from <= to) return { from, to, before: dayBefore(from) };
  const expected = text('两个存在的日期，先起日后止日', 'two days that exist, the first before the last');
  throw new LedgerError(
    'invalid',
    'compare-with',
    text('对比期间不符合要求', 'there are no such days to compare with'),
    [{ pointer: 'compareWith', code: 'compare-with', expected, got: written }],
  );
}

/** As many whole months before an interval, where it is of such, else as many days. */
function daysBefore({ from, to, before }: Interval): Interval {
  const months = wholeMonths(from, to);
  let first = from;
  for (let month = 0; month < months; month += 1) first = `${dayBefore(first).slice(0, 7)}-01`;
  if (months === 0) for (let day = from; day <= to; day = dayAfter(day)) first = dayBefore(first);
  return { from: first, to: before, before: dayBefore(first) };
}

/** How many whole months an interval has; 0 where it begins or ends within one. */
function wholeMonths(from: string, to: string): number {
  if (!from.endsWith('-01') || to !== lastDayOf(to.slice(0, 7))) return 0;
  let months = 1;
  for (let month = from.slice(0, 7); month < to.slice(0, 7); month = periodAfter(month)) months += 1;
  return months;
}

const yearBefore = ({ from, to }: Interval): { from: string; to: string } => ({
  from: yearEarlier(from),
  to: yearEarlier(to),
});

/** The first and the last month of a period: `2025-Q2` is from `2025-04` to `2025-06`. */
function monthsOf(period: string): [string, string] {
  const year = period.slice(0, 4);
  const part = period.slice(5);
  if (part === '') return [`${year}-01`, `${year}-12`];
  const quarter = QUARTERS[part];
  return quarter ? [`${year}-${quarter[0]}`, `${year}-${quarter[1]}`] : [period, period];
}

const QUARTERS: Readonly<Record<string, readonly [string, string]>> = {
  Q1: ['01', '03'],
  Q2: ['04', '06'],
  Q3: ['07', '09'],
  Q4: ['10', '12'],
};

const periodAndDays = (got: string): LedgerError =>
  new LedgerError('invalid', 'period-and-days', text('期间与起止日只给其一', 'a period, or days, and not both'), [
    {
      pointer: 'period',
      code: 'period-and-days',
      expected: text('不另给 from、to、asOf', 'no from, to or asOf beside it'),
      got,
    },
  ]);
