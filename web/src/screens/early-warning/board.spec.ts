import { describe, expect, it } from '@jest/globals';
import { type Table } from '../../api/tables.js';
import { boardOf } from './board.js';

const rowOf = (...texts: string[]) => ({
  cells: texts.map((text, index) => (index === texts.length - 4 ? { text, to: '/v1/audit-trail' } : { text })),
});
const table = (...rows: ReturnType<typeof rowOf>[]) => [{ rows } as unknown as Table];

describe('the board of warnings', () => {
  it('has a card for each fund, with the cells of its rows', () => {
    const rows = [
      rowOf('职工', '可支付月数', '46.31', '结余过多', '依据', ''),
      rowOf('职工', '本年结余', '-1.00', '橙色预警', '依据', ''),
      rowOf('居民', '可支付月数', '无法计算', '', '原因', ''),
    ];
    const board = boardOf(table(...rows));
    expect(board.map(({ name, rows: own }) => [name, own.map(({ figure }) => figure)])).toEqual([
      ['职工', ['46.31', '-1.00']],
      ['居民', ['无法计算']],
    ]);
    expect(board[0].rows[0]).toEqual({
      indicator: '可支付月数',
      figure: '46.31',
      level: '结余过多',
      basis: '依据',
      action: '',
      to: '/v1/audit-trail',
      row: rows[0],
    });
  });

  it('has a card for each book where a unit is asked about', () => {
    const rows = [rowOf('职工', '460100 海口市', '可支付月数', '7.00', '正常', '依据', '')];
    expect(boardOf(table(...rows)).map(({ name }) => name)).toEqual(['职工 460100 海口市']);
  });

  it('has none where there is nothing', () => {
    expect(boardOf([])).toEqual([]);
  });
});
