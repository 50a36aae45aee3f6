import { describe, expect, it } from '@jest/globals';
import {
  credit,
  debit,
  effectOf,
  ledgerLine,
  mirror,
  parseLedgerLine,
  voucherNumberText,
  voucherTypeOf,
} from './entries.js';

describe('entries', () => {
  it('carry their amount in yuan on one side, and only the parts they have', () => {
    expect(debit('fiscal-account', 5n, { detail: 'term' })).toStrictEqual({
      account: 'fiscal-account',
      detail: 'term',
      debit: '0.05',
    });
    expect(credit('income.interest', -123n, { share: 'pool', detail: undefined })).toStrictEqual({
      account: 'income.interest',
      share: 'pool',
      credit: '-1.23',
    });
  });

  it.each([
    [debit('a', 1n), 1n],
    [debit('a', -1n), -1n],
    [credit('a', 1n), -1n],
    [credit('a', -1n), 1n],
  ])('%j has the effect %s', (entry, effect) => {
    expect(effectOf(entry)).toBe(effect);
  });

  it('are mirrored in red on the same side, and twice is once', () => {
    const entries = [debit('treasury', 123_450n), credit('income.premiums', 123_450n, { detail: 'employer' })];
    expect(mirror(entries)).toStrictEqual([
      { account: 'treasury', debit: '-1234.50' },
      { account: 'income.premiums', detail: 'employer', credit: '-1234.50' },
    ]);
    expect(mirror(mirror(entries))).toStrictEqual(entries);
  });

  it.each(['treasury', 'fiscal-account/term', 'income.interest@pool', 'benefits/inpatient@personal'])(
    'the ledger line %s is read and written alike',
    (line) => {
      expect(ledgerLine(parseLedgerLine(line))).toBe(line);
    },
  );

  it.each([
    ['payment', 'money leaves', [debit('benefits', 1n), credit('expenditure-account', 1n)]],
    ['payment', 'money changes its account', [debit('fiscal-account', 1n), credit('treasury', 1n)]],
    ['receipt', 'money arrives', [debit('treasury', 1n), credit('income.premiums', 1n)]],
    ['receipt', 'bonds become money', [debit('fiscal-account', 1n), credit('bonds', 1n)]],
    ['transfer', 'no money moves', [debit('benefits', 1n), credit('advances.provider', 1n)]],
  ])('a voucher is a %s where %s', (type, _, entries) => {
    expect(voucherTypeOf(entries)).toBe(type);
  });

  it.each([
    ['receipt', 1, '2025-05-收-0001'],
    ['payment', 9999, '2025-05-付-9999'],
    ['transfer', 12345, '2025-05-转-12345'],
  ] as const)('a %s numbered %i is written %s', (type, number, text) => {
    expect(voucherNumberText('2025-05', type, number)).toBe(text);
  });
});
