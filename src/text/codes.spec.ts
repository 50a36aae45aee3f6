import { describe, expect, it } from '@jest/globals';
import { QUESTIONS } from '../../projections/registry.js';
import { SHARES } from '../books/entries.js';
import { lineName, lineOf } from '../books/ledger-lines.js';
import { BEFORE_ADOPTION } from '../reference/built-in.js';
import { code, CodeList, type Vocabulary } from './codes.js';
import { type Field, fieldsOf } from '../kinds/fields.js';
import { COMMAND_KINDS, KINDS } from '../catalogue/registry.js';

/** Every field that has a vocabulary, of every kind of command and every question, nested ones too. */
function fieldsWithWords(type: new () => object, prefix: string): [string, Field][] {
  return fieldsOf(type).flatMap((field): [string, Field][] => {
    if (field.nested) return fieldsWithWords(field.nested, `${prefix}.${field.property}`);
    return field.codes ? [[`${prefix}.${field.property}`, field]] : [];
  });
}

const FIELDS = [
  ...COMMAND_KINDS.flatMap(({ kind, command }) => fieldsWithWords(command, kind)),
  ...QUESTIONS.flatMap(({ name, parameters }) => fieldsWithWords(parameters, name)),
];
const CLOSED = FIELDS.map(([name, { codes }]): [string, Vocabulary] => [name, codes!(BEFORE_ADOPTION.ever)]).filter(
  ([name]) => name !== 'audit-trail.account',
);

describe('a closed list of codes', () => {
  it('is what every field of few values has', () => {
    const names = new Set(FIELDS.map(([name]) => name));
    for (const name of ['contribution.fund', 'contribution.payer.kind', 'payout.offsets', 'penalty.article'])
      expect(names).toContain(name);
    for (const name of ['audit-trail.kind', 'audit-trail.account', 'fund-balance.unit', 'enforcement.fund'])
      expect(names).toContain(name);
    expect(names.size).toBeGreaterThan(60);
  });

  it.each([...CLOSED, ['kind', KINDS] as [string, Vocabulary]])(
    'has for each code one name in each language, and reads code and names, and no word for two: %s',
    (_, { codes, codeOf, nameOf }) => {
      const read = new Map<string, string>();
      for (const each of codes) {
        const { zh, en } = nameOf(each);
        expect([zh, en]).not.toContain('');
        for (const word of [each, zh, en, ` ${zh} `, en.toUpperCase(), en.replaceAll(' ', '\u3000')]) {
          expect([word, codeOf(word)]).toEqual([word, each]);
          expect(read.get(word) ?? each).toBe(each);
          read.set(word, each);
        }
      }
      for (const word of ['', ' ', 'constructor', '__proto__', '不知道', `${codes[0]!} x`])
        expect(codeOf(word)).toBeUndefined();
    },
  );

  it('reads words of any width, case and spacing, and codes as they are', () => {
    expect(['单位', '单 位', 'ＥＭＰＬＯＹＥＲ', 'employer'].map((word) => KIND_OF_PAYER.codeOf(word))).toEqual(
      Array<string>(4).fill('employer'),
    );
    expect(
      ['460100 海口市', '460100海口市', '460100（海口市）', '海口市', 'haikou', '460100 Haikou'].map(
        BEFORE_ADOPTION.ever.units.codeOf,
      ),
    ).toEqual(Array<string>(6).fill('460100'));
    expect(
      ['ON-BEHALF', '４６０１００'].map(
        (word) => KIND_OF_PAYER.codeOf(word) ?? BEFORE_ADOPTION.ever.units.codeOf(word),
      ),
    ).toEqual([undefined, undefined]);
    expect(['统筹', '统筹基金', 'Pool', '个人账户'].map(SHARES.codeOf)).toEqual(['pool', 'pool', 'pool', 'personal']);
  });

  it('cannot have one word for two codes', () => {
    expect(() => new CodeList([code('a', '甲', 'First'), code('b', '乙', ' first')])).toThrow('stands for a and for b');
    expect(() => new CodeList([code('a', '甲', 'B'), code('b', '乙', 'Second')])).toThrow('stands for b and for a');
  });
});

const KIND_OF_PAYER = FIELDS.find(([name]) => name === 'contribution.payer.kind')![1].codes!(BEFORE_ADOPTION.ever);

const CHART = BEFORE_ADOPTION.ever.chart;

describe('a ledger line in words', () => {
  it.each([
    ['财政专户存款', 'fiscal-account'],
    ['1003', 'fiscal-account'],
    ['1003 财政专户存款', 'fiscal-account'],
    ['财政专户存款/定期存款', 'fiscal-account/term'],
    ['财政专户存款/term', 'fiscal-account/term'],
    ['Fiscal account deposit/Term deposit', 'fiscal-account/term'],
    ['待遇支出/住院@统筹', 'benefits/inpatient@pool'],
    ['benefits@个人账户', 'benefits@personal'],
    ['benefits/inpatient@pool', 'benefits/inpatient@pool'],
    ['暂付款·预付金', 'advances.provider'],
    ['财政专户存款/住院', undefined],
    ['待遇支出@', undefined],
    ['/定期存款', undefined],
    ['', undefined],
  ])('%s is %s', (words, line) => expect(lineOf(words, CHART)).toBe(line));

  it('is read as it is printed', () => {
    for (const line of ['treasury', 'fiscal-account/term', 'income.premiums/on-behalf@pool', 'benefits@personal'])
      expect([lineOf(lineName(line, CHART).zh, CHART), lineOf(lineName(line, CHART).en, CHART)]).toEqual([line, line]);
  });
});
