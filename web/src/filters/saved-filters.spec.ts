import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readSaved, withSaved, writeSaved } from './saved-filters.js';

const kept = new Map<string, string>();
beforeEach(() => {
  Object.defineProperty(globalThis, 'localStorage', {
    configurable: true,
    value: {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    },
  });
});
afterEach(() => kept.clear());

describe('saved filters', () => {
  it('are addresses under names, of each screen its own', () => {
    writeSaved('/journal', withSaved([], { name: '大额', search: 'minAmount=1000000' }));
    expect(readSaved('/journal')).toEqual([{ name: '大额', search: 'minAmount=1000000' }]);
    expect(readSaved('/audit-trail')).toEqual([]);
  });

  it('are replaced by those of the same name', () => {
    const first = withSaved([], { name: 'a', search: 'q=1' });
    const both = withSaved(first, { name: 'b', search: 'q=2' });
    expect(withSaved(both, { name: 'a', search: 'q=3' })).toEqual([
      { name: 'b', search: 'q=2' },
      { name: 'a', search: 'q=3' },
    ]);
  });

  it.each(['', 'no JSON', '{}', '[1, null, {"name": 1, "search": ""}]'])('are none where %j is kept', (written) => {
    kept.set('filters /journal', written);
    expect(readSaved('/journal')).toEqual([]);
  });
});
