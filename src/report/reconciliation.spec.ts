import { afterEach, describe, expect, it } from '@jest/globals';
import { opened } from '../../test/given-when-then.js';
import { closeTrails, haikou, paid, Trail } from '../../test/trail.js';
import { type BankLine } from '../reconciling/statement-file.js';
import { printSheet } from './lay-out.js';
import { reconcile, reconciliationBody, reconciliationSheets, type Reconciling } from './reconciliation.js';

afterEach(closeTrails);

const receipt = (number: string) => ({ evidence: { kind: 'tax-receipt', number, sha256: 'ab'.repeat(32) } });

async function ledger(): Promise<Trail> {
  const trail = new Trail();
  await trail.post(
    { ...opened(), businessDate: '2025-04-01' },
    // Paid at the end of April, with the bank in May.
    paid('2025-04-30', '5.00', receipt('R-1')),
    paid('2025-05-06', '100.00', receipt('R-2')),
    paid('2025-05-30', '30.00', receipt('R-3')),
    { kind: 'reversal', businessDate: '2025-05-30', reverses: haikou(3), note: '未到账' },
    paid('2025-05-31', '40.00', receipt('R-4')),
  );
  await trail.log.follow();
  return trail;
}

const line = (at: number, day: string, effect: bigint, reference = ''): BankLine => ({
  line: at,
  day,
  effect,
  references: [reference],
  counterparty: '',
  summary: '某行',
  balance: undefined,
});
const LINES = [
  line(2, '2025-05-02', 500n, 'R-1'),
  line(3, '2025-05-07', 10_000n),
  line(4, '2025-05-20', 800n, '利息'),
  line(5, '2025-05-31', -300n, '手续费'),
];
const ASKED: Reconciling = {
  fund: 'employee',
  unit: '460100',
  account: 'treasury',
  lines: LINES,
  bankBalance: 100_011_000n,
  from: '2025-05-02',
  to: '2025-05-31',
  days: 7,
};

describe('the reconciliation of a bank account 余额调节表', () => {
  it('has what only one side has, and both balances come to the same', async () => {
    const asking = (await ledger()).log.asking();
    const done = await reconcile(asking, ASKED);
    const [form, outstanding] = reconciliationSheets(done, ASKED, asking).map((sheet) => {
      const [rows] = printSheet(sheet, { language: 'zh' }).batches as string[][][];
      return rows!.map((row) => row.join('|'));
    });
    expect(form).toEqual([
      '账面余额|1000145.00|对账单余额|1000110.00',
      '加：银行已收、企业未收|8.00|加：企业已收、银行未收|40.00',
      '减：银行已付、企业未付|3.00|减：企业已付、银行未付|0.00',
      '调节后的存款余额|1000150.00|调节后的存款余额|1000150.00',
      '||差额（银行 − 企业）|0.00',
    ]);
    expect(outstanding!.map((row) => row.split('|').slice(0, 3))).toEqual([
      ['银行已收、企业未收', '2025-05-20', '对账单第 4 行'],
      ['银行已付、企业未付', '2025-05-31', '对账单第 5 行'],
      ['企业已收、银行未收', '2025-05-31', '2025-05-收-0004'],
    ]);
    expect(reconciliationBody(done, ASKED)).toMatchObject({
      difference: '0.00',
      matched: 2,
      onlyLedger: [{ id: haikou(5) }],
    });
  });

  it('tells a difference and does not force it: of a wrong balance, and of what was outstanding before', async () => {
    const asking = (await ledger()).log.asking();
    const wrong = await reconcile(asking, { ...ASKED, bankBalance: 100_011_007n });
    expect([wrong.difference, wrong.adjustedBook, wrong.differenceBefore]).toEqual([7n, 100_015_000n, -493n]);
    // The payment of 6 May has not reached the bank, whose statement begins later.
    const later = { ...ASKED, lines: LINES.slice(2), from: '2025-05-20', bankBalance: 100_001_000n };
    expect((await reconcile(asking, later)).difference).toBe(-10_000n);
    expect((await reconcile(asking, { ...later, from: '2025-05-06' })).difference).toBe(0n);
  });

  it('has what the book opened with in its balance and not among what is outstanding', async () => {
    const asking = (await ledger()).log.asking();
    const lines = [line(2, '2025-04-01', 500n)];
    const april = { ...ASKED, lines, from: '2025-04-01', to: '2025-04-30', days: 40, bankBalance: 100_000_500n };
    const done = await reconcile(asking, april);
    expect([done.difference, done.differenceBefore, done.book, done.bank]).toEqual([0n, 0n, [], []]);
  });

  it('is of the account by itself: a term deposit is another account of the bank', async () => {
    const trail = await ledger();
    const deposit = { from: 'fiscal-account', to: 'fiscal-account/term', reason: 'term-deposit', amount: '9.00' };
    await trail.post({ kind: 'money-movement', businessDate: '2025-05-09', ...deposit });
    await trail.log.follow();
    const asked = {
      ...ASKED,
      account: 'fiscal-account',
      lines: [line(2, '2025-05-09', -900n)],
      bankBalance: 799_999_100n,
    };
    const done = await reconcile(trail.log.asking(), { ...asked, from: '2025-05-09' });
    expect([done.matched, done.bookBalance, done.difference]).toEqual([1, 799_999_100n, 0n]);
  });

  it('writes nothing', async () => {
    const trail = await ledger();
    const head = await trail.log.store.head();
    const before = trail.log.contents();
    await reconcile(trail.log.asking(), ASKED);
    expect([await trail.log.store.head(), trail.log.contents()]).toEqual([head, before]);
  });
});
