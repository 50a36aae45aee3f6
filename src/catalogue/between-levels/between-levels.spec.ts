import { describe, expect, it } from '@jest/globals';
import { entriesText, error, event, type Incoming, ledgerOf, opened } from '../../../test/given-when-then.js';

const PROVINCE = '460000';
const HAIKOU = '460100';

const recorded = (kind: string, voucherType: 'payment' | 'receipt') => ({
  kind,
  key: `key-${kind}`,
  recordedAt: '2025-06-30T04:05:06.789Z',
  policy: '1999-01-01',
  period: '2025-05',
  voucherType,
  voucherNumber: 1,
  fund: 'employee',
});

describe('what passes between levels', () => {
  it('leaves the lower level as a remittance up', () => {
    expect(event([opened()], { kind: 'remittance-up' })).toStrictEqual({
      ...recorded('remittance-up', 'payment'),
      unit: HAIKOU,
      businessDate: '2025-05-22',
      evidence: { kind: 'remittance', number: 'SJ-2025-05', sha256: '07'.repeat(32) },
      maker: 'wang',
      reviewer: 'li',
      note: '五月上解调剂金',
      amount: '60000.00',
      transferId: 'SJ-2025-05-460100',
      toUnit: PROVINCE,
      account: 'fiscal-account',
      entries: [
        { account: 'expenditure.to-above', share: 'pool', debit: '60000.00' },
        { account: 'fiscal-account', credit: '60000.00' },
      ],
    });
  });

  it('reaches the upper level as a remittance received', () => {
    expect(event([], { kind: 'remittance-received' })).toStrictEqual({
      ...recorded('remittance-received', 'receipt'),
      unit: PROVINCE,
      businessDate: '2025-05-23',
      evidence: { kind: 'bank-receipt', number: 'SJ-2025-05-460100', sha256: '08'.repeat(32) },
      maker: 'zhao',
      reviewer: 'qian',
      note: '收海口市五月上解调剂金',
      amount: '60000.00',
      transferId: 'SJ-2025-05-460100',
      fromUnit: HAIKOU,
      account: 'fiscal-account',
      entries: [
        { account: 'fiscal-account', debit: '60000.00' },
        { account: 'income.from-below', share: 'pool', credit: '60000.00' },
      ],
    });
  });

  it('leaves the upper level as funding down', () => {
    expect(event([opened('employee', PROVINCE)], { kind: 'funding-down' })).toStrictEqual({
      ...recorded('funding-down', 'payment'),
      unit: PROVINCE,
      businessDate: '2025-05-26',
      evidence: { kind: 'appropriation', number: 'BZ-2025-05', sha256: '09'.repeat(32) },
      maker: 'zhao',
      reviewer: 'qian',
      note: '五月补助五指山市',
      amount: '100000.00',
      transferId: 'BZ-2025-05-469001',
      toUnit: '469001',
      account: 'fiscal-account',
      entries: [
        { account: 'expenditure.to-below', share: 'pool', debit: '100000.00' },
        { account: 'fiscal-account', credit: '100000.00' },
      ],
    });
  });

  it('reaches the lower level as funding received', () => {
    expect(event([], { kind: 'funding-received' })).toStrictEqual({
      ...recorded('funding-received', 'receipt'),
      unit: '469001',
      businessDate: '2025-05-27',
      evidence: { kind: 'bank-receipt', number: 'BZ-2025-05-469001', sha256: '0a'.repeat(32) },
      maker: 'wang',
      reviewer: 'li',
      note: '收省级五月补助',
      amount: '100000.00',
      transferId: 'BZ-2025-05-469001',
      fromUnit: PROVINCE,
      account: 'fiscal-account',
      entries: [
        { account: 'fiscal-account', debit: '100000.00' },
        { account: 'income.from-above', share: 'pool', credit: '100000.00' },
      ],
    });
  });

  it.each([
    ['remittance-up', HAIKOU, undefined, ['Dr expenditure.to-above 60000.00', 'Cr fiscal-account 60000.00']],
    [
      'remittance-up',
      HAIKOU,
      'expenditure-account',
      ['Dr expenditure.to-above 60000.00', 'Cr expenditure-account 60000.00'],
    ],
    ['remittance-received', PROVINCE, undefined, ['Dr fiscal-account 60000.00', 'Cr income.from-below 60000.00']],
    [
      'remittance-received',
      PROVINCE,
      'income-account',
      ['Dr income-account 60000.00', 'Cr income.from-below 60000.00'],
    ],
    ['funding-down', PROVINCE, undefined, ['Dr expenditure.to-below 100000.00', 'Cr fiscal-account 100000.00']],
    [
      'funding-down',
      PROVINCE,
      'expenditure-account',
      ['Dr expenditure.to-below 100000.00', 'Cr expenditure-account 100000.00'],
    ],
    ['funding-received', '469001', undefined, ['Dr fiscal-account 100000.00', 'Cr income.from-above 100000.00']],
    ['funding-received', '469001', 'income-account', ['Dr income-account 100000.00', 'Cr income.from-above 100000.00']],
  ])(
    'as a %s of %s by account %s carries no share in a fund without personal accounts',
    (kind, unit, account, entries) => {
      const when: Incoming = { kind, fund: 'resident', account };
      expect(entriesText(event([opened('resident', unit)], when).entries)).toEqual(entries);
    },
  );

  it.each([
    ['remittance-up', { toUnit: '460200' }, '/toUnit', 'not-the-unit-above', '460000 (Hainan Province)'],
    ['remittance-up', { toUnit: HAIKOU }, '/toUnit', 'not-the-unit-above', '460000 (Hainan Province)'],
    ['remittance-up', { unit: PROVINCE }, '/toUnit', 'not-the-unit-above', 'a book of a unit with one above it'],
    ['funding-received', { fromUnit: '460200' }, '/fromUnit', 'not-the-unit-above', '460000 (Hainan Province)'],
    ['funding-received', { unit: PROVINCE }, '/fromUnit', 'not-the-unit-above', 'a book of a unit with one above it'],
    ['funding-down', { unit: HAIKOU }, '/toUnit', 'not-a-unit-below', 'a book of a unit with others below it'],
    ['remittance-received', { unit: HAIKOU }, '/fromUnit', 'not-a-unit-below', 'a book of a unit with others below it'],
  ])('as a %s is refused with %j', (kind, fields, pointer, code, expected) => {
    expect(error([], { kind, ...fields })).toMatchObject({
      kind: 'refused',
      code,
      details: [{ pointer, code, expected }],
    });
  });

  it('is refused to the province itself, naming the units below it', () => {
    const { code, details } = error([], { kind: 'funding-down', toUnit: PROVINCE });
    expect(code).toBe('not-a-unit-below');
    expect(details[0]).toMatchObject({ pointer: '/toUnit', got: PROVINCE });
    expect(details[0]!.expected.split(', ')).toHaveLength(19);
  });

  it.each(['remittance-up', 'remittance-received', 'funding-down', 'funding-received'])(
    'as a %s is malformed without its transfer or with a unit nobody knows',
    (kind) => {
      const unit = kind.endsWith('received') ? 'fromUnit' : 'toUnit';
      expect(error([], { kind, transferId: undefined, [unit]: '999999' })).toMatchObject({
        kind: 'invalid',
        details: [
          { pointer: '/transferId', code: 'required' },
          { pointer: `/${unit}`, code: 'unknown-unit', got: '"999999"' },
        ],
      });
    },
  );

  it('leaves the book on the other side as it was', () => {
    const ledger = ledgerOf([opened('employee', HAIKOU), opened('employee', PROVINCE)]);
    const before = ledger.balances();
    ledger.post({ kind: 'remittance-up' });
    expect(ledger.balances()[`book-employee-${PROVINCE}`]).toEqual(before[`book-employee-${PROVINCE}`]);
  });

  it('leaves the personal accounts as they were', () => {
    const ledger = ledgerOf([opened()]);
    ledger.post({ kind: 'remittance-up' });
    expect(ledger.book('book-employee-460100').balances.get('net.personal')).toBe(-200_000_000n);
  });

  it.each(['funding-down', 'funding-received'])(
    'as %s may be a share of the gap of a year, never of a later',
    (kind) => {
      expect(event([opened('employee', '460000')], { kind, gapYear: '2024' })).toMatchObject({ gapYear: '2024' });
      expect(error([opened('employee', '460000')], { kind, gapYear: '2026' })).toMatchObject({
        code: 'gap-of-a-later-year',
      });
    },
  );
});
