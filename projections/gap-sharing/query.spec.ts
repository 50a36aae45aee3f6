import { afterEach, describe, expect, it } from '@jest/globals';
import { Books } from '../../src/books/handle.js';
import { BEFORE_ADOPTION } from '../../src/reference/built-in.js';
import { type PolicyRow } from '../../src/reference/rows.js';
import { FollowedLog } from '../../test/followed-log.js';
import { type Incoming, opened, requestOf } from '../../test/given-when-then.js';
import { randomFrom } from '../../test/random.js';
import { SEED } from '../../test/seed.js';
import { budgetExecution } from '../budget-execution/projection.js';
import { type BookParameters } from '../asking/book-parameters.js';
import { fundBalance } from '../fund-balance/projection.js';
import { shareOut } from './gap.js';
import { gapSharing } from './projection.js';
import { gapSharingQuestion } from './query.js';

const logs: FollowedLog[] = [];
afterEach(() => {
  for (const log of logs.splice(0)) log.close();
});

interface Proposal {
  readonly proposal: string;
  readonly pool: Readonly<Record<string, string>> | null;
  readonly parts: Readonly<Record<string, string>> | null;
  readonly shares: Readonly<Record<string, { province: string; county: string }>> | null;
  readonly paid: string;
  readonly vouchers: readonly string[];
  readonly reason: { en: string } | null;
}

const policy = (part: 'policy' | 'management', value: string): PolicyRow => ({
  key: `gap-share-${part}-province`,
  from: '2025-01-01',
  scope: 'nation',
  value,
  source: '琼医保发〔2025〕1号',
});
const withPolicies = BEFORE_ADOPTION.with({
  revision: undefined,
  position: 0,
  rows: { policies: [policy('policy', '0.7'), policy('management', '0.333333')] },
});

async function logOf(...commands: Incoming[]): Promise<FollowedLog> {
  const log = new FollowedLog([fundBalance, budgetExecution, gapSharing]);
  logs.push(log);
  const books = new Books(log.store, () => Date.UTC(2026, 11, 31));
  for (const [index, command] of commands.entries()) await books.post(requestOf(command, `key-${index}`));
  return log;
}

async function ask(log: FollowedLog, more: BookParameters = {}, reference = withPolicies): Promise<Proposal[]> {
  await log.follow();
  const asking = { ...log.asking(), reference };
  const { body } = await gapSharingQuestion.ask(asking, { to: '2025-12-31', ...more });
  return (body as unknown as { proposals: Proposal[] }).proposals;
}

const book = { fund: 'resident', unit: '460100' };
const borrowed: Incoming = { kind: 'loan', ...book, businessDate: '2025-01-02', amount: '900.00' };
const opening: Incoming = {
  kind: 'opening-balance',
  ...book,
  balances: { 'fiscal-account': '100.00', 'net.pool': '100.00' },
};
const paid = (amount: string, businessDate = '2025-06-10'): Incoming => ({
  kind: 'payout',
  ...book,
  amount,
  businessDate,
  share: undefined,
  offsets: undefined,
  benefitKind: 'inpatient',
  account: 'fiscal-account',
});
const premiums = (amount: string): Incoming => ({
  kind: 'contribution',
  ...book,
  amount,
  businessDate: '2025-03-10',
  payer: { kind: 'resident', reference: 'R-1' },
  coverPeriod: '2025',
  poolShare: undefined,
  personalShare: undefined,
});
const budget = (lines: Record<string, string>): Incoming => ({
  kind: 'budget-approval',
  ...book,
  year: '2025',
  businessDate: '2025-02-20',
  lines,
});
const share = (amount: string, more: Partial<Incoming> = {}): Incoming => ({
  kind: 'subsidy',
  ...book,
  amount,
  tier: 'province',
  subsidyKind: 'gap-share',
  headcount: undefined,
  perHead: undefined,
  businessDate: '2025-12-20',
  ...more,
});

