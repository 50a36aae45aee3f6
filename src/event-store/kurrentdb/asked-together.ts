/**
 * A question that many ask at once. It is on its way once at a time: whoever asks meanwhile waits for the next, which
 * begins after they asked, so that nobody is told less than was so when they asked. Where one fails, so do those that
 * wait for the next: they need not wait as long again to hear the same.
 */
export class AskedTogether<T> {
  private now: Promise<T> | undefined;
  private next: Promise<T> | undefined;

  constructor(private readonly find: () => Promise<T>) {}

  ask(): Promise<T> {
    if (!this.now) {
      const now = this.find().finally(() => (this.now = undefined));
      this.now = now;
      return now;
    }
    this.next ??= this.now.finally(() => (this.next = undefined)).then(() => this.ask());
    return this.next;
  }
}
