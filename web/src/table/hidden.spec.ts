import { columnsOf, withAllColumns, withColumn } from './hidden.js';

const table = {
  name: 'accounts-employee',
  columns: [
    { number: 1, name: 'number', kind: 'text' as const },
    { number: 3, name: 'debit', group: 'opening', kind: 'fen' as const },
  ],
  hidden: [{ number: 2, name: 'account' }],
};

describe('the columns of a table that are seen', () => {
  it('lists all in their order, those that are left out too', () => {
    expect(columnsOf(table, 'accounts-employee.2,form.1')).toEqual([
      { number: 1, name: 'number', isSeen: true },
      { number: 2, name: 'account', isSeen: false },
      { number: 3, name: 'opening debit', isSeen: true },
    ]);
  });
  it('leaves one out, shows one again, and says nothing where none is left out', () => {
    const [first, second] = columnsOf(table, 'accounts-employee.2');
    expect(withColumn('accounts-employee.2,form.4', table, first)).toBe(
      'accounts-employee.2,form.4,accounts-employee.1',
    );
    expect(withColumn('accounts-employee.2', table, second)).toBeUndefined();
    expect(withAllColumns('accounts-employee.2,accounts-employee-2024.1', table)).toBe('accounts-employee-2024.1');
    expect(withAllColumns('accounts-employee.2', table)).toBeUndefined();
  });
});
