import { afterEach, describe, expect, it } from '@jest/globals';
import { Books } from '../../src/books/handle.js';
import { LedgerError } from '../../src/errors.js';
import { FollowedLog } from '../../test/followed-log.js';
import { type Incoming, opened, openedWith, requestOf } from '../../test/given-when-then.js';
import { bookState } from '../book-state/projection.js';
import { fundBalance } from '../fund-balance/projection.js';
import { registers } from '../registers/projection.js';
import { provincialConsolidation } from '../provincial-consolidation/projection.js';
import { type ChecklistParameters } from './parameters.js';
import { closingChecklistQuestion } from './query.js';

const TODAY = '2027-12-31';
const logs: FollowedLog[] = [];
afterEach(() => {
  for (const log of logs.splice(0)) log.close();
});

interface Ledger {
  readonly log: FollowedLog;
  readonly post: (command: Incoming) => Promise<unknown>;
}

async function ledgerOf(...commands: readonly Incoming[]): Promise<Ledger> {
  const log = new FollowedLog([bookState, fundBalance, provincialConsolidation, registers]);
  logs.push(log);
  const books = new Books(log.store, () => Date.parse(`${TODAY}T12:00:00+08:00`));
  let posted = 0;
  const post = async (command: Incoming): Promise<unknown> => {
    posted += 1;
    const done = await books.post(requestOf(command, `key-${posted}`));
    await log.follow();
    return done;
  };
  for (const command of commands) await post(command);
  return { log, post };
}

interface Body {
  readonly fund: string;
  readonly unit: string;
  readonly state: string;
  readonly checks: readonly Readonly<Record<string, unknown>>[];
}

async function ask({ log }: Ledger, parameters: ChecklistParameters): Promise<readonly Body[]> {
  const { body } = await closingChecklistQuestion.ask(log.asking(TODAY), parameters);
  return body['books'] as readonly Body[];
}

const MAY = { businessDate: '2025-05-20' };
const GIVEN: readonly Incoming[] = [
  { ...openedWith({ 'advances.provider': '50000.00' }), businessDate: '2025-05-01' },
  { kind: 'contribution', ...MAY },
];
const close = (businessDate: string, more: Partial<Incoming> = {}): Incoming => ({
  kind: 'period-close',
  businessDate,
  ...more,
});
const resultsOf = (checks: Body['checks']): Record<string, unknown> =>
  Object.fromEntries(checks.map(({ item, result }) => [item, result]));
const checkOf = (books: readonly Body[], item: string) =>
  books.flatMap(({ checks }) => checks).filter((check) => check['item'] === item);

describe('the checklist of a period', () => {
  it('finds nothing against a book that can be closed, and says what is open', async () => {
    const ledger = await ledgerOf(...GIVEN);
    const [book] = await ask(ledger, { period: '2025-05' });
    expect(book).toMatchObject({ fund: 'employee', unit: '460100', state: 'ready' });
    expect(resultsOf(book!.checks)).toEqual({
      order: 'ok',
      equation: 'ok',
      'income-account': 'ok',
      'advance-premiums': 'ok',
      'pending-income': 'ok',
      'voucher-numbers': 'ok',
      registers: 'ok',
      advances: 'note',
      suspense: 'ok',
      transfers: 'ok',
    });
    expect(checkOf([book!], 'advances')).toEqual([
      {
        item: 'advances',
        name: { zh: '暂付款', en: 'Advances' },
        result: 'note',
        amount: '50000.00',
        finding: expect.objectContaining({
          en: 'advances.provider, 1 open: up to 30 days 50000.00; the oldest since 2025-05-01 (30 days, -)',
        }),
        rule: expect.objectContaining({ zh: expect.stringContaining('财会〔2017〕28号') }),
        wayOut: expect.anything(),
        vouchers: ['/v1/audit-trail?fund=employee&unit=460100&account=advances.provider&asOf=2025-05-31'],
      },
    ]);
    expect(checkOf([book!], 'voucher-numbers')[0]!['finding']).toEqual({ zh: '收 1-1、转 1-1', en: '收 1-1, 转 1-1' });
  });

  it('says the same of a moment of the past as was said then', async () => {
    const ledger = await ledgerOf(...GIVEN);
    const then = await ask(ledger, { period: '2025-05' });
    await ledger.post({ kind: 'contribution', account: 'income-account', ...MAY });
    expect(resultsOf((await ask(ledger, { period: '2025-05' }))[0]!.checks)['income-account']).toBe('stops');
    expect(await ask(ledger, { period: '2025-05', recordedAsOf: '2' })).toEqual(then);
    expect(await ask(ledger, { period: '2025-05', recordedAsOf: '0' })).toEqual([]);
  });

  it('says of a book that is closed already by which event', async () => {
    const [book] = await ask(await ledgerOf(...GIVEN, close('2025-05-31')), { to: '2025-05-31' });
    expect(book).toMatchObject({
      state: 'closed',
      checks: [{ item: 'order', result: 'ok', vouchers: ['/v1/vouchers/book-employee-460100-2'] }],
    });
  });

  it('says which numbers are left out, and what was taken off beyond what was there', async () => {
    const ledger = await ledgerOf(...GIVEN);
    const returned = { debit: '7.00', credit: undefined };
    await ledger.log.append({
      fund: 'employee',
      unit: '460200',
      kind: 'given',
      businessDate: '2025-05-02',
      period: '2025-05',
      voucherType: 'receipt',
      voucherNumber: 2,
      entries: [
        { account: 'treasury', ...returned },
        { account: 'advances.other', credit: '7.00' },
      ],
    });
    await ledger.log.follow();
    const books = await ask(ledger, { period: '2025-05', unit: '460200' });
    expect(checkOf(books, 'voucher-numbers')).toMatchObject([{ result: 'note', finding: { zh: '凭证号不连续：收' } }]);
    expect(checkOf(books, 'advances')).toMatchObject([{ result: 'note', amount: '-7.00' }]);
  });

  it('refuses a day outside the period it names, and takes those below a unit where they are wanted', async () => {
    const ledger = await ledgerOf(...GIVEN);
    await expect(ask(ledger, { period: '2025-05', to: '2025-06-01' })).rejects.toMatchObject({
      code: 'another-period',
    });
    const units = async (parameters: ChecklistParameters) =>
      (await ask(ledger, { period: '2025-05', ...parameters })).map(({ unit }) => unit);
    expect(await units({ unit: '460000' })).toEqual([]);
    expect(await units({ unit: '460000', scope: 'below' })).toEqual(['460100']);
    expect(await units({ fund: 'resident' })).toEqual([]);
  });
});

