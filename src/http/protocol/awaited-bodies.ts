import { type IncomingMessage } from 'node:http';

/** How long what is no file may take to arrive, and what is left of a body once it is answered. */
const MOST_BODY_MS = 10_000;
/** How long a client may take to read that its body took too long. */
const LAST_WORDS_MS = 500;

interface Awaited {
  readonly until: number;
  readonly tell: () => unknown;
}

/**
 * Cuts requests that are not complete in time; whoever still can is told before. All are waited for equally long, so
 * that one timer is enough, for the one that has been waited for the longest: nearly every body is there a moment after
 * its head, and a timer for each costs more than all that is known of it.
 */
export class AwaitedBodies {
  private readonly awaited = new Map<IncomingMessage, Awaited>();
  private timer: NodeJS.Timeout | undefined;

  /** @param tell says that there is no time any more, where that can still be said */
  expect(request: IncomingMessage, tell: () => unknown): void {
    if (request.complete) return;
    // Behind those that came before it, also where it has been waited for already.
    this.awaited.delete(request);
    this.awaited.set(request, { until: performance.now() + MOST_BODY_MS, tell });
    this.timer ??= this.wakeIn(MOST_BODY_MS);
  }

  /** What is left of the body of a request that is answered has as long again. */
  answered(request: IncomingMessage): void {
    if (request.complete) this.awaited.delete(request);
    else this.expect(request, () => undefined);
  }

  private wakeIn(milliseconds: number): NodeJS.Timeout {
    return setTimeout(() => this.look(), milliseconds).unref();
  }

  private look(): void {
    const now = performance.now();
    this.timer = undefined;
    for (const [request, { until, tell }] of this.awaited) {
      // What has no body is complete only behind its head, and is closed only when it is answered, however late.
      const isOver = request.complete || request.closed;
      if (!isOver && until > now) {
        this.timer = this.wakeIn(until - now + 1);
        return;
      }
      this.awaited.delete(request);
      if (!isOver) cut(request, tell);
    }
  }
}

function cut({ socket }: IncomingMessage, tell: () => unknown): void {
  tell();
  setTimeout(() => socket.destroy(), LAST_WORDS_MS).unref();
}
