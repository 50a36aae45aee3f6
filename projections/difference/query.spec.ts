import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Entry, parseLedgerLine } from '../../src/books/entries.js';
import { formatFen, parseFen } from '../../src/money.js';
import { FollowedLog } from '../../test/followed-log.js';
import { SEED } from '../../test/seed.js';
import { auditTrail } from '../audit-trail/projection.js';
import { type Answer } from '../asking/question.js';
import { fundBalance } from '../fund-balance/projection.js';
import { trialBalanceQuestion } from '../trial-balance/query.js';
import { differenceQuestion } from './query.js';

let log: FollowedLog;
beforeEach(() => {
  log = new FollowedLog([fundBalance, auditTrail]);
});
afterEach(() => log.close());

let number = 0;
const post = (businessDate: string, debit: string, credit: string, amount: string, more: object = {}) => {
  const entries: Entry[] = [
    { ...parseLedgerLine(debit), debit: amount },
    { ...parseLedgerLine(credit), credit: amount },
  ];
  const evidence = { kind: 'receipt', number: 'R-1', sha256: '00'.repeat(32) };
  const voucher = { period: businessDate.slice(0, 7), voucherType: 'transfer', voucherNumber: (number += 1) };
  const who = { maker: 'wang', reviewer: 'li', evidence, kind: 'money-movement' };
  return log.append({ fund: 'employee', unit: '460100', businessDate, entries, ...voucher, ...who, ...more });
};

const FUND = { fund: 'employee', unit: '460100' };
const JANUARY = '2025-01-31';

interface Compared {
  readonly balance: string;
  readonly against: string;
  readonly difference: string;
}
interface Body {
  readonly accounts: readonly (Compared & {
    readonly account: string;
    readonly before: string;
    readonly onPage: string;
    readonly after: string;
    readonly units: readonly (Compared & { readonly unit: string })[];
  })[];
  readonly vouchers: readonly {
    readonly id: string;
    readonly unit: string;
    readonly standsAt: string;
    readonly through: string;
    readonly effects: readonly { readonly account: string; readonly amount: string }[];
  }[];
  readonly check: { readonly vouchers: number; readonly holds: boolean };
  readonly against: object;
  readonly next: string | null;
}

async function ask(parameters: Record<string, string>): Promise<Answer & { readonly body: Body }> {
  await log.follow();
  const answer = await differenceQuestion.ask(log.asking(), parameters);
  return answer as Answer & { readonly body: Body };
}

