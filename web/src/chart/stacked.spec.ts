import { describe, expect, it } from '@jest/globals';
import { stackOf } from './stacked.js';

const of = (...texts: string[]) => stackOf(texts.map((text) => ({ text })));

describe('the parts of a whole as they are drawn', () => {
  it.each([
    [
      ['1.00', '3.00'],
      [25, 75],
    ],
    [
      ['0.00', '2.00', '0.00'],
      [0, 100, 0],
    ],
    [
      ['0.00', '0.00'],
      [0, 0],
    ],
    [
      ['-5.00', '5.00'],
      [0, 100],
    ],
    [
      ['', '5.00'],
      [0, 100],
    ],
  ])('of %j are %j wide', (texts, widths) => {
    expect(of(...texts)).toEqual(widths);
  });

  it('go by what is exact where the print is rounded', () => {
    expect(
      stackOf([
        { text: '0.00', exact: '10.00' },
        { text: '0.00', exact: '30.00' },
      ]),
    ).toEqual([25, 75]);
  });
});
