import { describe, expect, it } from '@jest/globals';
import { type Cell, type LongSheet, type Sheet } from '../../projections/asking/question.js';
import { readXlsx, valuesOf } from '../../test/xlsx.js';
import { text } from '../errors.js';
import { parseFen } from '../money.js';
import { writeXlsx, type XlsxOptions } from './xlsx.js';

const fen = (zh: string, en: string) => ({ name: text(zh, en), kind: 'fen' as const });
const fund = (name: string, ...amounts: string[]): Cell[] => [name, ...amounts.map(parseFen)];
const SHEET: Sheet = {
  name: 'funds',
  title: text('基金表', 'Funds'),
  columns: [
    { name: text('基金', 'fund'), kind: 'text' },
    fen('期初', 'opening'),
    fen('期末', 'closing'),
    { name: text('笔数', 'vouchers'), kind: 'count' },
  ],
  rows: [
    [...fund('职工', '37264600000.00', '42733400000.00'), 3],
    [...fund('居民', '6851600000.50', '9646600000.50'), 1_234],
    ['  其中：在途', 0n, null, null],
    [...fund('合计', '44116200000.50', '52380000000.50'), 1_237],
  ],
  unit: 'yi',
  footing: { rows: [{ total: 3, parts: [0, 1] }] },
  notes: [text('注', 'note')],
};

async function workbook(sheet: Sheet | LongSheet, options: Partial<XlsxOptions> = {}) {
  const pieces: Buffer[] = [];
  const about = [[text('打印人', 'printed by'), text('E-0001', 'E-0001')]] as const;
  for await (const piece of writeXlsx(sheet, { language: 'zh', about, ...options })) pieces.push(piece);
  return readXlsx(Buffer.concat(pieces));
}

describe('a workbook', () => {
  it('is the table as on screen, unit, rounding difference and notes, and a sheet that explains it', async () => {
    const [table, about, ...others] = await workbook(SHEET);
    expect([table!.name, about!.name, others]).toEqual(['表', '说明', []]);
    expect(table!.rows.map((row) => valuesOf(row, 4))).toEqual([
      ['基金表', undefined, undefined, undefined],
      ['单位：亿元', undefined, undefined, undefined],
      ['基金', '期初', '期末', '笔数'],
      ['职工', '372.65', '427.33', '3'],
      ['居民', '68.52', '96.47', '1234'],
      ['其中：在途', '0.00', undefined, undefined],
      ['舍入差', '-0.01', undefined, undefined],
      ['合计', '441.16', '523.80', '1237'],
      [expect.stringContaining('舍入差：'), undefined, undefined, undefined],
      ['注', undefined, undefined, undefined],
    ]);
    expect(about!.rows.map((row) => valuesOf(row, 2))).toEqual([
      ['说明', ''],
      ['打印人', 'E-0001'],
    ]);
  });

  it('freezes its header, indents what is part of something, and formats amounts and counts', async () => {
    const [table] = await workbook(SHEET, { language: 'en' });
    expect(table!.frozen).toBe(3);
    const [employee, , transit] = table!.rows.slice(3);
    expect(employee!.get('B')).toEqual({ value: '372.65', kind: 'number', format: 4, indent: 0 });
    expect(employee!.get('D')).toEqual({ value: '3', kind: 'number', format: 3, indent: 0 });
    expect(transit!.get('A')).toEqual({ value: '其中：在途', kind: 'text', format: 49, indent: 1 });
  });

  it('has rates as numbers as they stand, whatever its amounts are in, and words where there is none', async () => {
    const columns = [{ name: text('执行率（%）', 'rate (%)'), kind: 'rate' as const }];
    const rows = [['101.22'], ['-5.54'], ['×'], [null]];
    const [table] = await workbook({ name: 't', title: text('t', 't'), columns, rows, unit: 'yi' });
    expect(table!.rows.slice(2).map((row) => row.get('A'))).toEqual([
      { value: '101.22', kind: 'number', format: 4, indent: 0 },
      { value: '-5.54', kind: 'number', format: 4, indent: 0 },
      expect.objectContaining({ value: '×', kind: 'text' }),
      undefined,
    ]);
  });

  it('takes the unit asked for', async () => {
    const [table] = await workbook(SHEET, { unit: 'yuan' });
    expect(valuesOf(table!.rows[3]!, 3)).toEqual(['职工', '37264600000.00', '42733400000.00']);
  });

  it('keeps text text, whatever a spreadsheet would make of it', async () => {
    const texts = ['=1+1', "'x", '0000001', '1E5', '2026-05', 'a & <b> "c"', '_x000D_', 'two\nlines', ' \u0007x'];
    const columns = [{ name: text('名', 'name'), kind: 'text' as const }];
    const [table] = await workbook({ name: 't', title: text('t', 't'), columns, rows: texts.map((each) => [each]) });
    const cells = table!.rows.slice(2).map((row) => row.get('A')!);
    expect(cells.map(({ value }) => value)).toEqual([...texts.slice(0, -1), '\\u0007x']);
    expect(new Set(cells.map(({ kind, format }) => `${kind} ${format}`))).toEqual(new Set(['text 49']));
  });

  it('keeps every digit: what a number would round is text, and the workbook says so', async () => {
    const columns = [fen('额', 'amount')];
    const rows = [['9999999999999.99'], ['10000000000000.01'], ['-0.07'], ['-90000000000000000.00']];
    const amounts = rows.map(([amount]) => [parseFen(amount!)]);
    const [table, about] = await workbook({ name: 't', title: text('t', 't'), columns, rows: amounts });
    expect(table!.rows.slice(3).map((row) => row.get('A')!)).toMatchObject([
      { value: '9999999999999.99', kind: 'number' },
      { value: '10000000000000.01', kind: 'text' },
      { value: '-0.07', kind: 'number' },
      { value: '-90000000000000000.00', kind: 'text' },
    ]);
    expect(valuesOf(about!.rows.at(-1)!, 2)).toEqual(['长数字', expect.stringContaining('15')]);
  });

  it('cuts what no cell can hold, and says so by its end', async () => {
    const columns = [{ name: text('名', 'name'), kind: 'text' as const }];
    const [table] = await workbook({ name: 't', title: text('t', 't'), columns, rows: [['长'.repeat(40_000)]] });
    expect(table!.rows[2]!.get('A')!.value).toBe(`${'长'.repeat(32_766)}…`);
  });
});

