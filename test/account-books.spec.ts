import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { accountLedgerQuestion } from '../projections/account-ledger/query.js';
import { auditTrail } from '../projections/audit-trail/projection.js';
import { fundBalance } from '../projections/fund-balance/projection.js';
import { fundBalanceQuestion } from '../projections/fund-balance/query.js';
import { journalQuestion } from '../projections/journal/query.js';
import { provincialConsolidation } from '../projections/provincial-consolidation/projection.js';
import { type Question } from '../projections/asking/question.js';
import { trialBalanceQuestion } from '../projections/trial-balance/query.js';
import { type Entry, ledgerLine } from '../src/books/entries.js';
import { type LedgerEvent, readEvent } from '../src/books/event.js';
import { Books } from '../src/books/handle.js';
import { LedgerError } from '../src/errors.js';
import { formatFen, parseFen } from '../src/money.js';
import { FollowedLog } from './followed-log.js';
import { type Incoming, opened, requestOf } from './given-when-then.js';
import { SEED } from './seed.js';

const logs: FollowedLog[] = [];
afterEach(() => {
  for (const log of logs.splice(0)) log.close();
});

interface Pair {
  readonly debit: string;
  readonly credit: string;
}
interface Row {
  readonly account: string;
  readonly level: number;
  readonly [column: string]: unknown;
}
interface Line extends Pair {
  readonly line: string;
  readonly account?: string;
  readonly balance: string;
  readonly direction: string;
}
interface Days {
  readonly from: string;
  readonly to: string;
  readonly recordedAsOf: string;
}

const DAYS = ['2025-01-01', '2025-01-02', '2025-01-31', '2025-02-01', '2025-02-28', '2025-03-15'];
const BOOKS = [
  ['employee', '460100'],
  ['resident', '460100'],
  ['resident', '460000'],
] as const;
const amount = fc.integer({ min: 1, max: 99_999 }).map((fen) => formatFen(BigInt(fen)));
const aVoucher = fc.record({
  book: fc.constantFrom(...BOOKS),
  kind: fc.constantFrom('contribution', 'subsidy', 'payout', 'money-movement', 'reversal'),
  businessDate: fc.constantFrom(...DAYS),
  amount,
  of: fc.nat({ max: 5 }),
});

/** A ledger on which vouchers are posted as in earnest, and what is in its log. */
class Ledger {
  readonly log = new FollowedLog([fundBalance, auditTrail, provincialConsolidation]);
  private readonly books = new Books(this.log.store, () => Date.UTC(2026, 0, 1));
  private keys = 0;

  constructor() {
    logs.push(this.log);
  }

  post = (command: Incoming) => this.books.post(requestOf(command, `key-${(this.keys += 1)}`));

  async ask<T>(question: Question, parameters: object): Promise<T> {
    return (await question.ask(this.log.asking('2025-12-31'), parameters)).body as unknown as T;
  }

  /** All events of a book up to a position and a day. */
  async events(stream: string, { to, recordedAsOf }: Days): Promise<LedgerEvent[]> {
    const stored = await this.log.store.readStream(stream, { from: 0, limit: 10_000 });
    const seen = stored.filter(({ position }) => String(position).padStart(9) <= recordedAsOf.padStart(9));
    return seen.map((each) => readEvent(each)).filter(({ businessDate }) => businessDate <= to);
  }
}

const isOpening = ({ kind }: LedgerEvent): boolean => kind === 'opening-balance';
const effect = ({ debit = '0', credit = '0' }: Partial<Entry>): bigint => parseFen(debit) - parseFen(credit);
const sumOf = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, each) => sum + each, 0n);
const sides = (balance: bigint): Pair => ({
  debit: formatFen(balance > 0n ? balance : 0n),
  credit: formatFen(balance < 0n ? -balance : 0n),
});
const moved = (entries: readonly { debit?: string | null; credit?: string | null }[]): Pair => ({
  debit: formatFen(sumOf(entries.map(({ debit }) => parseFen(debit ?? '0')))),
  credit: formatFen(sumOf(entries.map(({ credit }) => parseFen(credit ?? '0')))),
});

/** What a ledger line has and did by the events themselves. */
function expectedOf(events: readonly LedgerEvent[], line: string, { from, to }: Days) {
  const entries = (of: (event: LedgerEvent) => boolean): Entry[] =>
    events.filter(of).flatMap((event) => (event.entries ?? []).filter((entry) => ledgerLine(entry) === line));
  const balance = (of: (event: LedgerEvent) => boolean): bigint => sumOf(entries(of).map(effect));
  const newYear = `${to.slice(0, 4)}-01-01`;
  return {
    opening: sides(balance((event) => event.businessDate < from || isOpening(event))),
    period: moved(entries((event) => event.businessDate >= from && !isOpening(event))),
    yearToDate: moved(entries((event) => event.businessDate >= newYear && !isOpening(event))),
    closing: sides(balance(() => true)),
  };
}

/** The lines of an account ledger, its pages put together: those of vouchers, and the last line of the last page. */
async function turnOver(ledger: Ledger, parameters: Record<string, string>): Promise<Line[]> {
  const lines: Line[] = [];
  let cursor: string | null | undefined;
  do {
    type Page = { lines: Line[]; next: string | null };
    const page: Page = await ledger.ask(accountLedgerQuestion, {
      ...parameters,
      limit: '2',
      ...(cursor && { cursor }),
    });
    const isFirst = cursor === undefined;
    expect(page.lines[0]!.line === 'brought-forward').toBe(!isFirst);
    if (!isFirst) expect({ ...page.lines[0], line: 0 }).toEqual({ ...lines.pop(), line: 0 });
    lines.push(...page.lines.slice(isFirst ? 0 : 1));
    cursor = page.next;
  } while (cursor);
  return lines;
}

