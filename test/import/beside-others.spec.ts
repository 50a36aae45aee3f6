import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { readEvent } from '../../src/books/event.js';
import { type ImportOptions, type ImportProgress, type ImportReport } from '../../src/import/report/import-report.js';
import { isDone } from '../../src/import/report/print-report.js';
import { runImport } from '../../src/import/run-import.js';
import { type Incoming, requestOf } from '../given-when-then.js';
import { contributionRow, csvOf, Desk, SHA256 } from './fixture.js';

const BOOK = 'book-employee-460100';
type Row = Record<string, string>;

const common = ({ fund, unit, businessDate, maker, reviewer, note }: Row): Row => ({
  fund: fund!,
  unit: unit!,
  businessDate: businessDate!,
  maker: maker!,
  reviewer: reviewer!,
  note: note!,
});
const evidence = (number: string): Row => ({
  'evidence.kind': 'correction',
  'evidence.number': number,
  'evidence.sha256': '0b'.repeat(32),
});
const row = (headcount: number, changes: Row = {}): Row =>
  contributionRow({ headcount: String(headcount), ...changes });
const reversalOf = (id: string, number = 'R-1'): Row => ({
  ...common(contributionRow()),
  kind: 'reversal',
  reverses: id,
  reason: '金额录入有误',
  ...evidence(number),
});
const spendingOf = (amount: string, number = 'S-1'): Row => ({
  ...common(contributionRow()),
  kind: 'money-movement',
  amount,
  from: 'treasury',
  to: 'fiscal-account',
  reason: 'treasury-to-fiscal',
  ...evidence(number),
});

const onceChecked = ({ phase, done, total }: ImportProgress): boolean => phase === 'checking' && done === total;

/** Imports a file beside which something is posted once it has been checked. */
async function importBeside(
  desk: Desk,
  rows: readonly Row[],
  other: () => Promise<unknown>,
  options: ImportOptions = {},
): Promise<ImportReport> {
  let posted: Promise<unknown> | undefined;
  const path = desk.write('feed.csv', csvOf(rows));
  const report = await runImport(desk.target, path, options, (progress) => {
    if (onceChecked(progress)) posted ??= other();
  });
  await posted;
  return report;
}

const post = (desk: Desk, incoming: Incoming, key: string) => desk.target.books.post(requestOf(incoming, key));
const linesOf = (report: ImportReport) => report.errors.map(({ line, code }) => [line, code]);

describe('a single voucher that is posted into a book of the file meanwhile', () => {
  it('leaves a reversal of an earlier line what it means: that line, wherever it came to stand', async () => {
    const desk = new Desk();
    const rows = [row(1), row(2), reversalOf(`${BOOK}-1`), row(4)];
    const report = await importBeside(desk, rows, () => post(desk, { kind: 'contribution' }, 'other'));
    expect(report).toMatchObject({ outcome: 'posted', posted: 4, rejected: 0 });
    expect(report.notes).toMatchObject([{ code: 'reversal-renamed', line: 4, got: `${BOOK}-1`, taken: `${BOOK}-2` }]);
    const events = await desk.events();
    expect(events.map(({ line, reverses }) => [line, reverses])).toEqual([
      [undefined, undefined],
      [2, undefined],
      [3, undefined],
      [4, `${BOOK}-2`],
      [5, undefined],
    ]);
    expect(await desk.import('feed.csv', csvOf(rows))).toMatchObject({ outcome: 'posted', posted: 0, replayed: 4 });
  });

  const spent = { kind: 'money-movement', from: 'treasury', to: 'fiscal-account', reason: 'treasury-to-fiscal' };
  const duplicate: Incoming = {
    kind: 'contribution',
    amount: '100.00',
    businessDate: '2025-05-12',
    poolShare: undefined,
    personalShare: undefined,
    payer: { kind: 'employer', reference: 'E-0001' },
    evidence: { kind: 'tax-receipt', number: 'HK-9', sha256: SHA256 },
  };

  it.each<[string, Row, Incoming, string, string]>([
    ['the balance it needs', spendingOf('200.00'), { ...spent, amount: '150.00' }, 'other', 'below-zero'],
    ['its key', row(3, { key: 'K' }), { kind: 'contribution' }, 'K', 'key-used-before'],
    ['the voucher it takes back', reversalOf(`${BOOK}-0`), { kind: 'reversal' }, 'other', 'already-reversed'],
    ['the same as it', row(12, { 'evidence.number': 'HK-9' }), duplicate, 'other', 'likely-duplicate'],
  ])('that takes %s refuses that line; the rest is posted, and it alone is tried again', async (...given) => {
    const [, line, incoming, key, code] = given;
    const desk = new Desk();
    await desk.import('before.csv', csvOf([row(99, { amount: '250.00' })]));
    const rows = [line, row(1), row(2, { unit: '460200' }), reversalOf(`${BOOK}-2`, 'R-9')];
    const report = await importBeside(desk, rows, () => post(desk, incoming, key));
    expect(report).toMatchObject({ outcome: 'incomplete', posted: 3, rejected: 1 });
    expect([linesOf(report), isDone(report)]).toEqual([[[2, code]], false]);
    const events = await desk.events();
    const taken = events.find(({ reverses, line: at }) => reverses !== undefined && at === 5)!;
    expect((await desk.store.readStream(BOOK, { limit: 9 })).map(readEvent)[2]).toMatchObject({ line: 3 });
    expect(taken.reverses).toBe(`${BOOK}-2`);
    const again = await desk.import('feed.csv', csvOf(rows));
    expect(again).toMatchObject({ outcome: 'refused', posted: 0, replayed: 3, rejected: 1 });
    expect(linesOf(again)).toEqual([[2, code]]);
  });
});

