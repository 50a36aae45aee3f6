import { setPriority } from 'node:os';
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';

/** How much a thread that stands back weighs against one that does not: about a tenth. */
const NICENESS = 10;
/** What every thread that is begun later knows: that somebody waits for answers of this process. */
const ANSWERS = 'tongzhang-answers';

/** From now on threads are begun beside one that answers. */
export const answerFirst = (): void => setEnvironmentData(ANSWERS, true);

/**
 * Lets the thread that calls this work where no other wants the processor: whoever waits for an answer goes first, and
 * where nobody does, nothing is done. Linux counts each thread by itself here; elsewhere the whole process would stand
 * back.
 */
export function standBack(): void {
  if (getEnvironmentData(ANSWERS) === true && process.platform === 'linux') setPriority(NICENESS);
}
