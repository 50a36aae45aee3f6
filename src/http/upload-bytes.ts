import { type Readable } from 'node:stream';
import { type LedgerError } from '../errors.js';

/** How a body is read. */
export interface Reading {
  /** Longest that nothing comes, in milliseconds. */
  readonly idleMs: number;
  /** What is thrown then. */
  readonly stalled: () => LedgerError;
  /** Ends the reading; its reason is thrown. */
  readonly signal: AbortSignal;
}

/**
 * The bytes of a body as they come: as long as something comes, it goes on. The body itself is left as it is where the
 * reading ends before it, so that its client can still be answered.
 * @throws what `reading` says; the error of a client that went away
 */
export async function* bytesOf(body: Readable, { idleMs, stalled, signal }: Reading): AsyncGenerator<Buffer> {
  const chunks = body.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Buffer>;
  for (;;) {
    signal.throwIfAborted();
    const waiting = new AbortController();
    const ended = new Promise<never>((_resolve, reject) => {
      const timer = setTimeout(() => reject(stalled()), idleMs);
      waiting.signal.addEventListener('abort', () => clearTimeout(timer));
      signal.addEventListener('abort', () => reject(signal.reason as Error), { signal: waiting.signal });
    });
    // Only the client's time counts, not that of whoever stores what came.
    const { value, done } = await Promise.race([chunks.next(), ended]).finally(() => waiting.abort());
    if (done === true) return;
    yield value;
  }
}