describe('another node that imports the same file meanwhile', () => {
  const penaltyRow = (number: number): Row => ({
    ...common(contributionRow()),
    kind: 'penalty',
    caseId: `HK-${number}`,
    amount: '250000.00',
    article: '38',
    party: 'H46010000001',
    base: '100000.00',
    treasuryReceipt: `GK-${number}`,
    ...evidence(`P-${number}`),
    'evidence.kind': 'decision',
  });
  const files: [string, Row[]][] = [
    ['vouchers', [row(1), row(2), row(3, { unit: '460200' })]],
    ['vouchers with keys of their own', [row(1, { key: 'A' }), row(2, { key: 'B' })]],
    ['memos', [penaltyRow(1), penaltyRow(2)]],
  ];

  it.each(files)('and was faster has recorded its %s, and nothing is taken for a duplicate', async (_, rows) => {
    const desk = new Desk();
    const other = desk.otherNode();
    const path = desk.write('feed.csv', csvOf(rows));
    let there: Promise<ImportReport> | undefined;
    // Once this one has looked into the first book, the other does all of it.
    const readStream = desk.store.readStream.bind(desk.store);
    desk.store.readStream = async (...asked) => {
      const before = await readStream(...asked);
      desk.store.readStream = readStream;
      await (there = runImport(other, path, {}));
      return before;
    };
    const report = await runImport(desk.target, path, {});
    expect(await there).toMatchObject({ outcome: 'posted', posted: rows.length });
    expect(report.errors).toEqual([]);
    expect(report).toMatchObject({ outcome: 'posted', posted: 0, replayed: rows.length });
    expect(await desk.events()).toHaveLength(rows.length);
  });
});

describe('a line that was refused because of others', () => {
  const rows = [spendingOf('200.00'), row(1), row(2)];
  const file = csvOf(rows);
  const journalOf = (desk: Desk): string =>
    `imports/${readdirSync(desk.path('imports')).find((name) => name.endsWith('.journal'))}`;

  /** A file of which the first line is not posted, for want of money that has come since. */
  async function incomplete(): Promise<Desk> {
    const desk = new Desk();
    await desk.import('before.csv', csvOf([row(99, { amount: '250.00' })]));
    const spent = { kind: 'money-movement', from: 'treasury', to: 'fiscal-account', reason: 'treasury-to-fiscal' };
    const report = await importBeside(desk, rows, () => post(desk, { ...spent, amount: '150.00' }, 'other'));
    expect(report).toMatchObject({ outcome: 'incomplete', posted: 2, rejected: 1 });
    await desk.import('money.csv', csvOf([row(98, { amount: '500.00' })]));
    return desk;
  }

  it('is posted by the same file once it can be, and then stands like any other', async () => {
    const desk = await incomplete();
    const report = await desk.import('feed.csv', file);
    expect(report).toMatchObject({ outcome: 'posted', posted: 1, replayed: 2 });
    expect((await desk.events()).at(-1)).toMatchObject({ amount: '200.00', key: `${report.digest.slice(0, 32)}:2` });
    expect(readdirSync(desk.path('imports'))).toEqual([]);
    expect(await desk.import('feed.csv', file)).toMatchObject({ outcome: 'posted', posted: 0, replayed: 3 });
  });

  it.each<[string, boolean, (desk: Desk) => void]>([
    ['lost', false, (desk) => rmSync(desk.path(journalOf(desk)))],
    ['garbage', true, (desk) => desk.write(journalOf(desk), Buffer.alloc(4_096, 0xa5).fill('\n', 99, 100))],
    [
      'damaged in one bit',
      true,
      (desk) => desk.write(journalOf(desk), desk.read(journalOf(desk)).replace('began', 'begun')),
    ],
    [
      'that of another log',
      false,
      (desk) => desk.write(journalOf(desk), journalText(['log', { first: 'f', position: 1, hash: 'h' }], ['began'])),
    ],
  ])('is neither taken for posted nor posted twice where the journal of its file is %s', async (_, isNoted, change) => {
    const desk = await incomplete();
    change(desk);
    const before = (await desk.events()).length;
    const report = await desk.import('feed.csv', file);
    expect(report).toMatchObject({ posted: 0, replayed: 2, rejected: 1 });
    expect(linesOf(report)).toEqual([[2, 'left-out-before']]);
    expect(report.notes.map(({ code }) => code)).toEqual(isNoted ? ['journal-damaged'] : []);
    expect(await desk.events()).toHaveLength(before);
  });

  it('that was handed back in a list of rejects is not posted twice, though it could be', async () => {
    const desk = new Desk();
    const report = await desk.import('feed.csv', file, { acceptGood: true });
    expect(report).toMatchObject({ outcome: 'posted', posted: 2, rejected: 1 });
    expect(await desk.import('rejects.csv', readFileSync(report.rejectsFile!))).toMatchObject({ posted: 1 });
    await desk.import('money.csv', csvOf([row(98, { amount: '500.00' })]));
    const again = await desk.import('feed.csv', file, { acceptGood: true, acceptDuplicates: true });
    expect(again).toMatchObject({ posted: 0, replayed: 2, rejected: 1 });
    expect(linesOf(again)).toEqual([[2, 'left-out-before']]);
  });
});

const journalText = (...records: readonly unknown[]): string =>
  records
    .map((record) => JSON.stringify(record))
    .map((text) => `${crc32(text).toString(16).padStart(8, '0')} ${text}\n`)
    .join('');

it('leaves nothing behind', async () => {
  const desk = new Desk();
  const report = await importBeside(desk, [row(1)], () => post(desk, { kind: 'contribution' }, 'other'));
  expect([isDone(report), linesOf(report)]).toEqual([true, []]);
  expect(readdirSync(desk.path('imports'))).toEqual([]);
});
