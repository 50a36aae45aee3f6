import { text } from '../../src/errors.js';
import { formatFen } from '../../src/money.js';
import { fundBalance } from '../fund-balance/projection.js';
import { intervalBody } from '../asking/interval.js';
import { type Answer, type Asking, OF_A_FUND, type Question } from '../asking/question.js';
import { periodOf, StatementParameters } from '../statements/parameters.js';
import { readStandings } from '../statements/standing.js';
import { comparisonSheet, type Drawn, formSheet } from './sheets.js';
import { balanceSheet, type SheetLine } from './statement.js';

/** 会社保01表 资产负债表: what a unit, or all below one as one, has on a day, and whose it is. */
export const balanceSheetQuestion: Question<StatementParameters> = {
  name: 'balance-sheet',
  route: 'balance-sheet',
  title: text('资产负债表', 'Balance sheet'),
  projection: fundBalance,
  parameters: StatementParameters,
  sheets: [`form-${OF_A_FUND}`, `comparison-${OF_A_FUND}`],
  ask: askBalanceSheet,
};

async function askBalanceSheet(asking: Asking, parameters: StatementParameters): Promise<Answer> {
  const { interval, closesYear, isYearly, yearBefore } = periodOf(parameters, asking.today);
  const { to, from } = interval;
  const shown = await readStandings(asking, parameters, interval, [yearBefore.to]);
  const { chart } = shown.adopted;
  const drawn = shown.funds.map(({ fund, beginning, at }): Drawn => {
    const sheet = balanceSheet(chart, fund, [beginning, at.get(to)!, at.get(yearBefore.to)!], closesYear);
    const [assets, claims] = [sheet.left, sheet.right].map((side) => side.at(-1)!.amounts!);
    return { fund, sheet, balanced: { beginning: assets![0] === claims![0], end: assets![1] === claims![1] } };
  });
  const linking = { scope: shown.scope, on: to, recordedAsOf: parameters.recordedAsOf };
  const head = { linking, interval, yearBefore, isOfYear: from === `${to.slice(0, 4)}-01-01` };
  return {
    position: shown.position,
    body: {
      ...intervalBody(interval, parameters),
      form: isYearly ? 'yearly' : 'monthly',
      units: [...shown.scope.units],
      consolidated: shown.scope.isConsolidated,
      funds: drawn.map(bodyOf),
    },
    sheets: [...drawn.map((each) => formSheet(each, head)), ...drawn.map((each) => comparisonSheet(each, head))],
  };
}

function bodyOf({ fund, sheet, balanced }: Drawn) {
  const written = (lines: readonly SheetLine[], columns: readonly (string | undefined)[]) =>
    lines.flatMap(({ key, name, amounts }) => {
      if (!amounts) return [];
      const cells = columns.flatMap((column, index) => (column ? [[column, formatFen(amounts[index]!)] as const] : []));
      return [{ line: key, name: name.zh, ...Object.fromEntries(cells) }];
    });
  const form = ['beginning', 'end'];
  return {
    fund: fund.key,
    assets: written(sheet.left, form),
    liabilitiesAndNetAssets: written(sheet.right, form),
    balanced,
    comparison: written([...sheet.left, ...sheet.right], [undefined, 'end', 'endLastYear']),
  };
}
