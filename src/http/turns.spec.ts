import { describe, expect, it } from '@jest/globals';
import { Turns } from './turns.js';

const MANY = 102;

describe('turns', () => {
  it('let two work at a time, in the order in which they came, and whatever has come in between', async () => {
    const turns = new Turns();
    const done: (number | string)[] = [];
    let atWork = 0;
    const work = async (index: number): Promise<void> => {
      atWork += 1;
      expect(atWork).toBeLessThanOrEqual(2);
      await Promise.resolve();
      done.push(index);
      atWork -= 1;
    };
    setImmediate(() => done.push('recorded'));
    await Promise.all(Array.from({ length: 6 }, (_, index) => turns.take(() => work(index))));
    expect(done.filter((each) => each !== 'recorded')).toEqual([0, 1, 2, 3, 4, 5]);
    expect(done.indexOf('recorded')).toBe(2);
  });

  it('are refused where too many wait, and not once they have gone', async () => {
    const turns = new Turns();
    const { promise, resolve } = Promise.withResolvers<void>();
    const taken = Array.from({ length: MANY }, () => turns.take(() => promise));
    expect(() => turns.demandRoom()).toThrow(expect.objectContaining({ code: 'too-many-requests' }));
    resolve();
    await Promise.all(taken);
    expect(() => turns.demandRoom()).not.toThrow();
  });

  it('go on after a failure', async () => {
    const turns = new Turns();
    for (let count = 0; count < 3; count += 1)
      await expect(turns.take(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await turns.take(() => Promise.resolve(1))).toBe(1);
  });
});