describe('what differs between two points', () => {
  it('is what was recorded between two moments about one day, and through which vouchers', async () => {
    await post('2025-01-05', 'treasury', 'income.premiums/employer@pool', '7.00');
    const late = await post('2025-01-06', 'fiscal-account', 'treasury', '5.00');
    await post('2025-02-01', 'fiscal-account', 'treasury', '1.00');
    const { body, position } = await ask({ ...FUND, asOf: JANUARY, againstRecordedAsOf: '1' });
    expect(position).toBe(3);
    expect(body).toMatchObject({
      from: null,
      to: JANUARY,
      against: { asOf: JANUARY, recordedAsOf: '1', recordedAsOfIsFinal: true, position: 1 },
      accounts: [
        { account: 'fiscal-account', balance: '5.00', against: '0.00', difference: '5.00', onPage: '5.00' },
        { account: 'treasury', balance: '2.00', against: '7.00', difference: '-5.00', onPage: '-5.00' },
      ],
      vouchers: [
        {
          id: late,
          standsAt: 'point',
          through: 'recorded',
          effects: [
            { account: 'fiscal-account', number: '1003', amount: '5.00' },
            { account: 'treasury', number: '1005', amount: '-5.00' },
          ],
        },
      ],
      check: { vouchers: 1, holds: true, mismatches: [] },
      next: null,
    });
  });

  it('is what is dated between two days: the day before from is the other point', async () => {
    await post('2025-01-05', 'treasury', 'income.premiums/employer@pool', '7.00');
    const between = await post('2025-02-01', 'fiscal-account', 'treasury', '1.00');
    await post('2025-03-01', 'fiscal-account', 'treasury', '2.00');
    const byFrom = await ask({ ...FUND, from: '2025-02-01', to: '2025-02-28' });
    expect(byFrom.body.vouchers).toMatchObject([{ id: between, standsAt: 'point', through: 'dated' }]);
    const byAgainst = await ask({ ...FUND, to: '2025-02-28', againstAsOf: JANUARY });
    expect(byAgainst.body).toMatchObject({ vouchers: byFrom.body.vouchers, accounts: byFrom.body.accounts });
    const backwards = await ask({ ...FUND, to: JANUARY, againstAsOf: '2025-02-28' });
    expect(backwards.body.vouchers).toMatchObject([{ id: between, standsAt: 'against', through: 'dated' }]);
    expect(backwards.body.accounts.map(({ difference }) => difference)).toEqual(['-1.00', '1.00']);
  });

  it('tells what lies between on both axes from what stands at the other point only', async () => {
    const early = await post('2025-02-02', 'treasury', 'income.premiums/employer@pool', '7.00');
    const correction = await post('2025-01-06', 'fiscal-account', 'treasury', '5.00');
    const both = await post('2025-02-03', 'fiscal-account', 'treasury', '1.00');
    const later = await ask({ ...FUND, to: '2025-02-28', againstAsOf: JANUARY, againstRecordedAsOf: '1' });
    expect(later.body.vouchers.map(({ id, standsAt, through }) => [id, standsAt, through])).toEqual([
      [correction, 'point', 'recorded'],
      [early, 'point', 'dated'],
      [both, 'point', 'both'],
    ]);
    const crossed = await ask({
      ...FUND,
      to: '2025-02-28',
      recordedAsOf: '1',
      againstAsOf: JANUARY,
      againstRecordedAsOf: '3',
    });
    expect(crossed.body.vouchers.map(({ id, standsAt, through }) => [id, standsAt, through])).toEqual([
      [correction, 'against', 'recorded'],
      [early, 'point', 'dated'],
    ]);
    expect(crossed.body.check).toMatchObject({ holds: true });
  });

  it('is told of one account, with all its pages, and of each unit of a scope', async () => {
    for (const unit of ['460100', '460200', '460100', '460200', '460000'])
      await post('2025-02-01', 'fiscal-account/term', 'treasury', '1.00', { unit });
    const asked = { fund: 'employee', account: 'fiscal-account', to: '2025-02-28', limit: '2' };
    const pages = [await ask(asked)];
    while (pages.at(-1)!.body.next !== null) pages.push(await ask({ ...asked, cursor: pages.at(-1)!.body.next! }));
    expect(pages.map(({ body }) => body.vouchers.length)).toEqual([2, 2, 1]);
    expect(pages.map(({ body }) => body.accounts[0])).toMatchObject([
      { account: 'fiscal-account/term', difference: '5.00', before: '0.00', onPage: '2.00', after: '3.00' },
      { before: '2.00', onPage: '2.00', after: '1.00' },
      { before: '4.00', onPage: '1.00', after: '0.00' },
    ]);
    expect(pages.every(({ body }) => body.check.holds)).toBe(true);
    expect(pages.map(({ sheets }) => sheets.map(({ name }) => name))).toEqual([
      ['accounts', 'units', 'vouchers'],
      ['vouchers'],
      ['vouchers'],
    ]);
    expect(pages[0]!.body.accounts).toHaveLength(1);
    expect(pages[0]!.body.accounts[0]!.units.map(({ unit, difference }) => [unit, difference])).toEqual([
      ['460000', '1.00'],
      ['460100', '2.00'],
      ['460200', '2.00'],
    ]);
  });

  it('leads from a difference to both ledgers, to itself of one account, and to its vouchers', async () => {
    const id = await post('2025-02-01', 'fiscal-account', 'treasury', '1.00');
    const { sheets } = await ask({ ...FUND, from: '2025-02-01', to: '2025-02-28' });
    const book = 'fund=employee&unit=460100&account=fiscal-account';
    expect(sheets[0]!.marks![0]!.links!.slice(3)).toEqual([
      `/v1/account-ledger?${book}&to=2025-02-28&recordedAsOf=1`,
      `/v1/account-ledger?${book}&to=2025-01-31&recordedAsOf=1`,
      `/v1/difference?${book}&asOf=2025-02-28&recordedAsOf=1&againstAsOf=2025-01-31&againstRecordedAsOf=1`,
    ]);
    expect(sheets.at(-1)!.marks![0]!.links).toEqual([undefined, `/v1/vouchers/${id}`]);
  });

  it('is nothing between a point and itself, and of a voucher and what takes it back between the points', async () => {
    const wrong = await post('2025-02-01', 'fiscal-account', 'treasury', '1.00');
    await post('2025-02-01', 'fiscal-account', 'treasury', '-1.00', { kind: 'reversal', reverses: wrong });
    const same = await ask({ ...FUND, to: '2025-02-28', againstAsOf: '2025-02-28' });
    expect(same.body).toMatchObject({ accounts: [], vouchers: [], check: { vouchers: 0, holds: true } });
    const { body } = await ask({ ...FUND, to: '2025-02-28', againstRecordedAsOf: '0' });
    expect(body).toMatchObject({ accounts: [], check: { vouchers: 2, holds: true } });
    expect(body.vouchers).toMatchObject([{ reversedBy: expect.any(String) }, { reverses: wrong }]);
  });

  it.each([
    [{ from: '2025-02-01', againstAsOf: '2025-01-30' }, 'from-and-against-as-of-differ', 'againstAsOf'],
    [{ againstRecordedAsOf: '99' }, 'recorded-as-of', 'againstRecordedAsOf'],
    [{ account: 'no-such' }, 'unknown-account', 'account'],
  ])('refuses %j', async (parameters, code, pointer) => {
    await expect(ask(parameters)).rejects.toMatchObject({ kind: 'invalid', code, details: [{ pointer }] });
  });
});

