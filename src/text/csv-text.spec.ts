import { describe, expect, it } from '@jest/globals';
import { randomFrom } from '../../test/random.js';
import { SEED } from '../../test/seed.js';
import { csvLine, unguarded } from './csv-text.js';

/** What a cell of CSV holds once its quotes are read. */
const read = (line: string): string => {
  const cell = line.slice(0, -2);
  return cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
};
const written = (value: string): string => read(csvLine([value]));

const FORMULAS = [
  '=1+1',
  '+1',
  '-1+1',
  '-',
  '@SUM(A1)',
  "=cmd|' /C calc'!A0",
  '＝cmd|x',
  '＋1',
  '－1',
  '＠a',
  '﹦1',
  '−1',
];
const BLANKS = [' ', '\t', '\r', '\n', '\u00a0', '\u3000', '\u200b', '\ufeff', '\u202e', '\u2800', '\u3164', '\u0000'];

describe('a cell of CSV that a spreadsheet would run', () => {
  it.each(FORMULAS)('begins with an apostrophe: %j', (formula) => {
    expect(written(formula)).toBe(`'${formula}`);
    for (const blank of BLANKS) expect(written(blank + formula)).toBe(`'${blank}${formula}`);
    expect(written(` ${BLANKS.join('')}${formula}`)).toBe(`' ${BLANKS.join('')}${formula}`);
  });

  it('is one as well where a mark is combined with the sign', () => {
    expect(written('=\u0338cmd')).toBe("'=\u0338cmd");
  });

  it('is one as well where it begins with what a spreadsheet drops', () => {
    expect([written('\tx'), written('\rx'), written('\nx')]).toEqual(["'\tx", "'\rx", "'\nx"]);
  });
});

describe('a cell of CSV that a spreadsheet would turn into something else', () => {
  it.each([
    ['more digits than it shows', '460100199001000000', '123456789012', '1234567890123.45', '1.123'],
    ['zeros before it', '0000001', '01', '00.5', '００１', ' 0001 '],
    ['an exponent', '1e10', '12E3', '1.5E-7', '0E0'],
    [
      'a day or a part of one',
      '1-2',
      '3/4',
      '2026-05',
      '2026/5/1',
      '5.12.2026',
      '12:30',
      '5 PM',
      'MAR-1',
      '1 Sept',
      'dec1',
    ],
    ['a negative number', '(5)', '(1,234.00)'],
    ['a share', '12%'],
    ['a truth', 'true', 'False'],
    ['plain digits', '１２', '12.', '.5', '1,234.50', '1 000'],
  ])('begins with an apostrophe: %s', (_, ...texts) => {
    for (const each of texts) expect(written(each)).toBe(`'${each}`);
  });
});

describe('a cell of CSV that a spreadsheet leaves alone', () => {
  it.each([
    '',
    'HK-1',
    'E-0001',
    '460100',
    '13800138000',
    '2026-05-12',
    '100.00',
    '-1234.50',
    '0',
    '0.5',
    '职工',
    '2026年5月',
  ])('stays bare: %j', (value) => expect(written(value)).toBe(value));

  it.each([
    "'",
    "''",
    "it's",
    "'HK-1",
    "'460100",
    'a=1',
    '——',
    'May',
    'March on',
    '5 apples',
    '2026-05-12T08:00:00.000Z',
  ])('stays bare: %j', (value) => expect(written(value)).toBe(value));
});

describe('a figure of ours', () => {
  it('stays bare however long it is, so that a spreadsheet adds it up', () => {
    const figures = ['-123456789012345.67', '999999999999999.99', '1000000000000'];
    expect(csvLine(figures, [true, true, true])).toBe(`${figures.join()}\r\n`);
  });

  it('is no licence for text: what is no plain figure is guarded in a column of figures too', () => {
    expect(csvLine(['=1+1', '-1+1', '1e10'], [true, true, true])).toBe("'=1+1,'-1+1,'1e10\r\n");
  });
});

describe('what a cell of CSV was', () => {
  it('is read back where apostrophes stood before it', () => {
    expect(["'=1", "''0001", "'", "'x"].map(written)).toEqual(["''=1", "'''0001", "'", "'x"]);
    expect(["''=1", "'''0001", "'", "'x", "'0001"].map(unguarded)).toEqual(["'=1", "''0001", "'", "'x", '0001']);
  });

  it('is read back from any text, and no cell that is not a figure begins with the sign of a formula', () => {
    const random = randomFrom(SEED);
    const pieces = [
      ...FORMULAS,
      ...BLANKS,
      "'",
      "'",
      '0',
      '1',
      '12',
      '-',
      '.',
      ',',
      '"',
      '/',
      'e',
      'Mar',
      '医',
      'x',
      '\u0301',
    ];
    for (let round = 0; round < 20_000; round += 1) {
      const length = Math.floor(random() * 6);
      const value = Array.from({ length }, () => pieces[Math.floor(random() * pieces.length)]).join('');
      const cell = written(value);
      expect(unguarded(cell)).toBe(value);
      if (!/^-[0-9.]+$/.test(cell)) expect(cell).not.toMatch(/^[\s\p{Cc}\p{Cf}\u2800\u3164]*[=+\-@＝＋－＠﹦−]/u);
    }
  });
});
