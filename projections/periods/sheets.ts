import { type Text, text } from '../../src/errors.js';
import { periodAfter, periodOf, yearOf } from '../../src/books/periods.js';
import { eventId } from '../../src/event-store/event-store.js';
import { type Adopted } from '../../src/reference/adopted.js';
import { addressOf, voucherAt } from '../asking/addresses.js';
import { type Cell, type Mark, type Sheet } from '../asking/question.js';
import { type Place } from '../fund-balance/books.js';
import { textColumn } from '../fund-balance/sheets.js';
import { type BoardBook, type BoardMonth, monthsOf, type State } from './board.js';
import { type ClosedBook } from './closed.js';

/** A book of which anything is closed. */
export interface ClosedPlace {
  readonly place: Place;
  readonly closed: ClosedBook;
}

/** How far a book is closed, as people and programs read it. */
export const closedFacts = ({ stream, day, revision, yearDay }: ClosedBook) => ({
  closedTo: periodOf(day),
  yearClosedTo: yearDay === undefined ? null : yearOf(yearDay),
  nextOpen: periodAfter(periodOf(day)),
  closedBy: eventId(stream, revision),
});

/** Where what a close of a period looks at is checked. */
export const checklistAt = ({ fund, unit }: Place, period: string, recordedAsOf: string | undefined): string =>
  addressOf('periods/checklist', { fund: fund.key, unit: unit.code, period, recordedAsOf });

export const bookSheet = (
  adopted: Adopted,
  closed: readonly ClosedPlace[],
  recordedAsOf: string | undefined,
): Sheet => ({
  name: 'books',
  title: text('各账簿结账情况', 'Closed periods by book'),
  columns: [
    textColumn('基金', 'fund'),
    textColumn('核算单位', 'unit'),
    textColumn('已结至', 'closed to'),
    textColumn('已年结至', 'year closed to'),
    textColumn('最早未结期间', 'next open'),
    textColumn('最后结账凭证', 'closed by'),
  ],
  rows: closed.map(({ place, closed: book }) => [
    place.fund.name,
    adopted.unitName(place.unit.code),
    ...Object.values(closedFacts(book)),
  ]),
  marks: closed.map(({ place, closed: book }): Mark => {
    const { nextOpen, closedBy } = closedFacts(book);
    const none = undefined;
    return { links: [none, none, none, none, checklistAt(place, nextOpen, recordedAsOf), voucherAt(closedBy)] };
  }),
  notes: [
    text(
      '未列出的账簿尚未结账。反月结时在 reverses 中写最后结账凭证。',
      'A book that is not listed has closed nothing. A reopening names the close under `reverses`.',
    ),
  ],
});

const SHOWN: Readonly<Record<State, Text | null>> = {
  closed: text('已结', 'closed'),
  next: text('待结', 'next'),
  open: text('未结', 'open'),
  'not-begun': null,
};

/** The months of a year across, the books down. */
export const boardSheet = (
  adopted: Adopted,
  year: string,
  books: readonly BoardBook[],
  recordedAsOf: string | undefined,
): Sheet => ({
  name: 'board',
  title: text(`结账一览 ${year}`, `Periods by book ${year}`),
  columns: [
    textColumn('基金', 'fund'),
    textColumn('核算单位', 'unit'),
    ...monthsOf(year).map((month) => textColumn(`${month.slice(5)}月`, month.slice(5))),
    textColumn('年结', 'year'),
  ],
  rows: books.map(({ place, months, yearBy }): Cell[] => [
    place.fund.name,
    adopted.unitName(place.unit.code),
    ...months.map(({ state }) => SHOWN[state]),
    yearBy ? SHOWN.closed : null,
  ]),
  marks: books.map(({ place, months, yearBy }): Mark => {
    const leads = ({ month, state, by }: BoardMonth): string | undefined => {
      if (by) return voucherAt(by.id);
      return state === 'next' || state === 'open' ? checklistAt(place, month, recordedAsOf) : undefined;
    };
    return { links: [undefined, undefined, ...months.map(leads), yearBy && voucherAt(yearBy.id)] };
  }),
  notes: [
    text(
      '已结的月份指向结账凭证，未结的指向结账前检查。',
      'A closed month leads to what closed it, an open one to what a close looks at.',
    ),
  ],
});
