import { Worker } from 'node:worker_threads';
import { checkFile, type CheckMessage, type CheckRequest } from './check-file.js';

/** The thread's program exists only where the project has been compiled; run from its sources, it checks in-process. */
const THREAD = import.meta.url.endsWith('.js') ? new URL('./check.worker.js', import.meta.url) : undefined;

/** The thread needs little, but takes what it is given: without limits garbage heaps up before it is collected. */
const LIMITS = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 192 };

/** What the check of a file says, while a thread of its own runs ahead. Leaving the loop ends the thread. */
export function checkedMessages(request: CheckRequest): AsyncGenerator<CheckMessage> {
  return THREAD ? messagesOfThread(THREAD, request) : checkFile(request);
}

async function* messagesOfThread(program: URL, request: CheckRequest): AsyncGenerator<CheckMessage> {
  const worker = new Worker(program, { workerData: request, resourceLimits: LIMITS });
  const arrived: (CheckMessage | 'end')[] = [];
  let failure: Error | undefined;
  let wake = (): void => undefined;
  worker.on('message', (message: CheckMessage | 'end') => {
    arrived.push(message);
    wake();
  });
  worker.on('error', (error: Error) => {
    failure = error;
    wake();
  });
  try {
    for (;;) {
      while (arrived.length === 0 && !failure) await new Promise<void>((resolve) => (wake = resolve));
      if (failure) throw failure;
      const message = arrived.shift()!;
      if (message === 'end') return;
      yield message;
      worker.postMessage('dealt with');
    }
  } finally {
    await worker.terminate();
  }
}
