import { describe, expect, it } from '@jest/globals';
import { isBetweenLevels, kindOf } from './account-kinds.js';
import { BEFORE_ADOPTION, BUILT_IN } from './built-in.js';

const { chart, funds, units, below } = ((ever) => ({ ...ever, below: ever.below.bind(ever) }))(BEFORE_ADOPTION.ever);
const KINDS: Readonly<Record<string, string>> = {
  '1': 'asset',
  '2': 'liability',
  '3': 'net',
  '4': 'income',
  '5': 'expenditure',
};

describe('the chart of accounts', () => {
  it('has each key and each number once', () => {
    for (const each of ['key', 'number'] as const)
      expect(new Set(BUILT_IN.rows.accounts.map((row) => row[each])).size).toBe(BUILT_IN.rows.accounts.length);
  });

  it.each(BUILT_IN.rows.accounts.map(({ key, number }) => [key, number] as const))(
    '%s is of the sort of %s',
    (key, number) => {
      expect(kindOf(key)).toBe(KINDS[number[0]!]);
    },
  );

  it.each([
    ['cash', '1001', '库存现金'],
    ['income-account', '1002', '收入户存款'],
    ['fiscal-account', '1003', '财政专户存款'],
    ['expenditure-account', '1004', '支出户存款'],
    ['treasury', '1005', '国库存款'],
    ['bonds', '1201', '债券投资'],
    ['loans', '2101', '借入款项'],
    ['income.premiums', '4001', '社会保险费收入'],
    ['income.subsidy', '4101', '财政补贴收入'],
    ['income.interest', '4201', '利息收入'],
    ['income.transfer-in', '4301', '转移收入'],
    ['income.from-above', '4401', '上级补助收入'],
    ['income.from-below', '4402', '下级上解收入'],
    ['income.other', '4501', '其他收入'],
    ['pending.premiums', '4601', '待转社会保险费收入'],
    ['pending.interest', '4602', '待转利息收入'],
    ['benefits', '5001', '社会保险待遇支出'],
    ['serious-illness', '5101', '大病保险支出'],
    ['expenditure.transfer-out', '5201', '转移支出'],
    ['expenditure.to-above', '5301', '上解上级支出'],
    ['expenditure.to-below', '5302', '补助下级支出'],
    ['expenditure.other', '5401', '其他支出'],
  ])('%s has the number %s and the name %s of the accounting system', (key, number, zh) => {
    expect(chart.find(key)).toMatchObject({ number, name: { zh } });
  });

  it('eliminates exactly the four flows between levels', () => {
    expect(chart.all.filter(({ key }) => isBetweenLevels(key)).map(({ key }) => key)).toEqual([
      'income.from-above',
      'income.from-below',
      'expenditure.to-below',
      'expenditure.to-above',
    ]);
  });

  it('knows fines only to say that no entry may use them', () => {
    expect(chart.find('income.fines')?.closed?.en).toBe('fines go to the treasury and are never income of a fund');
  });

  it('names no fund that does not exist', () => {
    for (const { funds: named } of BUILT_IN.rows.accounts)
      for (const fund of named) expect(funds.codes).toContain(fund);
  });
});

describe('funds and units', () => {
  it('personal accounts are the employee fund’s alone; a fund that is not adopted is not found', () => {
    expect(funds.all.filter(({ personalAccounts }) => personalAccounts).map(({ key }) => key)).toEqual(['employee']);
    expect(funds.find('long-term-care')).toBeUndefined();
  });

  it('one province has 19 units below it', () => {
    expect(units.all.filter(({ parent }) => parent === undefined).map(({ code }) => code)).toEqual(['460000']);
    expect(below('460000')).toHaveLength(19);
    expect(units.find('469030')?.name.zh).toBe('琼中黎族苗族自治县');
    expect(units.find('110000')).toBeUndefined();
  });
});
