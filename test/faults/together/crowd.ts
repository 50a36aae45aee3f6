import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { CLI } from '../../service.js';

/** What a crowd is told. */
export interface CrowdWanted {
  readonly address: string;
  /** How many connections it keeps open at once, as far as it is let. */
  readonly connections: number;
  readonly seed: number;
}

export interface KindFigures {
  opened: number;
  /** Of these, closed by the service; the others went by themselves. */
  closedByService: number;
  /** Of those, with a reset. */
  reset: number;
  /** The first status on each connection, or `none`. */
  readonly answers: Record<string, number>;
}

export interface CrowdFigures {
  /** Open at once: at most, and on average. */
  readonly most: number;
  readonly mean: number;
  readonly kinds: Readonly<Record<string, KindFigures>>;
}

/** The thread is the built one, also for a test that runs from the sources. */
const WORKER = join(CLI, '../../test/faults/together/crowd.worker.js');

/** Hostile clients of every kind, for as long as they are not ended. */
export class Crowd {
  private readonly worker: Worker;
  private readonly figures: Promise<CrowdFigures>;

  constructor(workerData: CrowdWanted) {
    this.worker = new Worker(WORKER, { workerData });
    this.figures = new Promise((resolve, reject) => {
      this.worker.once('message', resolve);
      this.worker.once('error', reject);
    });
    this.figures.catch(() => undefined);
  }

  async end(): Promise<CrowdFigures> {
    this.worker.postMessage('end');
    return this.figures;
  }
}
