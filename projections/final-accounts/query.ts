import { text } from '../../src/errors.js';
import { formatFen } from '../../src/money.js';
import { readBudgets } from '../budget-execution/budgets.js';
import { budgetExecution } from '../budget-execution/projection.js';
import { demandInYear } from '../budget-execution/query.js';
import { intervalBody, intervalOf } from '../asking/interval.js';
import { type Answer, type Asking, OF_A_FUND, type Question } from '../asking/question.js';
import { periodOf, ScopeParameters } from '../statements/parameters.js';
import { readStandings } from '../statements/standing.js';
import { budgeted, executed } from './figures.js';
import { budgetSheet, COLUMNS, finalSheet, rateOf } from './sheets.js';
import { type AccountsLine, type FinalAccounts, finalAccounts } from './statement.js';

/** 预算/决算收支表: the budget of a year beside what was executed in the year before, and beside what is executed in it. */
export const finalAccountsQuestion: Question<ScopeParameters> = {
  name: 'final-accounts',
  route: 'final-accounts',
  title: text('基金预算、决算收支表', 'Budget and final accounts'),
  projection: budgetExecution,
  parameters: ScopeParameters,
  sheets: [`budget-${OF_A_FUND}`, `final-${OF_A_FUND}`],
  ask: askAccounts,
};

async function askAccounts(asking: Asking, parameters: ScopeParameters): Promise<Answer> {
  const interval = intervalOf(parameters, asking.today);
  const { before, to } = interval;
  const year = to.slice(0, 4);
  demandInYear(interval, year);
  const { lastYear } = periodOf(parameters, asking.today);
  const shown = await readStandings(
    asking,
    parameters,
    interval,
    [lastYear.after, lastYear.to, before],
    [budgetExecution],
  );
  const { adopted, scope, position } = shown;
  // Lines of budgets are never changed, only added: read up to the same position, they belong to the same moment.
  const budgets = readBudgets(asking.tables, { year, day: to, position });
  const levels = {
    above: scope.hasAbove,
    below: !scope.isConsolidated && adopted.below(scope.units[0]!).length > 0,
  };
  const drawn = shown.funds.map(({ fund, at }): FinalAccounts => {
    const lines = (day: string) => at.get(day)!;
    const last = executed(adopted.chart, fund, lines(lastYear.after), lines(lastYear.to));
    const now = executed(adopted.chart, fund, lines(before), lines(to));
    return finalAccounts(adopted.chart, fund, [last, budgeted(budgets, fund, scope, now.opening), now], levels);
  });
  const linking = { scope, on: to, recordedAsOf: parameters.recordedAsOf };
  const head = { linking, year, interval, lastYear };
  return {
    position,
    body: {
      ...intervalBody(interval, parameters),
      year,
      units: [...scope.units],
      consolidated: scope.isConsolidated,
      funds: drawn.map(bodyOf),
    },
    sheets: [...drawn.map((each) => budgetSheet(each, head)), ...drawn.map((each) => finalSheet(each, head))],
  };
}

function bodyOf({ fund, income, expenditure }: FinalAccounts) {
  const written = (line: AccountsLine) => ({
    line: line.key,
    name: line.name.zh,
    ...Object.fromEntries(
      Object.entries(COLUMNS).map(([column, index]) => {
        const amount = line.amounts[index];
        return [column, typeof amount === 'bigint' ? formatFen(amount) : null];
      }),
    ),
    rate: rateOf(line) ?? null,
  });
  return { fund: fund.key, income: income.map(written), expenditure: expenditure.map(written) };
}
