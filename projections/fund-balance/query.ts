import { ENABLED_FUNDS } from '../../src/books/funds.js';
import { UNITS } from '../../src/books/units.js';
import { text } from '../../src/errors.js';
import { Day, OneOf, Pattern } from '../../src/vouchers/fields.js';
import { type Answer, type Asking, type Question } from '../question.js';
import { RECORDED_AS_OF_PATTERN } from '../recorded-time/query.js';
import { bookBody, consolidationBody } from './body.js';
import { booksOf, fundsOf, statementsOf } from './books.js';
import { intervalOf } from './interval.js';
import { readLines } from './lines.js';
import { fundBalance } from './projection.js';
import { accountSheet, bookSheet, fundSheet } from './sheets.js';
import { addConsolidations } from './statement.js';

const optional = { optional: true } as const;
const FUND_KEYS = ENABLED_FUNDS.map(({ key }) => key);
const UNIT_CODES = UNITS.map(({ code }) => code);

export class BalanceParameters {
  @OneOf(text('基金', 'fund'), FUND_KEYS, { ...optional, code: 'unknown-fund' })
  fund?: string;

  @OneOf(text('核算单位', 'unit'), UNIT_CODES, { ...optional, code: 'unknown-unit' })
  unit?: string;

  @Day(text('起日（业务日期，默认当年 1 月 1 日）', 'first business day (default 1 January of the year)'), optional)
  from?: string;

  @Day(text('截止日（业务日期，默认今天）', 'last business day (default today)'), optional)
  asOf?: string;

  @Pattern(
    text('入账截止（日、时刻或位置）', 'as recorded by (day, instant or position)'),
    RECORDED_AS_OF_PATTERN,
    'recorded-as-of',
    text('日期、带时区的时刻或位置', 'a day, an instant with a zone, or a position'),
    optional,
  )
  recordedAsOf?: string;
}

/** Balances of every book and fund, on both time axes in one question. */
export const fundBalanceQuestion: Question<BalanceParameters> = {
  name: 'fund-balance',
  route: 'balances',
  title: text('基金收支与结余', 'Fund balances'),
  projection: fundBalance,
  parameters: BalanceParameters,
  ask: askBalances,
};

async function askBalances(asking: Asking, parameters: BalanceParameters): Promise<Answer> {
  const { fund, unit, recordedAsOf } = parameters;
  const interval = intervalOf(parameters.from, parameters.asOf, asking.today);
  const books = booksOf(fund, unit);
  const days = [interval.before, interval.to];
  const shown = await readLines(asking, { books: books.map(({ stream }) => stream), days, recordedAsOf });
  const statements = statementsOf(books, shown);
  // The totals of a fund are those of all its books: a part of them can be added up, but not consolidated.
  const funds = unit === undefined ? fundsOf(statements) : [];
  const basic = funds.filter(({ fund: { basicInsurance } }) => basicInsurance).map(({ totals }) => totals);
  const isWhole = unit === undefined && fund === undefined;
  return {
    position: shown.position,
    body: {
      from: interval.from,
      asOf: interval.to,
      recordedAsOf: recordedAsOf ?? null,
      books: statements.map(bookBody),
      ...(unit === undefined && {
        funds: funds.map((each) => ({ fund: each.fund.key, ...consolidationBody(each.totals) })),
      }),
      ...(isWhole && { basicInsurance: consolidationBody(addConsolidations(basic)) }),
    },
    sheets: [
      ...(unit === undefined ? [fundSheet(funds, interval)] : []),
      bookSheet(statements, interval),
      accountSheet(statements, interval),
    ],
  };
}
