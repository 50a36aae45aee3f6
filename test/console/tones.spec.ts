import { describe, expect, it } from '@jest/globals';
import { LEVELS } from '../../projections/early-warning/sheets.js';
import { toneOf } from '../../web/src/table/tones.js';

describe('words that are seen in a colour', () => {
  it('are those in which the service prints how grave a warning is', () => {
    const tones = Object.entries(LEVELS).map(([level, { zh, en }]) => [level, toneOf(zh), toneOf(en)]);
    expect(tones).toEqual([
      ['red', 'bad', 'bad'],
      ['orange', 'warn', 'warn'],
      ['normal', 'good', 'good'],
      ['information', 'more', 'more'],
      ['excess', 'more', 'more'],
    ]);
  });

  it('are whole cells and no parts of others', () => {
    expect(toneOf('红色预警 2')).toBeUndefined();
  });
});
