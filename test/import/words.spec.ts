import { describe, expect, it } from '@jest/globals';
import { BEFORE_ADOPTION } from '../../src/reference/built-in.js';
import { type Field, fieldsOf } from '../../src/kinds/fields.js';
import { findKind, KINDS } from '../../src/catalogue/registry.js';
import { ONE_OF_EACH } from '../one-of-each.js';
import { contributionRow, csvOf, Desk } from './fixture.js';

type Language = 'zh' | 'en';
type Values = Readonly<Record<string, unknown>>;

/** A command as a row of cells: every column by its name and every code by its word, in one language. */
function cellsInWords(
  type: new () => object,
  command: Values,
  language: Language,
  prefix = '',
): Record<string, string> {
  return Object.fromEntries(
    fieldsOf(type).flatMap((field): [string, string][] => {
      const value = command[field.property];
      if (value === undefined) return [];
      const name = prefix + field.name[language];
      if (field.nested) return Object.entries(cellsInWords(field.nested, value as Values, language, `${name}.`));
      if (field.kind === 'amounts')
        return amountsInWords(field, value as Values, language).map(([word, amount]) => [`${name}.${word}`, amount]);
      return [[name, wordOf(field, value, language)]];
    }),
  );
}

/** The same command as an object of NDJSON, nested as over HTTP. */
function objectInWords(type: new () => object, command: Values, language: Language): Record<string, unknown> {
  return Object.fromEntries(
    fieldsOf(type).flatMap((field): [string, unknown][] => {
      const value = command[field.property];
      if (value === undefined) return [];
      const name = field.name[language];
      if (field.nested) return [[name, objectInWords(field.nested, value as Values, language)]];
      if (field.kind === 'amounts')
        return [[name, Object.fromEntries(amountsInWords(field, value as Values, language))]];
      return [[name, field.codes ? wordOf(field, value, language) : value]];
    }),
  );
}

const wordOf = ({ codes }: Field, value: unknown, language: Language): string =>
  codes ? codes(BEFORE_ADOPTION.ever).nameOf(value as string)[language] : String(value);

const amountsInWords = (field: Field, amounts: Values, language: Language): [string, string][] =>
  Object.entries(amounts).map(([key, amount]) => [wordOf(field, key, language), amount as string]);

