import { dayBefore } from '../../src/time/clock.js';
import { LedgerError, text } from '../../src/errors.js';
import { AskedDay, AskedMoment } from '../../src/kinds/fields.js';

const optional = { optional: true } as const;

/**
 * The two time axes, which every question is asked on and spelled alike in all of them: the class of a question's
 * parameters extends this one. `to` and `asOf` are two spellings of the last business day.
 */
export class IntervalParameters {
  @AskedDay(
    text(
      '起日（业务日期，含；默认截止日当年 1 月 1 日，清单不限）',
      'first business day, inclusive (default: 1 January of the year; of lists: the first there is)',
    ),
    optional,
  )
  from?: string;

  @AskedDay(
    text(
      '截止日（业务日期，含；默认今天，清单不限）',
      'last business day, inclusive (default: today; of lists: the last there is)',
    ),
    optional,
  )
  to?: string;

  @AskedDay(text('截止日，同 to', 'the last business day: the same as to'), optional)
  asOf?: string;

  @AskedMoment(
    text('入账截止（日、时刻或位置；默认全部）', 'as recorded by (day, instant or position; default: all there is)'),
    optional,
  )
  recordedAsOf?: string;
}

/** Business days from and to, both inclusive, and the day before the first. */
export interface Interval {
  readonly from: string;
  readonly to: string;
  readonly before: string;
}

/** The days that are shown, and the moment of recording asked about: what a figure leads to is of the same. */
export interface Shown extends Interval {
  readonly recordedAsOf: string | undefined;
}

/** No event has a business day outside these. */
export const FIRST_DAY = '1900-01-01';
export const LAST_DAY = '2199-12-31';

/** Business days of a list, both inclusive; undefined where it has no bound. */
export interface OpenInterval {
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/**
 * The interval of a question about figures: to today, from 1 January of the year it ends in (the fiscal year), unless
 * it says otherwise.
 * @throws LedgerError invalid, where it ends before it begins, or `to` and `asOf` are two days
 */
export function intervalOf(parameters: IntervalParameters, today: string): Interval {
  const to = lastDayOf(parameters) ?? today;
  const from = parameters.from ?? `${to.slice(0, 4)}-01-01`;
  demandOrder(from, to);
  return { from, to, before: dayBefore(from) };
}

/**
 * The interval of a question that lists what is recorded: without bounds unless it says otherwise.
 * @throws LedgerError invalid, where it ends before it begins, or `to` and `asOf` are two days
 */
export function openIntervalOf(parameters: IntervalParameters): OpenInterval {
  const to = lastDayOf(parameters);
  const { from } = parameters;
  if (from !== undefined && to !== undefined) demandOrder(from, to);
  return { from, to };
}

/** The two time axes as every answer gives them back. */
export function intervalBody(
  { from, to }: OpenInterval,
  { recordedAsOf }: IntervalParameters,
): Readonly<Record<'from' | 'to' | 'asOf' | 'recordedAsOf', string | null>> {
  return { from: from ?? null, to: to ?? null, asOf: to ?? null, recordedAsOf: recordedAsOf ?? null };
}

function lastDayOf({ to, asOf }: IntervalParameters): string | undefined {
  if (to === undefined || asOf === undefined || to === asOf) return to ?? asOf;
  throw new LedgerError(
    'invalid',
    'to-and-as-of-differ',
    text('to 与 asOf 是同一日的两种写法', 'to and asOf are two spellings of one day'),
    [
      {
        pointer: 'asOf',
        code: 'to-and-as-of-differ',
        expected: text(`与 to 相同：${to}，或只给其一`, `the same as to, ${to}, or only one of them`),
        got: asOf,
      },
    ],
  );
}

function demandOrder(from: string, to: string): void {
  if (from <= to) return;
  throw new LedgerError('invalid', 'interval-ends-before-it-begins', text('起日晚于止日', 'it ends before it begins'), [
    {
      pointer: 'from',
      code: 'interval-ends-before-it-begins',
      expected: text(`不晚于 ${to}`, `no later than ${to}`),
      got: from,
    },
  ]);
}
