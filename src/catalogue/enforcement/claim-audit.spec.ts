import { describe, expect, it } from '@jest/globals';
import { error, event, ledgerOf, opened } from '../../../test/given-when-then.js';

const audit = (fields: Record<string, unknown> = {}) => ({ kind: 'claim-audit', ...fields });

describe('a claim audit', () => {
  it('is recorded without entries: what it avoided never left the fund', () => {
    expect(event([], audit())).toStrictEqual({
      kind: 'claim-audit',
      key: 'key-claim-audit',
      recordedAt: '2025-06-30T04:05:06.789Z',
      policy: '1999-01-01',
      fund: 'employee',
      unit: '460100',
      businessDate: '2025-05-31',
      evidence: { kind: 'audit-sheet', number: 'ZNSH-2025-05-001', sha256: '0d'.repeat(32) },
      maker: 'sun',
      reviewer: 'zhou',
      note: '五月智能审核拒付',
      amount: '36500.00',
      channel: 'refusal',
      provider: 'H46010000001',
      claims: 42,
      findings: [],
    });
  });

  it.each(['reminder', 'refusal'])('by %s leaves every balance of every book as it was', (channel) => {
    const ledger = ledgerOf([opened('employee'), opened('resident')]);
    const before = ledger.balances();
    ledger.post(audit({ channel }));
    expect({ ...before, 'provider-H46010000001': {} }).toEqual(ledger.balances());
  });

  it.each([
    ['H46010000001', 0],
    ['P46020000002', 0],
    ['H4601000001', 1],
    ['h46010000001', 1],
    ['D46010000001', 1],
    ['H460100000011', 1],
  ])('of provider %s has %i findings and is recorded all the same', (provider, findings) => {
    const recorded = event([], audit({ provider }));
    expect(recorded.findings).toEqual(
      Array.from({ length: findings }, () => ({
        pointer: '/provider',
        code: 'provider-code',
        expected: expect.anything(),
        got: provider,
      })),
    );
  });

  it('stands in the stream of its provider, whatever the fund', () => {
    const ledger = ledgerOf([audit(), audit({ fund: 'resident' })]);
    expect(ledger.book('provider-H46010000001').revision).toBe(1);
  });

  it.each([
    ['a cash channel', { channel: 'inspection' }, '/channel', 'one-of'],
    ['no provider', { provider: undefined }, '/provider', 'required'],
    ['a provider that names no stream', { provider: 'H/1' }, '/provider', 'provider-number'],
    ['no claim', { claims: 0 }, '/claims', 'count'],
    ['half a claim', { claims: 1.5 }, '/claims', 'count'],
    ['nothing avoided', { amount: '0.00' }, '/amount', 'amount-format'],
  ])('is malformed with %s', (_, fields, pointer, code) => {
    expect(error([], audit(fields))).toMatchObject({ kind: 'invalid', details: [{ pointer, code }] });
  });

  it.each([
    ['a day ahead', { businessDate: '2027-01-01' }, '/businessDate', 'date-in-future'],
    ['its maker as reviewer', { reviewer: 'sun' }, '/reviewer', 'maker-is-reviewer'],
  ])('is refused with %s', (_, fields, pointer, code) => {
    expect(error([], audit(fields))).toMatchObject({ kind: 'refused', code, details: [{ pointer, code }] });
  });
});
