import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { BEFORE_ADOPTION } from '../../src/reference/built-in.js';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import { LedgerError } from '../../src/errors.js';
import { readControl, readControlFile } from '../../src/import/report/control-file.js';
import { temporaryDirectory } from '../service.js';

const FUNDS = BEFORE_ADOPTION.ever.fundsOrAll;

const folder = temporaryDirectory();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const total = { kind: 'contribution', fund: 'employee', count: 2, sum: '30.50' };
const json = (...rows: readonly unknown[]): string => JSON.stringify(rows);
const csv = (...lines: readonly string[]): string => ['kind,fund,count,sum', ...lines, ''].join('\n');
const read = (content: string | Buffer) => readControl(Buffer.from(content), 'totals', FUNDS);

/** What is refused of it: `place: got`, one for each fault. */
function faults(act: () => unknown): string[] {
  try {
    act();
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    expect(error.kind).toBe('invalid');
    return error.details.map(({ pointer, got }) => `${pointer} ${got}`);
  }
  throw new Error('it was not refused');
}

describe('a file of control totals', () => {
  const crlf = csv('contribution,employee,2,30.50').replaceAll('\n', '\r\n');

  it.each<[string, string | Buffer]>([
    ['JSON', json(total)],
    ['JSON with a byte order mark, spread over lines', `\ufeff${JSON.stringify([total], undefined, 2)}\r\n`],
    ['JSON with the count as text', json({ ...total, count: '2' })],
    ['CSV', csv('contribution,employee,2,30.50')],
    ['CSV with CRLF and a byte order mark', `\ufeff${crlf}`],
    ['CSV in another order, with a column of its own', 'sum,count,note,fund,kind\n30.50,2,x,employee,contribution'],
    ['CSV with Chinese columns', '业务种类,基金,笔数,金额\ncontribution,employee,2,30.50\n'],
    ['CSV with empty columns behind', 'kind,fund,count,sum,,\ncontribution,employee,2,30.50,,,\n'],
    ['CSV in UTF-16', Buffer.from('\ufeffkind\tfund\tcount\tsum\ncontribution\temployee\t2\t30.50\n', 'utf16le')],
    ['CSV with semicolons and CR', 'kind;fund;count;sum\rcontribution;employee;2;30.50\r'],
    ['CSV that names its separator', 'sep=;\nkind;fund;count;sum\ncontribution;employee;2;30.50\n'],
    ['CSV with a title and empty rows', '控制合计,,,\n,,,\nkind,fund,count,sum\n,,,\ncontribution,employee,2,30.50\n'],
    ['CSV with cells as a spreadsheet formats them', csv('contribution, employee ,"2 ","￥30.50"')],
    ['CSV with full-width digits', csv('contribution,employee,２,３０.５０元')],
    ['CSV in GB18030', iconv.encode('业务种类,基金,行数,合计\ncontribution,employee,2,30.50\n', 'gb18030')],
  ])('may be %s', (_, content) => {
    expect(read(content)).toEqual([total]);
  });

  it('may name a kind and fund in several lines, and total more than any amount', () => {
    const large = { ...total, count: 100, sum: '99999999999999999.00' };
    expect(read(json(total, large, total))).toEqual([total, large, total]);
    expect(read(csv('contribution,employee,0,0'))).toEqual([{ ...total, count: 0, sum: '0' }]);
  });

  it.each([
    ['nothing', '', ['totals none']],
    ['a header alone', csv(), ['totals none']],
    ['an empty array', '[]', ['totals none']],
    ['an object', JSON.stringify(total), ['totals {"kind":"contribution","fund":"employee","count":2,"sum":"30.50"}']],
    ['null in the array', '[null]', ['totals:/0 null']],
    ['an array in the array', json([total]), [`totals:/0 ${json(total)}`]],
    ['numbers', '[1, 2]', ['totals:/0 1']],
    ['an empty object', '[{}]', ['kind', 'fund', 'count', 'sum'].map((field) => `totals:/0/${field} nothing`)],
    ['no JSON after all', '[', ['totals:/0 the end']],
    ['a key twice', '[{"sum":"1.00","sum":"2.00"}]', ['totals:/0/sum "sum"']],
    ['text', 'control', ['totals:1:kind "control"']],
    ['no column of sums', 'kind,fund,count\n', ['totals:1:sum "kind,fund,count"']],
    ['a column twice', 'kind,fund,sum,count,sum\n', ['totals:1:sum "kind,fund,sum,count,sum"']],
    ['a column in both languages', 'kind,fund,count,sum,金额\n', ['totals:1:sum "kind,fund,count,sum,金额"']],
    ['a cell too many', csv('contribution,employee,2,1,234.50'), ['totals:2 "contribution,employee,2,1,234.50"']],
    ['a cell too few', csv('contribution,employee,2'), ['totals:2:sum nothing']],
    ['an open quote', csv('"contribution,employee,2,1.00'), ['totals:2 none']],
    ['an unknown kind', csv('contributions,employee,2,1.00'), ['totals:2:kind "contributions"']],
    ['an unknown fund', csv('', 'contribution,none,2,1.00'), ['totals:3:fund "none"']],
    ['a fund switched off', csv('contribution,long-term-care,2,1.00'), ['totals:2:fund "long-term-care"']],
    ['no fund', json({ ...total, fund: null }), ['totals:/0/fund null']],
    ['a kind in a list', json({ ...total, kind: ['payout'] }), ['totals:/0/kind ["payout"]']],
    ['a sum as a number', json({ ...total, sum: 30.5 }), ['totals:/0/sum 30.5']],
    ['a sum in the red', json({ ...total, sum: '-30.50' }), ['totals:/0/sum "-30.50"']],
    ['a sum with a plus', csv('contribution,employee,2,+30.50'), ['totals:2:sum "+30.50"']],
    ['a sum to the tenth of a fen', csv('contribution,employee,2,30.505'), ['totals:2:sum "30.505"']],
    ['a count in words', csv('contribution,employee,two,30.50'), ['totals:2:count "two"']],
    ['a count below nothing', json({ ...total, count: -1 }), ['totals:/0/count -1']],
    ['half a line', json({ ...total, count: 0.5 }), ['totals:/0/count 0.5']],
    ['a count in a list', json({ ...total, count: [2] }), ['totals:/0/count [2]']],
    [
      'a count beyond numbers',
      '[{"count":9007199254740993}]',
      expect.arrayContaining([expect.stringMatching(/count/)]),
    ],
    [
      'counts that add up beyond numbers',
      json(...Array.from({ length: 10 }, () => ({ ...total, count: 999999999999999 }))),
      ['totals more'],
    ],
    ['a picture', Buffer.from('89504e470d0a1a0affff', 'hex'), ['totals other bytes']],
    ['a name in two languages', '[{"sum":"1.00","合计":"2.00"}]', ['totals:/0/合计 "2.00"']],
  ] as [string, string | Buffer, string[]][])('is refused with its place: %s', (_, content, expected) => {
    expect(faults(() => read(content))).toEqual(expected);
  });

  it('may say kinds and funds in words, and call its columns as reports do', () => {
    const { kind: _, fund: __, ...figures } = total;
    const words = { 业务种类: '缴费', 基金: '职工基本医疗保险基金', ...figures };
    expect(read(json(words))).toEqual(read(json(total)));
    const line = `Contribution,职工 基本医疗保险基金,${total.count},${total.sum}`;
    expect(read(` 种类,FUND,行数,合计\n${line}\n`)).toEqual(read(json(total)));
    expect(faults(() => read(json({ ...words, 基金: '社保基金' })))).toEqual(['totals:/0/基金 "社保基金"']);
  });

  it('is refused with all that is wrong, in both languages, by line and field', () => {
    const path = join(folder, 'feed.control.csv');
    writeFileSync(path, csv('contribution,employees,2,1.00', 'payment,employee,x,1.00'));
    expect(faults(() => readControlFile(path, FUNDS))).toEqual([
      `${path}:2:fund "employees"`,
      `${path}:3:kind "payment"`,
      `${path}:3:count "x"`,
    ]);
  });

  it.each([
    ['that is not there', 'none.json', 'does not exist'],
    ['that is a directory', 'folder', 'is a directory'],
  ])('%s is said in one sentence', (_, name, what) => {
    mkdirSync(join(folder, 'folder'), { recursive: true });
    const path = join(folder, name);
    expect(() => readControlFile(path, FUNDS)).toThrow(`control-file: control file ${path} ${what}`);
  });
});
