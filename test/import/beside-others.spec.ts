import { describe, expect, it } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { type ImportOptions, type ImportProgress, type ImportReport } from '../../src/import/report/import-report.js';
import { isDone } from '../../src/import/report/print-report.js';
import { runImport } from '../../src/import/run-import.js';
import { type Incoming, requestOf } from '../given-when-then.js';
import { contributionRow, csvOf, Desk } from './fixture.js';

const BOOK = 'book-employee-460100';
type Row = Record<string, string>;

const common = ({ fund, unit, businessDate, maker, reviewer, note }: Row): Row => ({
  ...{ fund: fund!, unit: unit!, businessDate: businessDate!, maker: maker!, reviewer: reviewer!, note: note! },
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
  ...{ kind: 'money-movement', amount, from: 'treasury', to: 'fiscal-account', reason: 'treasury-to-fiscal' },
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

  it('leaves the lines that do not depend on it as they are', async () => {
    const desk = new Desk();
    const rows = [row(1), spendingOf('100.00'), row(3), row(4, { unit: '460200' })];
    const before = await desk.import('before.csv', csvOf([row(9, { amount: '50.00' })]));
    expect(before.posted).toBe(1);
    const spent = { kind: 'money-movement', amount: '150.00', from: 'treasury', to: 'fiscal-account' };
    // The other one has the money of the first line before the second asks for it.
    let first: Promise<unknown> | undefined;
    const path = desk.write('feed.csv', csvOf(rows));
    const report = await runImport(desk.target, path, {}, (progress) => {
      if (onceChecked(progress))
        first ??= post(desk, { ...spent, amount: '50.00', reason: 'treasury-to-fiscal' }, 'other');
    });
    await first;
    expect(report).toMatchObject({ outcome: 'posted', posted: 4 });
  });
});

it('leaves nothing behind', async () => {
  const desk = new Desk();
  const report = await importBeside(desk, [row(1)], () => post(desk, { kind: 'contribution' }, 'other'));
  expect([isDone(report), linesOf(report)]).toEqual([true, []]);
  expect(readdirSync(desk.path('imports'))).toEqual([]);
});
