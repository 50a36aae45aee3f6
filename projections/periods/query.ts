import { text } from '../../src/errors.js';
import { yearOf } from '../../src/books/periods.js';
import { address, listOf, oneOf, orNull, record, type Schema, string, words } from '../asking/answer-schema.js';
import { booksOf } from '../fund-balance/books.js';
import { BookParameters } from '../asking/book-parameters.js';
import { intervalBody, intervalOf } from '../asking/interval.js';
import { type Answer, type Asking, type Question } from '../asking/question.js';
import { recordedTime } from '../recorded-time/projection.js';
import { momentOf, positionAsOf } from '../recorded-time/query.js';
import { type BoardBook, boardOf, type ClosedBy, STATES, yearClosing } from './board.js';
import { begunBooks, closedBooks } from './closed.js';
import { periods } from './projection.js';
import { boardSheet, bookSheet, checklistAt, closedFacts, type ClosedPlace } from './sheets.js';

const CLOSED_BY = orNull(
  record({
    id: string(text('结账凭证', 'id of what closed it')),
    maker: string(text('经办', 'maker')),
    reviewer: string(text('复核', 'reviewer')),
  }),
);
const FUND = string(text('基金代码', 'key of the fund'));
const UNIT = string(text('核算单位代码', 'code of the unit'));

const ANSWER: Schema = record({
  books: listOf(
    record({
      fund: FUND,
      unit: UNIT,
      closedTo: string(text('已结至', 'last month closed')),
      yearClosedTo: orNull(string(text('已年结至', 'last year closed'))),
      nextOpen: string(text('最早未结期间', 'first month that is open')),
      closedBy: string(text('最后结账凭证', 'id of the last close')),
    }),
  ),
  year: string(text('一览的年度', 'the year of the board')),
  board: listOf(
    record({
      fund: FUND,
      fundName: words(),
      unit: UNIT,
      unitName: words(),
      months: listOf(
        record({
          month: string(text('月份', 'month')),
          state: oneOf(STATES, text('已结、待结、未结、尚未建账', 'how it stands')),
          by: CLOSED_BY,
          checklist: address(text('结账前检查', 'what a close of it looks at')),
        }),
      ),
      yearClosed: CLOSED_BY,
    }),
  ),
});

/** Up to which month and year each book is closed, which month comes next, and which event closed it last. */
export const periodsQuestion: Question<BookParameters> = {
  name: 'periods',
  route: 'periods',
  title: text('结账情况', 'Closed periods'),
  projection: periods,
  parameters: BookParameters,
  sheets: ['books', 'board'],
  answer: ANSWER,
  ask: askPeriods,
};

async function askPeriods(asking: Asking, parameters: BookParameters): Promise<Answer> {
  const { tables, today, reference } = asking;
  const { recordedAsOf } = parameters;
  const moment = await momentOf(asking, recordedAsOf);
  const interval = intervalOf(parameters, today);
  const adopted = reference.known(interval.to);
  const { position, books, begun } = tables.atOneMoment(periods, (now) => {
    const slowest = Math.min(now, tables.checkpoint(recordedTime).position);
    const cut = positionAsOf(tables, moment, slowest);
    return { position: cut, books: closedBooks(tables, cut), begun: begunBooks(tables, cut) };
  });
  const byStream = new Map(books.map((book) => [book.stream, book]));
  const places = booksOf(adopted, parameters.fund, parameters.unit);
  const closed = places.flatMap((place): ClosedPlace[] => {
    const book = byStream.get(place.stream);
    return book ? [{ place, closed: book }] : [];
  });
  const isDefault = parameters.to === undefined && parameters.asOf === undefined;
  const year = isDefault ? yearClosing(books, today) : yearOf(interval.to);
  const board = places.flatMap((place): BoardBook[] => {
    const begins = begun.get(place.stream);
    return begins === undefined ? [] : [boardOf(place, begins, byStream.get(place.stream), year)];
  });
  return {
    position,
    body: {
      ...intervalBody(interval, parameters),
      books: closed.map(({ place, closed: book }) => {
        return { fund: place.fund.key, unit: place.unit.code, ...closedFacts(book) };
      }),
      year,
      board: board.map((book) => boardBody(book, recordedAsOf)),
    },
    sheets: [bookSheet(adopted, closed, recordedAsOf), boardSheet(adopted, year, board, recordedAsOf)],
  };
}

const byBody = (by: ClosedBy | undefined): ClosedBy | null => by ?? null;

const boardBody = ({ place, months, yearBy }: BoardBook, recordedAsOf: string | undefined) => ({
  fund: place.fund.key,
  fundName: place.fund.name,
  unit: place.unit.code,
  unitName: place.unit.name,
  months: months.map(({ month, state, by }) => {
    return { month, state, by: byBody(by), checklist: checklistAt(place, month, recordedAsOf) };
  }),
  yearClosed: byBody(yearBy),
});
