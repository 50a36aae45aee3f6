import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Command, Option } from 'commander';
import { event } from '../../test/given-when-then.js';
import { readXlsx, valuesOf } from '../../test/xlsx.js';
import { follow } from '../../projections/following/follow.js';
import { ReadTablesWriter } from '../../projections/following/read-tables.js';
import { PROJECTIONS, QUESTIONS } from '../../projections/registry.js';
import { DataDirectory, dataPaths } from '../data-directory.js';
import { SqliteEventStore } from '../event-store/sqlite/sqlite-event-store.js';
import { openForReading } from '../reading.js';
import { fieldsOf } from '../kinds/fields.js';
import { addReportCommand } from './report.js';

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'tongzhang-report-'));
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(data, { recursive: true, force: true });
});

/** Appends contributions of 1,234.50 to a book, as many as asked for. */
async function post(count: number): Promise<void> {
  const { log, mark } = dataPaths(data);
  const store = new SqliteEventStore(log, { readonly: false, markPath: mark });
  const { kind, ...contribution } = event([], { kind: 'contribution' });
  const before = await store.head();
  const events = Array.from({ length: count }, (_, index) => ({
    type: 'ContributionRecorded.v1',
    data: JSON.stringify({ kind, ...contribution }),
    key: `key-${before + index}`,
    keyIndexed: true,
  }));
  await store.append('book-employee-460100', before === 0 ? 'no-stream' : before - 1, events);
  await store.close();
}

/** What the last report said beside what it printed. */
let said: string[] = [];

/** Runs `tongzhang report …` and returns what it prints. */
async function report(...words: string[]): Promise<string> {
  const printed: string[] = [];
  said = [];
  jest.spyOn(process.stderr, 'write').mockImplementation((chunk) => said.push(String(chunk)) > 0);
  jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => printed.push(String(chunk)) > 0);
  const program = new Command('tongzhang')
    .option('--json')
    .addOption(new Option('--lang <lang>').default('en'))
    .addOption(new Option('--data <dir>').default(data))
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  addReportCommand(program);
  try {
    await program.parseAsync(['report', ...words], { from: 'user' });
  } finally {
    jest.restoreAllMocks();
  }
  return printed.join('');
}

const QUESTION = ['fund-balance', '--fund', 'employee', '--as-of', '2025-05-31'];

