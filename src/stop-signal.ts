import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
type StopSignal = (typeof SIGNALS)[number];

/** Within this time a second signal is the first once more: Ctrl-C arrives from the terminal, and again from npm. */
const ECHO_MS = 300;

/** How long a process may take to stop in order, whatever its clients and files do. */
const LONGEST_STOP_MS = 9_000;

/**
 * Resolves at the first SIGINT or SIGTERM. From then on the process has a deadline, and a second signal ends it at
 * once: either way it ends as the signal would have ended it, which a shell shows as 130 or 143. What was acknowledged
 * is in the log by then: the thread that would be in the middle of an append is the one that ends the process.
 * @param say hears why the process ends before all is closed
 */
export function stopSignal(say: (message: string) => void): Promise<void> {
  return new Promise((resolve) => {
    let firstAt: number | undefined;
    const stop = (signal: StopSignal): void => {
      if (firstAt === undefined) {
        firstAt = performance.now();
        setTimeout(() => {
          say(`not everything was closed within ${LONGEST_STOP_MS / 1_000} s of ${signal}: ending now`);
          endBy(signal);
        }, LONGEST_STOP_MS).unref();
        resolve();
      } else if (performance.now() - firstAt > ECHO_MS) {
        say(`${signal} once more: ending now, before everything is closed`);
        endBy(signal);
      }
    };
    for (const signal of SIGNALS) process.on(signal, () => stop(signal));
  });
}

/**
 * Ends the process as the signal does where nobody handles it. `process.exit` waits for every thread, also for one that
 * waits for a file for ever; but the first process of a container cannot be ended by a signal of its own.
 */
function endBy(signal: StopSignal): void {
  if (process.pid === 1) process.exit(128 + constants.signals[signal]);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}
