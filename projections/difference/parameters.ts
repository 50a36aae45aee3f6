import { LedgerError, text } from '../../src/errors.js';
import { UnitCode } from '../../src/kinds/adopted-fields.js';
import { AskedDay, AskedMoment, OneOf } from '../../src/kinds/fields.js';
import { dayBefore } from '../../src/time/clock.js';
import { AccountAsked, PageCursor, PageLimit } from '../audit-trail/parameters.js';
import { FundParameters } from '../asking/book-parameters.js';
import { intervalOf, type OpenInterval } from '../asking/interval.js';
import { SCOPES } from '../statements/parameters.js';

const optional = { optional: true } as const;

export class DifferenceParameters extends FundParameters {
  @AskedDay(
    text(
      '对比时点的业务截止日（含；默认起日的前一日；只对比入账时点时与截止日相同）',
      'last business day of the point it is compared with (default: the day before the first; the same day, where ' +
        'moments of recording alone are compared)',
    ),
    optional,
  )
  againstAsOf?: string;

  @AskedMoment(
    text('对比时点的入账截止（默认与 recordedAsOf 相同）', 'as recorded by, of the point it is compared with'),
    optional,
  )
  againstRecordedAsOf?: string;

  @UnitCode(text('核算单位，默认全省汇总', 'unit; all of the province added up unless said otherwise'), optional)
  unit?: string;

  @OneOf(
    text(
      '范围：本单位，或连同下级相加；给出单位时默认本单位',
      'scope: the unit itself, or with all below it added up; of a unit: itself',
    ),
    SCOPES,
    optional,
  )
  scope?: string;

  @AccountAsked(text('科目：只看该科目及其下级', 'account: it and all below it alone'))
  account?: string;

  @PageLimit()
  limit?: string;

  @PageCursor()
  cursor?: string;
}

/** The business days of the two points of a difference, both as the ends of days. */
export interface Days extends OpenInterval {
  readonly to: string;
  readonly against: string;
}

/**
 * The business days of both points. What stands between them on this axis is dated from `from` to `to`, so that the day
 * before the first is the other point; whoever compares moments of recording alone compares them on one day.
 * @throws LedgerError invalid, where `from` and `againstAsOf` are two answers to one question
 */
export function daysOf(parameters: DifferenceParameters, today: string): Days {
  const { from, againstAsOf, againstRecordedAsOf } = parameters;
  const { to, from: first, before } = intervalOf(parameters, today);
  if (againstAsOf !== undefined) {
    if (from !== undefined && dayBefore(from) !== againstAsOf) throw fromAndAgainstDiffer(from, againstAsOf);
    return { from, to, against: againstAsOf };
  }
  if (from === undefined && againstRecordedAsOf !== undefined) return { from, to, against: to };
  return { from: first, to, against: before };
}

const fromAndAgainstDiffer = (from: string, got: string): LedgerError =>
  new LedgerError(
    'invalid',
    'from-and-against-as-of-differ',
    text('起日的前一日即对比时点的业务日', 'the day before from is the business day that is compared with'),
    [
      {
        pointer: 'againstAsOf',
        code: 'from-and-against-as-of-differ',
        expected: text(`${dayBefore(from)}，或只给其一`, `${dayBefore(from)}, or only one of them`),
        got,
      },
    ],
  );
