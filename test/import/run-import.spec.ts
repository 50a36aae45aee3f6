import { describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import { existsSync, readdirSync } from 'node:fs';
import { findKind } from '../../src/vouchers/registry.js';
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
      'kind,key,recordedAt,policy,period,voucherType,voucherNumber,fund,unit,businessDate,evidence,maker,reviewer,note,amount,payer,coverPeriod,headcount,entries'.split(
        ',',
      ),
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
    const { prepare } = await import('../../src/vouchers/prepare.js');
    const { checkCommand } = await import('../../src/vouchers/check.js');
    const first = prepare(kind, checkCommand(kind, { ...kind.example, amount: '1234.50' }));
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
      { kind: 'contribution', key: 'K', ...findKind('contribution')!.example },
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

  it('does not read the clock of a dry run twice: nothing is posted, nothing is kept', async () => {
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
  }, 120_000);
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

  it('is not guessed where valid UTF-8 is followed by damage, and the line is named', async () => {
    const good = Buffer.from(csvOf([contributionRow(), contributionRow({ note: 'x' })]));
    const damaged = Buffer.concat([good, Buffer.from('contribution,\xff\xfe', 'latin1')]);
    const report = await new Desk().import('feed.csv', damaged);
    expect(report).toMatchObject({ outcome: 'refused', errors: [{ line: 4, code: 'encoding' }] });
  });

  it('is not UTF-16', async () => {
    const report = await new Desk().import('feed.csv', Buffer.from(`\ufeff${chinese}`, 'utf16le'));
    expect(report.errors).toMatchObject([{ line: 1, code: 'encoding', got: 'UTF-16' }]);
  });

  it('is Unicode NFC once it is posted', async () => {
    const desk = new Desk();
    await desk.import('feed.csv', csvOf([contributionRow({ note: 'e\u0301' })]));
    expect((await desk.events())[0]!.note).toBe('\u00e9');
  });
});

