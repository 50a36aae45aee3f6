import { describe, expect, it } from '@jest/globals';
import { entriesText, error, event, ledgerOf, opened } from '../../../test/given-when-then.js';

const recovery = (fields: Record<string, unknown> = {}) => ({ kind: 'recovery', ...fields });

describe('a recovery', () => {
  it("takes back this year's benefits in red and returns the money to the fiscal account", () => {
    expect(event([], recovery())).toStrictEqual({
      kind: 'recovery',
      key: 'key-recovery',
      recordedAt: '2025-06-30T04:05:06.789Z',
      policy: '1999-01-01',
      period: '2025-05',
      voucherType: 'receipt',
      voucherNumber: 1,
      fund: 'employee',
      unit: '460100',
      businessDate: '2025-05-28',
      evidence: { kind: 'bank-receipt', number: 'CZ-2025-000881', sha256: '04'.repeat(32) },
      maker: 'wang',
      reviewer: 'li',
      note: '检查追回',
      caseId: 'HK-2025-0007',
      amount: '100000.00',
      channel: 'inspection',
      lossYear: '2025',
      benefitKind: 'inpatient',
      share: 'pool',
      from: 'H46010000001',
      entries: [
        { account: 'fiscal-account', debit: '100000.00' },
        { account: 'benefits', detail: 'inpatient', share: 'pool', debit: '-100000.00' },
      ],
    });
  });

  it.each(['2024', '2019', '1999'])('of a loss of %s is other income and no red benefits', (lossYear) => {
    const { entries } = event([], recovery({ lossYear }));
    expect(entriesText(entries)).toEqual([
      'Dr fiscal-account 100000.00',
      'Cr income.other/prior-year-recoveries@pool 100000.00',
    ]);
  });

  it.each([
    ['employee', {}, 'Dr benefits/inpatient@pool -100000.00'],
    ['employee', { share: 'personal' }, 'Dr benefits/inpatient@personal -100000.00'],
    ['employee', { benefitKind: 'personal-account' }, 'Dr benefits/personal-account@personal -100000.00'],
    ['employee', { share: 'personal', lossYear: '2024' }, 'Cr income.other/prior-year-recoveries@personal 100000.00'],
    ['resident', {}, 'Dr benefits/inpatient -100000.00'],
    ['resident', { lossYear: '2024' }, 'Cr income.other/prior-year-recoveries 100000.00'],
    ['assistance', {}, 'Dr benefits/direct -100000.00'],
  ])('of the %s fund with %j posts %s', (fund, fields, entry) => {
    const when = recovery({ fund, benefitKind: undefined, share: undefined, ...fields });
    expect(entriesText(event([], when).entries)).toEqual(['Dr fiscal-account 100000.00', entry]);
  });

  it.each(['self-check', 'inspection', 'model', 'audit', 'police'])('by %s posts the same', (channel) => {
    expect(event([], recovery({ channel })).entries).toEqual(event([], recovery()).entries);
  });

  it.each([
    [{ lossYear: '2026' }, '/lossYear', 'loss-in-future', 'no later than 2025', '2026'],
    [{ benefitKind: 'personal-account' }, '/share', 'personal-account-from-pool', 'personal, or nothing', 'pool'],
    [{ fund: 'resident', share: 'personal' }, '/share', 'no-personal-accounts', 'pool, or nothing', 'personal'],
    [
      { fund: 'assistance' },
      '/benefitKind',
      'benefit-not-of-fund',
      'one of direct (Direct assistance), enrolment (Subsidised enrolment)',
      'inpatient',
    ],
  ])('is refused with %j', (fields, pointer, code, expected, got) => {
    expect(error([], recovery(fields))).toEqual({
      kind: 'refused',
      code,
      details: [{ pointer, code, expected, got }],
    });
  });

  it.each([
    ['no case', { caseId: undefined }, '/caseId', 'required'],
    ['a case that names no stream', { caseId: 'A//1' }, '/caseId', 'case-number'],
    ['a memo channel', { channel: 'reminder' }, '/channel', 'one-of'],
    ['a year of two digits', { lossYear: '25' }, '/lossYear', 'year'],
    ['a year that is a number', { lossYear: 2025 }, '/lossYear', 'year'],
  ])('is malformed with %s', (_, fields, pointer, code) => {
    expect(error([], recovery(fields))).toMatchObject({ kind: 'invalid', details: [{ pointer, code }] });
  });

  it('returns to the fund that lost it and leaves the other funds as they were', () => {
    const ledger = ledgerOf([opened('employee'), opened('resident'), opened('assistance')]);
    const before = ledger.balances();
    ledger.post(recovery({ fund: 'resident', share: undefined }));
    expect(ledger.balances()).toEqual({
      ...before,
      'book-resident-460100': {
        ...before['book-resident-460100'],
        'fiscal-account': '810000000',
        'benefits/inpatient': '-10000000',
      },
    });
  });
});
