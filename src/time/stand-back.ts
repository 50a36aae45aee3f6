import { setPriority } from 'node:os';
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';

/**
 * How nice a thread is to one that answers: it weighs about a tenth against it, or about a third where somebody waits
 * for what it does.
 */
const NICENESS = { unawaited: 10, awaited: 5 } as const;
/** What every thread that is begun later knows: that somebody waits for answers of this process. */
const ANSWERS = 'tongzhang-answers';

/** From now on threads are begun beside one that answers. */
export const answerFirst = (): void => setEnvironmentData(ANSWERS, true);

/**
 * Lets the thread that calls this work where no other wants the processor: whoever waits for an answer goes first, and
 * where nobody does, nothing is done. Linux counts each thread by itself here; elsewhere the whole process would stand
 * back.
 */
export function standBack(what: keyof typeof NICENESS = 'unawaited'): void {
  if (getEnvironmentData(ANSWERS) === true && process.platform === 'linux') setPriority(NICENESS[what]);
}
