import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { LedgerError } from '../errors.js';
import { readStatement } from './statement-file.js';

const directory = mkdtempSync(join(tmpdir(), 'tongzhang-statement-'));
afterAll(() => rmSync(directory, { recursive: true }));

async function read(content: string | Buffer) {
  const path = join(directory, 'statement.csv');
  writeFileSync(path, content);
  return readStatement(path, undefined);
}

const PLAIN = [
  '日期,摘要,借方,贷方,参考号,对方,余额',
  '2025-05-01,用款,100.00,,FK-1,医院,900.00',
  '2025-05-02,缴费,,50.00,JF-1,E-0001,950.00',
  '',
].join('\n');
const EXPECTED = [
  { line: 2, day: '2025-05-01', effect: -10_000n, references: ['FK-1'], counterparty: '医院', balance: 90_000n },
  { line: 3, day: '2025-05-02', effect: 5_000n, references: ['JF-1'], counterparty: 'E-0001', balance: 95_000n },
];

/** `缴费` and the other words of the plain statement in GB 2312. */
const GBK = Buffer.from(
  'c8d5c6da2cd5aad2aa2cbde8b7bd2cb4fbb7bd2cb2cebfbcbac52cb6d4b7bd2cd3e0b6ee0a' +
    Buffer.from('2025-05-01,').toString('hex') +
    'd3c3bfee' +
    Buffer.from(',100.00,,FK-1,').toString('hex') +
    'd2bdd4ba' +
    Buffer.from(',900.00\n2025-05-02,').toString('hex') +
    'bdc9b7d1' +
    Buffer.from(',,50.00,JF-1,E-0001,950.00\n').toString('hex'),
  'hex',
);

describe("a bank's statement", () => {
  it.each([
    ['plain', PLAIN],
    ['with a byte order mark and CRLF', `\ufeff${PLAIN.replaceAll('\n', '\r\n')}`],
    ['in GBK', GBK],
    ['as "Unicode text" of a spreadsheet', Buffer.from(`\ufeff${PLAIN.replaceAll(',', '\t')}`, 'utf16le')],
  ])('is read %s', async (_, content) => {
    const { lines, closing } = await read(content);
    expect(lines).toMatchObject(EXPECTED);
    expect(closing).toBe(95_000n);
  });

  it('is read as banks write it: with a title, other columns, totals, signs, and the latest first', async () => {
    const { lines, closing } = await read(
      [
        '某银行对账单,,,,,',
        '交易日期,交易流水号,借方发生额（元）,贷方发生额（元）,账户余额,柜员',
        '20250502,2,0.00,"￥1,050.00","1,950.00",9',
        '2025/5/1,1,-100.00,0.00,900.00,9',
        '合计,,-100.00,"1,050.00",,',
      ].join('\n'),
    );
    expect(lines.map(({ line, day, effect }) => [line, day, effect])).toEqual([
      [4, '2025-05-01', 10_000n],
      [3, '2025-05-02', 105_000n],
    ]);
    expect(closing).toBe(195_000n);
  });

  it('has no balance where no column says it', async () => {
    expect((await read('date,debit,credit\n2025-05-01,,1.00\n')).closing).toBeUndefined();
  });

  it.each([
    ['date,summary,amount\n2025-05-01,a,1\n', 'line 1', 'missing-header'],
    ['日期,借方,贷方\n', 'line 1', 'no-lines'],
    ['日期,借方,贷方\n2025-02-30,1.00,\n', 'line 2 日期', 'day'],
    ['日期,借方,贷方\n2025-05-01,1.001,\n', 'line 2 借方', 'amount-format'],
    ['日期,借方,贷方\n2025-05-01,1.00,\n2025-05-02,1.00,2.00\n', 'line 3', 'one-side'],
    ['日期,借方,贷方\n2025-05-01,,\n', 'line 2', 'one-side'],
    [PLAIN.replace('950.00', '951.00'), 'line 3', 'balance-broken'],
    [
      PLAIN.replace('2025-05-01,用款,100.00,,FK-1,医院,900.00\n', '') + PLAIN.split('\n')[2],
      'line 3',
      'balance-broken',
    ],
  ])('is refused with its line: %j', async (content, pointer, code) => {
    const refused = await read(content).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(LedgerError);
    expect(refused).toMatchObject({ code: 'bank-statement', details: [{ pointer, code }] });
  });

  it('is refused where there is none', async () => {
    await expect(readStatement(join(directory, 'none.csv'), undefined)).rejects.toMatchObject({ code: 'no-such-file' });
  });
});
