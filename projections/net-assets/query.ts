import { text } from '../../src/errors.js';
import { formatFen } from '../../src/money.js';
import { intervalBody, intervalOf } from '../asking/interval.js';
import { type Answer, type Asking, OF_A_FUND, type Question } from '../asking/question.js';
import { ScopeParameters } from '../statements/parameters.js';
import { readStandings } from '../statements/standing.js';
import { netAssets } from './projection.js';
import { changeSheet, totalOf } from './sheets.js';
import { type Changes, netAssetChanges } from './statement.js';

/** 净资产变动表: how the net assets of a fund became what they are, over an interval, as a rule the year so far. */
export const netAssetsQuestion: Question<ScopeParameters> = {
  name: 'net-assets',
  route: 'net-assets',
  title: text('净资产变动表', 'Changes in net assets'),
  projection: netAssets,
  parameters: ScopeParameters,
  sheets: [`form-${OF_A_FUND}`],
  ask: askChanges,
};

async function askChanges(asking: Asking, parameters: ScopeParameters): Promise<Answer> {
  const interval = intervalOf(parameters, asking.today);
  const { to } = interval;
  const { position, adopted, scope, funds } = await readStandings(asking, parameters, interval);
  const closesYear = to.slice(5, 7) === '12';
  const drawn = funds.map((fund) => netAssetChanges(adopted.chart, fund, fund.at.get(to)!, closesYear));
  return {
    position,
    body: {
      ...intervalBody(interval, parameters),
      units: [...scope.units],
      consolidated: scope.isConsolidated,
      funds: drawn.map(bodyOf),
    },
    sheets: drawn.map((each) => changeSheet(each, { scope, on: to, recordedAsOf: parameters.recordedAsOf }, interval)),
  };
}

function bodyOf({ fund, parts, lines, ties }: Changes) {
  return {
    fund: fund.key,
    lines: lines.map((line) => ({
      line: line.key,
      name: line.name.zh,
      ...Object.fromEntries(parts.map((part) => [part, formatFen(line.amounts[part] ?? 0n)])),
      total: formatFen(totalOf(line)),
    })),
    ties,
  };
}
