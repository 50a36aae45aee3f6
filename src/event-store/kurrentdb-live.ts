import { type WireEvent } from './kurrentdb-events.js';

type Listener<T extends readonly unknown[]> = (...heard: T) => void;

/** A subscription of the driver's, as far as it is listened to. */
export interface Subscription {
  on(event: 'data', listener: Listener<[{ readonly event?: WireEvent }]>): unknown;
  on(event: 'error', listener: Listener<[Error]>): unknown;
  on(event: 'end' | 'close', listener: Listener<[]>): unknown;
  off(event: 'end' | 'close', listener: Listener<[]>): unknown;
  pause(): unknown;
  resume(): unknown;
  isPaused(): boolean;
  unsubscribe(): Promise<unknown>;
}

/**
 * What is taken of a subscription's events, in batches of what has arrived. Ends by throwing when it drops.
 * The server's own checkpoints are not listened to: they run ahead of the events, and only an event that has been
 * handed over counts.
 */
export async function* eventsOf<T>(
  subscription: Subscription,
  { take, limit }: { readonly take: (event: WireEvent) => T | undefined; readonly limit: number },
  stop: AbortSignal,
): AsyncGenerator<T[]> {
  const arrived: T[] = [];
  let dropped: Error | undefined;
  let wake: () => void = () => undefined;
  const drop = (error: Error): void => {
    dropped ??= error;
    wake();
  };
  const end = (): void => drop(new Error('the subscription ended'));
  subscription.on('data', ({ event }) => {
    const taken = event && take(event);
    if (taken !== undefined) arrived.push(taken);
    if (arrived.length >= 2 * limit) subscription.pause();
    wake();
  });
  subscription.on('error', drop);
  subscription.on('end', end);
  subscription.on('close', end);
  const abort = (): void => wake();
  stop.addEventListener('abort', abort);
  try {
    while (!stop.aborted) {
      if (arrived.length > 0) yield arrived.splice(0, limit);
      else if (dropped) throw dropped;
      else await new Promise<void>((resolve) => (wake = resolve));
      if (subscription.isPaused() && arrived.length < limit) subscription.resume();
    }
  } finally {
    stop.removeEventListener('abort', abort);
    subscription.off('end', end);
    subscription.off('close', end);
    await subscription.unsubscribe();
  }
}
