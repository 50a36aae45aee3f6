import { describe, expect, it } from '@jest/globals';
import { hash } from 'node:crypto';
import { LikenessTable } from './likeness-table.js';

const likeness = (index: number): string => hash('sha256', `${index}`, 'base64url').slice(0, 8);

describe('a table of likenesses', () => {
  it('finds what was entered, however many there are, and nothing else', () => {
    const table = new LikenessTable();
    for (let index = 0; index < 5_000; index += 1) table.add(likeness(index), index);
    expect(table.size).toBe(5_000);
    expect(table.slots).toBe(8_192);
    for (let index = 0; index < 5_000; index += 1) expect(table.find(likeness(index))).toEqual([index]);
    for (let index = 5_000; index < 10_000; index += 1) expect(table.find(likeness(index))).toEqual([]);
  });

  it('finds all of one likeness in ascending order, up to 32', () => {
    const table = new LikenessTable();
    for (const value of [7, 0, 4_294_967_294]) table.add('AAAAAAAA', value);
    expect(table.find('AAAAAAAA')).toEqual([0, 7, 4_294_967_294]);
    for (let value = 0; value < 100_000; value += 1) table.add('________', value);
    expect(table.find('________')).toEqual(Array.from({ length: 32 }, (_, value) => value));
    expect(table.size).toBe(35);
  });
});
