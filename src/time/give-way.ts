import { setImmediate as nextTurn } from 'node:timers/promises';

/** So long whoever reads has its turn. */
const TURN_MS = 2;
/** So long it waits then for those who record, and goes on none the less. */
const MOST_MS = 10;
/** So long after a command others are likely to come. */
const LATELY_MS = 1_000;

/** How many commands this thread is recording. */
let recording = 0;
/** When the last of them was recorded. */
let recordedAt = -Infinity;
/** Go on once none is. */
let waiting: (() => void)[] = [];
/** When somebody last gave way. */
let since = -Infinity;

/** Records something; who reads much meanwhile gives way to it. */
export async function aheadOfReaders<T>(record: () => Promise<T>): Promise<T> {
  recording += 1;
  try {
    return await record();
  } finally {
    recording -= 1;
    recordedAt = performance.now();
    if (recording === 0) goOn();
  }
}

/** Whether commands are being recorded, now or just before: who does much at once does less of it then. */
export const areOthersRecording = (): boolean => recording > 0 || performance.now() - recordedAt < LATELY_MS;

/** Whether who does much at once has had its turn by now. */
export const hasHadItsTurn = (): boolean => performance.now() - since >= TURN_MS;

/**
 * Gives others their turn between two pieces of something long, where it has gone on for a while. A command that is
 * being recorded is recorded and answered first: it takes several turns, and would wait for a piece in each of them.
 */
export async function giveWay(): Promise<void> {
  if (!hasHadItsTurn()) return;
  await nextTurn();
  for (const until = performance.now() + MOST_MS; recording > 0 && performance.now() < until;) {
    await untilRecorded(until);
    // Who has recorded is answered first.
    await nextTurn();
  }
  since = performance.now();
}

function untilRecorded(until: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, until - performance.now());
    waiting.push(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function goOn(): void {
  const all = waiting;
  waiting = [];
  for (const next of all) next();
}
