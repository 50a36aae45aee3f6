import { describe, expect, it } from '@jest/globals';
import { entriesText, error, event, opened } from '../../../test/given-when-then.js';

const reimbursement = (fields: Record<string, unknown> = {}) => ({ kind: 'third-party-reimbursement', ...fields });

describe('a reimbursement by a third party', () => {
  it('of this year takes this year’s benefits back in red', () => {
    expect(event([opened('resident')], reimbursement())).toStrictEqual({
      kind: 'third-party-reimbursement',
      key: 'key-third-party-reimbursement',
      recordedAt: '2025-06-30T04:05:06.789Z',
      policy: '1999-01-01',
      period: '2025-05',
      voucherType: 'receipt',
      voucherNumber: 1,
      fund: 'resident',
      unit: '460100',
      businessDate: '2025-05-29',
      evidence: { kind: 'bank-receipt', number: 'XX-2025-000031', sha256: '4e'.repeat(32) },
      maker: 'wang',
      reviewer: 'li',
      note: '交通事故医疗费先行支付追偿',
      amount: '18600.00',
      thirdParty: 'T-2025-0031',
      paidYear: '2025',
      benefitKind: 'inpatient',
      entries: [
        { account: 'fiscal-account', debit: '18600.00' },
        { account: 'benefits', detail: 'inpatient', debit: '-18600.00' },
      ],
    });
  });

  it.each([
    ['resident', { paidYear: '2024' }, 'Cr income.other/prior-year-recoveries 18600.00'],
    ['employee', { paidYear: '2024' }, 'Cr income.other/prior-year-recoveries@pool 18600.00'],
    ['employee', { share: 'personal' }, 'Dr benefits/inpatient@personal -18600.00'],
    ['employee', {}, 'Dr benefits/inpatient@pool -18600.00'],
  ])('of the %s fund with %j goes where the cost was', (fund, fields, entry) => {
    const { entries } = event([opened(fund)], reimbursement({ fund, ...fields }));
    expect(entriesText(entries)).toEqual(['Dr fiscal-account 18600.00', entry]);
  });

  it.each([
    [{ paidYear: '2026' }, '/paidYear', 'year-in-future', 'no later than 2025', '2026'],
    [
      { fund: 'assistance' },
      '/benefitKind',
      'benefit-not-of-fund',
      'one of direct (Direct assistance), enrolment (Subsidised enrolment)',
      'inpatient',
    ],
  ])('is refused with %j', (fields, pointer, code, expected, got) => {
    expect(error([], reimbursement(fields))).toEqual({
      kind: 'refused',
      code,
      details: [{ pointer, code, expected, got }],
    });
  });

  it.each([
    ['no year', { paidYear: undefined }, '/paidYear', 'required'],
    ['nobody', { thirdParty: '' }, '/thirdParty', 'reference'],
  ])('is malformed with %s', (_, fields, pointer, code) => {
    expect(error([], reimbursement(fields))).toMatchObject({ kind: 'invalid', details: [{ pointer, code }] });
  });
});
