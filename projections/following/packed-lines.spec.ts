import { describe, expect, it } from '@jest/globals';
import { packLines, unpackLines } from './packed-lines.js';

const LINES = Array.from({ length: 200 }, (_, index) => `${index}\t缴费\t${(index * 7_919) % 1_000}.00\n`).join('');

/** The lines, or the code of what is said of them: a bit of the frame may stand for nothing. */
function linesOrCode(packed: Uint8Array): string {
  try {
    return unpackLines(packed);
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe('the lines of a list', () => {
  it('are what they were, packed or not', () => {
    expect(unpackLines(packLines(LINES))).toBe(LINES);
    expect(unpackLines(packLines(packLines(LINES)))).toBe(LINES);
    expect(unpackLines(LINES)).toBe(LINES);
    expect(packLines(LINES).length).toBeLessThan(LINES.length / 3);
  });

  it('are bytes of text where they are few', () => {
    expect(unpackLines(packLines('1\t缴费\n'))).toBe('1\t缴费\n');
    expect([...packLines('1\t缴费\n')]).toEqual([...Buffer.from('1\t缴费\n')]);
  });

  it('are never others where a bit of them is', () => {
    const packed = packLines(LINES);
    for (let index = 0; index < packed.length; index += 1) {
      const flipped = packed.slice();
      flipped[index]! ^= 16;
      expect([LINES, 'SQLITE_CORRUPT']).toContain(linesOrCode(flipped));
    }
  });

  it('are not there where their end is not', () => {
    expect(() => unpackLines(packLines(LINES).slice(0, -5))).toThrow('a list of the read tables is damaged');
  });
});
