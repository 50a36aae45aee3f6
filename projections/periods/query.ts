import { text } from '../../src/errors.js';
import { eventId } from '../../src/event-store/event-store.js';
import { periodAfter, periodOf, yearOf } from '../../src/books/periods.js';
import { type Adopted } from '../../src/reference/adopted.js';
import { booksOf, type Place } from '../fund-balance/books.js';
import { textColumn } from '../fund-balance/sheets.js';
import { BookParameters } from '../asking/book-parameters.js';
import { intervalBody, intervalOf } from '../asking/interval.js';
import { type Answer, type Asking, type Question, type Sheet } from '../asking/question.js';
import { recordedTime } from '../recorded-time/projection.js';
import { momentOf, positionAsOf } from '../recorded-time/query.js';
import { type ClosedBook, closedBooks } from './closed.js';
import { periods } from './projection.js';

/** Up to which month and year each book is closed, which month comes next, and which event closed it last. */
export const periodsQuestion: Question<BookParameters> = {
  name: 'periods',
  route: 'periods',
  title: text('结账情况', 'Closed periods'),
  projection: periods,
  parameters: BookParameters,
  sheets: ['books'],
  ask: askPeriods,
};

/** A book of which anything is closed. */
interface ClosedPlace {
  readonly place: Place;
  readonly closed: ClosedBook;
}

async function askPeriods(asking: Asking, parameters: BookParameters): Promise<Answer> {
  const { tables, today, reference } = asking;
  const recordedAsOf = await momentOf(asking, parameters.recordedAsOf);
  const interval = intervalOf(parameters, today);
  const adopted = reference.known(interval.to);
  const { position, books } = tables.atOneMoment(periods, (now) => {
    const slowest = Math.min(now, tables.checkpoint(recordedTime).position);
    const cut = positionAsOf(tables, recordedAsOf, slowest);
    return { position: cut, books: closedBooks(tables, cut) };
  });
  const byStream = new Map(books.map((book) => [book.stream, book]));
  const closed = booksOf(adopted, parameters.fund, parameters.unit).flatMap((place): ClosedPlace[] => {
    const book = byStream.get(place.stream);
    return book ? [{ place, closed: book }] : [];
  });
  return {
    position,
    body: { ...intervalBody(interval, parameters), books: closed.map(bookBody) },
    sheets: [bookSheet(adopted, closed)],
  };
}

const bookBody = ({ place, closed: { stream, day, revision, yearDay } }: ClosedPlace) => ({
  fund: place.fund.key,
  unit: place.unit.code,
  closedTo: periodOf(day),
  yearClosedTo: yearDay === undefined ? null : yearOf(yearDay),
  nextOpen: periodAfter(periodOf(day)),
  closedBy: eventId(stream, revision),
});

const bookSheet = (adopted: Adopted, closed: readonly ClosedPlace[]): Sheet => ({
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
  rows: closed.map((each) => {
    const { closedTo, yearClosedTo, nextOpen, closedBy } = bookBody(each);
    return [each.place.fund.name, adopted.unitName(each.place.unit.code), closedTo, yearClosedTo, nextOpen, closedBy];
  }),
  notes: [
    text(
      '未列出的账簿尚未结账。反月结时在 reverses 中写最后结账凭证。',
      'A book that is not listed has closed nothing. A reopening names the close under `reverses`.',
    ),
  ],
});
