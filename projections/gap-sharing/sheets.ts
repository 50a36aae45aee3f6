import { text } from '../../src/errors.js';
import { type Fen } from '../../src/money.js';
import { type Adopted } from '../../src/reference/adopted.js';
import { fenColumn, textColumn } from '../fund-balance/sheets.js';
import { ofDays, trailAt } from '../asking/addresses.js';
import { type Shown } from '../asking/interval.js';
import { type Cell, type Check, type Mark, type Sheet } from '../asking/question.js';
import { type Proposal } from './proposal.js';

const sumOf = (parts: readonly (Fen | undefined)[]): Fen | null =>
  parts.some((part) => part === undefined) ? null : parts.reduce((sum: Fen, part) => sum + part!, 0n);

/** The gap of each book, the parts it came of, and who bears how much; what cannot be told says why. */
export function gapSheet(adopted: Adopted, proposals: readonly Proposal[], year: string, shown: Shown): Sheet {
  const { to } = shown;
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
    marks: proposals.map((proposal) => markOf(proposal, year, shown)),
    checks: checksOf(proposals),
    notes: [
      text(
        '缺口 = 支出 + 划出 − 收入 − 年初可用结余，不为负；收入不含本年缺口的分担款。补贴与补助凭证以缺口年度指向方案。',
        'Gap = expenditure + set aside − income − usable, never below nothing; shares of it are no income. Subsidies ' +
          'and funding refer to a proposal by the year of the gap.',
      ),
    ],
  };
}

/** What the cells of a proposal lead to: the books and the budget of its year, and the vouchers that paid it. */
function markOf({ fund: { key: fund }, unit }: Proposal, year: string, { to, recordedAsOf }: Shown): Mark {
  const end = `${year}-12-31` < to ? `${year}-12-31` : to;
  const days = { from: `${year}-01-01`, to: end, recordedAsOf };
  const statement = ofDays('income-expenditure', { fund, unit, form: 'yearly' }, days);
  const balance = ofDays('trial-balance', { fund, unit }, days);
  const budget = ofDays('budget-execution', { fund, unit }, days);
  const paid = trailAt({ fund, unit, kind: 'subsidy' }, { ...days, to });
  const none = undefined;
  const parts = [budget, budget, none, none, none, none];
  return { links: [none, none, none, balance, statement, statement, balance, none, ...parts, paid] };
}

/** What must tie: the gap is what came of policy and of management, and what both sides bear. */
function checksOf(proposals: readonly Proposal[]): Check[] {
  const split = proposals.flatMap(({ gap, parts, policy, management }) =>
    gap && parts && policy && management ? [{ gap, parts, shares: [policy, management] }] : [],
  );
  const borne = ({ shares }: (typeof split)[number]): Fen =>
    shares.reduce((sum, { province, county }) => sum + province + county, 0n);
  return [
    {
      says: text('政策性缺口 + 管理性缺口 = 缺口', 'of policy + of management = gap'),
      holds: split.every(({ gap, parts }) => parts.policy + parts.management === gap.gap),
    },
    {
      says: text('省级分担 + 本级分担 = 缺口', 'province + county = gap'),
      holds: split.every((each) => borne(each) === each.gap.gap),
    },
  ];
}
