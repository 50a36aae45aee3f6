import { describe, expect, it } from '@jest/globals';
import { BEFORE_ADOPTION } from '../../src/reference/built-in.js';
import iconv from 'iconv-lite';
import { readdirSync, readFileSync } from 'node:fs';
import { findKind } from '../../src/catalogue/registry.js';
import { contributionRow, csvOf, Desk } from './fixture.js';

const three = [
  contributionRow({ amount: '10.00' }),
  contributionRow({ amount: '20.5', note: 'a note, "quoted"' }),
  contributionRow({ amount: '0.05', unit: '460200', fund: 'resident', 'payer.kind': 'resident' }),
];

describe('importing a file', () => {
  it('posts every line once, in order, as the command it says', async () => {
    const desk = new Desk();
    const report = await desk.import('feed.csv', csvOf(three));
    expect(report).toMatchObject({
      outcome: 'posted',
      format: 'csv',
      encoding: 'utf-8',
      lines: 3,
      posted: 3,
      replayed: 0,
      rejected: 0,
      errorCount: 0,
      position: 3,
      totals: [
        { kind: 'contribution', fund: 'employee', count: 2, sum: '30.50' },
        { kind: 'contribution', fund: 'resident', count: 1, sum: '0.05' },
      ],
    });
    const events = (await desk.events()).toSorted((a, b) => a.line! - b.line!);
    expect(events.map(({ source, line }) => [source, line])).toEqual(
      [2, 3, 4].map((line) => [report.digest.slice(0, 32), line]),
    );
    expect(events[1]).toMatchObject({
      kind: 'contribution',
      recordedAt: '2025-11-22T04:00:00.000Z',
      period: '2025-05',
      voucherType: 'receipt',
      voucherNumber: 2,
      amount: '20.50',
      payer: { kind: 'employer', reference: 'E-0001' },
      headcount: 12,
      entries: [
        { account: 'treasury', debit: '20.50' },
        { account: 'income.premiums', detail: 'employer', share: 'pool', credit: '20.50' },
      ],
    });
    expect(readdirSync(desk.path('imports'))).toEqual([]);
  });

  it('writes the same bytes as a command that comes alone', async () => {
    const desk = new Desk();
    await desk.import('feed.csv', csvOf([contributionRow({ key: 'K-1' })]));
    const [stored] = await desk.store.readStream('book-employee-460100', { from: 0, limit: 1 });
    const { kind, key, ...rest } = JSON.parse(stored!.data) as Record<string, unknown>;
    expect(Object.keys({ kind, key, ...rest })).toEqual(
      [
        'kind,key,recordedAt,policy,period,voucherType,voucherNumber,fund,unit,businessDate,evidence',
        'maker,reviewer,note,amount,payer,coverPeriod,headcount,entries',
      ].flatMap((names) => names.split(',')),
    );
  });

  it('posts nothing the second time, whatever the name of the file', async () => {
    const desk = new Desk();
    await desk.import('feed.csv', csvOf(three));
    const again = await desk.import('renamed.csv', csvOf(three));
    expect(again).toMatchObject({ outcome: 'posted', lines: 3, posted: 0, replayed: 3, rejected: 0, position: 3 });
    expect(again.totals.map(({ sum }) => sum)).toEqual(['30.50', '0.05']);
  });

  it('goes on after the last line that was posted of each book', async () => {
    const desk = new Desk();
    const file = csvOf(three);
    const { digest } = await new Desk().import('feed.csv', file);
    const kind = findKind('contribution')!;
    const { prepare } = await import('../../src/kinds/prepare.js');
    const { checkCommand } = await import('../../src/kinds/check.js');
    const first = prepare(
      kind,
      checkCommand(kind, { ...kind.example, amount: '1234.50' }, BEFORE_ADOPTION),
      BEFORE_ADOPTION,
    );
    await desk.target.books.post({ prepared: first, key: { source: digest.slice(0, 32), line: 2 } });
    expect(await desk.import('feed.csv', file)).toMatchObject({ posted: 2, replayed: 1, position: 3 });
  });

  it('knows lines by their own keys across files, and refuses a key with another content', async () => {
    const desk = new Desk();
    const keyed = (key: string, amount: string) => contributionRow({ key, amount });
    await desk.import('one.csv', csvOf([keyed('A', '1.00'), keyed('B', '2.00'), keyed('A', '1.00')]));
    expect((await desk.events()).map(({ key }) => key)).toEqual(['A', 'B']);
    const two = await desk.import('two.csv', csvOf([keyed('B', '2.00'), keyed('C', '3.00')]));
    expect(two).toMatchObject({ posted: 1, replayed: 1 });
    const three = await desk.import('three.csv', csvOf([keyed('D', '1.00'), keyed('D', '2.00'), keyed('A', '9.00')]));
    expect(three).toMatchObject({ outcome: 'refused', posted: 0 });
    expect(three.errors.map(({ line, field, code }) => [line, field, code])).toEqual([
      [3, 'key', 'key-used-before'],
      [4, 'key', 'key-used-before'],
    ]);
  });

  it('reads every kind of command from one file of NDJSON', async () => {
    const desk = new Desk();
    const lines = [
      { kind: 'contribution', ...findKind('contribution')!.example },
      { kind: 'penalty', ...findKind('penalty')!.example },
      { kind: 'contribution', key: 'K', ...findKind('contribution')!.example, amount: '900.00', poolShare: '565.50' },
    ];
    const report = await desk.import('feed.ndjson', `${lines.map((line) => JSON.stringify(line)).join('\r\n')}\n\n`);
    expect(report).toMatchObject({ outcome: 'posted', format: 'ndjson', posted: 3, errorCount: 0 });
    expect((await desk.events()).map(({ kind }) => kind).toSorted()).toEqual([
      'contribution',
      'contribution',
      'penalty',
    ]);
  });

  it('takes the names of columns in NDJSON too', async () => {
    const desk = new Desk();
    const { payer, amount, ...rest } = findKind('contribution')!.example as Record<string, object>;
    const line = {
      业务种类: 'contribution',
      金额: amount,
      'payer.kind': 'employer',
      '缴费人.缴费人编号': 'E-7',
      ...rest,
    };
    expect(payer).toBeDefined();
    expect(await desk.import('feed.ndjson', JSON.stringify(line))).toMatchObject({ posted: 1 });
    expect((await desk.events())[0]).toMatchObject({ payer: { kind: 'employer', reference: 'E-7' } });
  });

  it('tries a file without posting anything or leaving anything behind', async () => {
    const desk = new Desk();
    const report = await desk.import('feed.csv', csvOf(three), { dryRun: true });
    expect(report).toMatchObject({ outcome: 'checked', lines: 3, posted: 0, rejected: 0, position: 0 });
    expect(readdirSync(desk.path('imports'))).toEqual([]);
  });

  it('ends when it is told to, and goes on the next time', async () => {
    const desk = new Desk();
    const file = csvOf(Array.from({ length: 12_000 }, (_, index) => contributionRow({ headcount: String(index) })));
    const stop = new AbortController();
    const path = desk.write('feed.csv', file);
    const { runImport } = await import('../../src/import/run-import.js');
    const stopped = runImport(desk.target, path, { signal: stop.signal }, ({ phase, done }) => {
      if (phase === 'posting' && done > 0) stop.abort();
    });
    await expect(stopped).rejects.toThrow('aborted');
    const { length } = await desk.events();
    expect(length).toBeGreaterThan(0);
    expect(length).toBeLessThan(12_000);
    expect(await runImport(desk.target, path)).toMatchObject({ posted: 12_000 - length, replayed: length });
    const lines = (await desk.events()).map(({ line }) => line);
    expect(lines).toEqual(Array.from({ length: 12_000 }, (_, index) => index + 2));
  }, 240_000);
});

