import { type Worker } from 'node:worker_threads';
import { isOverWithin } from './time/within.js';

/** How long a thread may take to finish what it has in hand, and then to be ended from outside. */
const PATIENCE_MS = 2_000;
const ENDING_MS = 500;

/**
 * Asks a thread to end after what it has in hand, by any message. One that does not in time is ended from outside: what
 * it was writing is in no transaction then. One that waits inside the operating system, for a file that never answers,
 * is left to the end of the process.
 * @param ended resolves when the thread is over; may reject with what ended it
 * @returns false where it did not end by itself
 */
export async function endThread(worker: Worker, ended: Promise<unknown>): Promise<boolean> {
  worker.postMessage('stop');
  if (await isOverWithin(ended, PATIENCE_MS)) return true;
  await isOverWithin(worker.terminate(), ENDING_MS);
  return false;
}
