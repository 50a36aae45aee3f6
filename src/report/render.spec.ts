import { describe, expect, it } from '@jest/globals';
import stringWidth from 'string-width';
import { type Sheet } from '../../projections/asking/question.js';
import { text } from '../errors.js';
import { parseFen } from '../money.js';
import { renderSheets } from './render.js';

const fen = (name: string) => ({ name: text(name, name), kind: 'fen' as const });
const fund = (zh: string, en: string, ...amounts: string[]) => [text(zh, en), ...amounts.map(parseFen)];

/** Two funds and their sum, exact to the fen; in 亿元 the parts of `opening` print 0.01 short of the whole. */
const SHEET: Sheet = {
  name: 'funds',
  title: text('基金表', 'Funds'),
  columns: [
    { name: text('基金', 'fund'), kind: 'text' },
    fen('opening'),
    fen('income'),
    fen('expenditure'),
    fen('closing'),
  ],
  rows: [
    fund('职工', 'employee', '37264600000.00', '5468000000.00', '4017000000.00', '38715600000.00'),
    fund('居民', 'resident', '6851600000.50', '2795000000.00', '2434000000.00', '7212600000.50'),
    fund('合计', 'total', '44116200000.50', '8263000000.00', '6451000000.00', '45928200000.50'),
  ],
  unit: 'yi',
  footing: { rows: [{ total: 2, parts: [0, 1] }], column: { total: 4, plus: [1, 2], minus: [3] } },
  notes: [text('注', 'note')],
};

describe('a table', () => {
  it('is aligned with characters two columns wide, and says where printed parts do not foot', () => {
    const lines = renderSheets([SHEET], { language: 'zh' }).split('\n');
    expect(lines).toEqual([
      '基金表                             单位：亿元',
      '---------------------------------------------',
      '基金    opening  income  expenditure  closing',
      '---------------------------------------------',
      '职工     372.65   54.68        40.17   387.16',
      '居民      68.52   27.95        24.34    72.13',
      '舍入差    -0.01                         -0.01',
      '合计     441.16   82.63        64.51   459.28',
      '---------------------------------------------',
      '舍入差：各数分别四舍五入到亿元两位小数而生，不是账目；账上按分计算，各项之和与合计相等。',
      '注',
      '',
    ]);
    expect(new Set(lines.slice(0, 9).map((line) => stringWidth(line)))).toEqual(new Set([45]));
  });

  it('prints another unit where the reader chooses one, and then everything foots', () => {
    const printed = renderSheets([SHEET], { language: 'en', unit: 'yuan' });
    expect(printed).toContain('unit: yuan');
    expect(printed).toContain('44,116,200,000.50');
    expect(printed).not.toMatch(/rounding difference/i);
  });

  it('prints the fen beneath rounded amounts on request', () => {
    const lines = renderSheets([SHEET], { language: 'en', fen: true }).split('\n');
    expect(lines[5]).toMatch(/^ {2}to the fen, in yuan +37,264,600,000.00 +5,468,000,000.00/);
    expect(renderSheets([SHEET], { language: 'en', fen: true, unit: 'yuan' })).not.toContain('to the fen');
  });

  it('adds a column where a row does not foot when printed, and leaves rows with gaps alone', () => {
    const footing = { column: { total: 4, plus: [1, 2], minus: [3] } };
    const uneven = ['a', 44_000_000n, 44_000_000n, 0n, 88_000_000n];
    const withGaps = ['b', 0n, null, null, 88_000_000n];
    const print = (rows: Sheet['rows']) => renderSheets([{ ...SHEET, rows, footing }], { language: 'en' });
    expect(print([uneven, withGaps]).split('\n').slice(2, 6)).toEqual([
      'fund  opening  income  expenditure  closing  rounding difference',
      '----------------------------------------------------------------',
      'a        0.00    0.00         0.00     0.01                 0.01',
      'b        0.00                          0.01',
    ]);
    expect(print([uneven])).toContain('each figure is rounded to two places of 100 million yuan by itself');
    expect(print([withGaps])).not.toMatch(/rounding difference/i);
  });

  it('says where there is nothing', () => {
    expect(renderSheets([{ ...SHEET, rows: [], footing: {} }], { language: 'zh' })).toContain('（无）');
  });
});
