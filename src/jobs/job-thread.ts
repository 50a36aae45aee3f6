import { Worker } from 'node:worker_threads';
import { type ErrorKind, LedgerError, type Text, text } from '../errors.js';
import { whyThreadEnded } from '../machine-fault.js';
import { type JobProgress } from './job.js';
import { runTask } from './run-task.js';
import { type HearProgress, type Task, type TaskDone } from './task.js';

/** What the thread of a job says: how far it has come, and at last what came of it. */
export type FromJob =
  | { readonly progress: JobProgress }
  | { readonly done: TaskDone }
  | { readonly refused: { readonly kind: ErrorKind; readonly code: string; readonly text: Text } };

/** The thread's program exists only where the project has been compiled; run from its sources, a job is done here. */
const THREAD = import.meta.url.endsWith('.js') ? new URL('./job.worker.js', import.meta.url) : undefined;

/** It walks as much as a command does that has a process of its own, but never takes all the memory of the service. */
const LIMITS = { maxYoungGenerationSizeMb: 32, maxOldGenerationSizeMb: 1_024 };

/**
 * Does a job in a thread of its own, which ends with it.
 * @param signal ends it, whatever it is at: all it does is read, and write into files of its own
 * @throws LedgerError where the job cannot be done, or its thread has ended; the reason of the signal
 */
export function runJob(task: Task, tell: HearProgress, signal: AbortSignal): Promise<TaskDone> {
  return THREAD ? inThread(THREAD, task, tell, signal) : runTask(task, untilAborted(tell, signal));
}

const untilAborted =
  (tell: HearProgress, signal: AbortSignal): HearProgress =>
  (progress) => {
    signal.throwIfAborted();
    tell(progress);
  };

/** @param program what the thread runs */
export async function inThread(program: URL, task: Task, tell: HearProgress, signal: AbortSignal): Promise<TaskDone> {
  signal.throwIfAborted();
  const worker = new Worker(program, { workerData: task, resourceLimits: LIMITS });
  const over = new AbortController();
  try {
    return await new Promise<TaskDone>((resolve, reject) => {
      worker.on('message', (message: FromJob) => {
        if ('progress' in message) tell(message.progress);
        else if ('done' in message) resolve(message.done);
        else reject(new LedgerError(message.refused.kind, message.refused.code, message.refused.text));
      });
      worker.once('error', (error) => reject(threadEnded(error)));
      // What ended without a word, as a thread that the machine took the memory of, must not be waited for.
      worker.once('exit', (code) => reject(threadEnded(new Error(`exit code ${code}`))));
      signal.addEventListener('abort', () => reject(signal.reason as Error), { signal: over.signal });
    });
  } finally {
    over.abort();
    await worker.terminate();
  }
}

/** The thread of a job ended without a result: it had no memory, or by a fault of ours, which the log names. */
export class ThreadEnded extends LedgerError {}

function threadEnded(cause: Error): LedgerError {
  const why = whyThreadEnded(cause);
  const said = text(`执行任务的线程意外结束：${why.zh}`, `the thread of the job ended: ${why.en}`);
  return Object.assign(new ThreadEnded('unavailable', 'job-ended', said), { cause });
}
