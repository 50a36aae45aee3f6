import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SEED } from '../test/seed.js';
import { amountInWords } from './amount-in-words.js';
import { parseFen } from './money.js';

describe('an amount in words 人民币大写', () => {
  it.each([
    // The examples of the two texts.
    ['1409.50', '壹仟肆佰零玖元伍角整'],
    ['6007.14', '陆仟零柒元壹角肆分'],
    ['1680.32', '壹仟陆佰捌拾元叁角贰分'],
    ['107000.53', '壹拾万柒仟元伍角叁分'],
    ['16409.02', '壹万陆仟肆佰零玖元零贰分'],
    ['325.04', '叁佰贰拾伍元零肆分'],
    ['101.50', '壹佰零壹元伍角整'],
    ['1004.56', '壹仟零肆元伍角陆分'],
    // What they say in general.
    ['0.00', '零元整'],
    ['0.05', '伍分'],
    ['0.50', '伍角整'],
    ['0.55', '伍角伍分'],
    ['10.00', '壹拾元整'],
    ['15.00', '壹拾伍元整'],
    ['10000.00', '壹万元整'],
    ['10005.00', '壹万零伍元整'],
    ['100000000.01', '壹亿元零壹分'],
    ['100100000.00', '壹亿零壹拾万元整'],
    ['100000500.00', '壹亿零伍佰元整'],
    ['1000000000000.00', '壹万亿元整'],
    ['999999999999999.99', '玖佰玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分'],
    ['-223.40', '负贰佰贰拾叁元肆角整'],
  ])('of %s is %s', (yuan, words) => {
    expect(amountInWords(parseFen(yuan))).toBe(words);
  });

  it(`reads back as what it was, with no two 零 together and none at an end (seed ${SEED})`, () => {
    const amounts = fc.oneof(
      fc.bigInt({ min: -(10n ** 19n), max: 10n ** 19n }),
      // Figures with much missing between them.
      fc
        .array(fc.constantFrom('0', '0', '0', '5', '1'), { minLength: 1, maxLength: 19 })
        .map((all) => BigInt(all.join(''))),
    );
    fc.assert(
      fc.property(amounts, (fen) => {
        const words = amountInWords(fen);
        expect([words, readBack(words)]).toEqual([words, fen]);
        expect(words).not.toMatch(/零零|.零[元万亿角分仟佰拾整]|[元角]$/);
      }),
      { seed: SEED, numRuns: 2_000, examples: [[100n], [10_000_000n]] },
    );
  });
});

const UNITS: Readonly<Record<string, bigint>> = { 拾: 10n, 佰: 100n, 仟: 1_000n };

/** What words come to, by adding figures up from left to right: nothing of how they are written is used. */
function readBack(words: string): bigint {
  if (words.startsWith('负')) return -readBack(words.slice(1));
  if (words === '零元整') return 0n;
  let [total, section, current, fen] = [0n, 0n, 0n, 0n];
  for (const word of words) {
    const value = BigInt('零壹贰叁肆伍陆柒捌玖'.indexOf(word));
    if (value >= 0n) current = value;
    else if (UNITS[word] !== undefined) section += current * UNITS[word];
    else if (word === '万') total += (section + current) * 10_000n;
    else if (word === '亿') total = (total + section + current) * 100_000_000n;
    else if (word === '元') fen += (total + section + current) * 100n;
    else if (word === '角') fen += current * 10n;
    else if (word === '分') fen += current;
    if (value < 0n) current = 0n;
    if ('万亿元'.includes(word)) section = 0n;
  }
  return fen;
}
