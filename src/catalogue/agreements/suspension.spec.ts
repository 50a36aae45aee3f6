import { describe, expect, it } from '@jest/globals';
import { error, event, ledgerOf, opened } from '../../../test/given-when-then.js';

const suspension = (fields: Record<string, unknown> = {}) => ({ kind: 'payment-suspension', ...fields });
const release = (fields: Record<string, unknown> = {}) => ({ kind: 'payment-release', ...fields });
const REGISTER = 'suspension-460100-H46010000001-ZT-2025-004';

describe('the suspension of payment', () => {
  it('is recorded without entries: what is withheld stays where it is', () => {
    expect(event([], { kind: 'payment-suspension' })).toStrictEqual({
      kind: 'payment-suspension',
      key: 'key-payment-suspension',
      recordedAt: '2025-06-30T04:05:06.789Z',
      policy: expect.any(String),
      fund: 'all',
      unit: '460100',
      businessDate: '2025-04-10',
      evidence: {
        kind: 'notice',
        number: '海医保停〔2025〕4号',
        sha256: '16'.repeat(32),
      },
      maker: 'sun',
      reviewer: 'zhou',
      note: '核查期间暂停拨付',
      suspensionId: 'ZT-2025-004',
      provider: 'H46010000001',
      ground: 'investigation',
      withheld: '80000.00',
      caseId: 'HK-2025-0007',
      findings: [],
    });
  });

  it('leaves every balance as it was', () => {
    const ledger = ledgerOf([opened('employee')]);
    const before = ledger.balances();
    ledger.post(suspension());
    expect(ledger.balances()).toEqual({ ...before, [REGISTER]: {} });
  });

  it('may name no amount and no case', () => {
    expect(event([], suspension({ withheld: undefined, caseId: undefined })).findings).toEqual([]);
  });

  it('is refused a second time under its number, but not in another unit', () => {
    expect(error([suspension()], suspension())).toMatchObject({ code: 'stands-in-register' });
    expect(event([suspension()], suspension({ unit: '460200' })).findings).toEqual([]);
  });

  it.each([
    ['no ground', { ground: undefined }, '/ground', 'required'],
    ['no number', { suspensionId: undefined }, '/suspensionId', 'required'],
    ['a number that names no stream', { suspensionId: '-1' }, '/suspensionId', 'suspension-number'],
    ['nothing withheld', { withheld: '0.00' }, '/withheld', 'amount-format'],
  ])('is malformed with %s', (_, fields, pointer, code) => {
    expect(error([], suspension(fields))).toMatchObject({ kind: 'invalid', details: [{ pointer, code }] });
  });
});

describe('the release of payment', () => {
  it('names the suspension that it answers', () => {
    expect(event([suspension()], { kind: 'payment-release' })).toStrictEqual({
      kind: 'payment-release',
      key: 'key-payment-release',
      recordedAt: '2025-06-30T04:05:06.789Z',
      policy: expect.any(String),
      fund: 'all',
      unit: '460100',
      businessDate: '2025-06-20',
      evidence: {
        kind: 'notice',
        number: '海医保复〔2025〕2号',
        sha256: '17'.repeat(32),
      },
      maker: 'sun',
      reviewer: 'zhou',
      note: '恢复拨付',
      suspensionId: 'ZT-2025-004',
      provider: 'H46010000001',
      reason: '案件已结，违规款已退回',
      answers: 'suspension-460100-H46010000001-ZT-2025-004-0',
      findings: [],
    });
  });

  it('is refused of another suspension, another provider, and a second time', () => {
    expect(error([], release())).toMatchObject({ code: 'not-in-register' });
    expect(error([suspension()], release({ suspensionId: 'ZT-2025-005' }))).toMatchObject({ code: 'not-in-register' });
    expect(error([suspension()], release({ provider: 'P46010000001' }))).toMatchObject({ code: 'not-in-register' });
    expect(error([suspension(), release()], release())).toMatchObject({
      code: 'stands-in-register',
      details: [{ got: `${REGISTER}-1` }],
    });
  });

  it('is malformed without a reason', () => {
    expect(error([], release({ reason: undefined }))).toMatchObject({
      details: [{ pointer: '/reason', code: 'required' }],
    });
  });
});