describe('tongzhang report', () => {
  it('prints a table, CSV or JSON, and says which position it shows', async () => {
    await post(2);
    const table = await report(...QUESTION, '--recorded-as-of', '1');
    expect(table).toMatch(/^Fund income, expenditure and balance 2025-01-01 to 2025-05-31 +unit: 100 million yuan\n/);
    expect(table).toContain('Shows the log up to position 1.');
    expect(await report(...QUESTION, '--unit-of-money', 'yuan')).toMatch(/Employee .*2,469\.00 +0\.00 +2,469\.00\n/);
    expect(await report(...QUESTION, '--fen')).toMatch(/to the fen, in yuan +0\.00 +2,469\.00/);
    expect(await report(...QUESTION, '--format', 'csv', '--unit-of-money', 'wan')).toMatch(
      /^\uFEFFfund,"opening \(10,000 yuan\)",.*\r\nEmployee .*,0\.00,0\.25,0\.00,0\.25\r\n$/,
    );
    const body = { position: 2, asOf: '2025-05-31', funds: [{ fund: 'employee', closing: '2469.00' }] };
    expect(JSON.parse(await report(...QUESTION, '--format', 'json'))).toMatchObject(body);
    expect(JSON.parse(await report('--json', ...QUESTION))).toMatchObject(body);
  });

  it('reads days and moments as people write them, and says what it understood', async () => {
    await post(2);
    const asked = ['fund-balance', '--as-of', '２０２５年５月３１日', '--recorded-as-of'];
    const table = await report(...asked, '20250701');
    expect(table).toContain('2025-01-01 to 2025-05-31');
    expect(table).toContain('Shows the log up to position 2, as recorded by 2025-07-01.');
    expect(JSON.parse(await report('--json', ...asked, '2025/6/30 12:05'))).toMatchObject({
      position: 0,
      asOf: '2025-05-31',
      recordedAsOf: '2025-06-30T04:05:00.000Z',
    });
    for (const moment of ['3', '2025-06-31', '20250631', '2199-12-31', 'position:20250531'])
      await expect(report(...asked, moment)).rejects.toMatchObject({ kind: 'invalid' });
  });

  it('prints one table alone, and as CSV the first unless another is named, and says what it left out', async () => {
    await post(2);
    const table = await report(...QUESTION, '--sheet', 'books');
    expect(table).toMatch(/^Books in detail 2025-01-01 to 2025-05-31 [^]*Shows the log up to position 2\.\n$/);
    expect(table).not.toContain('Fund income');
    const csv = await report(...QUESTION, '--format', 'csv', '--sheet', 'accounts');
    expect(csv).toMatch(/^\uFEFFfund,kind,number,account,detail,share,amount \(yuan\)\r\nEmployee /);
    expect(said).toEqual([
      'Income and expenditure of the interval; balances at its end, net assets before they take these in.\n',
      '2 more tables: funds, books (--sheet for one of them, --out DIR for all).\n',
      'Shows the log up to position 2.\n',
    ]);
  });

  it('writes every table into a directory, which it makes, and names the files', async () => {
    await post(2);
    const out = join(data, 'some', 'where');
    const files = ['accounts', 'books', 'funds'].map(
      (sheet) => `fund-balance-${sheet}-employee-from-2025-01-01-to-2025-05-31.csv`,
    );
    const printed = await report(...QUESTION, '--out', out);
    expect(printed.trimEnd().split('\n').toSorted()).toEqual(files.map((file) => join(out, file)));
    expect(readdirSync(out)).toEqual(files);
    const books = join(out, files[1]!);
    expect(readFileSync(books, 'utf8')).toBe(await report(...QUESTION, '--format', 'csv', '--sheet', 'books'));
    await report(...QUESTION, '--out', out, '--sheet', 'books', '--unit-of-money', 'yi');
    expect(readFileSync(books, 'utf8')).toContain('closing (100 million yuan)');
    await expect(report(...QUESTION, '--out', books)).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'not-writable',
      details: [{ pointer: books, got: expect.stringContaining('EEXIST') }],
    });
  });

  it('writes a workbook of a table, and none on a terminal', async () => {
    await post(2);
    await report(...QUESTION, '--format', 'xlsx', '--printed-by', 'E-0001', '--sheet', 'books', '--out', data);
    const file = join(data, 'fund-balance-books-employee-from-2025-01-01-to-2025-05-31.xlsx');
    const [table, about] = readXlsx(readFileSync(file));
    expect(table!.rows[3]!.get('F')).toMatchObject({ value: '2469.00', kind: 'number' });
    expect(about!.rows.map((row) => valuesOf(row, 2)).slice(2)).toEqual([
      ['table', 'Books in detail 2025-01-01 to 2025-05-31'],
      ['amounts in', 'yuan'],
      ['from', '2025-01-01'],
      ['to', '2025-05-31'],
      ['fund', 'employee'],
      ['as recorded by', 'all there is'],
      ['position of the log', '2'],
      ['printed by', 'E-0001'],
    ]);
    const { isTTY } = process.stdout;
    process.stdout.isTTY = true;
    await expect(report(...QUESTION, '--format', 'xlsx')).rejects.toMatchObject({ details: [{ pointer: '--format' }] });
    process.stdout.isTTY = isTTY;
  });

  it.each([
    [['--format', 'json', '--unit-of-money', 'wan'], '--unit-of-money'],
    [['--json', '--sheet', 'books'], '--sheet'],
    [['--format', 'json', '--fen'], '--fen'],
    [['--format', 'csv', '--fen'], '--fen'],
    [['--format', 'table', '--out', 'reports'], '--out'],
    [['--json', '--out', 'reports'], '--out'],
    [['--format', 'csv', '--printed-by', 'E-0001'], '--printed-by'],
  ])('refuses %j, which would change nothing', async (words, pointer) => {
    await expect(report(...QUESTION, ...words)).rejects.toMatchObject({
      kind: 'invalid',
      details: [{ pointer, code: 'option' }],
    });
  });

  it('has one command for every question, with its parameters as options and examples', async () => {
    const printed: string[] = [];
    jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => printed.push(String(chunk)) > 0);
    const program = new Command('tongzhang').exitOverride();
    addReportCommand(program);
    for (const { name, parameters } of QUESTIONS) {
      printed.length = 0;
      await expect(program.parseAsync(['report', name, '--help'], { from: 'user' })).rejects.toMatchObject({
        code: 'commander.helpDisplayed',
      });
      const help = printed.join('');
      expect(help).toMatch(
        /--format <format>[^]*--sheet <name>[^]*--out <dir>[^]*--unit-of-money <unit>[^]*--fen[^]*示例 {2}Examples/,
      );
      expect(help).toMatch(/--from <day>[^]*--to <day>[^]*--as-of <day>[^]*--recorded-as-of <moment>/);
      for (const { property } of fieldsOf(parameters))
        expect(help).toContain(`--${property.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} <`);
    }
  });

  it('names every parameter that is wrong', async () => {
    await post(1);
    await expect(report('fund-balance', '--as-of', '2025-02-30', '--unit', '1')).rejects.toMatchObject({
      kind: 'invalid',
      details: [
        { pointer: 'asOf', code: 'date', got: '"2025-02-30"' },
        { pointer: 'unit', code: 'unknown-unit', got: '"1"' },
      ],
    });
  });

  it('says that there is no ledger, and makes none', async () => {
    rmSync(data, { recursive: true });
    await expect(report(...QUESTION)).rejects.toMatchObject({ kind: 'unavailable', code: 'no-ledger' });
    await expect(openForReading(data, Date.now)).rejects.toMatchObject({ code: 'no-ledger' });
  });

  it('brings read tables up to the log where no service does', async () => {
    await post(1);
    await report(...QUESTION);
    await post(2);
    expect(JSON.parse(await report('--json', ...QUESTION))).toMatchObject({ position: 3 });
    const directory = DataDirectory.take(data);
    directory.release();
  });

  it('leaves them to the service that holds the directory, and waits for it', async () => {
    await post(1);
    await report(...QUESTION);
    const service = DataDirectory.take(data);
    expect(JSON.parse(await report('--json', ...QUESTION))).toMatchObject({ position: 1 });
    await post(2);
    const answer = report('--json', ...QUESTION);
    const { log, read } = service.paths;
    const store = new SqliteEventStore(log, { readonly: true });
    const writer = new ReadTablesWriter(read);
    await follow(store, writer, PROJECTIONS, { live: false });
    writer.close();
    await store.close();
    expect(JSON.parse(await answer)).toMatchObject({ position: 3 });
    service.release();
  });
});
