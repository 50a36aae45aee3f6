import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { aheadOfReaders, areOthersRecording, giveWay } from './give-way.js';

/** What is done, in its order. */
const done: string[] = [];

/** Reads for longer than a turn. */
async function read(): Promise<void> {
  for (const until = performance.now() + 5; performance.now() < until;);
  await giveWay();
  done.push('read');
}

it('who reads goes on at once where nothing is being recorded', async () => {
  const started = performance.now();
  for (let piece = 0; piece < 100; piece += 1) await giveWay();
  expect(performance.now() - started).toBeLessThan(1_000);
});

it('what is being recorded is recorded and answered before the next piece is read', async () => {
  done.length = 0;
  const recorded = aheadOfReaders(() => sleep(1)).then(() => done.push('answered'));
  await Promise.all([read(), recorded]);
  expect(done).toEqual(['answered', 'read']);
});

it('what fails to be recorded keeps nobody waiting', async () => {
  const failing = aheadOfReaders(() => Promise.reject(new Error('not recorded')));
  await expect(failing).rejects.toThrow('not recorded');
  await giveWay();
});

it('what takes long to be recorded does not keep others from reading', async () => {
  done.length = 0;
  let end = (): void => undefined;
  const recorded = aheadOfReaders(() => new Promise<void>((resolve) => (end = resolve)));
  await Promise.all([read(), read()]);
  end();
  await recorded;
  expect(done).toEqual(['read', 'read']);
});

it('it is known for a moment that commands were recorded', async () => {
  await aheadOfReaders(() => Promise.resolve());
  expect(areOthersRecording()).toBe(true);
});
