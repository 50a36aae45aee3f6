import { describe, expect, it } from '@jest/globals';
import { splitBySize } from './split-by-size.js';

const message = (value: string) => ({ key: 'k', value, headers: { a: Buffer.from('b') } });

describe('splitting by size', () => {
  it('keeps every message, in order, in pieces that are small enough', () => {
    const messages = Array.from({ length: 100 }, (_, index) => message(`${index}${'账'.repeat(100)}`));
    const pieces = splitBySize(messages, 4_000);
    expect(pieces.flat()).toEqual(messages);
    expect(pieces.length).toBeGreaterThan(8);
    for (const piece of pieces)
      expect(Buffer.byteLength(JSON.stringify(piece.map(({ value }) => value)))).toBeLessThan(4_000);
  });

  it('gives a message that is too large for any piece one of its own', () => {
    const [small, large] = [message('a'), message('a'.repeat(500))];
    expect(splitBySize([small, large, small], 200)).toEqual([[small], [large], [small]]);
    expect(splitBySize([], 200)).toEqual([]);
  });
});
