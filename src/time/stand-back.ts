import { setPriority } from 'node:os';

/** How much a thread that stands back weighs against one that does not: about a tenth. */
const NICENESS = 10;

/**
 * Lets the thread that calls this work where no other wants the processor: whoever waits for an answer goes first.
 * Linux counts each thread by itself here; elsewhere the whole process would stand back, and nothing is done.
 */
export function standBack(): void {
  if (process.platform === 'linux') setPriority(NICENESS);
}
