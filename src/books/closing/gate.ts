/**
 * Keeps closes and changes of the reference data apart. A change is checked against what is closed, which stands in
 * other streams than its own, so no expected revision tells it of a close that comes between its check and its append.
 * While one is checked and appended this node therefore appends no close, and it begins when no close is on its way;
 * what it is checked against is read from the log's end then. Closes do not wait for each other, nor do changes, which
 * meet in one stream.
 */
export class ClosingGate {
  private readonly closing = new Set<Promise<unknown>>();
  private readonly adopting = new Set<Promise<unknown>>();

  /** Appends closes, once no change is on its way. */
  async close<T>(act: () => Promise<T>): Promise<T> {
    while (this.adopting.size > 0) await Promise.allSettled(this.adopting);
    return during(this.closing, act());
  }

  /** Checks a change and appends it, once the closes on their way are in the log; others wait for it. */
  adopt<T>(act: () => Promise<T>): Promise<T> {
    return during(this.adopting, Promise.allSettled(this.closing).then(act));
  }
}

/** Keeps something among what is on its way until it is done, however it ends. */
async function during<T>(onTheirWay: Set<Promise<unknown>>, done: Promise<T>): Promise<T> {
  onTheirWay.add(done);
  try {
    return await done;
  } finally {
    onTheirWay.delete(done);
  }
}
