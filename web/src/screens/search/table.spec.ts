import { expect, it } from '@jest/globals';
import { text } from '../../text/text.js';
import { tableOf } from './table.js';

it('puts what was found under the name of its kind, with a way to each and to all there are', () => {
  const amounts = {
    kind: 'amounts' as const,
    name: text('金额', 'Amounts'),
    hits: [{ label: text('2025-05-收-0001', 'x'), detail: null, amount: '1234.50', to: '/v1/vouchers/a-1' }],
    isMore: true,
    more: '/v1/audit-trail?minAmount=1234.50&maxAmount=1234.50',
  };
  const units = { ...amounts, kind: 'units' as const, name: text('核算单位', 'Units'), isMore: false, more: null };
  const { rows, columns } = tableOf({ groups: [amounts, units] }, ({ zh }) => zh);
  expect(rows.map(({ role, cells }) => [role, cells.at(0)?.text, cells.at(0)?.to])).toEqual([
    ['heading', '金额', undefined],
    [undefined, '2025-05-收-0001', '/v1/vouchers/a-1'],
    [undefined, '还有更多：列出全部', '/v1/audit-trail?minAmount=1234.50&maxAmount=1234.50'],
    ['heading', '核算单位', undefined],
    [undefined, '2025-05-收-0001', '/v1/vouchers/a-1'],
  ]);
  expect(rows.at(1)?.cells.map((cell) => cell.text)).toEqual(['2025-05-收-0001', '', '1234.50']);
  for (const { cells } of rows) expect(cells).toHaveLength(columns.length);
  const narrow = tableOf({ groups: [amounts] }, ({ zh }) => zh, 'hits.3');
  expect([narrow.columns.map(({ number }) => number), narrow.hidden.map(({ number }) => number)]).toEqual([
    [2, 4],
    [3],
  ]);
  expect(narrow.rows.at(1)?.cells.map((cell) => cell.text)).toEqual(['2025-05-收-0001', '1234.50']);
});
