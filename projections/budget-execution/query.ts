import { LedgerError, text } from '../../src/errors.js';
import { divideFen, formatFen } from '../../src/money.js';
import { type Adopted } from '../../src/reference/adopted.js';
import { booksOf, statementsOf } from '../fund-balance/books.js';
import { readLines } from '../fund-balance/lines.js';
import { drawUp } from '../fund-balance/statement.js';
import { BookParameters } from '../asking/book-parameters.js';
import { type Interval, intervalBody, intervalOf } from '../asking/interval.js';
import { type Answer, type Asking, type Question } from '../asking/question.js';
import { momentOf } from '../recorded-time/query.js';
import { readBudgets } from './budgets.js';
import { addExecutions, type ExecutedLine, execute, type Execution } from './execution.js';
import { budgetExecution } from './projection.js';
import { type BookExecution, bookSheet, type FundExecution, fundSheet } from './sheets.js';

/** What of the budgets of a year was executed in an interval, as a rule the year so far, on both time axes. */
export const budgetExecutionQuestion: Question<BookParameters> = {
  name: 'budget-execution',
  route: 'budget-execution',
  title: text('预算执行情况', 'Budget execution'),
  projection: budgetExecution,
  parameters: BookParameters,
  sheets: ['funds', 'books'],
  ask: askExecution,
};

async function askExecution(asking: Asking, parameters: BookParameters): Promise<Answer> {
  const { fund, unit } = parameters;
  const recordedAsOf = await momentOf(asking, parameters.recordedAsOf);
  const interval = intervalOf(parameters, asking.today);
  const year = interval.to.slice(0, 4);
  demandInYear(interval, year);
  const adopted = asking.reference.known(interval.to);
  const places = booksOf(adopted, fund, unit);
  const shown = await readLines(asking, {
    books: places.map(({ stream }) => stream),
    days: [interval.before, interval.to],
    recordedAsOf,
    alsoFrom: [budgetExecution],
  });
  // Lines of budgets are never changed, only added: read up to the same position, they belong to the same moment.
  const budgets = readBudgets(asking.tables, { year, day: interval.to, position: shown.position });
  const statements = new Map(
    statementsOf(adopted.chart, places, shown).map((each) => [`${each.fund.key} ${each.unit.code}`, each.statement]),
  );
  const yearIsOver = interval.from.endsWith('-01-01') && interval.to.endsWith('-12-31');
  const books = places.flatMap(({ fund: { key }, fund: ofFund, unit: { code } }): BookExecution[] => {
    const budget = budgets.get(`${key} ${code}`);
    if (!budget) return [];
    const statement = statements.get(`${key} ${code}`) ?? drawUp(adopted.chart, new Map(), new Map());
    const band = adopted.policyIn('budget-execution-band', key, code);
    return [{ fund: ofFund, unit: code, execution: execute(adopted.chart, budget, statement, { band, yearIsOver }) }];
  });
  const funds = fundsOf(adopted, books, yearIsOver);
  const elapsed = elapsedOf(interval);
  const days = { ...interval, recordedAsOf: parameters.recordedAsOf };
  return {
    position: shown.position,
    body: {
      ...intervalBody(interval, parameters),
      year,
      elapsed,
      funds: funds.map(({ fund: { key }, budgets: count, execution }) => ({
        fund: key,
        budgets: count,
        ...executionBody(execution),
      })),
      books: books.map((book) => ({ fund: book.fund.key, unit: book.unit, ...executionBody(book.execution) })),
    },
    sheets: [fundSheet(adopted, funds, days, elapsed), bookSheet(adopted, books, days, elapsed)],
  };
}

function fundsOf(adopted: Adopted, books: readonly BookExecution[], yearIsOver: boolean): FundExecution[] {
  return adopted.funds.all.flatMap((fund) => {
    const own = books.filter((book) => book.fund.key === fund.key).map(({ execution }) => execution);
    if (own.length === 0) return [];
    const band = adopted.policyIn('budget-execution-band', fund.key, undefined);
    return [{ fund, budgets: own.length, execution: addExecutions(adopted.chart, own, { band, yearIsOver }) }];
  });
}

type Json = Readonly<Record<string, unknown>>;

function executionBody({ lines, totals }: Execution): Json {
  return {
    lines: lines.map(({ line, side, isPart, flag, ...figures }) => ({
      line,
      side,
      isPart,
      ...figuresBody(figures),
      flag: flag ?? null,
    })),
    income: figuresBody(totals.income),
    expenditure: figuresBody(totals.expenditure),
  };
}

const figuresBody = ({ budget, executed, rate }: Pick<ExecutedLine, 'budget' | 'executed' | 'rate'>): Json => ({
  approved: budget ? formatFen(budget.approved) : null,
  budget: budget ? formatFen(budget.current) : null,
  executed: formatFen(executed),
  difference: formatFen(executed - (budget?.current ?? 0n)),
  rate: rate ?? null,
});

/** A budget is of a year, that of the last day: what went before is measured against another. */
export function demandInYear({ from }: Interval, year: string): void {
  const first = `${year}-01-01`;
  if (from >= first) return;
  throw new LedgerError(
    'invalid',
    'budget-of-one-year',
    text('起日与止日不在同一预算年度', 'it begins in the year of another budget'),
    [
      {
        pointer: 'from',
        code: 'budget-of-one-year',
        expected: text(`不早于 ${first}，或不给 from`, `no earlier than ${first}, or no from`),
        got: from,
      },
    ],
  );
}

const DAY_MS = 86_400_000;

/** How much of its year an interval is, of the year so far 序时进度, as a percentage with two places. */
function elapsedOf({ from, to }: Interval): string {
  const days = (first: string, last: string): bigint => BigInt((Date.parse(last) - Date.parse(first)) / DAY_MS + 1);
  const year = to.slice(0, 4);
  return divideFen(days(from, to) * 100n, days(`${year}-01-01`, `${year}-12-31`))!;
}
