import { afterAll, expect, it } from '@jest/globals';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

export async function whole(pieces: AsyncIterable<string>): Promise<string> {
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
