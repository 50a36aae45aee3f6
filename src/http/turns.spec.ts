import { EventEmitter } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { Turns } from './turns.js';

const MOST_OF_ONE = 8;
const MOST_ASKERS = 500;
const ANYBODY = {};

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
    await Promise.all(Array.from({ length: 6 }, (_, index) => turns.take(ANYBODY, () => work(index))));
    expect(done.filter((each) => each !== 'recorded')).toEqual([0, 1, 2, 3, 4, 5]);
    expect(done.indexOf('recorded')).toBe(2);
  });

  it('come round: who asks much waits for everybody else before its second', async () => {
    const turns = new Turns();
    const done: string[] = [];
    const askers = { greedy: {}, patient: {}, other: {} };
    const ask = (name: keyof typeof askers) => turns.take(askers[name], async () => void done.push(name));
    const names = ['greedy', 'greedy', 'greedy', 'greedy', 'greedy', 'patient', 'other', 'patient'] as const;
    await Promise.all(names.map(ask));
    expect(done.slice(2)).toEqual(['greedy', 'patient', 'other', 'greedy', 'patient', 'greedy']);
  });

  const refused = expect.objectContaining({ code: 'too-many-requests' });
  const hold = () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const turns = new Turns();
    const take = (asker: object): Promise<void> => turns.take(asker, () => promise);
    return { turns, taken: [take({}), take({})], take, resolve };
  };

  it('are refused to a connection that has many unanswered, and to no other, until one is answered', () => {
    const turns = new Turns();
    const [asker, answers] = [{}, Array.from({ length: MOST_OF_ONE }, () => new EventEmitter())];
    for (const answer of answers) turns.admit(asker, answer);
    expect(() => turns.admit(asker, new EventEmitter())).toThrow(refused);
    expect(() => turns.admit({}, new EventEmitter())).not.toThrow();
    answers[3]!.emit('close');
    expect(() => turns.admit(asker, new EventEmitter())).not.toThrow();
    expect(() => turns.admit(asker, new EventEmitter())).toThrow(refused);
  });

  it('are refused where too many wait, and not once they have gone', async () => {
    const { turns, taken, take, resolve } = hold();
    for (let count = 0; count < MOST_ASKERS; count += 1) taken.push(take({}));
    expect(() => turns.admit({}, new EventEmitter())).toThrow(refused);
    resolve();
    await Promise.all(taken);
    expect(() => turns.admit({}, new EventEmitter())).not.toThrow();
  });

  it('pass by whoever has left meanwhile', async () => {
    const { turns, taken, resolve } = hold();
    const asker = { destroyed: false };
    const left = turns.take(asker, () => Promise.reject(new Error('it was done for nobody')));
    asker.destroyed = true;
    resolve();
    await expect(left).rejects.toThrow(expect.objectContaining({ code: 'client-left' }));
    await Promise.all(taken);
    expect(await turns.take({}, () => Promise.resolve(1))).toBe(1);
  });

  it('go on after a failure', async () => {
    const turns = new Turns();
    for (let count = 0; count < 3; count += 1)
      await expect(turns.take(ANYBODY, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await turns.take(ANYBODY, () => Promise.resolve(1))).toBe(1);
  });
});
