import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { nodeBinary, ROOT } from './ready.mjs';

/** On a terminal Ctrl-C reaches every process of the foreground group by itself: it is not sent a second time. */
const isOnTerminal = [process.stdin, process.stdout, process.stderr].some(({ isTTY }) => isTTY);

/**
 * kafkajs 2.2.4 starts a timer with a time that is past, and Node 24 warns of it: it runs at once, as it is meant to.
 * Other warnings are shown.
 */
const QUIET = '--disable-warning=TimeoutNegativeWarning';

/** Where Node keeps what it has compiled: a command starts in two thirds of the time. Where it may not, it does not. */
const COMPILED = { NODE_COMPILE_CACHE: join(ROOT, 'dist', '.compiled') };

/**
 * Runs a built file on Node 24, whatever Node this is. Input, output and signals are this process's own; gives the exit
 * code, or 128 and the number of the signal that ended it.
 */
export function runNode(file, args, { flags = [], environment = {} } = {}) {
  const child = spawn(nodeBinary(), [QUIET, ...flags, file, ...args], {
    stdio: 'inherit',
    env: { ...COMPILED, ...environment, ...process.env },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    const arrivesByItself = signal === 'SIGINT' && isOnTerminal;
    process.on(signal, () => {
      if (!arrivesByItself) child.kill(signal);
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
}
