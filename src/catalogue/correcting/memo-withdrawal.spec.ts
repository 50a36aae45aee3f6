import { describe, expect, it } from '@jest/globals';
import { error, event, groundsOf, kindOf, ledgerOf } from '../../../test/given-when-then.js';

import { COMMAND_KINDS } from '../registry.js';

const withdrawal = (fields: Record<string, unknown> = {}) => ({ kind: 'memo-withdrawal', ...fields });
const MEMOS = COMMAND_KINDS.filter(({ form, kind }) => form === 'memo' && kind !== 'memo-withdrawal').map(
  ({ kind }) => kind,
);

describe('the withdrawal of a memo', () => {
  it('stands in the stream of what it withdraws', () => {
    expect(event([{ kind: 'penalty' }], { kind: 'memo-withdrawal' })).toStrictEqual({
      kind: 'memo-withdrawal',
      key: 'key-memo-withdrawal',
      recordedAt: '2025-06-30T04:05:06.789Z',
      policy: expect.any(String),
      fund: 'employee',
      unit: '460100',
      businessDate: '2025-08-29',
      evidence: {
        kind: 'decision',
        number: '琼府复决〔2025〕31号',
        sha256: '20'.repeat(32),
      },
      maker: 'sun',
      reviewer: 'zhou',
      note: '复议决定撤销原处罚',
      withdraws: 'case-HK-2025-0007-0',
      reason: 'annulled-on-review',
      findings: [],
    });
  });

  it.each(MEMOS)('takes back a %s once', (kind) => {
    const ledger = ledgerOf(groundsOf(kind));
    ledger.post({ kind });
    const [stream, revision] = Object.keys(ledger.balances())
      .map((name) => [name, ledger.book(name).revision] as const)
      .at(-1)!;
    const { fund, unit } = kindOf(kind).example;
    const back = withdrawal({ withdraws: `${stream}-${revision}`, fund, unit, businessDate: '2026-02-01' });
    expect(ledger.post(back).withdraws).toBe(`${stream}-${revision}`);
    expect(() => ledger.post(back)).toThrow('already-withdrawn');
  });

  it.each([
    ['a voucher', { withdraws: 'book-employee-460100-0' }, '/withdraws', 'memo-id'],
    ['a stream', { withdraws: 'case-HK-2025-0007-' }, '/withdraws', 'memo-id'],
    ['no reason', { reason: undefined }, '/reason', 'required'],
    ['an unknown reason', { reason: 'regret' }, '/reason', 'one-of'],
  ])('is malformed with %s', (_, fields, pointer, code) => {
    expect(error([], withdrawal(fields))).toMatchObject({ kind: 'invalid', details: [{ pointer, code }] });
  });

  it('is made by two people', () => {
    expect(error([{ kind: 'penalty' }], withdrawal({ reviewer: 'sun' }))).toMatchObject({ code: 'maker-is-reviewer' });
  });

  it('lets a penalty be imposed again', () => {
    expect(event([{ kind: 'penalty' }, withdrawal()], { kind: 'penalty', amount: '150000.00' }).findings).toEqual([]);
  });
});
