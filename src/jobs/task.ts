import { type StorePlace } from '../event-store/event-store.js';
import { type LogIdentity } from '../event-store/log-identity.js';
import { type JobProgress, type JobRequest, type JobResult } from './job.js';

/** A job as the thread that does it is told: all of it can be sent to one. */
export interface Task {
  readonly request: JobRequest;
  readonly place: StorePlace;
  readonly dataDir: string;
  /** What the names of the files that it writes begin with. */
  readonly files: string;
  /** How far the clock may lie from the last recorded time. */
  readonly boundMs: number;
}

/** What came of a task, and where the log stood afterwards. */
export interface TaskDone {
  readonly result: JobResult;
  readonly log: LogIdentity;
}

/** Hears how far a task has come. What it throws ends the task. */
export type HearProgress = (progress: JobProgress) => void;
