import { describe, expect, it } from '@jest/globals';
import { type Cell, type LongSheet, type Sheet } from '../../projections/asking/question.js';
import { text } from '../errors.js';
import { parseFen } from '../money.js';
import { type CsvOptions, writeCsv } from './csv.js';

const fen = (zh: string, en: string) => ({ name: text(zh, en), kind: 'fen' as const });
const fund = (name: string, ...amounts: string[]): Cell[] => [name, ...amounts.map(parseFen)];

/** In 亿元 the parts of `opening` print 0.01 short of the whole, and the first row's parts print 0.01 too much. */
const FUNDS: Sheet = {
  name: 'funds',
  title: text('基金表', 'Funds'),
  columns: [
    { name: text('基金', 'fund'), kind: 'text' },
    { name: text('笔数', 'vouchers'), kind: 'count' },
    fen('期初', 'opening'),
    fen('收入', 'income'),
    fen('期末', 'closing'),
  ],
  rows: [
    ['职工', 3, ...fund('', '37264600000.00', '5468800000.00', '42733400000.00').slice(1)],
    ['居民', 4, ...fund('', '6851600000.50', '2795000000.00', '9646600000.50').slice(1)],
    ['合计', 7, ...fund('', '44116200000.50', '8263800000.00', '52380000000.50').slice(1)],
    ['  其中：在途', null, 0n, null, 7n],
  ],
  unit: 'yi',
  footing: { rows: [{ total: 2, parts: [0, 1] }], column: { total: 4, plus: [2, 3], minus: [] } },
  notes: [text('注', 'note')],
};

async function chunksOf(sheet: Sheet | LongSheet, options: CsvOptions): Promise<string[]> {
  const chunks: string[] = [];
  for await (const chunk of writeCsv(sheet, options)) chunks.push(chunk);
  return chunks;
}
const csvOf = async (sheet: Sheet | LongSheet, options: CsvOptions): Promise<string> =>
  (await chunksOf(sheet, options)).join('');

describe('a CSV file', () => {
  it('begins with a byte order mark, ends lines as RFC 4180 has it, and holds a header and rows alone', async () => {
    expect(await csvOf(FUNDS, { language: 'zh' })).toBe(
      '\uFEFF基金,笔数,期初（元）,收入（元）,期末（元）\r\n' +
        '职工,3,37264600000.00,5468800000.00,42733400000.00\r\n' +
        '居民,4,6851600000.50,2795000000.00,9646600000.50\r\n' +
        '合计,7,44116200000.50,8263800000.00,52380000000.50\r\n' +
        '  其中：在途,,0.00,,0.07\r\n',
    );
  });

  it('names the unit asked for in every column of amounts, and rounds only then', async () => {
    const printed = await csvOf({ ...FUNDS, footing: {} }, { language: 'en', unit: 'wan' });
    expect(printed.split('\r\n').slice(0, 2)).toEqual([
      '\uFEFFfund,vouchers,"opening (10,000 yuan)","income (10,000 yuan)","closing (10,000 yuan)"',
      '职工,3,3726460.00,546880.00,4273340.00',
    ]);
  });

  it('keeps one width where rounding leaves something over: a row of it, and a column in every row', async () => {
    const printed = await csvOf(FUNDS, { language: 'zh', unit: 'yi' });
    expect(printed.split('\r\n')).toEqual([
      '\uFEFF基金,笔数,期初（亿元）,收入（亿元）,期末（亿元）,舍入差（亿元）',
      '职工,3,372.65,54.69,427.33,-0.01',
      '居民,4,68.52,27.95,96.47,',
      '舍入差,,-0.01,,,',
      '合计,7,441.16,82.64,523.80,',
      '  其中：在途,,0.00,,0.00,',
      '',
    ]);
  });

  it('quotes what must be quoted, and keeps spreadsheets from changing what is no figure', async () => {
    const columns = [{ name: text('名', 'name'), kind: 'text' as const }, fen('额', 'amount')];
    const rows = [
      ['a "b", c', -123n],
      ['=1+1', 0n],
      ['0000001', 123_456_789_012_345_600n],
      ['two\nlines', null],
    ];
    const printed = await csvOf({ name: 't', title: text('t', 't'), columns, rows }, { language: 'en' });
    expect(printed.split('\r\n').slice(1)).toEqual([
      '"a ""b"", c",-1.23',
      "'=1+1,0.00",
      "'0000001,1234567890123456.00",
      '"two\nlines",',
      '',
    ]);
  });

  it('tells columns apart that a form with two sides calls alike', async () => {
    const end = fen('期末', 'end');
    const columns = [end, { ...end, apart: text('负债·期末', 'liabilities, end') }];
    const printed = await csvOf({ ...FUNDS, columns, rows: [[1n, 2n]], footing: {} }, { language: 'zh' });
    expect(printed).toBe('\uFEFF期末（元）,负债·期末（元）\r\n0.01,0.02\r\n');
  });

  it('is its header where there are no rows', async () => {
    expect(await csvOf({ ...FUNDS, rows: [], footing: {} }, { language: 'en' })).toBe(
      '\uFEFFfund,vouchers,opening (yuan),income (yuan),closing (yuan)\r\n',
    );
  });
});

describe('the CSV file of a long sheet', () => {
  const { name, title, columns } = FUNDS;
  const long = (rows: LongSheet['rows']): LongSheet => ({ name, title, columns, rows });

  it('is written while its rows are read, and reads no further than it is asked to', async () => {
    const read: number[] = [];
    async function* batches() {
      for (let batch = 0; batch < 3; batch += 1) {
        read.push(batch);
        yield [[`${batch}`, batch, 1n, 2n, 3n]];
      }
    }
    const chunks = writeCsv(long(batches()), { language: 'en', unit: 'wan' })[Symbol.asyncIterator]();
    const { value } = (await chunks.next()) as { value: string };
    expect(value).toMatch(/^\uFEFFfund,[^\r]*\r\n0,0,0\.00,0\.00,0\.00\r\n$/);
    expect(read).toEqual([0]);
    expect(await chunks.next()).toEqual({ done: false, value: '1,1,0.00,0.00,0.00\r\n' });
    await chunks.return!();
    expect(read).toEqual([0, 1]);
  });

  it('has a header where there is nothing to read', async () => {
    async function* nothing(): LongSheet['rows'] {
      yield* [];
    }
    expect(await chunksOf(long(nothing()), { language: 'zh' })).toEqual([
      '\uFEFF基金,笔数,期初（元）,收入（元）,期末（元）\r\n',
    ]);
  });

  it('passes on what ends its rows', async () => {
    async function* broken(): LongSheet['rows'] {
      yield [['a', 1, 1n, 1n, 1n]];
      throw new Error('the log is gone');
    }
    await expect(csvOf(long(broken()), { language: 'zh' })).rejects.toThrow('the log is gone');
  });
});
