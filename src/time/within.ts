import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits for something, but no longer than so many milliseconds; false where it is not over by then, and goes on.
 * @throws what it fails with by then; what it fails with later is nobody's any more
 */
export async function isOverWithin(work: Promise<unknown>, mostMs: number): Promise<boolean> {
  const waiting = new AbortController();
  const late = sleep(mostMs, false, { signal: waiting.signal }).catch(() => false);
  work.catch(() => undefined);
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    waiting.abort();
  }
}
