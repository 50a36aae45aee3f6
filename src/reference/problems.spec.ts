import { describe, expect, it } from '@jest/globals';
import { BEFORE_ADOPTION, BUILT_IN, BUILT_IN_BEFORE, BUILT_IN_TEXTS } from './built-in.js';
import { type TableName } from './columns.js';
import { problemsOf } from './problems.js';
import { type Cells, readSet, rowsOf, type SetCells } from './read-set.js';
import { Reference } from './reference.js';
import { writeSet } from './write-set.js';

/** What is wrong with the built-in set once some of its rows are others. */
function inSet(changes: Partial<Record<TableName, (rows: readonly Cells[]) => readonly Cells[]>>): string[] {
  const cells: SetCells = { ...BUILT_IN.cells };
  const changed = Object.entries(changes).map(([table, change]) => [table, change(cells[table as TableName])]);
  const rows = rowsOf({ ...cells, ...Object.fromEntries(changed) });
  return problemsOf(undefined, rows, true).map(({ table, row, column, code }) => `${table} ${row} ${column} ${code}`);
}

/** What is wrong with a change behind what is built in. */
const inChange = (cells: Partial<SetCells>): string[] =>
  problemsOf(BEFORE_ADOPTION, rowsOf(cells)).map(({ column, code }) => `${column} ${code}`);

const more =
  (...added: Cells[]) =>
  (rows: readonly Cells[]): readonly Cells[] => [...rows, ...added];
const without = (key: string) => (rows: readonly Cells[]) => rows.filter((row) => (row['key'] ?? row['code']) !== key);
const unit = (code: string, parent?: string, rest: Cells = {}): Cells => ({
  code,
  zh: `单位${code}`,
  en: `Unit ${code}`,
  closed: 'no',
  ...(parent && { parent }),
  ...rest,
});
const fund = (key: string, rest: Cells = {}): Cells => ({
  key,
  zh: `${key}基金`,
  en: `${key} fund`,
  personalAccounts: 'no',
  basicInsurance: 'no',
  on: 'yes',
  ...rest,
});
const LAST: Readonly<Record<TableName, number>> = {
  funds: BUILT_IN.rows.funds.length,
  units: BUILT_IN.rows.units.length,
  accounts: BUILT_IN.rows.accounts.length,
  policies: BUILT_IN.rows.policies.length,
  windows: BUILT_IN.rows.windows.length,
};
const account = BUILT_IN.cells.accounts.find(({ key }) => key === 'bonds')!;

describe('a set', () => {
  it('that is built in holds together', () => {
    expect(inSet({})).toEqual([]);
    expect(readSet(BUILT_IN_TEXTS).cells).toEqual(BUILT_IN.cells);
  });

  it.each<[string, Parameters<typeof inSet>[0], string[]]>([
    ['a unit below none', { units: more(unit('460999', '990000')) }, [`units ${LAST.units} parent no-such-unit`]],
    ['a second unit at the top', { units: more(unit('470000')) }, [`units ${LAST.units} parent one-at-the-top`]],
    [
      'no unit at the top',
      { units: (rows) => rows.map((row) => (row['parent'] ? row : { ...row, parent: '460100' })) },
      expect.arrayContaining(['units -1 parent one-at-the-top', 'units 1 parent below-itself']) as never,
    ],
    [
      'units that are below each other',
      { units: more(unit('460998', '460997'), unit('460997', '460998')) },
      [`units ${LAST.units} parent below-itself`, `units ${LAST.units + 1} parent below-itself`],
    ],
    [
      'a unit below one that is closed from a later day on',
      {
        units: more(
          unit('460997', '460998'),
          unit('460998', '460000'),
          unit('460998', '460000', { from: '2027-01-01', closed: 'yes' }),
        ),
      },
      [`units ${LAST.units} parent no-such-unit`],
    ],
    [
      'two units of one name',
      { units: more(unit('460999', '460000', { zh: '海口市' })) },
      [`units ${LAST.units} zh ambiguous`],
    ],
    [
      'two rows of one day',
      { units: more(unit('460999', '460000'), unit('460999', '460000')) },
      [`units ${LAST.units + 1}  twice`],
    ],
    ['a fund of the name of all', { funds: more(fund('all')) }, [`funds ${LAST.funds} key reserved`]],
    [
      'a number that two accounts have',
      { accounts: more({ ...account, key: 'loans/other', zh: '其他', en: 'Other', number: '2101' }) },
      expect.arrayContaining([`accounts ${LAST.accounts} number number-twice`]) as never,
    ],
    [
      'a detail without its account',
      { accounts: more({ ...account, key: 'advances.none/x', number: '1190.01', zh: '无', en: 'None' }) },
      [`accounts ${LAST.accounts} key no-such-account`],
    ],
    [
      'a number of another sort',
      { accounts: more({ ...account, key: 'bonds/x', number: '2201', zh: '无', en: 'None' }) },
      [`accounts ${LAST.accounts} number kind-of-number`],
    ],
    [
      'an account of a fund that is not there',
      { accounts: more({ ...account, key: 'bonds/x', number: '1201.01', zh: '无', en: 'None', funds: 'pension' }) },
      [`accounts ${LAST.accounts} funds unknown-fund`],
    ],
    [
      'an account that a posting rule names left out',
      { accounts: without('treasury') },
      ['accounts -1 key account-missing'],
    ],
    [
      'a parameter that nothing knows',
      { policies: more({ key: 'late-fee', scope: 'nation', value: '1', source: 'x' }) },
      [`policies ${LAST.policies} key unknown-policy`],
    ],
    [
      'a parameter with a value that is none, in a unit that is not there, for a fund that is not there',
      { policies: more({ key: 'late-fee-rate', scope: '990000', fund: 'pension', value: '5', source: 'x' }) },
      ['value policy-value', 'fund unknown-fund', 'scope unknown-unit'].map(
        (each) => `policies ${LAST.policies} ${each}`,
      ),
    ],
    [
      'a window that closes before it opens',
      {
        windows: more({ fund: 'resident', coverYear: '2030', opens: '2029-12-01', closes: '2029-09-01', source: 'x' }),
      },
      [`windows ${LAST.windows} closes window`],
    ],
  ])('has a problem with %s', (_, changes, problems) => {
    expect(inSet(changes)).toEqual(problems);
  });
});

