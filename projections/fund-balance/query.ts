import { text } from '../../src/errors.js';
import { BookParameters } from '../asking/book-parameters.js';
import { intervalBody, intervalOf } from '../asking/interval.js';
import { type Answer, type Asking, type Question } from '../asking/question.js';
import { provincialConsolidation } from '../provincial-consolidation/projection.js';
import { openedInTransit } from '../provincial-consolidation/transfers.js';
import { momentOf } from '../recorded-time/query.js';
import { bookBody, consolidationBody } from './body.js';
import { booksOf, fundsOf, statementsOf } from './books.js';
import { readLines } from './lines.js';
import { fundBalance } from './projection.js';
import { accountSheet, bookSheet, fundSheet, type Head } from './sheets.js';
import { addConsolidations } from './statement.js';

/** Balances of every book and fund, on both time axes in one question. */
export const fundBalanceQuestion: Question<BookParameters> = {
  name: 'fund-balance',
  route: 'balances',
  title: text('基金收支与结余', 'Fund balances'),
  projection: fundBalance,
  parameters: BookParameters,
  sheets: ['funds', 'books', 'accounts'],
  // A balance reads a bounded part of the log whatever moment it names.
  takes: 'short',
  ask: askBalances,
};

async function askBalances(asking: Asking, parameters: BookParameters): Promise<Answer> {
  const { fund, unit } = parameters;
  const recordedAsOf = await momentOf(asking, parameters.recordedAsOf);
  const interval = intervalOf(parameters, asking.today);
  const adopted = asking.reference.known(interval.to);
  const books = booksOf(adopted, fund, unit);
  const days = [interval.before, interval.to];
  const shown = await readLines(asking, {
    books: books.map(({ stream }) => stream),
    days,
    recordedAsOf,
    alsoFrom: unit === undefined ? [provincialConsolidation] : [],
  });
  const statements = statementsOf(adopted.chart, books, shown);
  // The totals of a fund are those of all its books: a part of them can be added up, but not consolidated.
  const keys = [...new Set(books.map((book) => book.fund.key))];
  const scope = { funds: keys, interval, position: shown.position };
  const funds = unit === undefined ? fundsOf(adopted, statements, openedInTransit(asking.tables, scope)) : [];
  const basic = funds.filter(({ fund: { basicInsurance } }) => basicInsurance).map(({ totals }) => totals);
  const isWhole = unit === undefined && fund === undefined;
  const linking: Head = { interval, adopted, unit, recordedAsOf: parameters.recordedAsOf };
  return {
    position: shown.position,
    body: {
      ...intervalBody(interval, parameters),
      books: statements.map(bookBody),
      ...(unit === undefined && {
        funds: funds.map((each) => ({ fund: each.fund.key, ...consolidationBody(each.totals) })),
      }),
      ...(isWhole && { basicInsurance: consolidationBody(addConsolidations(basic)) }),
    },
    sheets: [
      ...(unit === undefined ? [fundSheet(funds, linking)] : []),
      bookSheet(statements, linking),
      accountSheet(statements, linking),
    ],
  };
}
