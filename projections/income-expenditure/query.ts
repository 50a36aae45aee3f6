import { text } from '../../src/errors.js';
import { formatFen } from '../../src/money.js';
import { fundBalance } from '../fund-balance/projection.js';
import { intervalBody } from '../asking/interval.js';
import { type Answer, type Asking, OF_A_FUND, type Question } from '../asking/question.js';
import { periodOf, type Span, type StatementPeriod, StatementParameters } from '../statements/parameters.js';
import { type FundLines, readScope, type ScopeLines } from '../statements/scope.js';
import { comparisonSheet, formSheet } from './sheets.js';
import { type Drawn, type FormLine, incomeAndExpenditure } from './statement.js';

/** 会社保02表 收支表: income, expenditure and surplus of a period, for a unit or for all below one as one. */
export const incomeExpenditureQuestion: Question<StatementParameters> = {
  name: 'income-expenditure',
  route: 'income-expenditure',
  title: text('收支表', 'Statement of income and expenditure'),
  projection: fundBalance,
  parameters: StatementParameters,
  sheets: [`form-${OF_A_FUND}`, `comparison-${OF_A_FUND}`],
  ask: askStatement,
};

async function askStatement(asking: Asking, parameters: StatementParameters): Promise<Answer> {
  const period = periodOf(parameters, asking.today);
  const spans = [period.current, period.currentBefore, period.year, period.yearBefore, period.lastYear];
  const days = spans.flatMap(({ after, to }) => [after, to]);
  const shown = await readScope(asking, parameters, period.interval.to, days);
  const { recordedAsOf } = parameters;
  const linking = { scope: shown.scope, on: period.interval.to, recordedAsOf };
  const drawn = shown.funds.map((fund) => drawUp(shown, fund, period));
  return {
    position: shown.position,
    body: {
      ...intervalBody(period.interval, parameters),
      form: period.isYearly ? 'yearly' : 'monthly',
      units: [...shown.scope.units],
      consolidated: shown.scope.isConsolidated,
      funds: drawn.map((each) => bodyOf(each, period)),
    },
    sheets: [
      ...drawn.map((each) => formSheet(each, linking, period)),
      ...drawn.map((each) => comparisonSheet(each, linking, period)),
    ],
  };
}

function drawUp({ adopted }: ScopeLines, { fund, days }: FundLines, period: StatementPeriod): Drawn {
  const { current, currentBefore, year, yearBefore, lastYear, isYearly, closesYear } = period;
  const over = (...spans: readonly Span[]): FormLine[] => {
    const columns = spans.map(({ after, to }) => ({ before: days.get(after)!, end: days.get(to)! }));
    return incomeAndExpenditure(adopted.chart, fund, columns, closesYear);
  };
  return {
    fund,
    lines: isYearly ? over(year, lastYear) : over(current, year),
    compared: over(current, currentBefore, year, yearBefore),
  };
}

function bodyOf({ fund, lines, compared }: Drawn, { isYearly }: StatementPeriod) {
  const names = isYearly ? ['year', 'lastYear'] : ['current', 'yearToDate'];
  const compare = ['current', 'currentLastYear', 'yearToDate', 'yearToDateLastYear'];
  const written = (each: FormLine, columns: readonly string[]) => ({
    line: each.key,
    name: each.name.zh,
    ...Object.fromEntries(columns.map((column, index) => [column, formatFen(each.amounts[index]!)])),
  });
  return {
    fund: fund.key,
    lines: lines.map((each) => written(each, names)),
    comparison: compared.map((each) => written(each, compare)),
  };
}
