import { describe, expect, it } from '@jest/globals';
import { entriesText, error, event, ledgerOf, opened } from '../../../test/given-when-then.js';

const movement = (fields: Record<string, unknown> = {}) => ({ kind: 'money-movement', ...fields });

const REASONS = ['treasury-to-fiscal', 'income-sweep', 'use-plan', 'term-deposit', 'bond'];
const LINES = [
  'cash',
  'income-account',
  'expenditure-account',
  'fiscal-account',
  'fiscal-account/term',
  'treasury',
  'bonds',
];
const ALLOWED: readonly (readonly [reason: string, from: string, to: string])[] = [
  ['treasury-to-fiscal', 'treasury', 'fiscal-account'],
  ['income-sweep', 'income-account', 'fiscal-account'],
  ['income-sweep', 'cash', 'income-account'],
  ['use-plan', 'fiscal-account', 'expenditure-account'],
  ['use-plan', 'expenditure-account', 'fiscal-account'],
  ['use-plan', 'expenditure-account', 'cash'],
  ['use-plan', 'cash', 'expenditure-account'],
  ['term-deposit', 'fiscal-account', 'fiscal-account/term'],
  ['term-deposit', 'fiscal-account/term', 'fiscal-account'],
  ['bond', 'fiscal-account', 'bonds'],
  ['bond', 'bonds', 'fiscal-account'],
];
const ALL = REASONS.flatMap((reason) => LINES.flatMap((from) => LINES.map((to) => [reason, from, to] as const)));
const isAllowed = (one: readonly string[]): boolean => ALLOWED.some((other) => other.join() === one.join());

/** A book that holds money on every line. */
const rich = {
  kind: 'opening-balance',
  balances: { ...Object.fromEntries(LINES.map((line) => [line, '400000.00'])), 'net.pool': '2800000.00' },
};

describe('a money movement', () => {
  it('debits where the money goes and credits where it came from', () => {
    expect(event([opened()], movement())).toStrictEqual({
      kind: 'money-movement',
      key: 'key-money-movement',
      recordedAt: '2025-06-30T04:05:06.789Z',
      policy: '1999-01-01',
      period: '2025-05',
      voucherType: 'payment',
      voucherNumber: 1,
      fund: 'employee',
      unit: '460100',
      businessDate: '2025-05-15',
      evidence: { kind: 'use-plan', number: 'YK-2025-05', sha256: '06'.repeat(32) },
      maker: 'wang',
      reviewer: 'li',
      note: '五月用款计划',
      amount: '300000.00',
      from: 'fiscal-account',
      to: 'expenditure-account',
      reason: 'use-plan',
      entries: [
        { account: 'expenditure-account', debit: '300000.00' },
        { account: 'fiscal-account', credit: '300000.00' },
      ],
    });
  });

  it.each(ALLOWED)('for %s goes from %s to %s', (reason, from, to) => {
    const { entries } = event([rich], movement({ reason, from, to }));
    expect(entriesText(entries)).toEqual([`Dr ${to} 300000.00`, `Cr ${from} 300000.00`]);
  });

  it(`is refused for each of the ${ALL.length - ALLOWED.length} other pairs, naming the allowed ones`, () => {
    for (const [reason, from, to] of ALL.filter((one) => !isAllowed(one))) {
      const pairs = ALLOWED.filter(([one]) => one === reason).map(([, one, other]) => `${one} → ${other}`);
      expect(error([rich], movement({ reason, from, to }))).toEqual({
        kind: 'refused',
        code: 'movement-not-allowed',
        details: [
          {
            pointer: '/to',
            code: 'movement-not-allowed',
            expected: `one of ${pairs.join(', ')}`,
            got: `${from} → ${to}`,
          },
        ],
      });
    }
  });

  it('is neither income nor expenditure: the sum of all balances of assets stays as it was', () => {
    const ledger = ledgerOf([rich]);
    const assets = () =>
      LINES.reduce((sum, line) => sum + (ledger.book('book-employee-460100').balances.get(line) ?? 0n), 0n);
    const before = assets();
    ledger.post(movement());
    expect(assets()).toBe(before);
    expect([...ledger.book('book-employee-460100').balances.keys()]).toEqual([...LINES, 'net.pool']);
  });

  it('is refused more than the account holds', () => {
    expect(error([rich], movement({ amount: '400000.01' }))).toEqual({
      kind: 'refused',
      code: 'below-zero',
      details: [
        { pointer: '/amount', code: 'below-zero', expected: 'at most 400000.00 (fiscal-account)', got: '400000.01' },
      ],
    });
  });

  it.each([
    ['no reason', { reason: undefined }, '/reason', 'required'],
    ['an account that holds no money', { from: 'net.pool' }, '/from', 'one-of'],
  ])('is malformed with %s', (_, fields, pointer, code) => {
    expect(error([rich], movement(fields))).toMatchObject({ kind: 'invalid', details: [{ pointer, code }] });
  });
});
