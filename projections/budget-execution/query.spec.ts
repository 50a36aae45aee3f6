import { afterEach, describe, expect, it } from '@jest/globals';
import { Books } from '../../src/books/handle.js';
import { formatFen, parseFen } from '../../src/money.js';
import { FollowedLog } from '../../test/followed-log.js';
import { type Incoming, opened, requestOf } from '../../test/given-when-then.js';
import { randomFrom } from '../../test/random.js';
import { SEED } from '../../test/seed.js';
import { fundBalance } from '../fund-balance/projection.js';
import { provincialConsolidation } from '../provincial-consolidation/projection.js';
import { budgetExecution } from './projection.js';
import { type BookParameters } from '../asking/book-parameters.js';
import { budgetExecutionQuestion } from './query.js';

const logs: FollowedLog[] = [];
afterEach(() => {
  for (const log of logs.splice(0)) log.close();
});

interface Figures {
  readonly approved: string | null;
  readonly budget: string | null;
  readonly executed: string;
  readonly difference: string;
  readonly rate: string | null;
}
type LineBody = Figures & { line: string; side: string; isPart: boolean; flag: string | null };
interface ExecutionBody {
  readonly fund: string;
  readonly unit?: string;
  readonly budgets?: number;
  readonly lines: readonly LineBody[];
  readonly income: Figures;
  readonly expenditure: Figures;
}
interface Body {
  readonly year: string;
  readonly elapsed: string;
  readonly funds: readonly ExecutionBody[];
  readonly books: readonly ExecutionBody[];
}

async function logOf(...commands: Incoming[]): Promise<FollowedLog> {
  const log = new FollowedLog([fundBalance, provincialConsolidation, budgetExecution]);
  logs.push(log);
  const books = new Books(log.store, () => Date.UTC(2026, 11, 31));
  for (const [index, command] of commands.entries()) await books.post(requestOf(command, `key-${index}`));
  return log;
}

async function ask(log: FollowedLog, parameters: BookParameters = {}): Promise<Body> {
  await log.follow();
  return (await budgetExecutionQuestion.ask(log.asking(), parameters)).body as unknown as Body;
}

const rowOf = ({ lines }: ExecutionBody, wanted: string) => {
  const found = lines.find(({ line }) => line === wanted);
  return found && [found.approved, found.budget, found.executed, found.rate, found.flag];
};

const approval = (lines: Record<string, string>, more: Partial<Incoming> = {}): Incoming => ({
  kind: 'budget-approval',
  fund: 'resident',
  unit: '460100',
  year: '2025',
  businessDate: '2025-02-20',
  lines,
  ...more,
});
const adjustment = (lines: Record<string, string>, more: Partial<Incoming> = {}): Incoming => ({
  ...approval(lines),
  kind: 'budget-adjustment',
  businessDate: '2025-09-18',
  ...more,
});
const paid = (amount: string, businessDate: string, more: Partial<Incoming> = {}): Incoming => ({
  kind: 'payout',
  fund: 'resident',
  unit: '460100',
  amount,
  businessDate,
  share: undefined,
  offsets: undefined,
  benefitKind: 'inpatient',
  ...more,
});
const subsidy = (amount: string, businessDate: string): Incoming => ({
  kind: 'subsidy',
  fund: 'resident',
  unit: '460100',
  amount,
  businessDate,
  headcount: undefined,
  perHead: undefined,
});
const given: readonly Incoming[] = [
  opened('resident'),
  approval({
    'income.subsidy': '1000.00',
    benefits: '600.00',
    'benefits/inpatient': '400.00',
    'expenditure.other': '5.00',
  }),
  paid('420.00', '2025-03-01'),
  paid('100.00', '2025-04-01', { benefitKind: 'outpatient' }),
  subsidy('905.00', '2025-05-01'),
  adjustment({ benefits: '500.00' }),
];

