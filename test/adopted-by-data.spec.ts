import { describe, expect, it } from '@jest/globals';
import { findKind } from '../src/catalogue/registry.js';
import { LedgerError } from '../src/errors.js';
import { checkCommand } from '../src/kinds/check.js';
import { type LedgerCommand } from '../src/kinds/commands.js';
import { prepare } from '../src/kinds/prepare.js';
import { BUILT_IN } from '../src/reference/built-in.js';
import { problemsOf } from '../src/reference/problems.js';
import { rowsOf, type SetCells } from '../src/reference/read-set.js';
import { Reference } from '../src/reference/reference.js';

const builtIn = new Reference([{ revision: 0, position: 1, rows: BUILT_IN.rows, whole: true }]);

/** What comes of the example of a kind under a set: its entries, or the code of what forbids it. */
function under(reference: Reference, kindName: string, fields: object = {}): string {
  const kind = findKind(kindName)!;
  try {
    const command = checkCommand<LedgerCommand>(kind, { ...kind.example, ...fields }, reference);
    const { entries, objection } = prepare(kind, command, reference);
    return objection?.details[0]?.code ?? `${entries!.length} entries`;
  } catch (error) {
    if (error instanceof LedgerError) return error.code;
    throw error;
  }
}

/** The set with some rows more, which hold together with it. */
function withRows(cells: Partial<SetCells>): Reference {
  const rows = rowsOf(cells);
  expect(problemsOf(builtIn, rows)).toEqual([]);
  return builtIn.with({ revision: 1, position: 2, rows });
}

describe('the risk fund', () => {
  const row = BUILT_IN.cells.accounts.find(({ key }) => key === 'net.risk')!;

  it.each(['risk-fund-allocation', 'risk-fund-use'])(
    'takes a %s of a fund that has adopted it, and of no other',
    (kind) => {
      expect(under(builtIn, kind)).toBe('2 entries');
      expect(under(builtIn, kind, { fund: 'employee' })).toBe('account-not-in-fund');
      expect(under(builtIn, kind, { fund: 'resident' })).toBe('account-not-in-fund');
      const adopted = withRows({ accounts: [{ ...row, funds: 'assistance;resident' }] });
      expect(under(adopted, kind, { fund: 'resident' })).toBe('2 entries');
      expect(under(adopted, kind, { fund: 'employee' })).toBe('account-not-in-fund');
    },
  );

  it('opens with nothing in a fund that has none', () => {
    const balances = { 'fiscal-account': '1.00', 'net.risk': '1.00' };
    expect(under(builtIn, 'opening-balance', { fund: 'assistance', balances })).toBe('2 entries');
    expect(under(builtIn, 'opening-balance', { fund: 'resident', balances })).toBe('account-not-in-fund');
  });
});

describe('the categories of subsidised enrolment', () => {
  const enrolment = {
    fund: 'assistance',
    benefitKind: 'enrolment',
    share: undefined,
    offsets: undefined,
    category: 'low-income-margin',
    standard: '400.00',
    headcount: 10,
    transferId: 'ZZ-1',
    amount: '2400.00',
  };
  const policies = [
    {
      key: 'enrolment-subsidy-low-income-margin',
      scope: 'nation',
      value: '0.6',
      source: '省医保局文件',
      from: '2025-01-01',
    },
  ];

  it('are those whose rate is adopted', () => {
    expect(under(builtIn, 'payout', enrolment)).toBe('one-of');
    expect(under(builtIn, 'payout', { ...enrolment, category: '低保对象' })).not.toBe('2 entries');
    const adopted = withRows({ policies });
    expect(under(adopted, 'payout', enrolment)).toBe('2 entries');
    expect(under(adopted, 'payout', { ...enrolment, amount: '2000.00' })).toBe('not-subsidy-rate');
    expect(under(adopted, 'payout', { ...enrolment, businessDate: '2024-12-31' })).toBe('one-of');
  });

  it('have a rate that is a part of the premium', () => {
    const wrong = rowsOf({ policies: [{ ...policies[0]!, value: '1.5' }] });
    expect(problemsOf(builtIn, wrong).map(({ column, code }) => `${column} ${code}`)).toEqual(['value policy-value']);
    const nameless = rowsOf({ policies: [{ ...policies[0]!, key: 'enrolment-subsidy-' }] });
    expect(problemsOf(builtIn, nameless).map(({ code }) => code)).toEqual(['unknown-policy']);
  });
});