describe('of any small ledger and any two points', () => {
  const LINES = ['fiscal-account', 'fiscal-account/term', 'treasury', 'income.premiums/employer@pool', 'benefits@pool'];
  const DAYS = ['2024-12-31', '2025-01-01', '2025-01-31', '2025-02-01', '2025-02-02', '2025-12-31'];
  const UNITS = ['460000', '460100', '460200'];
  const line = fc.constantFrom(...LINES);
  const day = fc.constantFrom(...DAYS);
  const voucher = fc.record({
    day,
    debit: line,
    credit: line,
    fen: fc.bigInt({ min: -9n, max: 99n }),
    unit: fc.constantFrom(...UNITS),
  });
  const moment = fc.nat({ max: 12 });

  /** Balances as the trial balance has them, by ledger line; its rows are sums, so that the last of a branch counts. */
  async function closing(asOf: string, recordedAsOf: string, unit: string | undefined): Promise<Map<string, bigint>> {
    const of = { fund: 'employee', asOf, recordedAsOf, level: '3', ...(unit !== undefined && { unit }) };
    const { body } = await trialBalanceQuestion.ask(log.asking(), of);
    const [{ rows }] = body['funds'] as [
      { rows: { number: string; level: number; closing: Record<string, string> }[] },
    ];
    return new Map(
      rows
        .filter(({ level }) => level === 1)
        .map(({ number: of, closing: { debit, credit } }) => [of, parseFen(debit!) - parseFen(credit!)]),
    );
  }

  const byNumber = (accounts: Body['accounts'], part: 'balance' | 'against' | 'difference') => {
    const sums = new Map<string, bigint>();
    for (const each of accounts as readonly (Body['accounts'][number] & { readonly number: string })[]) {
      const of = each.number.slice(0, 4);
      sums.set(of, (sums.get(of) ?? 0n) + parseFen(each[part]));
    }
    return sums;
  };

  it(`vouchers add up to the differences, and these are what the trial balance says (seed ${SEED})`, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(voucher, { minLength: 1, maxLength: 12 }),
        fc.tuple(day, moment),
        fc.tuple(day, moment),
        fc.constantFrom('1', '3', '500'),
        fc.constantFrom(undefined, ...UNITS),
        async (vouchers, [asOf, recorded], [againstAsOf, againstRecorded], limit, unit) => {
          log.close();
          log = new FollowedLog([fundBalance, auditTrail]);
          for (const { day: on, debit, credit, fen, unit: of } of vouchers)
            await post(on, debit, credit, formatFen(fen), { unit: of });
          const within = (position: number) => String(Math.min(position, vouchers.length));
          const [recordedAsOf, againstRecordedAsOf] = [within(recorded), within(againstRecorded)];
          const asked = { fund: 'employee', asOf, recordedAsOf, againstAsOf, againstRecordedAsOf, limit };
          const points = { ...asked, ...(unit !== undefined && { unit }) };
          const pages = [await ask(points)];
          while (pages.at(-1)!.body.next !== null)
            pages.push(await ask({ ...points, cursor: pages.at(-1)!.body.next! }));
          expect(pages.map(({ body }) => body.check)).toEqual(
            pages.map(({ body }) => ({ vouchers: body.vouchers.length, holds: true, mismatches: [] })),
          );
          const sums = new Map<string, bigint>();
          for (const { effects } of pages.flatMap(({ body }) => body.vouchers))
            for (const { account, amount } of effects) sums.set(account, (sums.get(account) ?? 0n) + parseFen(amount));
          const { accounts } = pages[0]!.body;
          expect(without0(sums)).toEqual(
            without0(new Map(accounts.map((each) => [each.account, parseFen(each.difference)]))),
          );
          const [here, there] = [
            await closing(asOf, recordedAsOf, unit),
            await closing(againstAsOf, againstRecordedAsOf, unit),
          ];
          const differences = new Map(here);
          for (const [of, fen] of there) differences.set(of, (differences.get(of) ?? 0n) - fen);
          expect(without0(byNumber(accounts, 'difference'))).toEqual(without0(differences));
        },
      ),
      { seed: SEED, numRuns: 60 },
    );
  });

  const without0 = (sums: ReadonlyMap<string, bigint>) =>
    Object.fromEntries([...sums].filter(([, fen]) => fen !== 0n).toSorted(([one], [other]) => (one < other ? -1 : 1)));
});
