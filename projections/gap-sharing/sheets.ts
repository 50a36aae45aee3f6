import { text } from '../../src/errors.js';
import { type Fen } from '../../src/money.js';
import { type Adopted } from '../../src/reference/adopted.js';
import { fenColumn, textColumn } from '../fund-balance/sheets.js';
import { type Interval } from '../asking/interval.js';
import { type Cell, type Sheet } from '../asking/question.js';
import { type Proposal } from './proposal.js';

const sumOf = (parts: readonly (Fen | undefined)[]): Fen | null =>
  parts.some((part) => part === undefined) ? null : parts.reduce((sum: Fen, part) => sum + part!, 0n);

/** The gap of each book, the parts it came of, and who bears how much; what cannot be told says why. */
export function gapSheet(adopted: Adopted, proposals: readonly Proposal[], year: string, { to }: Interval): Sheet {
  return {
    name: 'proposals',
    title: text(`${year} 年度基金缺口分担方案 截至 ${to}`, `Proposals for the gaps of ${year} at the end of ${to}`),
    columns: [
      textColumn('方案', 'proposal'),
      textColumn('基金', 'fund'),
      textColumn('核算单位', 'unit'),
      fenColumn('年初可用结余', 'usable at the beginning'),
      fenColumn('收入', 'income'),
      fenColumn('支出', 'expenditure'),
      fenColumn('划出', 'set aside'),
      fenColumn('缺口', 'gap'),
      fenColumn('征收缺额', 'not collected'),
      fenColumn('超预算支出', 'spent beyond the budget'),
      fenColumn('管理性缺口', 'of management'),
      fenColumn('政策性缺口', 'of policy'),
      fenColumn('省级分担', 'province'),
      fenColumn('本级分担', 'county'),
      fenColumn('已到位', 'paid'),
      textColumn('说明', 'note'),
    ],
    rows: proposals.map(({ id, fund, unit, gap, parts, policy, management, paid, reason }): Cell[] => [
      id,
      fund.name,
      adopted.unitName(unit),
      gap?.usable ?? null,
      gap?.income ?? null,
      gap?.expenditure ?? null,
      gap?.setAside ?? null,
      gap?.gap ?? null,
      parts?.shortfall ?? null,
      parts?.overspend ?? null,
      parts?.management ?? null,
      parts?.policy ?? null,
      sumOf([policy?.province, management?.province]),
      sumOf([policy?.county, management?.county]),
      paid.all,
      reason ?? null,
    ]),
    notes: [
      text(
        '缺口 = 支出 + 划出 − 收入 − 年初可用结余，不为负；收入不含本年缺口的分担款。补贴与补助凭证以缺口年度指向方案。',
        'Gap = expenditure + set aside − income − usable, never below nothing; shares of it are no income. Subsidies ' +
          'and funding refer to a proposal by the year of the gap.',
      ),
    ],
  };
}
