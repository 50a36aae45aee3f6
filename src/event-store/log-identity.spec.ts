import { describe, expect, it } from '@jest/globals';
import { compareLog, identifyLog } from './log-identity.js';
import { MemoryEventStore } from './memory.js';

/** A log of events with these data, in one stream. */
async function logOf(...data: readonly string[]): Promise<MemoryEventStore> {
  const store = new MemoryEventStore();
  for (const [index, one] of data.entries())
    await store.append('book-a-1', index === 0 ? 'no-stream' : index - 1, [
      { type: 'T.v1', data: one, key: String(index), keyIndexed: true },
    ]);
  return store;
}

describe('the identity of a log', () => {
  it.each<[string, string[], string[], 'same' | 'parted' | 'other']>([
    ['itself', ['1', '2', '3'], ['1', '2', '3'], 'same'],
    ['itself, grown', ['1', '2'], ['1', '2', '3'], 'same'],
    ['what came of an empty one', [], ['1'], 'same'],
    ['an older state', ['1', '2', '3'], ['1', '2'], 'parted'],
    ['an older state that went on elsewhere', ['1', '2', '3'], ['1', '2', '4', '5'], 'parted'],
    ['another', ['1', '2'], ['7', '8', '9'], 'other'],
    ['an empty one', ['1', '2'], [], 'other'],
  ])('tells a log from %s', async (_, was, now, likeness) => {
    expect(await compareLog(await logOf(...now), await identifyLog(await logOf(...was)))).toBe(likeness);
  });

  it('is nothing for an empty log', async () => {
    expect(await identifyLog(await logOf())).toEqual({ first: '', position: 0, hash: '' });
  });
});
