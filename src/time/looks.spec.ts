import { describe, expect, it } from '@jest/globals';
import { Looks } from './looks.js';

const MANY = 200;

describe('looks', () => {
  it('are taken once for all who wait, and again for who waits on', async () => {
    let count = 0;
    const looks = new Looks(() => (count += 1), 1);
    expect(looks.now()).toBe(1);
    const seen = await Promise.all(Array.from({ length: MANY }, () => looks.next()));
    expect(new Set(seen)).toEqual(new Set([2]));
    expect(await looks.next()).toBe(3);
    expect(count).toBe(3);
  });

  it('that fail fail for all who wait, and not for ever', async () => {
    let isBad = true;
    const looks = new Looks(() => {
      if (isBad) throw new Error('bad');
      return 'good';
    }, 1);
    const seen = await Promise.allSettled([looks.next(), looks.next()]);
    expect(seen.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    isBad = false;
    expect(await looks.next()).toBe('good');
  });
});