describe('a change', () => {
  it.each<[string, Partial<SetCells>]>([
    ['a fund switched on', { funds: [fund('long-term-care', { from: '2026-01-01' })] }],
    ['a fund switched off', { funds: [fund('assistance', { from: '2026-01-01', on: 'no' })] }],
    ['a unit closed', { units: [unit('460300', '460000', { from: '2026-01-01', closed: 'yes' })] }],
    ['a unit moved under another', { units: [unit('460300', '460200', { from: '2026-01-01' })] }],
    ['an account renumbered', { accounts: [{ ...account, from: '2026-01-01', number: '1202' }] }],
    [
      'a window prolonged',
      {
        windows: [
          {
            fund: 'resident',
            coverYear: '2026',
            from: '2025-12-20',
            opens: '2025-09-01',
            closes: '2026-02-28',
            source: 'x',
          },
        ],
      },
    ],
  ])('is sound: %s', (_, cells) => {
    expect(inChange(cells)).toEqual([]);
  });

  it.each<[string, Partial<SetCells>, string[]]>([
    [
      'of a fund’s shares, by which vouchers are written',
      { funds: [fund('resident', { from: '2026-01-01', personalAccounts: 'yes' })] },
      ['personalAccounts personal-accounts-changed'],
    ],
    [
      'that closes the unit at the top',
      { units: [unit('460000', undefined, { from: '2026-01-01', closed: 'yes' })] },
      expect.arrayContaining(['parent one-at-the-top', 'parent no-such-unit']) as never,
    ],
    [
      'that puts the top below one of its own',
      { units: [unit('460000', '460100', { from: '2026-01-01' })] },
      expect.arrayContaining(['parent one-at-the-top', 'parent below-itself']) as never,
    ],
  ])('has a problem %s', (_, cells, problems) => {
    expect(inChange(cells)).toEqual(problems);
  });

  it('holds from its day on and is nothing before it, and of two the one adopted later holds', () => {
    const adopt = (known: Reference, revision: number, from: string, closed: string): Reference =>
      known.with({
        revision,
        position: revision + 1,
        rows: rowsOf({ units: [unit('460300', '460000', { from, closed })] }),
      });
    const reference = adopt(adopt(BEFORE_ADOPTION, 0, '2026-03-01', 'yes'), 1, '2026-06-01', 'no');
    const isOpen = (day: string): boolean => reference.on(day).units.has('460300');
    expect(['2026-02-28', '2026-03-01', '2026-05-31', '2026-06-01'].map(isOpen)).toEqual([true, false, false, true]);
    expect(reference.asOf(0).revision).toBeUndefined();
    expect(reference.asOf(1).on('2026-06-01').units.has('460300')).toBe(false);
  });

  it('can be written as the files of a set, which are read as the same', () => {
    const unclear = { code: '460999', zh: '=1+1', en: '1-2', parent: '460000', closed: 'no' };
    const rows = rowsOf({ units: [unclear, unit('460300', '460200', { from: '2026-01-01', closed: 'yes' })] });
    const reference = BEFORE_ADOPTION.with({ revision: 0, position: 1, rows });
    for (const each of [reference.rowsOfEveryDay, reference.rowsOn('2026-01-01')])
      expect(readSet(writeSet(each)).rows).toEqual(each);
    expect(BEFORE_ADOPTION.rowsOfEveryDay).toEqual(BUILT_IN_BEFORE);
    const again = new Reference([{ revision: 0, position: 1, rows: reference.rowsOfEveryDay }]);
    for (const day of ['2000-01-01', '2025-12-31', '2026-01-01', '2030-01-01'])
      expect(again.rowsOn(day)).toEqual(reference.rowsOn(day));
  });

  it('leaves a set of before behind where it is a whole set', () => {
    const whole = BEFORE_ADOPTION.with({
      revision: 0,
      position: 1,
      whole: true,
      rows: rowsOf({ units: [unit('110000')] }),
    });
    expect(whole.on('2026-01-01').units.codes).toEqual(['110000']);
    expect(whole.asOf(0).on('2026-01-01').units.has('460100')).toBe(true);
  });

  it('has a problem where a set leaves out what a log of before has adopted', () => {
    const rows = rowsOf({ ...BUILT_IN.cells, units: BUILT_IN.cells.units.filter(({ code }) => code !== '460300') });
    const problems = problemsOf(BEFORE_ADOPTION, rows, true);
    expect(problems.map(({ table, code, expected }) => [table, code, expected.en])).toEqual([
      ['units', 'vanished', '460300, which is adopted'],
    ]);
  });
});