/** Every book compared with its events, and the books with each other. */
async function compare(ledger: Ledger, days: Days): Promise<void> {
  await ledger.log.follow();
  for (const [fund, unit] of BOOKS) {
    const events = await ledger.events(`book-${fund}-${unit}`, days);
    const of = { ...days, fund, unit };
    type Trial = { funds: { rows: Row[]; totals: Record<string, Pair>; difference: object }[] };
    const [trial] = (await ledger.ask<Trial>(trialBalanceQuestion, { ...of, level: '3', zeros: 'show' })).funds;
    expect(trial!.difference).toEqual({ opening: '0.00', period: '0.00', yearToDate: '0.00', closing: '0.00' });
    const lines = new Set(events.flatMap(({ entries = [] }) => entries.map(ledgerLine)));
    for (const line of lines) {
      const expected = expectedOf(events, line, days);
      // The deepest row of its name: an account with details has one for what stands on none of them.
      const row = trial!.rows.findLast(({ account }) => account === line);
      expect({ line, row }).toMatchObject({ line, row: expected });
      const own = await turnOver(ledger, { ...of, account: line });
      const exact = own.filter(({ line: kind, account }) => kind === 'voucher' && account === line);
      expect(moved(exact)).toEqual(expected.period);
    }
    const within = events.filter(({ businessDate }) => businessDate >= days.from);
    type Journal = { total: Pair };
    const { total } = await ledger.ask<Journal>(journalQuestion, { ...of, limit: '500' });
    expect(total).toEqual(moved(within.flatMap(({ entries = [] }) => entries)));
    const { debit } = moved(within.filter((event) => !isOpening(event)).flatMap(({ entries = [] }) => entries));
    expect(trial!.totals['period']).toEqual({ debit, credit: debit });
    type Balances = { books: { accounts: { account: string; detail?: string; amount: string }[] }[] };
    const [book] = (await ledger.ask<Balances>(fundBalanceQuestion, { ...of, from: '2025-01-01' })).books;
    for (const each of book?.accounts ?? []) {
      if (each.account.startsWith('net.')) continue;
      const last = (await turnOver(ledger, { ...of, account: ledgerLine(each) })).at(-1)!;
      expect([each.account, last.balance]).toEqual([each.account, each.amount.replace('-', '')]);
    }
  }
}

describe('the account books of random ledgers', () => {
  it('tie to the vouchers and to each other, on both axes, before and after closes and a reopening', async () => {
    const aRun = fc.record({
      vouchers: fc.array(aVoucher, { minLength: 5, maxLength: 25 }),
      from: fc.constantFrom(...DAYS),
      to: fc.constantFrom(...DAYS),
      cut: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    await fc.assert(
      fc.asyncProperty(aRun, async ({ vouchers, from: one, to: other, cut }) => {
        const ledger = new Ledger();
        const [from, to] = [one, other].toSorted() as [string, string];
        const contributions: string[] = [];
        for (const [fund, unit] of BOOKS) await ledger.post({ ...opened(fund, unit), businessDate: '2025-01-01' });
        for (const { book, kind, of, ...voucher } of vouchers) {
          const reverses = contributions[of];
          const at = { fund: book[0], unit: book[1], ...voucher };
          const command = { kind, ...at, ...FIELDS[kind]?.(book[0], reverses) };
          if (kind === 'reversal' && reverses === undefined) continue;
          // What the rules refuse is not recorded; anything else that goes wrong is a fault.
          const posted = await ledger.post(command).catch((error: unknown) => {
            if (error instanceof LedgerError && error.kind === 'refused') return undefined;
            throw error;
          });
          if (kind === 'contribution' && posted) contributions.push(posted.receipt!.id);
        }
        const shown = async () => String(Math.floor((await ledger.log.store.head()) * (0.4 + cut * 0.6)));
        const all = async () => String(await ledger.log.store.head());
        await compare(ledger, { from, to, recordedAsOf: await shown() });
        await compare(ledger, { from, to, recordedAsOf: await all() });
        const closed: string[] = [];
        for (const [fund, unit] of BOOKS)
          for (const businessDate of ['2025-01-31', '2025-02-28'])
            closed.push((await ledger.post({ kind: 'period-close', fund, unit, businessDate })).receipt!.id);
        await compare(ledger, { from, to, recordedAsOf: await all() });
        const reopening = { kind: 'period-reopening', fund: 'employee', unit: '460100', businessDate: '2025-02-28' };
        await ledger.post({ ...reopening, reverses: closed[1] });
        await compare(ledger, { from, to, recordedAsOf: await all() });
        logs.splice(logs.indexOf(ledger.log), 1)[0]!.close();
      }),
      { seed: SEED, numRuns: 4, endOnFailure: true },
    );
  }, 240_000);
});

/** What a kind needs beside book, day and amount. */
const FIELDS: Readonly<Record<string, (fund: string, reverses: string | undefined) => object>> = {
  contribution: (fund) => ({
    poolShare: undefined,
    personalShare: undefined,
    ...(fund === 'resident' && { payer: { kind: 'resident', reference: 'R-1' }, coverPeriod: '2025' }),
  }),
  subsidy: () => ({ headcount: undefined, perHead: undefined }),
  payout: (fund) => ({ offsets: undefined, ...(fund === 'resident' && { share: undefined }) }),
  reversal: (_, reverses) => ({ reverses, amount: undefined }),
};
