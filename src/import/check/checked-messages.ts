import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { LedgerError, text } from '../../errors.js';
import { codeOf, isMachineFault } from '../../machine-fault.js';
import { checkFile, type CheckMessage, type CheckRequest } from './check-file.js';

/** The thread's program exists only where the project has been compiled; run from its sources, it checks in-process. */
const THREAD = import.meta.url.endsWith('.js') ? new URL('./check.worker.js', import.meta.url) : undefined;

/** The thread needs little, but takes what it is given: without limits garbage heaps up before it is collected. */
const LIMITS = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 192 };

/**
 * What the check of a file says, while a thread of its own runs ahead. Leaving the loop ends the thread; so does the
 * signal, whatever the thread is at.
 */
export function checkedMessages(request: CheckRequest, signal?: AbortSignal): AsyncGenerator<CheckMessage> {
  return THREAD ? messagesOfThread(THREAD, request, signal) : checkFile(request);
}

/** An error of the thread: what the machine refused stays what it is; another end of it is named. */
function asThreadError(error: unknown): unknown {
  if (isMachineFault(error)) return error;
  const { message } = error as Error;
  const isMemory = codeOf(error) === 'ERR_WORKER_OUT_OF_MEMORY';
  const why = isMemory ? text('内存不足', 'it ran out of memory') : text(message, message);
  return new LedgerError(
    'unavailable',
    'check-ended',
    text(`检查文件的线程意外结束：${why.zh}`, `the thread that checks the file ended: ${why.en}`),
  );
}

/** @throws LedgerError unavailable, where the thread ends before it has said all */
export async function* messagesOfThread(
  program: URL,
  request: CheckRequest,
  signal?: AbortSignal,
): AsyncGenerator<CheckMessage> {
  const worker = new Worker(program, { workerData: request, resourceLimits: LIMITS });
  const arrived: (CheckMessage | 'end')[] = [];
  let failure: unknown;
  let wake = (): void => undefined;
  worker.on('message', (message: CheckMessage | 'end') => {
    arrived.push(message);
    wake();
  });
  const fail = (error: unknown): void => {
    failure ??= asThreadError(error);
    wake();
  };
  worker.on('error', fail);
  // What ended without a word, as a thread that the machine took the memory of, must not be waited for.
  worker.on('exit', (code) => fail(new Error(`exit ${code}`)));
  const abort = (): void => {
    failure = signal!.reason as Error;
    wake();
  };
  signal?.addEventListener('abort', abort);
  try {
    for (;;) {
      while (arrived.length === 0 && !failure) await new Promise<void>((resolve) => (wake = resolve));
      const message = arrived.shift();
      if (message === 'end') return;
      if (message === undefined) throw failure;
      yield message;
      worker.postMessage('dealt with');
      // Messages follow each other without a turn of the event loop, and others have waited for one.
      await setImmediate();
    }
  } finally {
    signal?.removeEventListener('abort', abort);
    await worker.terminate();
  }
}
