import { describe, expect, it } from '@jest/globals';
import { type Table } from '../../api/tables.js';
import { agesOf } from './ages.js';

const AGES = ['30 日内', '31 至 90 日', '91 至 180 日', '181 至 365 日', '365 日以上'];
const columns = ['基金', '核算单位', '科目', '对方', '最早', '天数', '余额', ...AGES].map((name) => ({ name }));
const tableOf = (title: string, ...amounts: string[]): Table =>
  ({
    title,
    unit: '单位：元',
    columns,
    rows: [{ cells: [] }, { role: 'total', cells: ['合计', '', '', '', '', '', ...amounts].map((text) => ({ text })) }],
  }) as unknown as Table;

describe('how old a register is', () => {
  it('is told by its total and the ages of it, as they came', () => {
    const [ages, ...others] = agesOf([
      tableOf('暂付款', '6.00', '1.00', '2.00', '0.00', '3.00', '0.00'),
      tableOf('借入款项', '0.00', '0.00', '0.00', '0.00', '0.00', '0.00'),
    ]);
    expect(others).toEqual([]);
    expect([ages.title, ages.open.text]).toEqual(['暂付款', '6.00']);
    expect(ages.parts.map(({ name, cell }) => `${name} ${cell.text}`)).toEqual(
      ['1.00', '2.00', '0.00', '3.00', '0.00'].map((amount, index) => `${AGES[index]} ${amount}`),
    );
  });

  it('is not told of what has no ages: what is in transit, and what ties', () => {
    const other = { title: '在途', unit: null, columns: columns.slice(0, 8), rows: [{ role: 'total', cells: [] }] };
    expect(agesOf([other as unknown as Table])).toEqual([]);
  });
});
