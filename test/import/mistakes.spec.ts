import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { contributionRow, csvOf, Desk } from './fixture.js';

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
    ['a cell too many', `${header}\n${good},x\n`, [[2, '', 'cell-count']]],
    [
      'text after a quote',
      `${header}\n${good}\n${good.replace('100.00', '101.00')}"\n"x"y${good}\n`,
      [[4, '', 'quote']],
    ],
    ['a quote without its end', `${header}\n${good}\n"${good}\n`, [[3, '', 'unclosed-quote']]],
    ['a field of another kind', `${header},tier\n${good},central\n`, [[2, 'tier', 'unknown-field']]],
    ['a bad key', `${header},key\n${good},钥匙\n`, [[2, 'key', 'key']]],
  ])('names its place: %s', async (_, content, errors) => expect(await errorsOf(content)).toEqual(errors));

  it.each<[string, Record<string, string>, (string | number)[][]]>([
    ['amount', { amount: '1,23' }, [[2, 'amount', 'amount-format']]],
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
    ['maker in capitals', { reviewer: 'WANG' }, [[2, 'reviewer', 'maker-is-reviewer']]],
    ['invisible text', { 'evidence.number': 'HK-1\u200b' }, [[2, 'evidence.number', 'text']]],
    ['blank text', { 'evidence.number': '\u200b\u202e' }, [[2, 'evidence.number', 'blank']]],
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
      reason: 'treasury-to-fiscal',
      coverPeriod: '',
      headcount: '',
      'payer.kind': '',
      'payer.reference': '',
    };
    const report = await desk.import('feed.csv', csvOf([contributionRow(), move, move]));
    expect(report.errors).toMatchObject([{ line: 4, field: 'amount', code: 'below-zero', got: '60.00' }]);
    expect(report).toMatchObject({ outcome: 'refused', rejected: 1 });
    expect(await desk.events()).toEqual([]);
  });

  it('decides on every day: what comes on 20 May does not pay on 9 May', async () => {
    const desk = new Desk();
    const received = contributionRow({ businessDate: '2025-05-20' });
    const move = {
      ...contributionRow({ kind: 'money-movement', amount: '60.00', from: 'treasury', to: 'fiscal-account' }),
      reason: 'treasury-to-fiscal',
      coverPeriod: '',
      headcount: '',
      'payer.kind': '',
      'payer.reference': '',
    };
    const early = { ...move, businessDate: '2025-05-09' };
    const late = { ...move, businessDate: '2025-05-20' };
    const { errors } = await desk.import('feed.csv', csvOf([received, early]));
    expect(errors).toMatchObject([{ line: 3, field: 'amount', code: 'below-zero', got: '60.00' }]);
    expect(errors[0]!.expected.zh).toBe('不超过 0.00（treasury），或业务日期不早于 2025-05-20');
    expect(await desk.import('good.csv', csvOf([received, late]))).toMatchObject({ outcome: 'posted' });
    // One file after the other is held to the same days.
    expect((await desk.import('later.csv', csvOf([early]))).errors).toMatchObject([{ line: 2, code: 'below-zero' }]);
  });

  it('reverses a voucher of the ledger and one of the same file, and refuses what cannot be reversed', async () => {
    const desk = new Desk();
    await desk.import('first.csv', csvOf([contributionRow()]));
    const reverse = (revision: number): Record<string, string> => ({
      ...Object.fromEntries(
        Object.entries(contributionRow()).filter(([name]) => !/^(payer|amount|cover|head)/.test(name)),
      ),
      kind: 'reversal',
      reverses: `book-employee-460100-${revision}`,
      reason: '金额有误',
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
    expect(report).toMatchObject({ errorCount: 150, rejected: 150 });
    expect(report.errors).toHaveLength(100);
    const lines = readFileSync(report.errorsFile!, 'utf8').split('\r\n');
    expect(lines[0]).toBe('\ufeffline,field,code,expected_zh,expected_en,got,says_zh,says_en');
    expect(lines[150]).toMatch(/^151,amount,amount-format,".*","?.*"?,"""=1\+1""",,$/);
    expect(lines).toHaveLength(152);
  });

  it('lists what a rule says that refused a line, in both languages, behind the rest', async () => {
    const desk = new Desk();
    const report = await desk.import('feed.csv', csvOf([contributionRow({ reviewer: 'WANG' })]));
    const [, line] = readFileSync(report.errorsFile!, 'utf8').split('\r\n');
    expect(line).toMatch(/^2,reviewer,maker-is-reviewer,.*,"?""WANG""?"?|WANG/);
    expect(line).toMatch(/,"?经办与复核不能是同一人.*,"?maker and reviewer must be two people/);
    expect(report.errors[0]!.says!.zh).toContain('经办与复核不能是同一人');
  });
});
