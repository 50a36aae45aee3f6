import { describe, expect, it } from '@jest/globals';
import { error, event, ledgerOf } from '../../../test/given-when-then.js';

const opening = (fields: Record<string, unknown> = {}) => ({ kind: 'case-opening', ...fields });
const closing = (fields: Record<string, unknown> = {}) => ({ kind: 'case-closing', ...fields });

describe('the opening of a case', () => {
  it('is recorded of no fund in particular, without entries', () => {
    expect(event([], { kind: 'case-opening' })).toStrictEqual({
      kind: 'case-opening',
      key: 'key-case-opening',
      recordedAt: '2025-06-30T04:05:06.789Z',
      policy: expect.any(String),
      fund: 'all',
      unit: '460100',
      businessDate: '2025-04-08',
      evidence: {
        kind: 'case-file',
        number: '海医保立〔2025〕7号',
        sha256: '11'.repeat(32),
      },
      maker: 'sun',
      reviewer: 'zhou',
      note: '疑似超标准收费',
      caseId: 'HK-2025-0007',
      party: 'H46010000001',
      origin: 'data-model',
      estimatedLoss: '120000.00',
      findings: [],
    });
  });

  it('stands beside a penalty and a recovery of the case, which need it not', () => {
    const ledger = ledgerOf([{ kind: 'penalty' }, opening(), { kind: 'recovery' }]);
    expect(ledger.book('case-HK-2025-0007').revision).toBe(1);
  });

  it('is refused a second time, and recorded of another case', () => {
    expect(error([opening()], opening({ unit: '460200' }))).toMatchObject({
      kind: 'refused',
      code: 'stands-in-register',
      details: [{ pointer: '', got: 'case-HK-2025-0007-0' }],
    });
    expect(event([opening()], opening({ caseId: 'HK-2025-0008' })).kind).toBe('case-opening');
  });

  it.each([
    ['no case', { caseId: undefined }, '/caseId', 'required'],
    ['no party', { party: undefined }, '/party', 'required'],
    ['an unknown origin', { origin: 'rumour' }, '/origin', 'one-of'],
    ['an estimate of nothing', { estimatedLoss: '0.00' }, '/estimatedLoss', 'amount-format'],
  ])('is malformed with %s', (_, fields, pointer, code) => {
    expect(error([], opening(fields))).toMatchObject({ kind: 'invalid', details: [{ pointer, code }] });
  });
});

describe('the closing of a case', () => {
  it('names the opening that it answers', () => {
    expect(event([opening()], { kind: 'case-closing' })).toStrictEqual({
      kind: 'case-closing',
      key: 'key-case-closing',
      recordedAt: '2025-06-30T04:05:06.789Z',
      policy: expect.any(String),
      fund: 'all',
      unit: '460100',
      businessDate: '2025-06-20',
      evidence: {
        kind: 'case-file',
        number: '海医保结〔2025〕7号',
        sha256: '12'.repeat(32),
      },
      maker: 'sun',
      reviewer: 'zhou',
      note: '已处罚并追回',
      caseId: 'HK-2025-0007',
      outcome: 'substantiated',
      answers: 'case-HK-2025-0007-0',
      findings: [],
    });
  });

  it('may be by another unit than the opening', () => {
    expect(event([opening()], closing({ unit: '460000' })).answers).toBe('case-HK-2025-0007-0');
  });

  it('is refused of a case that was not opened, and a second time', () => {
    expect(error([], closing())).toMatchObject({ kind: 'refused', code: 'not-in-register' });
    expect(error([opening(), closing()], closing())).toMatchObject({
      kind: 'refused',
      code: 'stands-in-register',
      details: [{ pointer: '', got: 'case-HK-2025-0007-1' }],
    });
  });

  it('lets a recovery of the case come in all the same', () => {
    expect(event([opening(), closing()], { kind: 'recovery', businessDate: '2025-07-01' }).caseId).toBe('HK-2025-0007');
  });

  it('is malformed with an unknown outcome', () => {
    expect(error([], closing({ outcome: 'won' }))).toMatchObject({
      kind: 'invalid',
      details: [{ pointer: '/outcome', code: 'one-of' }],
    });
  });
});
