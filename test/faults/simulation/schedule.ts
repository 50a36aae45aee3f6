import { createHash } from 'node:crypto';

/** What happened in a run, in its order: of two runs of one seed both digests are equal. */
export class Trace {
  private readonly hash = createHash('sha256');
  readonly lines: string[] = [];

  /** @param isKept whether the lines are wanted, or only their digest */
  constructor(private readonly isKept: boolean) {}

  add(line: string): void {
    this.hash.update(line).update('\n');
    if (this.isKept) this.lines.push(line);
  }

  /** Ends the trace. */
  digest(): string {
    return this.hash.digest('hex').slice(0, 16);
  }
}

interface Waiting {
  readonly atMs: number;
  readonly what: string;
  readonly resume: () => void;
}

/** Nothing that anybody waits for takes so long: whoever still waits then, waits for ever. */
const LONGEST_RUN_MS = 6 * 3_600_000;
/** Turns of the event loop after which whoever goes on has gone on. */
const TURNS = 4;

/**
 * Time, chance and the order in which waiting things go on, all of them from one seed: nothing in a run waits for a
 * real clock, so that a day passes in milliseconds, and the same seed is the same run.
 */
export class Schedule {
  private readonly waiting: Waiting[] = [];

  constructor(
    /** The true time. */
    public nowMs: number,
    readonly random: () => number,
    readonly trace: Trace,
  ) {}

  /** Waits for some time between two, in milliseconds. */
  pause(what: string, leastMs: number, mostMs = leastMs): Promise<void> {
    const atMs = this.nowMs + leastMs + Math.floor(this.random() * (mostMs - leastMs + 1));
    return new Promise((resume) => this.waiting.push({ atMs, what, resume }));
  }

  chance(probability: number): boolean {
    return this.random() < probability;
  }

  /** A whole number from one to another. */
  between(least: number, most: number): number {
    return least + Math.floor(this.random() * (most - least + 1));
  }

  pick<T>(list: readonly T[]): T {
    return list[this.between(0, list.length - 1)]!;
  }

  note(what: string): void {
    this.trace.add(`${this.nowMs} ${what}`);
  }

  /** Lets everything go on until it is over. @throws where somebody waits for what never comes */
  async until(over: Promise<unknown>): Promise<void> {
    let isOver = false;
    const lastMs = this.nowMs + LONGEST_RUN_MS;
    const end = over.then(
      () => (isOver = true),
      (error: unknown) => {
        isOver = true;
        throw error;
      },
    );
    // It is looked at where it is awaited below, however it ended.
    end.catch(() => undefined);
    while (!isOver) {
      const next = this.next();
      if (!next && (await this.turnsUntil(() => isOver || this.waiting.length > 0))) continue;
      if (!next || next.atMs > lastMs) throw new Error('an operation hangs: nothing goes on, and not all has ended');
      this.nowMs = Math.max(this.nowMs, next.atMs);
      this.note(next.what);
      next.resume();
      await turn();
    }
    await end;
  }

  private async turnsUntil(isThere: () => boolean): Promise<boolean> {
    for (let turns = 0; turns < TURNS && !isThere(); turns += 1) await turn();
    return isThere();
  }

  /** Takes the earliest out; of those at one time, the one that began to wait first. */
  private next(): Waiting | undefined {
    let earliest = 0;
    for (let index = 1; index < this.waiting.length; index += 1)
      if (this.waiting[index]!.atMs < this.waiting[earliest]!.atMs) earliest = index;
    return this.waiting.splice(earliest, 1)[0];
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Whoever waits for it has died. */
export const never = <T>(): Promise<T> => new Promise<T>(() => undefined);
