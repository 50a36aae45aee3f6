import { describe, expect, it } from '@jest/globals';
import { openRows, parentsIn } from './tree.js';

const rowsOf = (levels: readonly number[]) =>
  levels.map((level, index) => ({ cells: [{ text: String(index) }], ...(level > 0 && { level }) }));
const numbers = (rows: readonly { readonly cells: readonly { readonly text: string }[] }[]) =>
  rows.map(({ cells }) => Number.parseInt(cells[0].text, 10));

describe('rows as a tree', () => {
  const rows = rowsOf([0, 1, 2, 1, 0, 0, 1]);

  it('has under a row what follows it and is set in further', () => {
    expect(numbers(parentsIn(rows))).toEqual([0, 1, 5]);
  });

  it.each([
    [[], [0, 1, 2, 3, 4, 5, 6]],
    [[0], [0, 4, 5, 6]],
    [[1], [0, 1, 3, 4, 5, 6]],
    [
      [0, 5],
      [0, 4, 5],
    ],
    [
      [1, 0],
      [0, 4, 5, 6],
    ],
  ])('shows, where %j are closed, %j', (closed, shown) => {
    const isOpen = (row: (typeof rows)[number]) => !closed.includes(rows.indexOf(row));
    expect(numbers(openRows(rows, isOpen as never))).toEqual(shown);
  });
});
