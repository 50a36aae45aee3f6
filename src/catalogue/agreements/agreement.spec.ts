import { describe, expect, it } from '@jest/globals';
import { error, event } from '../../../test/given-when-then.js';

const signing = (fields: Record<string, unknown> = {}) => ({ kind: 'agreement-signing', ...fields });
const suspension = (fields: Record<string, unknown> = {}) => ({ kind: 'agreement-suspension', ...fields });
const termination = (fields: Record<string, unknown> = {}) => ({ kind: 'agreement-termination', ...fields });
const AGREEMENT = 'agreement-460100-H46010000001-XY-2025-0012';

describe('the signing of an agreement', () => {
  it('is recorded of no fund in particular', () => {
    expect(event([], { kind: 'agreement-signing' })).toStrictEqual({
      kind: 'agreement-signing',
      key: 'key-agreement-signing',
      recordedAt: '2025-06-30T04:05:06.789Z',
      policy: expect.any(String),
      fund: 'all',
      unit: '460100',
      businessDate: '2024-12-25',
      evidence: {
        kind: 'agreement',
        number: 'XY-2025-0012',
        sha256: '18'.repeat(32),
      },
      maker: 'sun',
      reviewer: 'zhou',
      note: '二〇二五年度定点协议',
      agreementId: 'XY-2025-0012',
      provider: 'H46010000001',
      validFrom: '2025-01-01',
      validTo: '2025-12-31',
      findings: [],
    });
  });

  it('may be for a day, and is refused where it ends before it begins', () => {
    expect(event([], signing({ validTo: '2025-01-01' })).findings).toEqual([]);
    expect(error([], signing({ validTo: '2024-12-31' }))).toEqual({
      kind: 'refused',
      code: 'ends-before-it-begins',
      details: [
        {
          pointer: '/validTo',
          code: 'ends-before-it-begins',
          expected: 'no earlier than 2025-01-01',
          got: '2024-12-31',
        },
      ],
    });
  });

  it('is refused a second time under its number, but not in another unit or with another provider', () => {
    expect(error([signing()], signing())).toMatchObject({
      code: 'stands-in-register',
      details: [{ got: `${AGREEMENT}-0` }],
    });
    for (const other of [{ unit: '460200' }, { provider: 'P46010000001' }, { agreementId: 'XY-2025-0013' }])
      expect(event([signing()], signing(other)).findings).toEqual([]);
  });

  it('with a code that is written in another way has a finding', () => {
    expect(event([], signing({ provider: 'X1' })).findings).toMatchObject([{ code: 'provider-code' }]);
  });
});

describe('the suspension of an agreement', () => {
  it('names the signing that it answers', () => {
    expect(event([signing()], { kind: 'agreement-suspension' })).toStrictEqual({
      kind: 'agreement-suspension',
      key: 'key-agreement-suspension',
      recordedAt: '2025-06-30T04:05:06.789Z',
      policy: expect.any(String),
      fund: 'all',
      unit: '460100',
      businessDate: '2025-06-20',
      evidence: {
        kind: 'notice',
        number: '海医保中〔2025〕1号',
        sha256: '19'.repeat(32),
      },
      maker: 'sun',
      reviewer: 'zhou',
      note: '中止协议六个月',
      agreementId: 'XY-2025-0012',
      provider: 'H46010000001',
      ground: 'violation',
      until: '2025-12-19',
      answers: 'agreement-460100-H46010000001-XY-2025-0012-0',
      findings: [],
    });
  });

  it('may come again', () => {
    expect(event([signing(), suspension()], suspension({ businessDate: '2025-09-01' })).answers).toBe(`${AGREEMENT}-0`);
  });

  it('is refused where it ends before it begins', () => {
    expect(event([signing()], suspension({ until: '2025-06-20' })).until).toBe('2025-06-20');
    expect(error([signing()], suspension({ until: '2025-06-19' }))).toMatchObject({ code: 'ends-before-it-begins' });
  });

  it('is refused of what was not signed, with another provider, or terminated', () => {
    expect(error([], suspension())).toMatchObject({ code: 'not-in-register' });
    expect(error([signing()], suspension({ provider: 'P46010000001' }))).toMatchObject({ code: 'not-in-register' });
    const late = { businessDate: '2025-10-01' };
    expect(error([signing(), termination()], suspension(late))).toMatchObject({ code: 'stands-in-register' });
  });
});

describe('the termination of an agreement', () => {
  it('names the signing that it answers', () => {
    expect(event([signing(), suspension()], { kind: 'agreement-termination' })).toStrictEqual({
      kind: 'agreement-termination',
      key: 'key-agreement-termination',
      recordedAt: '2025-06-30T04:05:06.789Z',
      policy: expect.any(String),
      fund: 'all',
      unit: '460100',
      businessDate: '2025-09-30',
      evidence: {
        kind: 'notice',
        number: '海医保解〔2025〕1号',
        sha256: '1a'.repeat(32),
      },
      maker: 'sun',
      reviewer: 'zhou',
      note: '解除定点协议',
      agreementId: 'XY-2025-0012',
      provider: 'H46010000001',
      ground: 'breach',
      answers: 'agreement-460100-H46010000001-XY-2025-0012-0',
      findings: [],
    });
  });

  it('is refused of what was not signed, and a second time', () => {
    expect(error([], termination())).toMatchObject({ code: 'not-in-register' });
    expect(error([signing(), termination()], termination())).toMatchObject({
      code: 'stands-in-register',
      details: [{ got: `${AGREEMENT}-1` }],
    });
  });

  it('is malformed with an unknown ground', () => {
    expect(error([], termination({ ground: 'other' }))).toMatchObject({
      details: [{ pointer: '/ground', code: 'one-of' }],
    });
  });
});
