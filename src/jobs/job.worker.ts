import { parentPort, workerData } from 'node:worker_threads';
import { LedgerError } from '../errors.js';
import { asLedgerError } from '../machine-fault.js';
import { type JobProgress } from './job.js';
import { type FromJob } from './job-thread.js';
import { runTask } from './run-task.js';
import { type Task } from './task.js';
import { standBack } from '../time/stand-back.js';

/** The thread that does one job. It is ended from outside where the job is. */
const TELL_MS = 100;

const say = (message: FromJob): void => parentPort!.postMessage(message);
let told: { readonly at: number; readonly phase: number } | undefined;
/** A walk comes further thousands of times a second. */
const tell = (progress: JobProgress): void => {
  const at = performance.now();
  if (told && told.phase === progress.phase && at - told.at < TELL_MS) return;
  told = { at, phase: progress.phase };
  say({ progress });
};

standBack();
try {
  say({ done: await runTask(workerData as Task, tell) });
} catch (error) {
  const said = asLedgerError(error);
  if (!(said instanceof LedgerError)) throw error;
  say({ refused: { kind: said.kind, code: said.code, text: said.text } });
}
