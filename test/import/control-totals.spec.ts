import { describe, expect, it } from '@jest/globals';
import { BEFORE_ADOPTION } from '../../src/reference/built-in.js';
import { type ImportOptions } from '../../src/import/report/import-report.js';
import { isDone, printReport } from '../../src/import/report/print-report.js';
import { runImport } from '../../src/import/run-import.js';
import { checkCommand } from '../../src/kinds/check.js';
import { prepare } from '../../src/kinds/prepare.js';
import { findKind } from '../../src/catalogue/registry.js';
import { contributionRow, csvOf, Desk } from './fixture.js';

const three = [
  contributionRow({ amount: '10.00' }),
  contributionRow({ amount: '20.5' }),
  contributionRow({ amount: '0.05', unit: '460200', fund: 'resident', 'payer.kind': 'resident' }),
];
const employee = { kind: 'contribution', fund: 'employee', count: 2, sum: '30.50' };
const resident = { kind: 'contribution', fund: 'resident', count: 1, sum: '0.05' };
const none = { count: 0, sum: '0.00' };
const keyed = (key: string, amount: string): Record<string, string> => contributionRow({ key, amount });
const control = (count: number, sum: string) => ({ control: [{ ...employee, count, sum }] });

describe('control totals', () => {
  it('let a file pass that comes to them, also when all of it stood before', async () => {
    const desk = new Desk();
    const totals = { control: [employee, resident] };
    const first = await desk.import('feed.csv', csvOf(three), totals);
    expect(first).toMatchObject({ outcome: 'posted', posted: 3, mismatches: [] });
    expect(first.control).toEqual([
      {
        kind: 'contribution',
        fund: 'employee',
        expected: { count: 2, sum: '30.50' },
        got: { count: 2, sum: '30.50' },
        added: { count: 2, sum: '30.50' },
        stood: none,
        difference: none,
      },
      {
        kind: 'contribution',
        fund: 'resident',
        expected: { count: 1, sum: '0.05' },
        got: { count: 1, sum: '0.05' },
        added: { count: 1, sum: '0.05' },
        stood: none,
        difference: none,
      },
    ]);
    const again = await desk.import('feed.csv', csvOf(three), totals);
    expect(again).toMatchObject({ outcome: 'posted', posted: 0, replayed: 3, repeated: 0, mismatches: [] });
    expect(again.control!.map(({ added, stood }) => [added, stood])).toEqual([
      [none, { count: 2, sum: '30.50' }],
      [none, { count: 1, sum: '0.05' }],
    ]);
    expect(printReport(again, 'en')).toContain('control totals agree: 2\n');
  });

  it('add up where several are about one kind and fund', async () => {
    const one = { ...employee, count: 1, sum: '10.00' };
    const other = { ...employee, count: 1, sum: '20.50' };
    const right = await new Desk().import('feed.csv', csvOf(three), { control: [one, resident, other] });
    expect(right).toMatchObject({ outcome: 'posted', posted: 3, mismatches: [] });
    const wrong = await new Desk().import('feed.csv', csvOf(three), { control: [one, resident, employee] });
    expect(wrong).toMatchObject({ outcome: 'control-mismatch', posted: 0 });
    expect(wrong.mismatches).toMatchObject([
      { expected: { count: 3, sum: '40.50' }, difference: { count: -1, sum: '-10.00' } },
    ]);
  });

  it('keep a file out that does not come to them: another sum, a kind too many, a fund not named', async () => {
    const payout = { ...employee, kind: 'payout', count: 1, sum: '1.00' };
    const report = await new Desk().import('feed.csv', csvOf(three), {
      control: [{ ...employee, sum: '30.51' }, payout],
    });
    expect(report).toMatchObject({ outcome: 'control-mismatch', posted: 0, position: 0 });
    expect(report.mismatches).toEqual([
      {
        kind: 'contribution',
        fund: 'employee',
        expected: { count: 2, sum: '30.51' },
        got: { count: 2, sum: '30.50' },
        added: { count: 2, sum: '30.50' },
        stood: none,
        difference: { count: 0, sum: '-0.01' },
      },
      {
        kind: 'payout',
        fund: 'employee',
        expected: { count: 1, sum: '1.00' },
        got: none,
        added: none,
        stood: none,
        difference: { count: -1, sum: '-1.00' },
      },
      {
        kind: 'contribution',
        fund: 'resident',
        expected: none,
        got: { count: 1, sum: '0.05' },
        added: { count: 1, sum: '0.05' },
        stood: none,
        difference: { count: 1, sum: '0.05' },
      },
    ]);
    expect(printReport(report, 'zh')).toContain(
      '控制合计 缴费 · 职工基本医疗保险基金：应为 2 行 30.51；新记账 2 行 30.50，此前已入账 0 行 0.00；差额 0 行 -0.01',
    );
    expect(printReport(report, 'en')).toContain(
      'expected 2 lines 30.51; new 2 lines 30.50, stood before 0 lines 0.00; difference 0 lines -0.01',
    );
  });

  it('say apart what stood before the file and what it adds', async () => {
    const desk = new Desk();
    await desk.import('one.csv', csvOf([keyed('A', '1.00')]));
    const two = csvOf([keyed('A', '1.00'), keyed('B', '2.00')]);
    const tried = await desk.import('two.csv', two, { ...control(2, '3.00'), dryRun: true });
    const posted = await desk.import('two.csv', two, control(2, '3.00'));
    for (const { totals, mismatches } of [tried, posted]) {
      expect(mismatches).toEqual([]);
      expect(totals).toEqual([
        { ...employee, sum: '3.00', added: { count: 1, sum: '2.00' }, stood: { count: 1, sum: '1.00' } },
      ]);
    }
    expect(posted).toMatchObject({ outcome: 'posted', posted: 1, replayed: 1 });
    expect(printReport(posted, 'en')).toContain('(new 1 line 2.00, stood before 1 line 1.00)');
  });

  it('count a line once that stands in the file twice with one key and one content', async () => {
    const desk = new Desk();
    const twice = csvOf([keyed('A', '1.00'), keyed('A', '1.00')]);
    expect(await desk.import('feed.csv', twice, control(2, '2.00'))).toMatchObject({
      outcome: 'control-mismatch',
      posted: 0,
      replayed: 0,
      repeated: 1,
      mismatches: [{ got: { count: 1, sum: '1.00' }, difference: { count: -1, sum: '-1.00' } }],
    });
    const posted = await desk.import('feed.csv', twice, control(1, '1.00'));
    expect(posted).toMatchObject({ outcome: 'posted', lines: 2, posted: 1, replayed: 0, repeated: 1, rejected: 0 });
    expect(printReport(posted, 'en')).toContain('lines 2  posted 1  replayed 0  repeated in the file 1  rejected 0');
    expect(printReport(posted, 'zh')).toContain('行数 2  记账 1  此前已入账 0  文件内重复 1  拒绝 0');
    const again = await desk.import('feed.csv', twice, control(1, '1.00'));
    expect(again).toMatchObject({ outcome: 'posted', posted: 0, replayed: 1, repeated: 1, mismatches: [] });
    expect(again.totals).toEqual([
      { ...employee, count: 1, sum: '1.00', added: none, stood: { count: 1, sum: '1.00' } },
    ]);
  });

  it('count two lines without keys twice, whatever they say', async () => {
    const row = contributionRow({ amount: '1.00' });
    const report = await new Desk().import('feed.csv', csvOf([row, row]), {
      ...control(2, '2.00'),
      acceptDuplicates: true,
    });
    expect(report).toMatchObject({ outcome: 'posted', posted: 2, repeated: 0 });
  });

  it('know many keys apart, also where all of them stood before', async () => {
    const desk = new Desk();
    const rows = Array.from({ length: 300 }, (_, index) => keyed(`K-${index}`, '1.00'));
    await desk.import('feed.csv', csvOf(rows));
    const again = await desk.import('more.csv', csvOf([...rows, ...rows.slice(100, 120)]), control(300, '300.00'));
    expect(again).toMatchObject({ outcome: 'posted', posted: 0, replayed: 300, repeated: 20, mismatches: [] });
  });

  it('are held against what is left where bad lines are left out', async () => {
    const rows = csvOf([contributionRow({ amount: '1.00' }), contributionRow({ amount: 'x' })]);
    const report = await new Desk().import('feed.csv', rows, { ...control(1, '1.00'), acceptGood: true });
    expect(report).toMatchObject({ outcome: 'posted', posted: 1, rejected: 1, mismatches: [] });
    expect(isDone(report)).toBe(true);
    const refused = await new Desk().import('feed.csv', rows, control(1, '1.00'));
    expect(refused).toMatchObject({ outcome: 'refused', mismatches: [] });
    expect(refused.control).toBeUndefined();
  });

  describe('while another writer is in the book', () => {
    const contribution = findKind('contribution')!;
    const shares = { poolShare: undefined, personalShare: undefined };
    const example = JSON.parse(JSON.stringify({ ...contribution.example, ...shares })) as object;
    const prepared = (amount: string) =>
      prepare(contribution, checkCommand(contribution, { ...example, amount }, BEFORE_ADOPTION), BEFORE_ADOPTION);
    /** A row that says what the other writer says. */
    const rowOf = (key: string, amount: string) => ({
      key,
      ...cellsOf(prepared(amount).command),
      kind: 'contribution',
    });

    /** Imports a file into whose book another writer posts, with a key, once it has been checked. */
    async function importBeside(rows: readonly Record<string, string>[], key: string, options: ImportOptions) {
      const desk = new Desk();
      let other: Promise<unknown> | undefined;
      const report = await runImport(desk.target, desk.write('feed.csv', csvOf(rows)), options, ({ lines, phase }) => {
        if (phase === 'checking' && lines === rows.length)
          other ??= desk.target.books.post({ prepared: prepared('1.00'), key: { key } });
      });
      await other;
      return { report, events: await desk.events() };
    }

    it('count what it posted of the file as standing before', async () => {
      const { report } = await importBeside([rowOf('A', '1.00'), rowOf('B', '2.00')], 'A', control(2, '3.00'));
      expect(report).toMatchObject({ outcome: 'posted', posted: 1, replayed: 1, mismatches: [] });
      expect(report.totals).toMatchObject([{ added: { count: 1, sum: '2.00' }, stood: { count: 1, sum: '1.00' } }]);
    });

    it('count nothing that was not posted after all, and do not let it pass for what was expected', async () => {
      const rows = Array.from({ length: 6_000 }, (_, index) => rowOf(`K-${index}`, '2.00'));
      const options = { ...control(6_000, '12000.00'), acceptDuplicates: true };
      const { report, events } = await importBeside(rows, 'K-0', options);
      expect(report).toMatchObject({ outcome: 'incomplete', rejected: 1 });
      expect(report.posted).toBeLessThan(6_000);
      expect(report.posted).toBe(events.length - 1);
      expect(report.totals).toMatchObject([{ count: report.posted, added: { count: report.posted } }]);
      expect(report.mismatches).toMatchObject([{ difference: { count: report.posted - 6_000 } }]);
      expect(isDone(report)).toBe(false);
    }, 240_000);
  });
});

/** The fields of a command as cells, by their dotted names. */
function cellsOf(value: object, prefix = ''): Record<string, string> {
  const cells = Object.entries(value).map(([name, field]: [string, unknown]) =>
    typeof field === 'object' && field !== null
      ? cellsOf(field, `${prefix}${name}.`)
      : { [prefix + name]: String(field) },
  );
  return Object.assign({}, ...cells) as Record<string, string>;
}
