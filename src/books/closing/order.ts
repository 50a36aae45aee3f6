import { type LedgerError, refusal, type Text, text } from '../../errors.js';
import { type BookState, type Closed } from '../book-state.js';
import { lastDayOf, PERIOD_CLOSE_KIND, periodAfter, periodOf, YEAR_CLOSE_KIND, yearOf } from '../periods.js';
import { by, PRACTICE, REGULAR_CLOSING } from '../sources.js';

/** What is closed in a book, and which months it has. */
export type ClosedState = Pick<BookState, 'closings' | 'months'>;

/** The first period of a book that is not closed; undefined for a book without a voucher. */
export function nextOpen({ closings, months }: ClosedState): string | undefined {
  const last = closings.at(-1);
  if (last) return periodAfter(periodOf(last.businessDate));
  let first: string | undefined;
  for (const period of months.keys()) if (first === undefined || period < first) first = period;
  return first;
}

/**
 * Whether anything may be dated on a day: not in a period that is closed.
 * @throws LedgerError refused, with the next open period
 */
export function demandOpenPeriod(book: ClosedState, businessDate: string): void {
  const closed = closedPeriod(book, businessDate);
  if (closed) throw closed;
}

function closedPeriod(book: ClosedState, businessDate: string): LedgerError | undefined {
  const last = book.closings.at(-1);
  if (!last || businessDate > last.businessDate) return undefined;
  const [period, open] = [periodOf(businessDate), nextOpen(book)!];
  return refusal(
    '/businessDate',
    'period-closed',
    by(REGULAR_CLOSING, text(`会计期间 ${period} 已结账`, `period ${period} is closed`)),
    text(`未结账的期间，最早为 ${open}（${open}-01 起）`, `an open period, ${open} (from ${open}-01 on) or later`),
    businessDate,
  );
}

/** What comes before the close that is asked for; undefined where it is the next one. */
export const orderObjection = (
  book: ClosedState,
  { kind, businessDate }: { readonly kind: string; readonly businessDate: string },
): LedgerError | undefined =>
  kind === YEAR_CLOSE_KIND ? yearObjection(book, businessDate) : periodObjection(book, businessDate);

/** What keeps the month that ends on a day from being the next one closed. */
function periodObjection(book: ClosedState, businessDate: string): LedgerError | undefined {
  const period = periodOf(businessDate);
  if (businessDate !== lastDayOf(period))
    return notThisOne(
      'not-the-end-of-a-period',
      text('结账日须为期间最后一日', 'a period is closed on its last day'),
      text(lastDayOf(period), lastDayOf(period)),
      businessDate,
    );
  const next = nextOpen(book);
  if (next === undefined) return nothingToClose(period);
  const closed = closedPeriod(book, businessDate);
  if (closed) return closed;
  if (period !== next)
    return notThisOne(
      'earlier-period-open',
      text(`逐月结账：${next} 尚未结账`, `months are closed in their order: ${next} is open`),
      text(`先结 ${next}（${lastDayOf(next)}）`, `${next} closed first (${lastDayOf(next)})`),
      period,
    );
  const last = book.closings.at(-1);
  if (last?.kind === PERIOD_CLOSE_KIND && yearOf(last.businessDate) < yearOf(period))
    return notThisOne(
      'earlier-year-open',
      text(`${yearOf(last.businessDate)} 年度尚未年结`, `the year ${yearOf(last.businessDate)} is not closed`),
      text(`先作 ${last.businessDate} 的年结`, `the close of the year on ${last.businessDate} first`),
      period,
    );
  return undefined;
}

/** What keeps the year that ends on a day from being closed: behind its December, or with it. */
function yearObjection(book: ClosedState, businessDate: string): LedgerError | undefined {
  const year = yearOf(businessDate);
  const last = book.closings.at(-1);
  if (last?.kind === YEAR_CLOSE_KIND && last.businessDate >= businessDate)
    return notThisOne(
      'year-closed',
      text(`${year} 年度已年结`, `the year ${year} is closed`),
      text(`尚未年结的年度，最早为 ${nextYear(last)}`, `a year that is not closed, ${nextYear(last)} or later`),
      businessDate,
    );
  const next = nextOpen(book);
  if (next === undefined) return nothingToClose(year);
  const isClosed = last?.businessDate === businessDate || next === `${year}-12`;
  if (isClosed && businessDate === `${year}-12-31`) return undefined;
  return notThisOne(
    'months-open',
    text(`年结须在前 11 个月结账之后，日期为 ${year}-12-31`, `a year is closed behind its months, on ${year}-12-31`),
    isClosed
      ? text(`业务日期 ${year}-12-31`, `the business date ${year}-12-31`)
      : text(
          `先从 ${next} 起逐月结账（尚未结账），再作 ${yearOf(next)}-12-31 的年结`,
          `the months closed from ${next} on, which is open, and the year then on ${yearOf(next)}-12-31`,
        ),
    businessDate,
  );
}

const nextYear = ({ businessDate }: Closed): string => yearOf(periodAfter(periodOf(businessDate)));

/**
 * Whether a period may be opened again by taking its close back: the last one closed, on its own day, and not across
 * the close of a year.
 * @throws LedgerError refused
 */
export function demandReopenable(book: ClosedState, businessDate: string, id: string, close: Closed): void {
  const last = book.closings.at(-1);
  const refuse = (code: string, says: Text, expected: Text): LedgerError =>
    refusal('/reverses', code, by(PRACTICE, says), expected, id);
  const inBlue = (): Text =>
    text(
      `在 ${nextOpen(book)!} 或以后作蓝字更正（prior-year-correction）`,
      `a correction in blue in ${nextOpen(book)!} or later (prior-year-correction)`,
    );
  if (close.kind !== PERIOD_CLOSE_KIND)
    throw refuse(
      'not-a-period-close',
      text(`${id} 不是月结`, `${id} does not close a period`),
      last?.kind === PERIOD_CLOSE_KIND ? lastClose(id, last) : inBlue(),
    );
  if (last?.kind === YEAR_CLOSE_KIND)
    throw refuse(
      'year-closed',
      text(
        `${yearOf(last.businessDate)} 年度已年结，其期间不再反结账`,
        `the year ${yearOf(last.businessDate)} is closed, and none of its periods is opened again`,
      ),
      inBlue(),
    );
  if (last?.revision !== close.revision)
    throw refuse(
      'not-the-last-closed',
      text('只能反结最后结账的期间', 'only the period closed last is opened again'),
      lastClose(id, last!),
    );
  if (businessDate !== close.businessDate)
    throw refusal(
      '/businessDate',
      'not-the-day-of-the-close',
      by(PRACTICE, text('反结账记在所反月结的同一日', 'a period is opened again on the day of its close')),
      text(close.businessDate, close.businessDate),
      businessDate,
    );
}

/** The one close that may be taken back, in the book of another event. */
const lastClose = (id: string, { businessDate, revision }: Closed): Text => {
  const close = `${id.slice(0, id.lastIndexOf('-'))}-${revision}`;
  return text(
    `最后结账的期间 ${periodOf(businessDate)}（${close}）`,
    `the close of the period closed last, ${periodOf(businessDate)} (${close})`,
  );
};

const nothingToClose = (got: string): LedgerError =>
  notThisOne(
    'nothing-to-close',
    text('账簿尚无凭证', 'the book has no voucher yet'),
    text('有凭证的账簿', 'a book with a voucher'),
    got,
  );

const notThisOne = (code: string, says: Text, expected: Text, got: string): LedgerError =>
  refusal('/businessDate', code, by(REGULAR_CLOSING, says), expected, got);
