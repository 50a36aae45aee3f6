import { LedgerError, text } from '../../src/errors.js';
import { formatFen } from '../../src/money.js';
import { lastDayOf, PERIOD_CLOSE_KIND, periodOf, YEAR_CLOSE_KIND } from '../../src/books/periods.js';
import { type Adopted } from '../../src/reference/adopted.js';
import { bookState } from '../book-state/projection.js';
import { booksOf, type Place } from '../fund-balance/books.js';
import { drawUp } from '../fund-balance/statement.js';
import { dayBefore } from '../../src/time/clock.js';
import { type Interval, intervalBody, intervalOf } from '../asking/interval.js';
import { tree } from '../provincial-consolidation/worksheet.js';
import { type Answer, type Asking, type Question } from '../asking/question.js';
import { momentOf } from '../recorded-time/query.js';
import { type CheckedBook, checksOf, closedBy, type Looked } from './checks.js';
import { ITEMS } from './items.js';
import { ChecklistParameters } from './parameters.js';
import { readThen } from './reading.js';
import { bookSheet, checkSheet } from './sheets.js';
import { addressOf, voucherAt } from '../asking/addresses.js';

/** What stands between each book and its close: asked before anybody closes it, and nothing is done by asking. */
export const closingChecklistQuestion: Question<ChecklistParameters> = {
  name: 'closing-checklist',
  route: 'periods/checklist',
  title: text('结账前检查', 'Closing checklist'),
  projection: bookState,
  parameters: ChecklistParameters,
  sheets: ['checks', 'books'],
  ask: askChecklist,
};

async function askChecklist(asking: Asking, parameters: ChecklistParameters): Promise<Answer> {
  const { reference, today } = asking;
  const { interval, kind, businessDate } = askedPeriod(parameters, today);
  const adopted = reference.known(businessDate);
  const moment = await momentOf(asking, parameters.recordedAsOf);
  const places = placesOf(adopted, parameters);
  const begins = kind === YEAR_CLOSE_KIND ? `${businessDate.slice(0, 4)}-01-01` : `${periodOf(businessDate)}-01`;
  const then = await readThen(asking, places, [dayBefore(begins), businessDate], moment);
  const books = then.books.map((book): CheckedBook => {
    const { fund, unit, stream } = book.place;
    const poolShare = adopted.policyIn('pending-income-pool-share', fund.key, unit.code);
    const looked: Looked = { kind, businessDate, poolShare, today };
    const [before, atEnd] = then.lines.books.get(stream)!;
    const isOwn = (each: { readonly fund: string; readonly unit: string }): boolean =>
      each.fund === fund.key && each.unit === unit.code;
    const checks = checksOf(book, looked, drawUp(adopted.chart, before!, atEnd!), {
      items: then.items.filter(isOwn),
      ties: then.ties.filter(isOwn),
      transfers: then.transfers.filter((each) => each.fund === fund.key),
    });
    const isStopped = checks.some(({ result }) => result === 'stops');
    return { place: book.place, checks, state: closedBy(book, looked) ? 'closed' : isStopped ? 'stopped' : 'ready' };
  });
  const days = { ...interval, recordedAsOf: parameters.recordedAsOf };
  const named = kind === YEAR_CLOSE_KIND ? businessDate.slice(0, 4) : periodOf(businessDate);
  return {
    position: then.position,
    body: {
      ...intervalBody(interval, parameters),
      period: named,
      closesOn: businessDate,
      books: books.map((book) => bookBody(book, businessDate)),
    },
    sheets: [checkSheet(adopted, named, books, days), bookSheet(adopted, named, books, days)],
  };
}

/** What is asked to be closed, and the interval that is shown: that of the period unless it says otherwise. */
function askedPeriod(
  parameters: ChecklistParameters,
  today: string,
): { interval: Interval; kind: string; businessDate: string } {
  const { period } = parameters;
  if (period === undefined) {
    const interval = intervalOf(parameters, today);
    return { interval, kind: PERIOD_CLOSE_KIND, businessDate: lastDayOf(periodOf(interval.to)) };
  }
  const isYear = period.length === 'YYYY'.length;
  const last = isYear ? `${period}-12-31` : lastDayOf(period);
  const first = isYear ? `${period}-01-01` : `${period}-01`;
  const { from = first, to = parameters.asOf ?? last } = parameters;
  if (!to.startsWith(period)) throw otherPeriod(period, to);
  // That `to` and `asOf` are one day is for the interval to say.
  const interval = intervalOf({ from, to, ...(parameters.asOf !== undefined && { asOf: parameters.asOf }) }, today);
  return { interval, kind: isYear ? YEAR_CLOSE_KIND : PERIOD_CLOSE_KIND, businessDate: last };
}

const otherPeriod = (period: string, to: string): LedgerError =>
  new LedgerError('invalid', 'another-period', text('截止日不在该期间内', 'the last day is not in the period'), [
    { pointer: 'to', code: 'another-period', expected: text(`${period} 内的一日`, `a day of ${period}`), got: to },
  ]);

/** The books asked about: of a unit, and of those below it where that is wanted. */
function placesOf(adopted: Adopted, { fund, unit, scope }: ChecklistParameters): Place[] {
  if (unit === undefined || scope !== 'below') return booksOf(adopted, fund, unit);
  const units = new Set(tree(adopted, unit));
  return booksOf(adopted, fund, undefined).filter((place) => units.has(place.unit.code));
}

const bookBody = ({ place: { fund, unit }, state, checks }: CheckedBook, to: string) => ({
  fund: fund.key,
  unit: unit.code,
  state,
  checks: checks.map(({ item, result, amount, finding, wayOut, account, vouchers }) => ({
    item,
    name: ITEMS[item].name,
    result,
    amount: amount === undefined ? null : formatFen(amount),
    finding,
    rule: ITEMS[item].rule,
    wayOut: wayOut ?? null,
    vouchers:
      vouchers?.map(voucherAt) ??
      (account === undefined ? [] : [addressOf('audit-trail', { fund: fund.key, unit: unit.code, account, asOf: to })]),
  })),
});