describe('budget execution', () => {
  it('is what came or went divided by the budget, line by line, with the totals of both sides', async () => {
    const { year, elapsed, books } = await ask(await logOf(...given), { to: '2025-12-31' });
    expect([year, elapsed, books.map(({ fund, unit }) => [fund, unit])]).toEqual([
      '2025',
      '100.00',
      [['resident', '460100']],
    ]);
    expect(books[0]!.lines.map(({ line, isPart }) => [line, isPart])).toEqual([
      ['income.subsidy', false],
      ['benefits', false],
      ['benefits/inpatient', true],
      ['expenditure.other', false],
    ]);
    expect(rowOf(books[0]!, 'income.subsidy')).toEqual(['1000.00', '1000.00', '905.00', '90.50', null]);
    expect(rowOf(books[0]!, 'benefits')).toEqual(['600.00', '500.00', '520.00', '104.00', null]);
    expect(rowOf(books[0]!, 'benefits/inpatient')).toEqual(['400.00', '400.00', '420.00', '105.00', null]);
    expect(rowOf(books[0]!, 'expenditure.other')).toEqual(['5.00', '5.00', '0.00', '0.00', 'under']);
    expect(books[0]!.income).toMatchObject({ budget: '1000.00', executed: '905.00', rate: '90.50' });
    // What is a part of another line is in no total.
    expect(books[0]!.expenditure).toEqual({
      approved: '605.00',
      budget: '505.00',
      executed: '520.00',
      difference: '15.00',
      rate: '102.97',
    });
  });

  it.each([
    ['is flagged above 110 %', '660.01', '2025-12-31', 'over'],
    ['is flagged above 110 % in the midst of the year', '660.01', '2025-06-30', 'over'],
    ['is not flagged at 110 %', '660.00', '2025-12-31', null],
    ['is not flagged at 90 %', '540.00', '2025-12-31', null],
    ['is flagged below 90 % once the year is over', '539.99', '2025-12-31', 'under'],
    ['is not flagged below 90 % in the midst of the year', '539.99', '2025-06-30', null],
  ])('%s', async (_, amount, to, flag) => {
    const log = await logOf(opened('resident'), approval({ benefits: '600.00' }), paid(amount, '2025-03-01'));
    expect((await ask(log, { to })).books[0]!.lines[0]!.flag).toBe(flag);
  });

  it('lists what no line of the budget takes in', async () => {
    const log = await logOf(opened('resident'), approval({ 'income.subsidy': '9.00' }), paid('7.00', '2025-03-01'));
    const { books } = await ask(log, { to: '2025-12-31' });
    expect(rowOf(books[0]!, 'benefits')).toEqual([null, null, '7.00', null, 'not-budgeted']);
    expect(books[0]!.expenditure).toEqual({ ...NO_BUDGET, executed: '7.00' });
  });

  it('goes by the budget as it stood on the day, and as it was known at the moment', async () => {
    const log = await logOf(...given);
    const budgetOn = async (parameters: BookParameters) => {
      const found = (await ask(log, parameters)).books[0];
      return found && rowOf(found, 'benefits');
    };
    expect(await budgetOn({ to: '2025-02-19' })).toBeUndefined();
    expect(await budgetOn({ to: '2025-09-17' })).toEqual(['600.00', '600.00', '520.00', '86.67', null]);
    expect(await budgetOn({ to: '2025-09-18' })).toEqual(['600.00', '500.00', '520.00', '104.00', null]);
    expect(await budgetOn({ to: '2025-12-31', recordedAsOf: 'position:3' })).toEqual([
      '600.00',
      '600.00',
      '420.00',
      '70.00',
      'under',
    ]);
    expect(await budgetOn({ to: '2024-12-31' })).toBeUndefined();
  });

  it('forgets what was withdrawn, from its day on', async () => {
    const withdrawal = { kind: 'memo-withdrawal', fund: 'resident', businessDate: '2025-10-01', reason: 'by-mistake' };
    const log = await logOf(...given, { ...withdrawal, withdraws: 'budget-resident-460100-2025-1' });
    const budgetOf = async (to: string) => rowOf((await ask(log, { to })).books[0]!, 'benefits')![1];
    expect([await budgetOf('2025-09-30'), await budgetOf('2025-10-01')]).toEqual(['500.00', '600.00']);
  });

  it('of a fund is that of its books that have a budget', async () => {
    const log = await logOf(
      ...given,
      { ...opened('resident'), unit: '460200' },
      { ...opened('resident'), unit: '460300' },
      approval({ benefits: '100.00' }, { unit: '460200' }),
      paid('130.00', '2025-06-01', { unit: '460200' }),
      paid('999.00', '2025-06-01', { unit: '460300' }),
    );
    const { funds } = await ask(log, { to: '2025-12-31' });
    expect(funds.map(({ fund, budgets }) => [fund, budgets])).toEqual([['resident', 2]]);
    expect(rowOf(funds[0]!, 'benefits')).toEqual(['700.00', '600.00', '650.00', '108.33', null]);
    expect((await ask(log, { to: '2025-12-31', unit: '460200' })).funds[0]!.expenditure.executed).toBe('130.00');
  });

  it('is that of an interval, where one is named within the year', async () => {
    const log = await logOf(...given);
    const { books, elapsed } = await ask(log, { from: '2025-04-01', to: '2025-06-30' });
    expect(rowOf(books[0]!, 'benefits')).toEqual(['600.00', '600.00', '100.00', '16.67', null]);
    expect(elapsed).toBe('24.93');
    await expect(ask(log, { from: '2024-12-31', to: '2025-12-31' })).rejects.toMatchObject({
      code: 'budget-of-one-year',
      details: [{ pointer: 'from', got: '2024-12-31' }],
    });
  });

  it('adds up to all income and all expenditure of the book, whatever its lines are', async () => {
    const random = randomFrom(SEED);
    const lines = ['benefits', 'benefits/inpatient', 'benefits/outpatient', 'income.subsidy', 'serious-illness'];
    const amount = (): string => formatFen(BigInt(1 + Math.floor(random() * 100_000)));
    for (let round = 0; round < 12; round += 1) {
      const chosen = lines.filter(() => random() < 0.6);
      const budget = Object.fromEntries((chosen.length > 0 ? chosen : lines).map((line) => [line, amount()]));
      const payouts = Array.from({ length: 1 + Math.floor(random() * 5) }, () =>
        paid(amount(), '2025-03-01', { benefitKind: random() < 0.5 ? 'inpatient' : 'outpatient' }),
      );
      const came = subsidy(amount(), '2025-05-01');
      const log = await logOf(opened('resident'), approval(budget), ...payouts, came);
      const [book] = (await ask(log, { to: '2025-12-31' })).books;
      const sum = payouts.reduce((total, each) => total + parseFen(each['amount'] as string), 0n);
      expect(book!.expenditure.executed).toBe(formatFen(sum));
      expect(book!.income.executed).toBe(came['amount']);
    }
  });
});

const NO_BUDGET = { approved: null, budget: null, difference: '7.00', rate: null };
