import { describe, expect, it } from '@jest/globals';
import { error, event, ledgerOf, opened } from '../../../test/given-when-then.js';

const penalty = (fields: Record<string, unknown> = {}) => ({ kind: 'penalty', suspensionMonths: undefined, ...fields });

describe('a penalty', () => {
  it('is recorded without entries, with what looks wrong', () => {
    expect(event([], { kind: 'penalty' })).toStrictEqual({
      kind: 'penalty',
      key: 'key-penalty',
      recordedAt: '2025-06-30T04:05:06.789Z',
      policy: '1999-01-01',
      fund: 'employee',
      unit: '460100',
      businessDate: '2025-06-12',
      evidence: { kind: 'decision', number: '琼医保罚〔2025〕7号', sha256: '0c'.repeat(32) },
      maker: 'sun',
      reviewer: 'zhou',
      note: '超标准收费',
      caseId: 'HK-2025-0007',
      amount: '250000.00',
      article: '38',
      party: 'H46010000001',
      base: '100000.00',
      suspensionMonths: 6,
      treasuryReceipt: 'GK-2025-000071',
      findings: [
        {
          pointer: '/amount',
          code: 'fine-out-of-range',
          expected: { zh: '100000.00 至 200000.00', en: '100000.00 to 200000.00' },
          got: '250000.00',
        },
      ],
    });
  });

  it.each([
    ['38', '100000.00', '99999.99', '100000.00 to 200000.00'],
    ['38', '100000.00', '100000.00', undefined],
    ['38', '100000.00', '200000.00', undefined],
    ['38', '100000.00', '200000.01', '100000.00 to 200000.00'],
    ['38', undefined, '150000.00', 'the loss or fraud the fine is a multiple of'],
    ['39', undefined, '9999.99', '10000.00 to 50000.00'],
    ['39', undefined, '10000.00', undefined],
    ['39', undefined, '50000.00', undefined],
    ['39', '1.00', '50000.01', '10000.00 to 50000.00'],
    ['40', '50000.00', '99999.99', '100000.00 to 250000.00'],
    ['40', '50000.00', '100000.00', undefined],
    ['40', '50000.00', '250000.00', undefined],
    ['40', '50000.00', '250000.01', '100000.00 to 250000.00'],
    ['40', undefined, '100000.00', 'the loss or fraud the fine is a multiple of'],
    ['41', '0.01', '0.01', '0.02 to 0.05'],
    ['41', '0.01', '0.05', undefined],
    ['41', undefined, '100.00', 'the loss or fraud the fine is a multiple of'],
  ])('under article %s, base %s, fine %s has the finding: %s', (article, base, amount, expected) => {
    const { findings } = event([], penalty({ article, base, amount }));
    expect(findings!.map((finding) => finding.expected.en)).toEqual(expected === undefined ? [] : [expected]);
  });

  it.each([
    ['38', 5, '6 to 12 months'],
    ['38', 6, undefined],
    ['38', 12, undefined],
    ['38', 13, '6 to 12 months'],
    ['39', 1, 'no suspension: the article knows none'],
    ['40', 5, '6 to 12 months'],
    ['40', 12, undefined],
    ['41', 2, '3 to 12 months'],
    ['41', 3, undefined],
    ['41', 13, '3 to 12 months'],
  ])('under article %s with %i months of suspension has the finding: %s', (article, suspensionMonths, expected) => {
    const amount = article === '39' ? '10000.00' : '20000.00';
    const { findings } = event([], penalty({ article, suspensionMonths, base: '10000.00', amount }));
    const wanted = { pointer: '/suspensionMonths', code: 'suspension-out-of-range', got: `${suspensionMonths}` };
    expect(findings!.map((finding) => ({ ...finding, expected: finding.expected.en }))).toEqual(
      expected === undefined ? [] : [{ ...wanted, expected }],
    );
  });

  it('leaves every balance, number and revision of every book as it was', () => {
    const ledger = ledgerOf([opened('employee'), opened('resident'), { kind: 'recovery' }]);
    const before = ledger.book('book-employee-460100');
    const balances = ledger.balances();
    ledger.post({ kind: 'penalty' });
    expect(ledger.book('book-employee-460100')).toEqual(before);
    expect({ 'case-HK-2025-0007': {}, ...balances }).toEqual(ledger.balances());
  });

  it('stands in the stream of its case, after the penalties before it', () => {
    const ledger = ledgerOf([penalty(), penalty({ party: 'H46010000002' })]);
    expect(ledger.book('case-HK-2025-0007').revision).toBe(1);
    expect(ledger.book('case-HK-2025-0007').balances.size).toBe(0);
  });

  it.each([
    ['a day ahead', { businessDate: '2027-01-01' }, '/businessDate', 'date-in-future'],
    ['its maker as reviewer', { reviewer: 'sun' }, '/reviewer', 'maker-is-reviewer'],
  ])('is refused with %s', (_, fields, pointer, code) => {
    expect(error([], penalty(fields))).toMatchObject({ kind: 'refused', code, details: [{ pointer, code }] });
  });

  it.each([
    ['no case', { caseId: undefined }, '/caseId', 'required'],
    ['a case number ending in a mark', { caseId: 'A-' }, '/caseId', 'case-number'],
    ['a case number too long', { caseId: 'A'.repeat(65) }, '/caseId', 'case-number'],
    ['an article without fines', { article: '37' }, '/article', 'one-of'],
    ['no party', { party: undefined }, '/party', 'required'],
    ['no months', { suspensionMonths: 0 }, '/suspensionMonths', 'count'],
    ['a zero fine', { amount: '0' }, '/amount', 'amount-format'],
  ])('is malformed with %s', (_, fields, pointer, code) => {
    expect(error([], penalty(fields))).toMatchObject({ kind: 'invalid', details: [{ pointer, code }] });
  });
});
