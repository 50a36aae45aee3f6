import { setTimeout as sleep } from 'node:timers/promises';

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 5_000;

/** The pauses between attempts, in milliseconds: each twice the one before, up to 5 s. */
export class Pauses {
  private nextMs = FIRST_PAUSE_MS;

  next(): number {
    const pauseMs = this.nextMs;
    this.nextMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    return pauseMs;
  }

  /** Something went well: the next pause is a short one again. */
  reset(): void {
    this.nextMs = FIRST_PAUSE_MS;
  }
}

export interface Retrying {
  /** Whether after this error nobody knows what became of the call. */
  readonly isUnknown: (error: unknown) => boolean;
  /** So long it is tried; then the last error is thrown. */
  readonly giveUpAfterMs: number;
  /** Ends the trying: the error of the last attempt is thrown. */
  readonly signal: AbortSignal;
  /** Hears of each further attempt before its pause. */
  readonly again: (error: Error, pauseMs: number) => void;
}

/** Does something again until its outcome is known. @throws the error of an attempt whose outcome is known */
export async function untilKnown<T>(act: () => Promise<T>, retrying: Retrying): Promise<T> {
  const { isUnknown, giveUpAfterMs, signal, again } = retrying;
  const deadline = performance.now() + giveUpAfterMs;
  const pauses = new Pauses();
  for (;;) {
    try {
      return await act();
    } catch (error) {
      const pauseMs = pauses.next();
      if (!isUnknown(error) || signal.aborted || performance.now() + pauseMs > deadline) throw error;
      again(error as Error, pauseMs);
      await pause(pauseMs, signal);
    }
  }
}

/** Waits, at most until the signal. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch((error: Error) => {
    if (error.name !== 'AbortError') throw error;
  });
}
