import { setTimeout as sleep } from 'node:timers/promises';

/** Looks at something again and again, once for all who wait for it to change, however many they are. */
export class Looks<T> {
  private coming: Promise<T> | undefined;

  constructor(
    private readonly look: () => T,
    private readonly everyMs: number,
  ) {}

  /** What is seen now. */
  now(): T {
    return this.look();
  }

  /** What is seen at the next look, which is the same for all who ask before it. */
  next(): Promise<T> {
    this.coming ??= sleep(this.everyMs).then(() => {
      this.coming = undefined;
      return this.look();
    });
    return this.coming;
  }
}
