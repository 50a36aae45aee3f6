import { describe, expect, it } from '@jest/globals';
import { BEFORE_ADOPTION } from '../../src/reference/built-in.js';
import { drawUp } from './statement.js';

const turnover = (debit: bigint, credit: bigint) => ({ debit, credit });

describe('the statement of a book', () => {
  it('keeps income whose share is not yet known apart from the pool and the personal accounts', () => {
    const received = new Map([
      ['treasury', turnover(70_00n, 0n)],
      ['pending.premiums', turnover(0n, 60_00n)],
      ['income.premiums/employer@pool', turnover(0n, 10_00n)],
    ]);
    expect(drawUp(BEFORE_ADOPTION.ever.chart, new Map(), received)).toMatchObject({
      income: 70_00n,
      closing: 70_00n,
      pool: 10_00n,
      personal: 0n,
      risk: 0n,
      pending: 60_00n,
    });
  });

  it('has nothing pending once it is allocated', () => {
    const allocated = new Map([
      ['treasury', turnover(60_00n, 0n)],
      ['pending.premiums', turnover(60_00n, 60_00n)],
      ['income.premiums/employer@pool', turnover(0n, 40_00n)],
      ['income.premiums/employer@personal', turnover(0n, 20_00n)],
    ]);
    expect(drawUp(BEFORE_ADOPTION.ever.chart, new Map(), allocated)).toMatchObject({
      closing: 60_00n,
      pool: 40_00n,
      personal: 20_00n,
      pending: 0n,
    });
  });
});