describe('the workbook of a long sheet', () => {
  const { name, title, columns } = SHEET;
  async function* batches(count: number, of: number): LongSheet['rows'] {
    for (let batch = 0; batch < count; batch += 1)
      yield Array.from({ length: of }, (_, row) => ['x', 1n, 2n, batch * of + row]);
  }

  it('is written while its rows are read', async () => {
    const read: number[] = [];
    async function* slow(): LongSheet['rows'] {
      for await (const batch of batches(50, 1_000)) {
        read.push(read.length);
        yield batch;
      }
    }
    const long = { name, title, columns, rows: slow() };
    const pieces = writeXlsx(long, { language: 'zh', about: [] })[Symbol.asyncIterator]();
    for (let piece = 0; piece < 3; piece += 1) await pieces.next();
    expect(read.length).toBeLessThan(5);
    await pieces.return!();
  });

  it('goes on in another sheet where one is full, header and all', async () => {
    const long = { name, title, columns, rows: batches(2, 1_500), notes: [text('注', 'note')] };
    const sheets = await workbook(long, { mostRows: 2_000 });
    expect(sheets.map((sheet) => [sheet.name, sheet.rows.length])).toEqual([
      ['表', 1_999],
      ['说明', 2],
      ['表 2', 3 + 3_000 - 1_996 + 1],
    ]);
    expect(valuesOf(sheets[2]!.rows[3]!, 4)).toEqual(['x', '0.01', '0.02', '1996']);
    expect(sheets[2]!.rows.at(-1)!.get('A')!.value).toBe('注');
  });

  it('has a header where there is nothing to read, and passes on what ends its rows', async () => {
    const [table] = await workbook({ name, title, columns, rows: batches(0, 0) });
    expect(table!.rows).toHaveLength(3);
    async function* broken(): LongSheet['rows'] {
      yield [['a', 1n, 1n, 1]];
      throw new Error('the log is gone');
    }
    await expect(workbook({ name, title, columns, rows: broken() })).rejects.toThrow('the log is gone');
  });
});
