import { parseLedgerLine, SHARES } from '../../src/books/entries.js';
import { type Text, text } from '../../src/errors.js';
import { type Fen } from '../../src/money.js';
import { type Adopted, type Fund } from '../../src/reference/adopted.js';
import { type Cell, type Check, type Column, type Mark, type Sheet } from '../asking/question.js';
import { type Interval } from '../asking/interval.js';
import { type BookStatement, type FundStatement } from './books.js';
import { lineLink } from '../statements/links.js';
import { scopeOf } from '../statements/scope.js';
import { addConsolidations, type Consolidation, type Movement } from './statement.js';

export const textColumn = (zh: string, en: string): Column => ({ name: text(zh, en), kind: 'text' });
export const countColumn = (zh: string, en: string): Column => ({ name: text(zh, en), kind: 'count' });
export const rateColumn = (zh: string, en: string): Column => ({ name: text(zh, en), kind: 'rate' });
export const fenColumn = (zh: string, en: string): Column => ({ name: text(zh, en), kind: 'fen' });

/** Opening, income, expenditure and closing; the print of closing is compared with the prints of the others. */
const MOVEMENT: readonly Column[] = [
  fenColumn('期初结余', 'opening'),
  fenColumn('收入', 'income'),
  fenColumn('支出', 'expenditure'),
  fenColumn('期末结余', 'closing'),
];
const IN_TRANSIT = text('  其中：在途', '  of which in transit');
const BASIC_TOTAL = text('基本医疗保险合计', 'Basic medical insurance total');

/** `标题 2025-01-01 至 2025-05-31`. */
export const titleOf = ({ zh, en }: Text, { from, to }: Interval): Text =>
  text(`${zh} ${from} 至 ${to}`, `${en} ${from} to ${to}`);

/** What the balances are of, and what their figures lead to. */
export interface Head {
  readonly interval: Interval;
  readonly adopted: Adopted;
  /** Absent: all of them. */
  readonly unit: string | undefined;
  readonly recordedAsOf: string | undefined;
}

/** What a line of the balances is made of, of one unit, or of all with what they paid each other left out. */
function linkTo({ interval: { before, to }, adopted, recordedAsOf }: Head, fund: Fund, unit: string | undefined) {
  const linking = { scope: scopeOf(adopted, unit, undefined), on: to, recordedAsOf };
  return (line: string): string =>
    lineLink(linking, fund, line.slice(0, line.indexOf('/')))(line.slice(line.indexOf('/') + 1), { after: before, to });
}

/** Whether what came less what went is what there is more, in every row. */
const checkOf = (movements: readonly Movement[]): Check => ({
  says: text('期初 + 收入 − 支出 = 期末', 'opening + income − expenditure = closing'),
  holds: movements.every(({ opening, income, expenditure, closing }) => opening + income - expenditure === closing),
});

const ITS_MOVEMENT = ['opening', 'income', 'expenditure', 'closing'] as const;

/** The published table: consolidated income, expenditure and balance of each fund, in 亿元 with two places. */
export function fundSheet(funds: readonly FundStatement[], head: Head): Sheet {
  const rows: Cell[][] = [];
  const marks: Mark[] = [];
  const parts: number[] = [];
  const put = (name: Text, { consolidated, inTransit }: Consolidation, fund?: Fund): number => {
    const link = fund && linkTo(head, fund, undefined);
    const { opening, income, expenditure, closing } = consolidated;
    const index = rows.push([name, opening, income, expenditure, closing]) - 1;
    marks.push({ links: [undefined, ...ITS_MOVEMENT.map((key) => link?.(`balances/${key}`))] });
    if (inTransit.opening === 0n && inTransit.closing === 0n) return index;
    const transit = link?.('balance-sheet/in-transit');
    rows.push([IN_TRANSIT, inTransit.opening, null, null, inTransit.closing]);
    marks.push({ links: [undefined, transit, undefined, undefined, transit] });
    return index;
  };
  const basic = funds.filter(({ fund }) => fund.basicInsurance);
  for (const { fund, totals } of basic) parts.push(put(fund.name, totals, fund));
  const hasTotal = basic.length > 1;
  const total = hasTotal ? put(BASIC_TOTAL, addConsolidations(basic.map(({ totals }) => totals))) : 0;
  for (const { fund, totals } of funds) if (!fund.basicInsurance) put(fund.name, totals, fund);
  return {
    name: 'funds',
    title: titleOf(text('基金收支结余表', 'Fund income, expenditure and balance'), head.interval),
    columns: [textColumn('基金', 'fund'), ...MOVEMENT],
    rows,
    marks,
    checks: [checkOf(funds.map(({ totals }) => totals.consolidated))],
    unit: 'yi',
    footing: {
      ...(hasTotal && { rows: [{ total, parts }] }),
      column: { total: 4, plus: [1, 2], minus: [3] },
    },
    notes: [
      text(
        '已抵销上下级之间的补助与上解；在途资金已从一本账付出、尚未到达另一本账，计入合并结余。',
        'Flows between levels are eliminated; what is in transit has left one book for the next, and counts.',
      ),
    ],
  };
}

