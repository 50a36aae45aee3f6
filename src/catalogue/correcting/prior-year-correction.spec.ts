import { describe, expect, it } from '@jest/globals';
import { entriesText, error, event, type Incoming, ledgerOf, opened } from '../../../test/given-when-then.js';

const BOOK = 'book-employee-460100';
const correction = (fields: Record<string, unknown> = {}): Incoming => ({
  kind: 'prior-year-correction',
  corrects: `${BOOK}-1`,
  ...fields,
});
const PAID: readonly Incoming[] = [opened(), { kind: 'payout', offsets: undefined, amount: '8000.00' }];

describe('a correction of an earlier year', () => {
  it('is a voucher of the open year that names the one it corrects', () => {
    expect(event(PAID, correction())).toStrictEqual({
      kind: 'prior-year-correction',
      key: 'key-prior-year-correction',
      recordedAt: '2025-06-30T04:05:06.789Z',
      policy: '2026-01-01',
      period: '2026-03',
      voucherType: 'receipt',
      voucherNumber: 1,
      fund: 'employee',
      unit: '460100',
      businessDate: '2026-03-10',
      evidence: { kind: 'correction', number: 'GZ-2026-0001', sha256: '0e'.repeat(32) },
      maker: 'wang',
      reviewer: 'li',
      note: '以前年度差错更正',
      corrects: `${BOOK}-1`,
      reason: '上年多付住院待遇，已由医院退回',
      debits: { 'fiscal-account': '800.00' },
      credits: { 'income.other/prior-year-recoveries@pool': '800.00' },
      entries: [
        { account: 'fiscal-account', debit: '800.00' },
        { account: 'income.other', detail: 'prior-year-recoveries', share: 'pool', credit: '800.00' },
      ],
    });
  });

  it('goes between the shares of the net assets, or pays what was missing', () => {
    const shares = { debits: { 'net.pool': '5.00' }, credits: { 'net.personal': '5.00' } };
    expect(entriesText(event(PAID, correction(shares)).entries)).toEqual(['Dr net.pool 5.00', 'Cr net.personal 5.00']);
    const paid = { debits: { 'expenditure.other@pool': '5.00' }, credits: { 'fiscal-account': '5.00' } };
    const voucher = event(PAID, correction(paid));
    expect([voucher.voucherType, ...entriesText(voucher.entries)]).toEqual([
      'payment',
      'Dr expenditure.other@pool 5.00',
      'Cr fiscal-account 5.00',
    ]);
  });

  it('has no shares in a fund without personal accounts', () => {
    const resident = { fund: 'resident', unit: '460100' };
    const given = [opened('resident'), { kind: 'subsidy', fund: 'resident', unit: '460100' }];
    const fields = { ...resident, corrects: 'book-resident-460100-1', credits: { 'income.other': '800.00' } };
    expect(event(given, correction(fields)).entries?.[1]).toEqual({ account: 'income.other', credit: '800.00' });
  });

  it('is made once, and again only after it was taken back', () => {
    const ledger = ledgerOf([...PAID, correction()]);
    expect(() => ledger.post(correction())).toThrow(`already-corrected: voucher ${BOOK}-1 has already been corrected`);
    ledger.post({ kind: 'reversal', businessDate: '2026-03-11', reverses: `${BOOK}-2` });
    expect(ledger.post(correction()).corrects).toBe(`${BOOK}-1`);
    expect(ledger.post(correction({ businessDate: '2026-12-31', corrects: `${BOOK}-0` })).voucherNumber).toBe(1);
  });

  it('may itself be corrected in a later year', () => {
    const earlier = PAID.map((incoming, index) => ({ ...incoming, businessDate: `2024-01-0${index + 1}` }));
    const ledger = ledgerOf([...earlier, correction({ businessDate: '2025-03-10' })]);
    expect(ledger.post(correction({ corrects: `${BOOK}-2` })).corrects).toBe(`${BOOK}-2`);
  });

  it('of a voucher keeps that from being reversed', () => {
    const book = ledgerOf([...PAID, correction()]).book(BOOK);
    expect([...book.corrected]).toEqual([[1, 2]]);
    const back = { kind: 'reversal', businessDate: '2025-12-31', reverses: `${BOOK}-1` };
    expect(error([...PAID, correction()], back).code).toBe('already-corrected');
  });

  const spent = { debits: { 'expenditure.other@pool': '9000000.00' }, credits: { 'fiscal-account': '9000000.00' } };
  const refusals: readonly [why: string, fields: Record<string, unknown>, pointer: string, code: string][] = [
    ['names nothing', { corrects: `${BOOK}-9` }, '/corrects', 'no-such-voucher'],
    ['names a voucher of another book', { corrects: 'book-resident-460100-0' }, '/corrects', 'no-such-voucher'],
    ['is of the same year', { businessDate: '2025-12-31' }, '/corrects', 'same-fiscal-year'],
    [
      'is of an earlier year than what it names',
      { businessDate: '2024-12-31' },
      '/businessDate',
      'date-before-opening',
    ],
    ['does not balance', { credits: { 'net.pool': '800.01' } }, '', 'unbalanced'],
    ['says no share', { credits: { 'income.other': '800.00' } }, '/credits/income.other', 'share-missing'],
    ['pays more than there is', spent, '/amount', 'below-zero'],
  ];
  it.each(refusals)('is refused where it %s', (_, fields, pointer, code) => {
    expect(error(PAID, correction(fields))).toMatchObject({ kind: 'refused', code, details: [{ pointer, code }] });
  });

  it('is refused a share in a fund without personal accounts, and what was taken back', () => {
    const resident = { fund: 'resident', corrects: 'book-resident-460100-0' };
    expect(error([], correction(resident))).toMatchObject({
      code: 'no-personal-accounts',
      details: [{ pointer: '/credits/income.other~1prior-year-recoveries@pool' }],
    });
    const back = { kind: 'reversal', businessDate: '2025-12-31', reverses: `${BOOK}-1` };
    expect(error([...PAID, back], correction()).code).toBe('already-reversed');
  });

  it.each(['income.premiums', 'benefits', 'income.subsidy', 'expenditure.to-above', 'income.from-above'])(
    'does not reopen %s of a year that was reported',
    (account) => {
      expect(error(PAID, correction({ credits: { [`${account}@pool`]: '800.00' } })).code).toBe('invalid-command');
      expect(error(PAID, correction({ credits: { [account]: '800.00' } })).code).toBe('invalid-command');
    },
  );
});