describe('sharing a gap', () => {
  const given = [
    opening,
    borrowed,
    premiums('300.00'),
    paid('700.00'),
    budget({ 'income.premiums': '350.00', benefits: '650.00' }),
  ];

  it('parts what the year left short into what came of management and of policy, each shared by its rate', async () => {
    const [proposal] = await ask(await logOf(...given));
    expect(proposal).toEqual({
      proposal: 'gap-resident-460100-2025',
      fund: 'resident',
      unit: '460100',
      pool: { usable: '100.00', income: '300.00', expenditure: '700.00', setAside: '0.00', gap: '300.00' },
      parts: { shortfall: '50.00', overspend: '50.00', management: '100.00', policy: '200.00' },
      shares: {
        policy: { province: '140.00', county: '60.00' },
        management: { province: '33.33', county: '66.67' },
      },
      paid: '0.00',
      vouchers: [],
      reason: null,
    });
  });

  it('is not changed by the shares that come, this year or the next, and says what came', async () => {
    const log = await logOf(
      ...given,
      share('40.00'),
      share('60.00', { businessDate: '2026-02-10', gapYear: '2025' }),
      share('7.00', { businessDate: '2026-03-10', gapYear: '2025' }),
      { kind: 'reversal', ...book, businessDate: '2026-03-11', reverses: 'book-resident-460100-6' },
    );
    const [proposal] = await ask(log);
    expect([proposal!.pool!['gap'], proposal!.paid, proposal!.vouchers]).toEqual([
      '300.00',
      '100.00',
      ['book-resident-460100-4', 'book-resident-460100-5'],
    ]);
    const [before] = await ask(log, { recordedAsOf: '6' });
    expect([before!.pool!['gap'], before!.paid]).toEqual(['300.00', '40.00']);
    const [next] = await ask(log, { to: '2026-12-31' });
    expect(next).toMatchObject({ pool: { usable: '-260.00', income: '60.00', gap: '200.00' }, paid: '0.00' });
  });

  it('is of management as far as it goes, whatever was missed and overspent', async () => {
    const [proposal] = await ask(
      await logOf(...given.slice(0, 4), budget({ 'income.premiums': '900.00', benefits: '650.00' })),
    );
    expect(proposal!.parts).toEqual({
      shortfall: '600.00',
      overspend: '50.00',
      management: '300.00',
      policy: '0.00',
    });
  });

  it('counts what goes to the level above as expenditure, and as none that the budget was overspent by', async () => {
    const remitted: Incoming = {
      kind: 'remittance-up',
      ...book,
      toUnit: '460000',
      transferId: 'SJ-1',
      amount: '50.00',
      businessDate: '2025-07-01',
    };
    const [proposal] = await ask(await logOf(...given, remitted));
    expect(proposal).toMatchObject({
      pool: { expenditure: '750.00', gap: '350.00' },
      parts: { overspend: '50.00', management: '100.00', policy: '250.00' },
    });
  });

  it('is of the pool: what personal accounts bring and spend is none of it', async () => {
    const employee = { fund: 'employee', businessDate: '2025-04-10' };
    const log = await logOf(
      opened('employee'),
      { kind: 'contribution', ...employee },
      {
        kind: 'payout',
        ...employee,
        amount: '70.00',
        offsets: undefined,
        benefitKind: 'personal-outpatient',
        share: 'personal',
      },
    );
    const [proposal] = await ask(log);
    expect(proposal!.pool).toMatchObject({ income: '900.00', expenditure: '0.00', gap: '0.00' });
  });

  it('counts a share that was taken back in the same year as none', async () => {
    const back: Incoming = {
      kind: 'reversal',
      ...book,
      businessDate: '2025-12-21',
      reverses: 'book-resident-460100-4',
    };
    const [proposal] = await ask(await logOf(...given, share('40.00'), back));
    expect(proposal).toMatchObject({ pool: { income: '300.00', gap: '300.00' }, paid: '0.00', vouchers: [] });
  });

  it.each([
    ['no budget', given.slice(0, 4), withPolicies, /budget/],
    ['no policy', given, BEFORE_ADOPTION, /policies/],
  ])('of a book with %s has the gap and says why it cannot be shared', async (_, commands, reference, reason) => {
    const [proposal] = await ask(await logOf(...commands), {}, reference);
    expect(proposal).toMatchObject({ pool: { gap: '300.00' }, shares: null });
    expect(proposal!.reason!.en).toMatch(reason);
  });

  it('has no gap where the pool has enough, and none for the province', async () => {
    const log = await logOf(opening, { ...opening, unit: '460000' }, paid('40.00'));
    expect(await ask(log)).toMatchObject([
      { proposal: 'gap-resident-460100-2025', pool: { usable: '100.00', expenditure: '40.00', gap: '0.00' } },
    ]);
  });

  it('is of one year', async () => {
    await expect(ask(await logOf(opening), { from: '2024-12-31' })).rejects.toMatchObject({ code: 'gap-of-one-year' });
  });

  it(`gives shares that are the part to the fen, whatever the rate, SEED=${SEED}`, () => {
    const next = randomFrom(SEED);
    for (let round = 0; round < 500; round += 1) {
      const part = BigInt(Math.floor(next() * 1e12));
      const rate = next() < 0.1 ? '1' : `0.${String(Math.floor(next() * 1e6)).padStart(6, '0')}`;
      const { province, county } = shareOut(part, rate);
      expect(province + county).toBe(part);
      const millionths = rate === '1' ? 1_000_000n : BigInt(rate.slice(2));
      const off = province * 1_000_000n - part * millionths;
      expect(off <= 500_000n && off >= -500_000n).toBe(true);
    }
  });
});
