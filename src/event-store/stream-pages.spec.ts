import { expect, it } from '@jest/globals';
import { MemoryEventStore } from './memory.js';
import { pagesOf } from './stream-pages.js';

const LONG = 1_000;

async function storeOf(events: number): Promise<MemoryEventStore> {
  const store = new MemoryEventStore();
  const all = Array.from({ length: events }, () => ({ type: 'T.v1', data: '{}', key: '', keyIndexed: false }));
  if (events > 0) await store.append('book-a', 'no-stream', all);
  return store;
}

async function revisionsOf(...asked: Parameters<typeof pagesOf>): Promise<number[][]> {
  const pages: number[][] = [];
  for await (const page of pagesOf(...asked)) pages.push(page.map(({ revision }) => revision));
  return pages;
}

const counted = (first: number, last: number): number[] =>
  Array.from({ length: Math.abs(last - first) + 1 }, (_, index) => first + (first < last ? index : -index));

it.each([1, 63, 64, 65, 255, 256, 257, 320, 321, LONG])('a stream of %d events is read whole, both ways', async (n) => {
  const store = await storeOf(n);
  expect((await revisionsOf(store, 'book-a', 'forwards')).flat()).toEqual(counted(0, n - 1));
  expect((await revisionsOf(store, 'book-a', 'backwards')).flat()).toEqual(counted(n - 1, 0));
});

it('is read from a revision on, that one included', async () => {
  const store = await storeOf(LONG);
  expect((await revisionsOf(store, 'book-a', 'forwards', 700)).flat()).toEqual(counted(700, LONG - 1));
  expect((await revisionsOf(store, 'book-a', 'backwards', 700)).flat()).toEqual(counted(700, 0));
  expect((await revisionsOf(store, 'book-a', 'backwards', 0)).flat()).toEqual([0]);
});

it('one that is not there is one empty page', async () => {
  const store = await storeOf(0);
  expect(await revisionsOf(store, 'book-a', 'forwards')).toEqual([[]]);
  expect(await revisionsOf(store, 'book-a', 'backwards')).toEqual([[]]);
});

it('others have their turn before each page but the first', async () => {
  const store = await storeOf(LONG);
  let turns = 0;
  const count = (): NodeJS.Immediate => setImmediate(() => ((turns += 1), count()));
  const counting = count();
  const seen: [events: number, hadTurn: boolean][] = [];
  for await (const page of pagesOf(store, 'book-a', 'forwards')) {
    seen.push([page.length, turns > 0]);
    turns = 0;
  }
  clearImmediate(counting);
  expect(seen).toEqual([
    [256, false],
    [256, true],
    [256, true],
    [232, true],
  ]);
});

it('whoever has found what they look for reads no more', async () => {
  const store = await storeOf(LONG);
  let reads = 0;
  const counting = {
    readStream: (...asked: Parameters<MemoryEventStore['readStream']>) => {
      reads += 1;
      return store.readStream(...asked);
    },
  };
  for await (const page of pagesOf(counting, 'book-a', 'backwards')) if (page.length > 0) break;
  expect(reads).toBe(1);
});