type Row = Readonly<Record<string, unknown>>;
const COMMANDS = ONE_OF_EACH.map(([kind, fields], index) => ({
  kind: findKind(kind)!,
  key: `K-${index}`,
  command: { ...findKind(kind)!.example, ...fields },
}));
const ndjson = (rows: readonly Row[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');

/** The same file of one command of every kind: in codes, and in the words of a language, as CSV and as NDJSON. */
const IN_CODES = ndjson(COMMANDS.map(({ kind, key, command }) => ({ kind: kind.kind, key, ...command })));
const inWords = (language: Language): readonly (readonly [string, readonly string[]])[] => {
  const named = COMMANDS.map(({ kind, key, command }) => {
    const identity = { 业务种类: KINDS.nameOf(kind.kind)[language], 行标识: key };
    const cells = cellsInWords(kind.command, command, language);
    return {
      row: { ...identity, ...cells },
      object: { ...identity, ...objectInWords(kind.command, command, language) },
    };
  });
  return [
    ['feed.csv', named.map(({ row }) => csvOf([row]))],
    ['feed.ndjson', named.map(({ object }) => ndjson([object]))],
  ];
};

/** The bytes of all events; the books of one file stand in any order. */
const bytesOf = async (desk: Desk): Promise<string[]> => {
  const bytes: string[] = [];
  for await (const batch of desk.store.readAll({ after: 0, live: false })) bytes.push(...batch.map(({ data }) => data));
  return bytes.toSorted();
};

describe('a file in the ledger’s own words', () => {
  it.each(['zh', 'en'] as const)(
    'makes of one command of every kind the same bytes as codes do: %s',
    async (language) => {
      const coded = new Desk();
      expect(await coded.import('codes.ndjson', IN_CODES)).toMatchObject({ posted: COMMANDS.length, errors: [] });
      const bytes = await bytesOf(coded);
      for (const [name, contents] of inWords(language)) {
        const desk = new Desk();
        for (const content of contents) {
          expect(await desk.import(name, content)).toMatchObject({ posted: 1, errors: [] });
          // The same key with the same command is a replay, whichever way it is said.
          expect(await coded.import(name, content)).toMatchObject({ posted: 0, replayed: 1 });
        }
        expect(await bytesOf(desk)).toEqual(bytes);
      }
    },
  );

  it('takes words as reports print them, of any width and spacing, beside codes', async () => {
    const desk = new Desk();
    const rows = [
      contributionRow({ kind: '缴费', fund: '职工基本医疗保险基金', unit: '460100 海口市', 'payer.kind': '单位' }),
      contributionRow({ kind: ' Contribution', unit: 'HAIKOU', 'payer.kind': 'Ｅmployer', account: '财政专户存款' }),
      contributionRow({ kind: 'contribution', unit: '海口市 Haikou', account: '1003' }),
    ];
    expect(await desk.import('feed.csv', csvOf(rows))).toMatchObject({ posted: 3, errors: [] });
    const books = (await desk.events()).map(({ kind, fund, unit }) => `${kind} ${fund} ${unit}`);
    expect(books).toEqual(Array<string>(3).fill('contribution employee 460100'));
  });

  it('takes an opening balance by the names of accounts, and calls a wrong amount by its column', async () => {
    const base = contributionRow({ kind: '期初余额', 'payer.kind': '', 'payer.reference': '' });
    const { amount: _, coverPeriod: __, headcount: ___, ...rest } = base;
    const row = { ...rest, 'balances.财政专户存款': '5.00', '各科目期初余额.财政专户存款/定期存款': '1.00' };
    const good = { ...row, 'balances.统筹基金': '6.00' };
    expect(await new Desk().import('feed.csv', csvOf([good]))).toMatchObject({ posted: 1, errors: [] });
    const bad = await new Desk().import('feed.csv', csvOf([{ ...good, 'balances.统筹基金': '6,00' }]));
    expect(bad.errors).toMatchObject([{ line: 2, field: 'balances.统筹基金', code: 'amount-format' }]);
  });
});

describe('an error', () => {
  const header = { 业务种类: '缴费', 行标识: 'K', 金额: '1.00' };
  const { kind: _, amount: __, ...others } = contributionRow();
  const errorsOf = async (name: string, content: string): Promise<[string, string][]> =>
    (await new Desk().import(name, content)).errors.map(({ field, code }) => [field, code]);

  it.each<[string, Record<string, string>, [string, string][]]>([
    ['of its kind', { 业务种类: '送礼' }, [['业务种类', 'unknown-kind']]],
    ['of no kind', { 业务种类: '' }, [['业务种类', 'required']]],
    ['of its key', { 行标识: '钥 匙' }, [['行标识', 'key']]],
    ['of an amount', { 金额: '0' }, [['金额', 'amount-format']]],
    ['of a word', { '缴费人.缴费人类别': '老板' }, [['缴费人.缴费人类别', 'one-of']]],
    ['of a nested field', { 凭证摘要: 'x' }, [['凭证摘要', 'sha256']]],
    ['of a rule', { 复核: 'wang' }, [['复核', 'maker-is-reviewer']]],
    ['of another kind’s field', { 补贴层级: '中央' }, [['补贴层级', 'unknown-field']]],
  ])('calls a column what the file calls it: %s', async (___, changes, errors) => {
    const { reviewer, 'payer.kind': payer, 'evidence.sha256': sha256, ...rest } = others;
    const row = { ...header, 复核: reviewer!, '缴费人.缴费人类别': payer!, 凭证摘要: sha256!, ...rest, ...changes };
    expect(await errorsOf('feed.csv', csvOf([row]))).toEqual(errors);
    const { 凭证摘要, ...line } = row;
    const object = { ...line, headcount: 12, 'evidence.sha256': undefined, 'evidence.凭证摘要': 凭证摘要 };
    const renamed = errors.map(([field, code]) => [field === '凭证摘要' ? 'evidence.凭证摘要' : field, code]);
    expect(await errorsOf('feed.ndjson', ndjson([object]))).toEqual(renamed);
  });

  it('of a nested object calls it by both its names', async () => {
    const { 'payer.kind': ____, 'payer.reference': _____, ...rest } = others;
    const line = { ...rest, ...header, headcount: 12, 缴费人: { 缴费人类别: '老板' } };
    expect(await errorsOf('feed.ndjson', ndjson([line]))).toEqual([
      ['缴费人.缴费人类别', 'one-of'],
      ['缴费人.reference', 'required'],
    ]);
  });

  it('of a key used before calls its column so, in the late errors of a book that moved too', async () => {
    for (const name of ['feed.csv', 'feed.ndjson']) {
      const contentOf = (amount: string): string => {
        const row = { ...others, ...header, 金额: amount };
        return name === 'feed.csv' ? csvOf([row]) : ndjson([{ ...row, headcount: 12 }]);
      };
      const desk = new Desk();
      expect(await desk.import(name, contentOf('1.00'))).toMatchObject({ posted: 1 });
      const used = await desk.import(name, contentOf('2.00'));
      expect(used.errors).toMatchObject([{ field: '行标识', code: 'key-used-before' }]);
    }
  });

  it('names a column that comes twice in other words', async () => {
    expect(await errorsOf('feed.csv', csvOf([{ ...others, ...header, kind: '缴费' }]))).toEqual([
      ['kind', 'duplicate-column'],
    ]);
    expect(await errorsOf('feed.ndjson', ndjson([{ ...others, ...header, kind: '缴费' }]))).toEqual([
      ['kind', 'duplicate-key'],
    ]);
    const twice = { kind: 'opening-balance', balances: { treasury: '1.00', 国库存款: '1.00' } };
    expect(await errorsOf('feed.ndjson', ndjson([twice]))).toEqual([['balances.国库存款', 'duplicate-key']]);
  });

  it('lists what is expected in codes and in words', async () => {
    const { errors } = await new Desk().import('feed.csv', csvOf([contributionRow({ 'payer.kind': 'boss' })]));
    expect(errors[0]!.expected.zh).toContain('employer（单位）、employee（职工）');
    expect(errors[0]!.expected.en).toContain('on-behalf (Paid on behalf)');
  });
});
