import { describe, expect, it } from '@jest/globals';
import { error, event } from '../../../test/given-when-then.js';

const receipt = (fields: Record<string, unknown> = {}) => ({ kind: 'lead-receipt', ...fields });
const dispatch = (fields: Record<string, unknown> = {}) => ({ kind: 'lead-dispatch', ...fields });
const closing = (fields: Record<string, unknown> = {}) => ({ kind: 'lead-closing', ...fields });

describe('the receipt of a lead', () => {
  it('is recorded before there is a case', () => {
    expect(event([], { kind: 'lead-receipt' })).toStrictEqual({
      kind: 'lead-receipt',
      key: 'key-lead-receipt',
      recordedAt: '2025-06-30T04:05:06.789Z',
      policy: expect.any(String),
      fund: 'all',
      unit: '460000',
      businessDate: '2025-03-11',
      evidence: {
        kind: 'lead-sheet',
        number: 'XS-2025-0031',
        sha256: '13'.repeat(32),
      },
      maker: 'sun',
      reviewer: 'zhou',
      note: '反映重复收费',
      leadId: 'XS-2025-0031',
      origin: 'report',
      party: 'H46010000001',
      findings: [],
    });
  });

  it('is refused a second time', () => {
    expect(error([receipt()], receipt({ origin: 'media' }))).toMatchObject({ code: 'stands-in-register' });
  });

  it('may name nobody', () => {
    expect(event([], receipt({ party: undefined })).kind).toBe('lead-receipt');
  });

  it.each([
    ['no number', { leadId: undefined }, '/leadId', 'required'],
    ['a number that names no stream', { leadId: 'XS 1' }, '/leadId', 'lead-number'],
  ])('is malformed with %s', (_, fields, pointer, code) => {
    expect(error([], receipt(fields))).toMatchObject({ kind: 'invalid', details: [{ pointer, code }] });
  });
});

describe('the dispatch of a lead', () => {
  it('names the receipt that it answers', () => {
    expect(event([receipt()], { kind: 'lead-dispatch' })).toStrictEqual({
      kind: 'lead-dispatch',
      key: 'key-lead-dispatch',
      recordedAt: '2025-06-30T04:05:06.789Z',
      policy: expect.any(String),
      fund: 'all',
      unit: '460000',
      businessDate: '2025-03-14',
      evidence: {
        kind: 'dispatch-letter',
        number: '琼医保交〔2025〕31号',
        sha256: '14'.repeat(32),
      },
      maker: 'sun',
      reviewer: 'zhou',
      note: '交海口市核查',
      leadId: 'XS-2025-0031',
      handledBy: '460100',
      due: '2025-06-14',
      answers: 'lead-XS-2025-0031-0',
      findings: [],
    });
  });

  it('may come again, to another unit', () => {
    expect(event([receipt(), dispatch()], dispatch({ handledBy: '460200' })).answers).toBe('lead-XS-2025-0031-0');
  });

  it('is due before it is dispatched only with a finding', () => {
    expect(event([receipt()], dispatch({ due: '2025-03-13' })).findings).toMatchObject([
      { pointer: '/due', code: 'due-before-dispatch', got: '2025-03-13' },
    ]);
    expect(event([receipt()], dispatch({ due: '2025-03-14' })).findings).toEqual([]);
  });

  it('is refused of a lead that was not received, or is closed', () => {
    expect(error([], dispatch())).toMatchObject({ code: 'not-in-register' });
    expect(error([receipt(), closing()], dispatch({ businessDate: '2025-05-01' }))).toMatchObject({
      code: 'stands-in-register',
      details: [{ got: 'lead-XS-2025-0031-1' }],
    });
  });
});

describe('the closing of a lead', () => {
  it('names the case that it led to', () => {
    expect(event([receipt()], { kind: 'lead-closing' })).toStrictEqual({
      kind: 'lead-closing',
      key: 'key-lead-closing',
      recordedAt: '2025-06-30T04:05:06.789Z',
      policy: expect.any(String),
      fund: 'all',
      unit: '460100',
      businessDate: '2025-04-08',
      evidence: {
        kind: 'lead-sheet',
        number: 'XS-2025-0031-J',
        sha256: '15'.repeat(32),
      },
      maker: 'sun',
      reviewer: 'zhou',
      note: '线索属实，立案',
      leadId: 'XS-2025-0031',
      outcome: 'case-opened',
      caseId: 'HK-2025-0007',
      answers: 'lead-XS-2025-0031-0',
      findings: [],
    });
  });

  it('of a lead that led to no case names none', () => {
    const unfounded = { outcome: 'unfounded', caseId: undefined };
    expect(event([receipt(), dispatch()], closing(unfounded)).answers).toBe('lead-XS-2025-0031-0');
  });

  it.each([
    [{ caseId: undefined }, 'the number of the case', 'nothing'],
    [{ outcome: 'unfounded' }, 'nothing', 'HK-2025-0007'],
    [{ outcome: 'handled' }, 'nothing', 'HK-2025-0007'],
  ])('is refused with %j', (fields, expected, got) => {
    expect(error([receipt()], closing(fields))).toEqual({
      kind: 'refused',
      code: 'case-of-lead',
      details: [{ pointer: '/caseId', code: 'case-of-lead', expected, got }],
    });
  });

  it('is refused without a receipt, and a second time', () => {
    expect(error([], closing())).toMatchObject({ code: 'not-in-register' });
    expect(error([receipt(), closing()], closing())).toMatchObject({ code: 'stands-in-register' });
  });
});
