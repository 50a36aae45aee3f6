import { describe, expect, it } from '@jest/globals';
import { show } from '../errors.js';
import { isBlank, isSeen, visible } from './foreign-text.js';

describe('text that is blank', () => {
  it.each([
    ['nothing', ''],
    ['spaces', '  '],
    ['a tab and an end of line', '\t\r\n'],
    ['a no-break space', '\u00a0'],
    ['an ideographic space', '\u3000'],
    ['a thin space', '\u2009'],
    ['a zero-width space', '\u200b'],
    ['a byte order mark', '\ufeff'],
    ['a right-to-left override', '\u202e'],
    ['a soft hyphen', '\u00ad'],
    ['a filler of Hangul', '\u3164\u115f\u1160\uffa0'],
    ['a blank of Braille', '\u2800'],
    ['a combining grapheme joiner', '\u034f'],
    ['a variation selector', '\ufe0f\u{e0100}'],
    ['tags', '\u{e0041}\u{e007f}'],
    ['an accent without a letter', '\u0301'],
    ['an accent over a space', ' \u0301'],
    ['a control character', '\u0000\u009b'],
    ['half of a pair', '\ud800'],
    ['characters that are none', '\ufdd0\u{1fffe}'],
  ])('is so, and not seen, where it is %s', (_, text) => {
    expect([isBlank(text), isSeen(text)]).toEqual([true, false]);
    expect([isBlank(`${text}HK-1`), isBlank(`HK-1${text}`)]).toEqual([false, false]);
  });
});

describe('text that is seen', () => {
  it.each(['HK-1', '-', '五月职工医保费', '两 词', '全　角', 'é', 'e\u0301', '𠀀', '🏥', '\ue000', '《》', '½'])(
    'is %j',
    (text) => expect([isBlank(text), isSeen(text)]).toEqual([false, true]),
  );

  it.each([
    ['a zero-width space', '\u200b'],
    ['a zero-width joiner', '\u200d'],
    ['a byte order mark', '\ufeff'],
    ['a mark of direction', '\u200e'],
    ['an override of direction', '\u202e'],
    ['an isolate', '\u2067'],
    ['a soft hyphen', '\u00ad'],
    ['a filler of Hangul', '\u3164'],
    ['a variation selector', '\u{e0100}'],
    ['a tag', '\u{e0041}'],
    ['a line separator', '\u2028'],
    ['an escape', '\u001b'],
    ['a control of the second set', '\u009b'],
    ['half of a pair', '\udc00'],
  ])('is none that holds %s, wherever it stands', (_, unseen) => {
    for (const text of [`${unseen}HK-1`, `HK${unseen}-1`, `HK-1${unseen}`]) expect(isSeen(text)).toBe(false);
  });
});

describe('text as it may be printed', () => {
  it.each([
    ['460100\u200b', '460100\\u200b'],
    ['\u001b[31mred\u009b0m', '\\u001b[31mred\\u009b0m'],
    ['gpj.\u202etxt', 'gpj.\\u202etxt'],
    ['a\r\nb\tc\u0000', 'a\\u000d\\u000ab\\u0009c\\u0000'],
    ['\ufeffkind', '\\ufeffkind'],
    ['\u3164\u2800\u2028', '\\u3164\\u2800\\u2028'],
    ['葛\u{e0100}', '葛\\udb40\\udd00'],
    ['\ud800x', '\\ud800x'],
  ])('writes out what is not seen: %j', (text, printed) => expect(visible(text)).toBe(printed));

  it.each(['五月　职工医保费', 'é', 'e\u0301', '𠀀🏥', 'no\u00a0break', '\\u200b', "it's <b>"])(
    'leaves what is seen: %j',
    (text) => expect(visible(text)).toBe(text),
  );

  it('stays the same JSON', () => {
    const value = { '\u202ekey': ['\u200b', '\u{e0100}', '\ufeff', '\u009b', '\u2028', '\ud800'] };
    expect(JSON.parse(visible(JSON.stringify(value)))).toEqual(value);
    expect(visible(JSON.stringify(value))).toMatch(/^[\x20-\x7e]+$/);
  });
});

describe('a value that is shown', () => {
  it.each<[unknown, string]>([
    ['460100\u200b', '"460100\\u200b"'],
    ['460100\u00a0', '"460100\\u00a0"'],
    ['\u3000海口 市\t', '"\\u3000海口 市\\t"'],
    ['\u007f\u009b', '"\\u007f\\u009b"'],
    [{ '\u202e': 1 }, '{"\\u202e":1}'],
    [undefined, 'nothing'],
    [1.5, '1.5'],
    ['\\u200b', '"\\\\u200b"'],
  ])('is quoted, and hides nothing: %j', (value, shown) => expect(show(value)).toBe(shown));

  it('is cut at 80 characters, between two characters', () => {
    expect(show('a'.repeat(78))).toBe(`"${'a'.repeat(78)}"`);
    expect(show('a'.repeat(79))).toBe(`"${'a'.repeat(76)}...`);
    expect(show('𠀀'.repeat(80))).toBe(`"${'𠀀'.repeat(38)}...`);
    expect(show('\u200b'.repeat(80))).toBe(`"${'\\u200b'.repeat(12)}...`);
    expect(show('\n'.repeat(80))).toBe(`"${'\\n'.repeat(38)}...`);
  });
});
