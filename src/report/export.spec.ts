import { describe, expect, it } from '@jest/globals';
import { QUESTIONS } from '../../projections/registry.js';
import { checkParameters } from '../../projections/asking/parameters.js';
import { BEFORE_ADOPTION } from '../reference/built-in.js';
import { fileNameOf, sheetNamed } from './export.js';

const ALL_DAYS = { from: null, to: null, asOf: null, recordedAsOf: null };
const question = (wanted: string) => QUESTIONS.find(({ name }) => name === wanted)!;

/** The name of a file of a question that came with some parameters. */
const nameOf = (name: string, sheet: string, asked: Record<string, string>, body: typeof ALL_DAYS): string => {
  const parameters = checkParameters(question(name), asked, BEFORE_ADOPTION) as Record<string, string>;
  return fileNameOf(question(name), { name: sheet }, { parameters, body }, 'csv');
};

describe('the name of a file', () => {
  it.each<[string, string, Record<string, string>, object, string]>([
    ['audit-trail', 'journal', {}, {}, 'audit-trail-journal.csv'],
    [
      'fund-balance',
      'funds',
      {},
      { from: '2025-01-01', to: '2025-05-31' },
      'fund-balance-funds-from-2025-01-01-to-2025-05-31.csv',
    ],
    [
      'audit-trail',
      'journal',
      { from: '2025年1月1日' },
      { from: '2025-01-01' },
      'audit-trail-journal-from-2025-01-01.csv',
    ],
    [
      'audit-trail',
      'account',
      { account: 'benefits/inpatient@pool', unit: '海口市', fund: 'employee', asOf: '2025-05-31' },
      { to: '2025-05-31', recordedAsOf: '2025-06-30T04:05:00.000Z' },
      'audit-trail-account-employee-460100-benefits-inpatient-pool-to-2025-05-31' +
        '-recorded-as-of-2025-06-30T04-05-00.000Z.csv',
    ],
    ['audit-trail', 'journal', { q: '../五月 职工', limit: '10' }, {}, 'audit-trail-journal-..-五月-职工-10.csv'],
  ])('of %s %s with %j says what is in it', (name, sheet, parameters, days, expected) => {
    expect(nameOf(name, sheet, parameters, { ...ALL_DAYS, ...days })).toBe(expected);
  });

  it('stays within what a file system takes', () => {
    const name = nameOf('audit-trail', 'journal', { q: '职'.repeat(100) }, ALL_DAYS);
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
  });
});

describe('a sheet', () => {
  const sheets = [{ name: 'funds' }, { name: 'books' }];

  it('is the first unless one is named', () => {
    expect(sheetNamed(sheets, undefined).name).toBe('funds');
    expect(sheetNamed(sheets, 'books').name).toBe('books');
  });

  it.each(['accounts', '', 'Funds', '__proto__'])('named %j is refused with those there are', (name) => {
    const details = [{ pointer: 'sheet', expected: { zh: 'funds、books 之一', en: 'one of funds, books' } }];
    expect(() => sheetNamed(sheets, name)).toThrow(
      expect.objectContaining({ kind: 'invalid', details: [expect.objectContaining(details[0]!)] }),
    );
  });
});
