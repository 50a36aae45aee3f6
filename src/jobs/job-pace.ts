import { type JobProgress, type ToldProgress } from './job.js';

/** Before so long nothing can be said of how fast something goes. */
const TOO_SHORT_MS = 500;

/** How far the job in hand has come, and how fast that goes: counted over the phase that it is in. */
export class JobPace {
  private last: JobProgress | undefined;
  /** Where the phase began. */
  private begun = { at: 0, done: 0 };

  /** @param clock milliseconds, of any origin */
  constructor(private readonly clock: () => number) {}

  comeTo(progress: JobProgress): void {
    if (this.last?.phase !== progress.phase) this.begun = { at: this.clock(), done: progress.done };
    this.last = progress;
  }

  /** As it is told; undefined before anything is known. */
  told(): ToldProgress | undefined {
    if (!this.last) return undefined;
    const { done, total } = this.last;
    const elapsedMs = this.clock() - this.begun.at;
    const since = done - this.begun.done;
    const perSecond = elapsedMs < TOO_SHORT_MS || since <= 0 ? null : Math.round((since / elapsedMs) * 1_000);
    const remainingSeconds = perSecond && total !== null ? Math.ceil(Math.max(0, total - done) / perSecond) : null;
    return { ...this.last, perSecond, remainingSeconds };
  }
}
