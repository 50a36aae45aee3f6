import { describe, expect, it } from '@jest/globals';
import { keptExports } from './kept-exports.js';

const id = (number: number): string => `00000000-0000-4000-8000-00000000000${number}`;

/** The storage of a browser, with as many pages as are asked for. */
function browser(written?: string) {
  const stored = new Map(written === undefined ? [] : [['exports', written]]);
  const pages: ((event: StorageEvent) => void)[] = [];
  const page = () => {
    const storage = {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => void stored.set(key, value),
    };
    return keptExports(storage, { addEventListener: (_: string, listener: never) => void pages.push(listener) });
  };
  const tellOthers = () => pages.forEach((tell) => tell({ key: 'exports' } as StorageEvent));
  return { page, tellOthers };
}

describe('the exports that were begun in a browser', () => {
  it('are known after a reload, the last first, each once, and no more than can be looked over', () => {
    const { page } = browser();
    const before = page();
    for (const number of [1, 2, 3, 4, 5, 6, 2]) before.keep(id(number));
    expect(page().ids).toEqual([2, 6, 5, 4, 3].map(id));
  });

  it('are known to the other pages, and gone there too when they are put away', () => {
    const { page, tellOthers } = browser();
    const [one, other] = [page(), page()];
    let told = 0;
    const leave = other.subscribe(() => (told += 1));
    one.keep(id(1));
    tellOthers();
    expect([other.ids, told]).toEqual([[id(1)], 1]);
    other.putAway(id(1));
    tellOthers();
    expect(one.ids).toEqual([]);
    leave();
    one.keep(id(2));
    tellOthers();
    expect(told).toBe(3);
  });

  it.each(['', 'no list', '{}', '[1]', '["../../v1/x"]'])('are none where there stands %j', (written) => {
    expect(browser(written).page().ids).toEqual([]);
  });
});