describe('what stops a close', () => {
  const pending = { kind: 'interest', shares: 'unknown', personalShare: undefined };
  const DECEMBER = [{ ...opened(), businessDate: '2025-12-01' }];
  const premium = {
    kind: 'contribution',
    fund: 'resident',
    poolShare: undefined,
    personalShare: undefined,
    payer: { kind: 'resident', reference: 'R-1' },
    coverPeriod: '2027',
    amount: '400.00',
    businessDate: '2026-12-20',
  };
  const RESIDENT = { fund: 'resident' };
  const cases: readonly [why: string, given: readonly Incoming[], when: Incoming, period: string, code: string][] = [
    [
      'money on the income account',
      [...GIVEN, { kind: 'contribution', account: 'income-account', ...MAY }],
      close('2025-05-31'),
      '2025-05',
      'income-account-not-empty',
    ],
    ['an earlier month', GIVEN, close('2025-06-30'), '2025-06', 'earlier-period-open'],
    ['a month that is not over', GIVEN, close('2028-01-31'), '2028-01', 'date-in-future'],
    ['an earlier year', [...DECEMBER, close('2025-12-31')], close('2026-01-31'), '2026-01', 'earlier-year-open'],
    ['months of the year', GIVEN, { kind: 'year-close', businessDate: '2025-12-31' }, '2025', 'months-open'],
    [
      'pending income without a share',
      [...DECEMBER, { ...pending, businessDate: '2025-12-21' }],
      { kind: 'year-close', businessDate: '2025-12-31' },
      '2025',
      'no-such-policy',
    ],
    [
      'premiums that were not recognised',
      [
        { ...opened('resident'), businessDate: '2026-12-01' },
        premium,
        { kind: 'year-close', ...RESIDENT, businessDate: '2026-12-31' },
      ],
      close('2027-01-31', RESIDENT),
      '2027-01',
      'premiums-not-recognised',
    ],
  ];
  it.each(cases)('is what the decider refuses: %s', async (_, given, when, period, code) => {
    const ledger = await ledgerOf(...given);
    const [book] = await ask(ledger, { period });
    const refusal = await ledger.post(when).catch((error: unknown) => error);
    if (!(refusal instanceof LedgerError)) throw new Error('it was closed');
    expect(refusal.code).toBe(code);
    expect(book!.state).toBe('stopped');
    expect(book!.checks.find(({ result }) => result === 'stops')).toMatchObject({
      finding: refusal.text,
      wayOut: refusal.details[0]!.expected,
    });
  });

  it('is no pending income at a month’s end, which is noted', async () => {
    const ledger = await ledgerOf(...GIVEN, { ...pending, ...MAY });
    expect(checkOf(await ask(ledger, { period: '2025-05' }), 'pending-income')).toMatchObject([{ result: 'note' }]);
    await ledger.post(close('2025-05-31'));
  });
});

describe('flows between levels', () => {
  const transfer = (kind: string, unit: string, other: string): Incoming => ({
    kind,
    fund: 'resident',
    unit,
    amount: '70.00',
    transferId: 'T-1',
    ...MAY,
    ...(kind.endsWith('received') ? { fromUnit: other } : { toUnit: other }),
  });
  const UNITS = ['460000', '460100'].map((unit) => ({ ...opened('resident', unit), businessDate: '2025-05-01' }));
  const sent = transfer('remittance-up', '460100', '460000');
  const received = transfer('remittance-received', '460000', '460100');
  const red = { kind: 'reversal', fund: 'resident', unit: '460000', reverses: 'book-resident-460000-1', ...MAY };

  it.each([
    ['in transit', [sent], '70.00', ['/v1/vouchers/book-resident-460100-1']],
    ['received and not sent', [received], '-70.00', ['/v1/vouchers/book-resident-460000-1']],
    [
      'one side was reversed',
      [sent, received, red],
      '70.00',
      ['/v1/vouchers/book-resident-460100-1', '/v1/vouchers/book-resident-460000-2'],
    ],
  ])('are noted in both books where they are %s', async (says, given, amount, vouchers) => {
    const books = await ask(await ledgerOf(...UNITS, ...given), { period: '2025-05' });
    const expected = { result: 'note', amount, vouchers, finding: { en: expect.stringContaining(says) } };
    expect(checkOf(books, 'transfers')).toMatchObject([expected, expected]);
  });

  it('are fine where both sides are there', async () => {
    const books = await ask(await ledgerOf(...UNITS, sent, received), { period: '2025-05' });
    expect(checkOf(books, 'transfers')).toMatchObject([{ result: 'ok' }, { result: 'ok' }]);
  });
});