describe('a file with mistakes', () => {
  const errorsOf = async (content: string, name = 'feed.csv'): Promise<(string | number)[][]> => {
    const desk = new Desk();
    const report = await desk.import(name, content);
    expect(report).toMatchObject({ outcome: 'refused', posted: 0, position: 0 });
    expect(await desk.events()).toEqual([]);
    return report.errors.map(({ line, field, code }) => [line, field, code]);
  };
  const header = csvOf([contributionRow()]).split('\n')[0]!;
  const good = csvOf([contributionRow()]).split('\n')[1]!;

  it.each<[string, string, (string | number)[][]]>([
    ['an empty file', '', [[1, '', 'empty-file']]],
    ['a header alone', `${header}\n`, [[1, '', 'empty-file']]],
    ['an unknown column', `${header},amuont\n${good},1\n`, [[1, 'amuont', 'unknown-column']]],
    ['a column twice', `${header},amount\n${good},1\n`, [[1, 'amount', 'duplicate-column']]],
    ['a field twice', `${header},金额\n${good},1\n`, [[1, '金额', 'duplicate-column']]],
    ['no column kind', header.replace('kind,', '') + '\n', [[1, 'kind', 'missing-column']]],
    ['no kind', `${header}\n${good.replace('contribution', '')}\n`, [[2, 'kind', 'required']]],
    ['an unknown kind', `${header}\n${good.replace('contribution', 'gift')}\n`, [[2, 'kind', 'unknown-kind']]],
    ['a cell too few', `${header}\n${good.slice(0, good.lastIndexOf(','))}\n`, [[2, '', 'cell-count']]],
    ['a cell too many', `${header}\n${good},\n`, [[2, '', 'cell-count']]],
    ['text after a quote', `${header}\n${good}\n${good}"\n"x"y${good}\n`, [[4, '', 'quote']]],
    ['a quote without its end', `${header}\n${good}\n"${good}\n`, [[3, '', 'unclosed-quote']]],
    ['a field of another kind', `${header},tier\n${good},central\n`, [[2, 'tier', 'unknown-field']]],
    ['a bad key', `${header},key\n${good},钥匙\n`, [[2, 'key', 'key']]],
  ])('names its place: %s', async (_, content, errors) => expect(await errorsOf(content)).toEqual(errors));

  it.each<[string, Record<string, string>, (string | number)[][]]>([
    ['amount', { amount: '1,234.50' }, [[2, 'amount', 'amount-format']]],
    [
      'fund and unit',
      { fund: 'x', unit: '1' },
      [
        [2, 'fund', 'unknown-fund'],
        [2, 'unit', 'unknown-unit'],
      ],
    ],
    ['nested', { 'payer.kind': 'boss' }, [[2, 'payer.kind', 'one-of']]],
    ['nested and absent', { 'evidence.sha256': '' }, [[2, 'evidence.sha256', 'required']]],
    ['count', { headcount: '1.5' }, [[2, 'headcount', 'count']]],
    ['date', { businessDate: '2025-02-29' }, [[2, 'businessDate', 'date']]],
    ['future', { businessDate: '2025-11-23' }, [[2, 'businessDate', 'date-in-future']]],
    ['maker', { reviewer: 'wang' }, [[2, 'reviewer', 'maker-is-reviewer']]],
    ['shares', { poolShare: '1.00', personalShare: '1.00' }, [[2, 'poolShare', 'shares-do-not-add-up']]],
  ])('names the field: %s', async (_, changes, errors) =>
    expect(await errorsOf(csvOf([contributionRow(changes)]))).toEqual(errors),
  );

  it('counts quoted line breaks, where a spreadsheet would not', async () => {
    const rows = [contributionRow({ note: 'one\r\ntwo\nthree' }), contributionRow(), contributionRow({ amount: '0' })];
    expect(await errorsOf(csvOf(rows))).toEqual([
      [2, 'note', 'text'],
      [6, 'amount', 'amount-format'],
    ]);
  });

  it('calls a field as the file does', async () => {
    const rows = csvOf([contributionRow({ amount: '-1', reviewer: 'wang' })]);
    const renamed = rows.replace('amount', '金额').replace('reviewer', '复核');
    expect(await errorsOf(renamed)).toEqual([[2, '金额', 'amount-format']]);
    const future = csvOf([contributionRow({ businessDate: '2099-01-01' })]).replace('businessDate', '业务日期');
    expect(await errorsOf(future)).toEqual([[2, '业务日期', 'date-in-future']]);
  });

  it.each<[string, string, (string | number)[][]]>([
    ['not JSON', '{"kind":', [[1, 'kind', 'malformed-json']]],
    ['not an object', '[1]', [[1, '', 'object']]],
    ['a key twice', '\n{"kind":"contribution","fund":"a","fund":"b"}', [[2, 'fund', 'duplicate-key']]],
    ['a key twice, escaped', '{"kind":"contribution","f\\u0075nd":"a","fund":"b"}', [[1, 'fund', 'duplicate-key']]],
    ['too deep', `${'{"a":'.repeat(40)}1${'}'.repeat(40)}`, [[1, 'a.'.repeat(31) + 'a', 'too-deep']]],
    ['no kind', '{"fund":"employee"}', [[1, 'kind', 'required']]],
    ['one field by two names', '{"kind":"contribution","amount":"1","金额":"1"}', [[1, '金额', 'duplicate-key']]],
    ['too long', `{"kind":"${'x'.repeat(70_000)}"}`, [[1, '', 'line-too-long']]],
  ])('names its place in NDJSON: %s', async (_, content, errors) =>
    expect(await errorsOf(`${content}\n`, 'feed.ndjson')).toEqual(errors),
  );

  it('decides on the books: a payment that is not covered is refused where it stands', async () => {
    const desk = new Desk();
    const move = {
      ...contributionRow({ kind: 'money-movement', amount: '60.00', from: 'treasury', to: 'fiscal-account' }),
      ...{ reason: 'treasury-to-fiscal', coverPeriod: '', headcount: '', 'payer.kind': '', 'payer.reference': '' },
    };
    const report = await desk.import('feed.csv', csvOf([contributionRow(), move, move]));
    expect(report.errors).toMatchObject([{ line: 4, field: 'amount', code: 'below-zero', got: '60.00' }]);
    expect(report).toMatchObject({ outcome: 'refused', rejected: 1 });
    expect(await desk.events()).toEqual([]);
  });

  it('reverses a voucher of the ledger and one of the same file, and refuses what cannot be reversed', async () => {
    const desk = new Desk();
    await desk.import('first.csv', csvOf([contributionRow()]));
    const reverse = (revision: number): Record<string, string> => ({
      ...Object.fromEntries(
        Object.entries(contributionRow()).filter(([name]) => !/^(payer|amount|cover|head)/.test(name)),
      ),
      ...{ kind: 'reversal', reverses: `book-employee-460100-${revision}`, reason: '金额有误' },
    });
    const rows = [contributionRow({ amount: '7.00' }), reverse(0), reverse(1)];
    expect(await desk.import('second.csv', csvOf(rows))).toMatchObject({ outcome: 'posted', posted: 3 });
    expect((await desk.events()).slice(2).map(({ reverses, entries }) => [reverses, entries![0]!.debit])).toEqual([
      ['book-employee-460100-0', '-100.00'],
      ['book-employee-460100-1', '-7.00'],
    ]);
    const bad = [contributionRow({ amount: '8.00' }), reverse(4), reverse(4), reverse(5), reverse(99), reverse(2)];
    const report = await desk.import('third.csv', csvOf(bad));
    expect(report.errors.map(({ line, code }) => [line, code])).toEqual([
      [4, 'already-reversed'],
      [5, 'is-a-reversal'],
      [6, 'no-such-voucher'],
      [7, 'is-a-reversal'],
    ]);
  });

  it('lists the first hundred errors, and all of them in a file that spreadsheets can open', async () => {
    const desk = new Desk();
    const rows = Array.from({ length: 150 }, () => contributionRow({ amount: '=1+1' }));
    const report = await desk.import('feed.csv', csvOf(rows));
    expect(report).toMatchObject({ errorCount: 150, rejected: 150, errorsFile: desk.path('feed.errors.csv') });
    expect(report.errors).toHaveLength(100);
    const lines = desk.read('feed.errors.csv').split('\r\n');
    expect(lines[0]).toBe('\ufeffline,field,code,expected_zh,expected_en,got');
    expect(lines[150]).toMatch(/^151,amount,amount-format,".*","?.*"?,"""=1\+1"""$/);
    expect(lines).toHaveLength(152);
  });

  it('removes the list of an earlier run once the file is good', async () => {
    const desk = new Desk();
    await desk.import('feed.csv', csvOf([contributionRow({ amount: 'x' })]));
    expect(existsSync(desk.path('feed.errors.csv'))).toBe(true);
    await desk.import('feed.csv', csvOf([contributionRow()]));
    expect(existsSync(desk.path('feed.errors.csv'))).toBe(false);
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
    expect(report.totals).toEqual([{ kind: 'contribution', fund: 'employee', count: 2, sum: '50.00' }]);
    expect((await desk.events()).map(({ amount }) => amount)).toEqual(['10.00', '40.00']);
    const lines = desk.read('feed.rejects.csv').split('\r\n');
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

  it('keeps a line of NDJSON as it came', async () => {
    const desk = new Desk();
    const lines = [
      '{"kind":"contribution"}',
      JSON.stringify({ kind: 'contribution', ...findKind('contribution')!.example }),
    ];
    const report = await desk.import('feed.ndjson', lines.join('\n'), { acceptGood: true });
    expect(report).toMatchObject({ posted: 1, rejected: 1 });
    expect(desk.read('feed.rejects.csv')).toContain('"{""kind"":""contribution""}"');
  });

  it('posts nothing of a file that cannot be read to its end', async () => {
    const desk = new Desk();
    const report = await desk.import('feed.csv', `${csvOf(rows)}"open`, { acceptGood: true });
    expect(report).toMatchObject({ outcome: 'refused', posted: 0, position: 0 });
  });
});

describe('control totals', () => {
  const control = [
    { kind: 'contribution', fund: 'employee', count: 2, sum: '30.50' },
    { kind: 'contribution', fund: 'resident', count: 1, sum: '0.05' },
  ];

  it('let a file pass that comes to them, also when it is replayed', async () => {
    const desk = new Desk();
    expect(await desk.import('feed.csv', csvOf(three), { control })).toMatchObject({
      outcome: 'posted',
      mismatches: [],
    });
    expect(await desk.import('feed.csv', csvOf(three), { control })).toMatchObject({ outcome: 'posted', replayed: 3 });
  });

  it('keep a file out that does not: another sum, another count, a kind too many', async () => {
    const desk = new Desk();
    const wrong = [
      { ...control[0]!, sum: '30.51' },
      { ...control[0]!, kind: 'payout', count: 1, sum: '1.00' },
    ];
    const report = await desk.import('feed.csv', csvOf(three), { control: wrong });
    expect(report).toMatchObject({ outcome: 'control-mismatch', posted: 0, position: 0 });
    expect(report.mismatches).toEqual([
      { kind: 'contribution', fund: 'employee', expected: { count: 2, sum: '30.51' }, got: { count: 2, sum: '30.50' } },
      { kind: 'payout', fund: 'employee', expected: { count: 1, sum: '1.00' }, got: { count: 0, sum: '0.00' } },
      { kind: 'contribution', fund: 'resident', expected: { count: 0, sum: '0.00' }, got: { count: 1, sum: '0.05' } },
    ]);
  });
});
