import { type Row, type Table } from '../api/tables.js';
import { leastWidthsOf, widthsOf } from './widths.js';

const columns: Table['columns'] = [
  { name: 'date', kind: 'text' },
  { name: 'account', kind: 'text' },
  { name: 'finding', kind: 'text' },
  { name: 'eliminated expenditure', kind: 'fen' },
];
const rowOf = (...texts: string[]): Row => ({ cells: texts.map((said) => ({ text: said })) });
const rows = [
  rowOf('2025-01-02', 'Fiscal account deposit', 'xy '.repeat(23).trim() + '.'.repeat(2), '12271467484.22'),
  rowOf('2025-01-03', '财政专户存款', '', '1.00'),
];

describe('the widths of a long table', () => {
  it('gives each text what it needs where there is room, and a figure its digits and commas', () => {
    expect(widthsOf(columns, rows, 200)).toEqual([13, 25, 73, 20]);
  });
  it('lets the longest texts give way first where there is little room', () => {
    expect(widthsOf(columns, rows, 90)).toEqual([13, 25, 32, 20]);
    expect(widthsOf(columns, rows, 80)).toEqual([13, 23, 23, 20]);
  });
  it('leaves a text some room, and a figure all it needs, where there is none', () => {
    expect(widthsOf(columns, rows, 10)).toEqual([13, 23, 23, 20]);
  });
});

describe('the number of a voucher in a long table', () => {
  it('is not cut off, however little room there is; the id of an event is', () => {
    const many: Table['columns'] = Array.from({ length: 8 }, () => ({ name: 'x', kind: 'text' as const }));
    const row = rowOf('2025-01-付-0001', 'book-employee-460100-112', 'Fiscal account', 'a', 'b', 'c', 'd', 'e');
    expect(widthsOf(many, [row], 10).slice(0, 3)).toEqual([17, 14, 14]);
  });
});

/** A table of so many columns, the last of them of figures. */
const crowd = (texts: number, figures: number): [Table['columns'], Row[]] => [
  [
    ...Array.from({ length: texts }, () => ({ name: 'finding', kind: 'text' as const })),
    ...Array.from({ length: figures }, () => ({ name: 'amount', kind: 'fen' as const })),
  ],
  [
    rowOf(
      ...Array.from({ length: texts }, () => '职工基本医疗保险基金 Sanya'),
      ...Array.from({ length: figures }, () => '1.00'),
    ),
  ],
];

describe('the widths of a table of many columns', () => {
  it('lets eight columns of texts fit a window, down to what still says something', () => {
    expect(widthsOf(...crowd(8, 1), 170)).toEqual([...Array.from({ length: 8 }, () => 20), 8]);
    expect(widthsOf(...crowd(8, 1), 10)).toEqual([...Array.from({ length: 8 }, () => 14), 8]);
  });
  it('leaves a broken text the less the more columns there are', () => {
    expect(leastWidthsOf(...crowd(1, 4))[0]).toBe(23);
    expect(leastWidthsOf(...crowd(1, 8))[0]).toBe(18);
    expect(leastWidthsOf(...crowd(1, 12))[0]).toBe(14);
  });
});

describe('the least widths of a short table', () => {
  it('lets a text take two lines and breaks no word of it; figures are never broken', () => {
    expect(
      leastWidthsOf(columns.slice(0, 2).concat(columns[3]), [rowOf('2025-01-02', 'Fiscal account deposit', '1')]),
    ).toEqual([13, 16, undefined]);
  });
  it('lets a text of many words take more lines than two', () => {
    expect(leastWidthsOf(columns.slice(0, 1), [rowOf('many words '.repeat(20))])).toEqual([29]);
  });
});
