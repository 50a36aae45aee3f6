import { pause, Pauses } from './event-store/retrying.js';

/** Something that could not be done yet. */
export interface Undone {
  readonly name: string;
  readonly error: unknown;
}

/**
 * Small works that have to be done, sooner or later: each is tried at once, and again with growing pauses until it
 * succeeds. None ever ends the process; what could not be done yet is named.
 */
export class Chores {
  private readonly works = new Map<string, () => Promise<void>>();
  private readonly busy = new Set<Promise<void>>();
  private readonly failures = new Map<string, unknown>();

  /** @param told hears of the first failure of a work, and with no error that it was done after all */
  constructor(
    private readonly signal: AbortSignal,
    private readonly told: (name: string, error?: unknown) => void,
  ) {}

  /** Does something. A later work of the same name takes its place. */
  do(name: string, work: () => Promise<void>): void {
    const isBegun = this.works.has(name);
    this.works.set(name, work);
    if (isBegun) return;
    const busy = this.untilDone(name).finally(() => this.busy.delete(busy));
    this.busy.add(busy);
  }

  /** What was tried and could not be done yet. */
  undone(): Undone[] {
    return [...this.failures].map(([name, error]) => ({ name, error }));
  }

  /** Resolves once each has been done or, after the signal, tried a last time. */
  async settled(): Promise<void> {
    await Promise.all(this.busy);
  }

  private async untilDone(name: string): Promise<void> {
    const pauses = new Pauses();
    for (;;) {
      const work = this.works.get(name)!;
      const isLast = (): boolean => this.works.get(name) === work;
      try {
        await work();
        if (this.failures.delete(name)) this.told(name);
        if (isLast()) break;
      } catch (error) {
        if (!this.failures.has(name)) this.told(name, error);
        this.failures.set(name, error);
        if (this.signal.aborted && isLast()) break;
        await pause(pauses.next(), this.signal);
      }
    }
    this.works.delete(name);
  }
}