describe('the text of a file', () => {
  const chinese = csvOf([contributionRow()]).replace('amount', '金额').replace('payer.kind', '缴费人.缴费人类别');

  it.each([
    ['UTF-8', Buffer.from(chinese), 'utf-8'],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${chinese}`), 'utf-8'],
    ['UTF-8 with CRLF', Buffer.from(chinese.replaceAll('\n', '\r\n')), 'utf-8'],
    ['GB18030', iconv.encode(chinese, 'gb18030'), 'gb18030'],
    ['GB18030 with CRLF', iconv.encode(chinese.replaceAll('\n', '\r\n'), 'gb18030'), 'gb18030'],
  ])('may be %s', async (_, bytes, encoding) => {
    const desk = new Desk();
    expect(await desk.import('feed.csv', bytes)).toMatchObject({ outcome: 'posted', encoding, posted: 1 });
    expect((await desk.events())[0]).toMatchObject({ note: '五月医保费', amount: '100.00' });
  });

  it('is Unicode NFC once it is posted', async () => {
    const desk = new Desk();
    await desk.import('feed.csv', csvOf([contributionRow({ note: 'e\u0301' })]));
    expect((await desk.events())[0]!.note).toBe('\u00e9');
  });
});

describe('accepting the good lines', () => {
  const rows = [
    contributionRow({ amount: '10.00' }),
    contributionRow({ amount: 'ten', note: '=cmd()' }),
    contributionRow({ amount: '20.00', reviewer: 'wang' }),
    contributionRow({ amount: '30.00', businessDate: '2030-01-01' }),
    contributionRow({ amount: '40.00' }),
  ];

  it('posts them and writes the others with their reasons', async () => {
    const desk = new Desk();
    const report = await desk.import('feed.csv', csvOf(rows), { acceptGood: true });
    expect(report).toMatchObject({ outcome: 'posted', lines: 5, posted: 2, rejected: 3, errorCount: 3 });
    expect(report.totals).toMatchObject([{ kind: 'contribution', fund: 'employee', count: 2, sum: '50.00' }]);
    expect((await desk.events()).map(({ amount }) => amount)).toEqual(['10.00', '40.00']);
    const lines = readFileSync(report.rejectsFile!, 'utf8').split('\r\n');
    expect(lines).toHaveLength(5);
    expect(lines[0]).toBe(`\ufeff${Object.keys(contributionRow()).join(',')},reasons`);
    expect(lines[1]).toContain("'=cmd()");
    expect(lines[1]).toContain('amount amount-format');
    expect(lines[2]).toContain('reviewer maker-is-reviewer');
    expect(lines[3]).toContain('businessDate date-in-future');
  });

  it('does not count a line that was left out as posted when the file comes again', async () => {
    const desk = new Desk();
    await desk.import('feed.csv', csvOf(rows), { acceptGood: true });
    const again = await desk.import('feed.csv', csvOf(rows), { acceptGood: true });
    expect(again).toMatchObject({ posted: 0, replayed: 2, rejected: 3 });
    expect(again.errors.map(({ line, code }) => [line, code])).toEqual([
      [3, 'amount-format'],
      [4, 'maker-is-reviewer'],
      [5, 'left-out-before'],
    ]);
    expect(await desk.import('feed.csv', csvOf(rows))).toMatchObject({ outcome: 'refused', rejected: 3 });
  });

  it('posts nothing of a file that cannot be read to its end', async () => {
    const desk = new Desk();
    const report = await desk.import('feed.csv', `${csvOf(rows)}"open`, { acceptGood: true });
    expect(report).toMatchObject({ outcome: 'refused', posted: 0, position: 0 });
  });
});
