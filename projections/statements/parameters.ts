import { code, CodeList } from '../../src/text/codes.js';
import { text } from '../../src/errors.js';
import { UnitCode } from '../../src/kinds/adopted-fields.js';
import { OneOf } from '../../src/kinds/fields.js';
import { dayBefore } from '../../src/time/clock.js';
import { FundParameters } from '../asking/book-parameters.js';
import { type Interval, intervalOf } from '../asking/interval.js';

const optional = { optional: true } as const;

export const SCOPES = new CodeList([
  code('unit', '本单位', 'the unit itself', '本级'),
  code('consolidated', '汇总', 'consolidated', '合并', '汇总（含下级）'),
]);
const FORMS = new CodeList([code('monthly', '月报', 'monthly', '月度'), code('yearly', '年报', 'yearly', '年度')]);

/** Of which fund a statement is, and of which unit: by itself, or with all below it as one. */
export class ScopeParameters extends FundParameters {
  @UnitCode(text('核算单位，默认全省汇总', 'unit; the province as one unless said otherwise'), optional)
  unit?: string;

  @OneOf(
    text(
      '范围：本单位，或含下级汇总（已抵销上下级往来）；给出单位时默认本单位',
      'scope: the unit itself, or with all below it as one, flows between them eliminated; of a unit: itself',
    ),
    SCOPES,
    optional,
  )
  scope?: string;
}

/** Of what a statement is that has a monthly form and a yearly one. */
export class StatementParameters extends ScopeParameters {
  @OneOf(text('月报或年报，默认月报', 'monthly or yearly form; monthly unless said otherwise'), FORMS, optional)
  form?: string;
}

/** A stretch of business days: behind one day, up to another, both as the ends of days. */
export interface Span {
  readonly after: string;
  readonly to: string;
}

/** What a statement is of: days, and the stretches its columns show. */
export interface StatementPeriod {
  readonly interval: Interval;
  readonly isYearly: boolean;
  /** Whether it is of a year or ends with December: what was pending has its share by then. */
  readonly closesYear: boolean;
  /** The month of the last day up to it, or the stretch that was asked for. */
  readonly current: Span;
  /** Whether that is a month, as the form has it. */
  readonly isMonth: boolean;
  /** The year of the last day, up to it. */
  readonly year: Span;
  /** The same days a year earlier. */
  readonly currentBefore: Span;
  readonly yearBefore: Span;
  /** The whole year before. */
  readonly lastYear: Span;
}

export function periodOf(parameters: StatementParameters, today: string): StatementPeriod {
  const interval = intervalOf(parameters, today);
  const { to } = interval;
  const first = `${to.slice(0, 4)}-01-01`;
  const month = `${to.slice(0, 7)}-01`;
  const isYearly = parameters.form === 'yearly';
  const year = { after: dayBefore(first), to };
  const current = { after: dayBefore(parameters.from ?? month), to };
  return {
    interval,
    isYearly,
    closesYear: isYearly || to.slice(5, 7) === '12',
    current,
    isMonth: (parameters.from ?? month) === month,
    year,
    currentBefore: { after: yearEarlier(current.after), to: yearEarlier(to) },
    yearBefore: { after: yearEarlier(year.after), to: yearEarlier(to) },
    lastYear: { after: yearEarlier(year.after), to: year.after },
  };
}

/** The same day a year earlier; the last of February is the last of February. */
export function yearEarlier(day: string): string {
  const year = String(BigInt(day.slice(0, 4)) - 1n).padStart(4, '0');
  if (day.slice(5, 7) !== '02' || day.slice(8) < '28') return year + day.slice(4);
  const isLast = dayBefore(`${day.slice(0, 4)}-03-01`) === day;
  return isLast ? dayBefore(`${year}-03-01`) : year + day.slice(4);
}
