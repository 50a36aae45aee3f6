import { describe, expect, it } from '@jest/globals';
import { type ClosingState, CONDITIONS } from './conditions.js';

const equation = CONDITIONS.find(({ name }) => name === 'equation')!;
const asked = { kind: 'period-close', businessDate: '2025-05-31', poolShare: undefined };

/** A book as a close looks at it: what its lines hold, and what moved on them in June. */
const book = (balances: Record<string, bigint>, june: Record<string, bigint> = {}): ClosingState =>
  ({
    balances: new Map(Object.entries(balances)),
    months: new Map([['2025-06', new Map(Object.entries(june))]]),
  }) as unknown as ClosingState;

describe('the balance equation at a close', () => {
  it('holds where all lines together are nothing', () => {
    expect(equation.objections(book({ 'fiscal-account': 70n, 'net.pool': -100n, benefits: 30n }), asked)).toEqual([]);
  });

  it('is of the period, whatever moved behind it', () => {
    const later = book({ 'fiscal-account': 75n, 'net.pool': -70n }, { 'fiscal-account': 5n });
    expect(equation.objections(later, asked)).toEqual([]);
  });

  it('is named with its difference where it does not', () => {
    expect(equation.objections(book({ 'fiscal-account': 71n, 'net.pool': -70n }), asked)).toMatchObject([
      { kind: 'refused', code: 'unbalanced', details: [{ pointer: '/businessDate', got: '0.01' }] },
    ]);
  });
});
