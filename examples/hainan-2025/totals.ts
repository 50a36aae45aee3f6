import { type Fen, formatFen, parseFen } from '../../src/money.js';
import { type TotalLine } from '../../src/import/report/import-report.js';
import { type FeedLine } from './line.js';
import { AS_OF, FINES, FUND_LINES, RECOVERED, SELF_CHECK_RETURNS } from './published.js';

interface Sums {
  opening: Fen;
  income: Fen;
  expenditure: Fen;
}

const INCOME_KINDS = new Set(['contribution', 'subsidy', 'interest']);

/**
 * What the lines of a feed come to, counted from the lines themselves and not from the plan they were made by: an
 * independent check, in a few additions a line, at any size.
 */
export class PublishedTotals {
  private readonly funds = new Map(FUND_LINES.map(({ fund }) => [fund, { opening: 0n, income: 0n, expenditure: 0n }]));
  private readonly kinds = new Map<string, Map<string, { lines: number; amount: Fen }>>();
  private readonly sums = { fines: 0n, recovered: 0n, selfCheck: 0n };
  lines = 0;

  /** @param reversed the line that a reversal takes back */
  take(line: FeedLine, reversed?: FeedLine): void {
    const { kind, fund, businessDate, fields } = line;
    const amount = amountOf(line);
    this.lines += 1;
    const total = this.kindTotal(kind, fund);
    total.lines += 1;
    total.amount += amount;
    if (kind === 'penalty') this.sums.fines += amount;
    if (kind === 'recovery' && fields['channel'] === 'self-check') this.sums.selfCheck += amount;
    else if (kind === 'recovery') this.sums.recovered += amount;
    if (businessDate > AS_OF) return;
    const sums = this.funds.get(fund)!;
    if (reversed) takeEffect(sums, reversed, -parseFen(reversed.fields['amount']!));
    else takeEffect(sums, line, amount);
  }

  /** The control totals of the feed, by kind and fund. */
  control(): TotalLine[] {
    const totals = [...this.kinds].flatMap(([kind, funds]) =>
      [...funds].map(([fund, { lines, amount }]) => ({ kind, fund, count: lines, sum: formatFen(amount) })),
    );
    return totals.toSorted((a, b) => (`${a.kind} ${a.fund}` < `${b.kind} ${b.fund}` ? -1 : 1));
  }

  /** @throws Error naming every figure that differs from the published one */
  demandPublished(): void {
    const { fines, recovered, selfCheck } = this.sums;
    const figures: [string, Fen, Fen][] = FUND_LINES.flatMap((line): [string, Fen, Fen][] => {
      const sums = this.funds.get(line.fund)!;
      return [
        [`${line.fund} opening`, sums.opening, line.opening],
        [`${line.fund} income`, sums.income, line.income],
        [`${line.fund} expenditure`, sums.expenditure, line.expenditure],
        [`${line.fund} closing`, sums.opening + sums.income - sums.expenditure, line.closing],
      ];
    });
    figures.push(['fines', fines, FINES], ['recovered', recovered, RECOVERED]);
    figures.push(['self-check returns', selfCheck, SELF_CHECK_RETURNS]);
    const wrong = figures.filter(([, got, published]) => got !== published);
    if (wrong.length === 0) return;
    const named = wrong.map(([name, got, published]) => `${name} ${formatFen(got)}, published ${formatFen(published)}`);
    throw new Error(`the feed does not add up to the published figures: ${named.join('; ')}`);
  }

  private kindTotal(kind: string, fund: string): { lines: number; amount: Fen } {
    let funds = this.kinds.get(kind);
    if (!funds) this.kinds.set(kind, (funds = new Map()));
    let total = funds.get(fund);
    if (!total) funds.set(fund, (total = { lines: 0, amount: 0n }));
    return total;
  }
}

/** Flows between levels are left out: they eliminate each other, and what is in transit is still the province's. */
function takeEffect(sums: Sums, { kind, fields }: FeedLine, amount: Fen): void {
  if (kind === 'opening-balance') sums.opening += amount;
  else if (INCOME_KINDS.has(kind)) sums.income += amount;
  else if (kind === 'payout') sums.expenditure += amount;
  else if (kind === 'recovery' && fields['lossYear'] === '2025') sums.expenditure -= amount;
  else if (kind === 'recovery') sums.income += amount;
}

/** The amount of a line; of an opening balance the whole fund balance; nothing of a reversal. */
function amountOf({ kind, fields }: FeedLine): Fen {
  if (kind === 'reversal') return 0n;
  if (kind !== 'opening-balance') return parseFen(fields['amount']!);
  return parseFen(fields['balances.net.pool'] ?? '0') + parseFen(fields['balances.net.personal'] ?? '0');
}