/** Every book in detail, to the fen. */
export function bookSheet(books: readonly BookStatement[], head: Head): Sheet {
  return {
    name: 'books',
    title: titleOf(text('各账簿收支结余', 'Books in detail'), head.interval),
    columns: [
      textColumn('基金', 'fund'),
      textColumn('核算单位', 'unit'),
      ...MOVEMENT,
      fenColumn('其中统筹', 'pool'),
      fenColumn('个人账户', 'personal accounts'),
      fenColumn('风险基金', 'risk fund'),
      fenColumn('待转基金', 'pending'),
    ],
    rows: books.map(({ fund, unit, statement }) => {
      const { opening, income, expenditure, closing, pool, personal, risk, pending } = statement;
      const [kept, waiting] = fund.personalAccounts ? [personal, pending] : [null, null];
      return [fund.name, unitName(unit), opening, income, expenditure, closing, pool, kept, risk, waiting];
    }),
    marks: books.map(({ fund, unit }) => {
      const link = linkTo(head, fund, unit.code);
      const keys = [...ITS_MOVEMENT, 'pool', 'personal', 'risk', 'pending'] as const;
      const isKept = (key: string): boolean => fund.personalAccounts || (key !== 'personal' && key !== 'pending');
      const links = keys.map((key) => (isKept(key) ? link(`balances/${key}`) : undefined));
      return { links: [undefined, undefined, ...links] };
    }),
    checks: [checkOf(books.map(({ statement }) => statement))],
    footing: { column: { total: 5, plus: [2, 3], minus: [4] } },
  };
}

const unitName = ({ code, name }: { code: string; name: Text }): Text =>
  text(`${code} ${name.zh}`, `${code} ${name.en}`);

const KIND: Readonly<Record<string, Text>> = {
  asset: text('资产', 'asset'),
  liability: text('负债', 'liability'),
  net: text('净资产', 'net assets'),
  income: text('收入', 'income'),
  expenditure: text('支出', 'expenditure'),
};

/** Income and expenditure of the interval and balances at its end, by fund and ledger line, over the books shown. */
export function accountSheet(books: readonly BookStatement[], head: Head): Sheet {
  const { chart } = head.adopted;
  const sums = new Map<string, { cells: Cell[]; amount: Fen; fund: Fund; line: string }>();
  for (const { fund, statement } of books) {
    for (const { line, kind, amount } of statement.items) {
      const { account, detail, share } = parseLedgerLine(line);
      const { number, name } = chart.find(account) ?? { number: '', name: account };
      const id = `${fund.key} ${Object.keys(KIND).indexOf(kind)} ${number} ${line}`;
      const below = detail && (chart.detail(account, detail)?.name ?? detail);
      const names = [below ?? '', share ? SHARES.nameOf(share) : ''];
      const cells = [fund.name, KIND[kind]!, number, name, ...names];
      sums.set(id, { cells, fund, line, amount: amount + (sums.get(id)?.amount ?? 0n) });
    }
  }
  const order = books.map(({ fund }) => fund.key);
  const fundOf = (id: string): number => order.indexOf(id.slice(0, id.indexOf(' ')));
  const sorted = [...sums].sort(([a], [b]) => fundOf(a) - fundOf(b) || (a < b ? -1 : 1));
  return {
    name: 'accounts',
    title: titleOf(text('科目明细', 'Income, expenditure and balances by account'), head.interval),
    columns: [
      textColumn('基金', 'fund'),
      textColumn('类别', 'kind'),
      textColumn('科目号', 'number'),
      textColumn('科目', 'account'),
      textColumn('明细', 'detail'),
      textColumn('归属', 'share'),
      fenColumn('金额', 'amount'),
    ],
    rows: sorted.map(([, { cells, amount }]) => [...cells, amount]),
    marks: sorted.map(([, { cells, fund, line }]) => ({
      links: [...cells.map(() => undefined), linkTo(head, fund, head.unit)(`account/${line}`)],
    })),
    notes: [
      text(
        '收入与支出为区间发生额，资产、负债与净资产为截止日余额（净资产不含未结转的收支）。',
        'Income and expenditure of the interval; balances at its end, net assets before they take these in.',
      ),
    ],
  };
}
