import { periodAfter, periodOf, YEAR_CLOSE_KIND, yearOf } from '../../src/books/periods.js';
import { eventId } from '../../src/event-store/event-store.js';
import { type Place } from '../fund-balance/books.js';
import { type Close, type ClosedBook } from './closed.js';

/** How a month of a book stands: it is closed, or the next to be, or open; or the book had not begun. */
export const STATES = ['closed', 'next', 'open', 'not-begun'] as const;
export type State = (typeof STATES)[number];

/** Which event closed a month or a year, and who made and reviewed it. */
export interface ClosedBy {
  readonly id: string;
  readonly maker: string;
  readonly reviewer: string;
}

export interface BoardMonth {
  /** `2025-05`. */
  readonly month: string;
  readonly state: State;
  readonly by: ClosedBy | undefined;
}

/** A book in a year: its twelve months, and whether the year is closed. */
export interface BoardBook {
  readonly place: Place;
  readonly months: readonly BoardMonth[];
  readonly yearBy: ClosedBy | undefined;
}

/** The year that is being closed: of the month that is next in the book that is the furthest; else that of a day. */
export function yearClosing(closed: readonly ClosedBook[], day: string): string {
  const next = closed.map((book) => yearOf(periodAfter(periodOf(book.day)))).toSorted();
  return next.at(-1) ?? yearOf(day);
}

/**
 * The board of a book: periods are closed in their order, so that each is closed up to the last one. Pure.
 * @param begins the business day of its first voucher
 */
export function boardOf(place: Place, begins: string, closed: ClosedBook | undefined, year: string): BoardBook {
  const closes = closed?.closes ?? [];
  const first = periodOf(begins);
  const next = closed ? periodAfter(periodOf(closed.day)) : first;
  const byOf = (close: Close | undefined): ClosedBy | undefined =>
    close && { id: eventId(place.stream, close.revision), maker: close.maker, reviewer: close.reviewer };
  const stateOf = (month: string): State => {
    if (month < first) return 'not-begun';
    if (month === next) return 'next';
    return month < next ? 'closed' : 'open';
  };
  return {
    place,
    months: monthsOf(year).map((month) => ({
      month,
      state: stateOf(month),
      by: byOf(closes.findLast(({ day, kind }) => periodOf(day) === month && kind !== YEAR_CLOSE_KIND)),
    })),
    yearBy: byOf(closes.findLast(({ day, kind }) => yearOf(day) === year && kind === YEAR_CLOSE_KIND)),
  };
}

export const monthsOf = (year: string): string[] =>
  Array.from({ length: 12 }, (_, index) => `${year}-${String(index + 1).padStart(2, '0')}`);
