import { LedgerError, type Text, text } from '../../src/errors.js';
import { type Fen, formatFen } from '../../src/money.js';
import { type Adopted } from '../../src/reference/adopted.js';
import { BookParameters } from '../asking/book-parameters.js';
import { type Budget, readBudgets } from '../budget-execution/budgets.js';
import { execute } from '../budget-execution/execution.js';
import { budgetExecution } from '../budget-execution/projection.js';
import { booksOf, type Place } from '../fund-balance/books.js';
import { type Lines, readLines } from '../fund-balance/lines.js';
import { drawUp } from '../fund-balance/statement.js';
import { type Interval, intervalBody, intervalOf } from '../asking/interval.js';
import { type Answer, type Asking, type Question } from '../asking/question.js';
import { momentOf } from '../recorded-time/query.js';
import { gapOf, partsOf, shareOut } from './gap.js';
import { gapSharing } from './projection.js';
import { type Proposal } from './proposal.js';
import { type PaidShares, readPaidShares } from './shares-paid.js';
import { gapSheet } from './sheets.js';

/** Who bears what a year left a county's pool short of: a proposal, which vouchers then refer to. */
export const gapSharingQuestion: Question<BookParameters> = {
  name: 'gap-sharing',
  route: 'gap-sharing',
  title: text('基金缺口分担', 'Gap sharing'),
  projection: gapSharing,
  parameters: BookParameters,
  sheets: ['proposals'],
  ask: askGaps,
};

async function askGaps(asking: Asking, parameters: BookParameters): Promise<Answer> {
  const interval = intervalOf(parameters, asking.today);
  const { to } = interval;
  const year = to.slice(0, 4);
  demandYear(interval, year);
  const adopted = asking.reference.known(to);
  // The province has nobody above it to share a gap with.
  const places = booksOf(adopted, parameters.fund, parameters.unit).filter(({ unit }) => unit.parent !== undefined);
  const shown = await readLines(asking, {
    books: places.map(({ stream }) => stream),
    days: [interval.before, to],
    recordedAsOf: await momentOf(asking, parameters.recordedAsOf),
    alsoFrom: [gapSharing, budgetExecution],
  });
  const at = { year, day: to, position: shown.position };
  const budgets = readBudgets(asking.tables, at);
  const paid = readPaidShares(asking.tables, at);
  const proposals = places.flatMap((place): Proposal[] => {
    const lines = shown.books.get(place.stream);
    if (!lines) return [];
    const book = `${place.fund.key} ${place.unit.code}`;
    return [proposalOf(adopted, place, lines, { year, budget: budgets.get(book), paid: paid.get(book) ?? NOTHING })];
  });
  return {
    position: shown.position,
    body: { ...intervalBody(interval, parameters), year, proposals: proposals.map(proposalBody) },
    sheets: [gapSheet(adopted, proposals, year, { ...interval, recordedAsOf: parameters.recordedAsOf })],
  };
}

const NOTHING: PaidShares = { inYear: 0n, all: 0n, vouchers: [] };

interface OfBook {
  readonly year: string;
  readonly budget: Budget | undefined;
  readonly paid: PaidShares;
}

function proposalOf(
  adopted: Adopted,
  { fund, unit: { code: unit } }: Place,
  [before, end]: readonly Lines[],
  { year, budget, paid }: OfBook,
): Proposal {
  const statement = drawUp(adopted.chart, before!, end!);
  const of = { id: `gap-${fund.key}-${unit}-${year}`, fund, unit, paid };
  const unknown = { gap: undefined, parts: undefined, policy: undefined, management: undefined };
  if (statement.pending !== 0n) return { ...of, ...unknown, reason: shareUnknown(statement.pending) };
  const opened = before!.size === 0 ? undefined : drawUp(adopted.chart, new Map(), before!).pool;
  const gap = gapOf(opened, statement, paid.inYear);
  if (gap.gap === 0n) return { ...of, ...unknown, gap, reason: undefined };
  const parts = budget && partsOf(gap.gap, execute(adopted.chart, budget, statement, NOT_JUDGED));
  if (!parts) return { ...of, ...unknown, gap, reason: NO_BUDGET };
  const rates = [
    adopted.policyIn('gap-share-policy-province', fund.key, unit),
    adopted.policyIn('gap-share-management-province', fund.key, unit),
  ] as const;
  const [policyRate, managementRate] = rates;
  if (policyRate === undefined || managementRate === undefined)
    return { ...of, ...unknown, gap, parts, reason: NO_POLICY };
  const policy = shareOut(parts.policy, policyRate);
  return { ...of, gap, parts, policy, management: shareOut(parts.management, managementRate), reason: undefined };
}

const NOT_JUDGED = { band: undefined, yearIsOver: false };

const shareUnknown = (pending: Fen): Text =>
  text(
    `待转基金 ${formatFen(pending)} 元尚未区分统筹与个人账户，统筹基金未知`,
    `${formatFen(pending)} yuan wait for their share: the pool is not known`,
  );
const NO_BUDGET = text(
  '本年预算没有社会保险费收入或支出，无法区分政策性与管理性缺口',
  'the budget of the year has no premiums or no expenditure: what came of policy is not known',
);
const NO_POLICY = text(
  '没有采用参数 gap-share-policy-province 与 gap-share-management-province',
  'the policies gap-share-policy-province and gap-share-management-province are not both adopted',
);

/** A gap is of a year, or of some of its days: what went before it was another's. */
function demandYear({ from }: Interval, year: string): void {
  const first = `${year}-01-01`;
  if (from >= first) return;
  const message = text('起日与止日不在同一年度', 'it begins in another year than it ends in');
  const expected = text(`不早于 ${first}，或不给 from`, `no earlier than ${first}, or no from`);
  throw new LedgerError('invalid', 'gap-of-one-year', message, [
    { pointer: 'from', code: 'gap-of-one-year', expected, got: from },
  ]);
}

type Json = Readonly<Record<string, unknown>>;

const yuan = (amounts: object | undefined): Json | null =>
  amounts === undefined
    ? null
    : Object.fromEntries(Object.entries(amounts).map(([key, amount]) => [key, formatFen(amount as Fen)]));

const proposalBody = ({ id, fund, unit, gap, parts, policy, management, paid, reason }: Proposal): Json => ({
  proposal: id,
  fund: fund.key,
  unit,
  pool: yuan(gap),
  parts: yuan(parts),
  shares: policy && management ? { policy: yuan(policy), management: yuan(management) } : null,
  paid: formatFen(paid.all),
  vouchers: paid.vouchers,
  reason: reason ?? null,
});
