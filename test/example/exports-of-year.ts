import { afterAll, expect, it } from '@jest/globals';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generalLedger, publicRecords } from '../../src/exports/gbt24589.js';
import { hledgerJournal } from '../../src/exports/hledger.js';
import { type ExportScope, vouchersOf } from '../../src/exports/vouchers.js';
import { formatFen } from '../../src/money.js';
import { sayNotRun } from '../not-run.js';
import { type Balances, fen, isExpenditure, isIncome, type PlainBook } from './plain-books.js';
import { type begunYear } from './posted-year.js';

type Ledger = Awaited<ReturnType<typeof begunYear>>;
/** Balances by account of the export, to the fen. */
type Accounts = Record<string, string>;

const directory = mkdtempSync(join(tmpdir(), 'tongzhang-export-'));
afterAll(() => rmSync(directory, { recursive: true }));

async function whole(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

const journalOf = ({ store, reference }: Ledger, scope: ExportScope = {}): Promise<string> =>
  whole(hledgerJournal(vouchersOf(store, scope), scope, reference.current.ever));

/** What the postings of a journal come to, by account; a transaction that does not balance fails. */
function addedUp(journal: string): Accounts {
  const sums = new Map<string, bigint>();
  for (const transaction of journal.split('\n\n')) {
    const postings = [...transaction.matchAll(/^ {4}(\S+) {2}(-?[0-9]+\.[0-9]{2}) CNY$/gm)];
    for (const [, account, amount] of postings) sums.set(account!, (sums.get(account!) ?? 0n) + fen(amount!));
    expect(postings.reduce((sum, [, , amount]) => sum + fen(amount!), 0n)).toBe(0n);
  }
  return written(sums);
}

const written = (sums: Iterable<readonly [string, bigint]>): Accounts =>
  Object.fromEntries(
    [...sums]
      .filter(([, amount]) => amount !== 0n)
      .map(([account, amount]): [string, string] => [account, formatFen(amount)])
      .toSorted(([one], [other]) => (one < other ? -1 : 1)),
  );

const topOf = (line: string): string => {
  if (isIncome(line) || line.startsWith('pending.')) return 'revenues';
  if (isExpenditure(line)) return 'expenses';
  if (line.startsWith('net.')) return 'equity';
  return line.startsWith('suspense.') || line === 'loans' ? 'liabilities' : 'assets';
};

/** The balances of the books computed once more, by the names of the export. */
const named = (books: ReadonlyMap<string, PlainBook>, balancesOf: (book: PlainBook) => Balances): Accounts =>
  written(
    [...books].flatMap(([name, book]) =>
      [...balancesOf(book)].map(([line, amount]): [string, bigint] => {
        const place = line.replaceAll(/[/@]/g, ':');
        return [`${topOf(line)}:${name.replace('/', ':')}:${place}`, amount];
      }),
    ),
  );

/** What hledger itself says a journal comes to; undefined where it is not installed. */
function byHledger(journal: string): Accounts | undefined {
  if (spawnSync('hledger', ['--version']).status !== 0) return undefined;
  const path = join(directory, 'year.journal');
  writeFileSync(path, journal);
  const options = { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C.UTF-8' }, maxBuffer: 1 << 26 } as const;
  execFileSync('hledger', ['-f', path, 'check', 'accounts', 'commodities', 'balancedwithautoconversion'], options);
  const csv = execFileSync('hledger', ['-f', path, 'bal', '--flat', '-N', '-O', 'csv'], options);
  const rows = [...csv.matchAll(/^"([^"]+)","(-?[0-9.]+) CNY"$/gm)];
  return written(rows.map(([, account, amount]) => [account!, fen(amount!)]));
}

/** What is asked of the journal of the year: it is run where the year has been posted already. */
export function hledgerTests(ledger: Ledger, books: ReadonlyMap<string, PlainBook>): void {
  it('comes to the balances of every book, line for line, by hledger too', async () => {
    const journal = await journalOf(ledger);
    const computed = named(books, ({ balances }) => balances);
    expect(addedUp(journal)).toEqual(computed);
    const hledgers = byHledger(journal);
    if (hledgers) expect(hledgers).toEqual(computed);
    else sayNotRun('hledger is not installed: its balances of the exported journal were not compared');
  });

  it('brings forward what was before its first day, of the books it is of', async () => {
    const scope = { fund: 'employee', unit: '460100', from: '2024-07-01', to: '2024-07-31' };
    const journal = await journalOf(ledger, scope);
    const haikou = new Map([...books].filter(([name]) => name === 'employee/460100'));
    expect(addedUp(journal)).toEqual(named(haikou, ({ closed }) => closed.get('2024-07-31')!));
    const days = [...journal.matchAll(/^(\d{4}-\d\d-\d\d) \((\S+)\)/gm)].map(([, day]) => day!.slice(0, 7));
    expect(new Set(days)).toEqual(new Set(['2024-07']));
    expect(journal).toContain(
      '\n2024-07-01 上期结转 brought forward  ; kind:brought-forward, fund:employee, unit:460100\n',
    );
    expect(journal).toContain('\naccount assets:employee:460100:fiscal-account  ; 1003 财政专户存款 海口市 ');
  });

  it('says of each voucher its number, id and kind', async () => {
    const journal = await journalOf(ledger, { fund: 'employee', unit: '460100', from: '2024-05-15', to: '2024-05-15' });
    const [first, ...postings] = journal
      .split('\n\n')
      .find((each) => each.includes('kind:reversal'))!
      .split('\n');
    expect(first).toMatch(/^2024-05-15 \(2024-05-付-\d{4}\) 红字冲销：金额错位 {2}; id:book-employee-460100-\d+, /);
    expect(first).toMatch(/, kind:reversal, fund:employee, unit:460100, reverses:book-employee-460100-\d+$/);
    expect(postings).toEqual([
      '    expenses:employee:460100:benefits:outpatient:pool  -1234.50 CNY',
      '    assets:employee:460100:fiscal-account  1234.50 CNY',
    ]);
  });
}

/** A record of the interface: its name, and its fields by their names. */
interface InterfaceRecord {
  readonly name: string;
  readonly fields: Record<string, string>;
}

/** Reads XML of elements and text, and fails where an element is not ended where it should be. */
function readXml(xml: string): InterfaceRecord[] {
  const records: InterfaceRecord[] = [];
  const open: string[] = [];
  let text = '';
  expect(xml.startsWith('<?xml version="1.0" encoding="UTF-8"?>\n')).toBe(true);
  for (const [, end, name, words] of xml.slice(xml.indexOf('\n')).matchAll(/<(\/?)([^<>]+)>([^<]*)/g)) {
    if (end) {
      expect(open.pop()).toBe(name);
      if (open.length === 2) records.at(-1)!.fields[name!] = text;
    } else {
      open.push(name!);
      if (open.length === 2) records.push({ name: name!, fields: {} });
    }
    text = words!.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  }
  expect(open).toEqual([]);
  return records;
}

const HAIKOU = { fund: 'employee', unit: '460100', year: '2024' };
type Fields = InterfaceRecord['fields'];

/** The national interface of a book of the year, read back. */
const interfaceOf = async ({ store, reference }: Ledger, book = HAIKOU): Promise<InterfaceRecord[]> => {
  const read = () => vouchersOf(store, { fund: book.fund, unit: book.unit, to: `${book.year}-12-31` });
  return readXml(await whole(generalLedger(read, book, reference.current.ever)));
};
const of = (records: readonly InterfaceRecord[], name: string): Fields[] =>
  records.filter((one) => one.name === name).map(({ fields }) => fields);
const signed = (side: string, amount: string): bigint => (side === '贷' ? -fen(amount) : fen(amount));

/** The ledger line that a record is of. */
function lineOf({ reference }: Ledger, { 科目编号: number, 辅助项1编号: share }: Fields): string {
  const rows = reference.current.ever.chart.all.flatMap((account) => [account, ...account.detailRows]);
  return `${rows.find((row) => row.number === number)!.key}${share ? `@${share}` : ''}`;
}

/** What is asked of it: the balances, which are those of the books computed once more. */
export function gbt24589Tests(ledger: Ledger, books: ReadonlyMap<string, PlainBook>): void {
  it.each(['employee', 'resident', 'assistance'])(
    'of the %s fund says what the books hold, month by month',
    async (fund) => {
      const records = await interfaceOf(ledger, { ...HAIKOU, fund });
      const balances = of(records, '科目余额及发生额');
      const book = books.get(`${fund}/460100`)!;
      for (const [day, closed] of book.closed) {
        const month = String(Number.parseInt(day.slice(5, 7), 10));
        const ended = balances
          .filter((row) => row['会计期间号'] === month)
          .map((row) => [lineOf(ledger, row), signed(row['期末余额方向']!, row['期末本币余额']!)] as const);
        expect([day, written(ended)]).toEqual([day, written(closed)]);
      }
    },
  );

  it('has vouchers that come to what moved, and periods that follow on each other', async () => {
    const records = await interfaceOf(ledger);
    const moved = new Map<string, [bigint, bigint]>();
    for (const row of of(records, '记账凭证')) {
      const key = `${row['会计期间号']} ${lineOf(ledger, row)}`;
      const [debit, credit] = moved.get(key) ?? [0n, 0n];
      moved.set(key, [debit + fen(row['借方本币金额']!), credit + fen(row['贷方本币金额']!)]);
    }
    const ends = new Map<string, bigint>();
    for (const row of of(records, '科目余额及发生额')) {
      const line = lineOf(ledger, row);
      const opening = signed(row['期初余额方向']!, row['期初本币余额']!);
      const closing = signed(row['期末余额方向']!, row['期末本币余额']!);
      const turnover = [fen(row['借方本币金额']!), fen(row['贷方本币金额']!)];
      expect([row['会计期间号'], line, turnover]).toEqual([
        row['会计期间号'],
        line,
        moved.get(`${row['会计期间号']} ${line}`) ?? [0n, 0n],
      ]);
      expect(opening + turnover[0]! - turnover[1]!).toBe(closing);
      if (row['会计期间号'] !== '1') expect(opening).toBe(ends.get(line) ?? 0n);
      ends.set(line, closing);
    }
    // What the book was opened with is brought forward, and is no voucher of January.
    expect(of(records, '记账凭证').some((row) => row['记账凭证摘要']!.includes('期初'))).toBe(false);
  });
}

/** And the names of what is in it. */
export function gbt24589NameTests(ledger: Ledger): void {
  it('names each account, each voucher and who made it', async () => {
    const records = await interfaceOf(ledger);
    const numbers = new Set(of(records, '会计科目').map((row) => row['科目编号']));
    for (const row of [...of(records, '科目余额及发生额'), ...of(records, '记账凭证')])
      expect(numbers.has(row['科目编号'])).toBe(true);
    expect(of(records, '会计科目')).toContainEqual({
      科目编号: '5001.01',
      科目名称: '住院',
      科目级次: '2',
      科目类型: '支出',
      余额方向: '借',
    });
    const red = of(records, '记账凭证').find((row) => row['记账凭证摘要'] === '红字冲销：金额错位')!;
    expect(red).toMatchObject({
      记账凭证日期: '20240515',
      会计期间号: '5',
      记账凭证类型编号: '2',
      记账凭证行号: '1',
      科目编号: '5001.03',
      辅助项1编号: 'pool',
      借方本币金额: '-1234.50',
      贷方本币金额: '0.00',
      附件数: '1',
      记账标志: '1',
      作废标志: '0',
    });
    expect(red['制单人']).toMatch(/^m-460100-\d$/);
    expect(red['审核人']).toMatch(/^r-460100-\d$/);
  });

  it('has the book, its periods and its series of vouchers in the public records', () => {
    const records = readXml(publicRecords(HAIKOU, ledger.reference.current.ever, '1 & <2>'));
    expect(of(records, '电子账簿')[0]).toMatchObject({
      电子账簿名称: '海口市 职工基本医疗保险基金',
      版本号: '1 & <2>',
      标准版本号: 'GB/T 24589.1-2010',
    });
    const periods = of(records, '会计期间').map((row) => row['会计期间结束日期']);
    expect([periods.length, periods[1], periods[11]]).toEqual([12, '20240229', '20241231']);
    expect(of(records, '记账凭证类型').map((row) => row['记账凭证类型简称'])).toEqual(['收', '付', '转']);
  });
}
