import { describe, expect, it } from '@jest/globals';
import { CHART_OF_ACCOUNTS, findAccount } from './chart-of-accounts.js';
import { ENABLED_FUNDS, findFund } from './funds.js';
import { findUnit, UNITS } from './units.js';

describe('the chart of accounts', () => {
  it('has each key and each number once', () => {
    expect(new Set(CHART_OF_ACCOUNTS.map(({ key }) => key)).size).toBe(CHART_OF_ACCOUNTS.length);
    expect(new Set(CHART_OF_ACCOUNTS.map(({ number }) => number)).size).toBe(CHART_OF_ACCOUNTS.length);
  });

  it.each([
    ['1', 'asset'],
    ['2', 'liability'],
    ['3', 'net'],
    ['4', 'income'],
    ['5', 'expenditure'],
  ])('numbers beginning with %s are %s', (digit, kind) => {
    const kinds = CHART_OF_ACCOUNTS.filter(({ number }) => number.startsWith(digit)).map((account) => account.kind);
    expect(new Set(kinds)).toEqual(new Set([kind]));
  });

  it('eliminates exactly the four flows between levels', () => {
    expect(CHART_OF_ACCOUNTS.filter(({ eliminated }) => eliminated).map(({ key }) => key)).toEqual([
      'income.from-above',
      'income.from-below',
      'expenditure.to-below',
      'expenditure.to-above',
    ]);
  });

  it('knows fines only to say that no entry may use them', () => {
    expect(findAccount('income.fines')?.closed?.en).toBe('fines go to the treasury and are never income of a fund');
  });

  it('names no fund that does not exist', () => {
    const funds = new Set(ENABLED_FUNDS.map(({ key }) => key));
    for (const account of CHART_OF_ACCOUNTS) for (const fund of account.funds ?? []) expect(funds).toContain(fund);
  });
});

describe('funds and units', () => {
  it('personal accounts are the employee fund’s alone; a fund that is switched off is not found', () => {
    expect(ENABLED_FUNDS.filter(({ personalAccounts }) => personalAccounts).map(({ key }) => key)).toEqual([
      'employee',
    ]);
    expect(findFund('long-term-care')).toBeUndefined();
  });

  it('one province has 19 units below it', () => {
    expect(UNITS.filter(({ parent }) => parent === undefined).map(({ code }) => code)).toEqual(['460000']);
    expect(UNITS.filter(({ parent }) => parent === '460000')).toHaveLength(19);
    expect(findUnit('469030')?.name.zh).toBe('琼中黎族苗族自治县');
    expect(findUnit('110000')).toBeUndefined();
  });
});
