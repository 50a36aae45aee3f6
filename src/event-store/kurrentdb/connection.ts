import { StoreUnreachable } from '../event-store.js';
import { isDeletedForGood, isNoNodeFound, isOverdue, isUnconnected, isUnknownOutcome } from './outcome.js';
import { tombstoned } from './losses.js';
import { diagnose, endpointOf, refusedAddress, refusedCall } from './refusal.js';
import { urlOfConnection } from './url.js';
import { pause, untilKnown } from '../retrying.js';
import { HistoryUnreadable, type StoreRefused } from '../store-refusal.js';

/** A client of the driver's, as far as it is let go of. */
interface Disposable {
  dispose(): Promise<void>;
}

export interface ConnectionOptions<C> {
  readonly url: string;
  readonly open: (url: string) => C;
  readonly callTimeoutMs: number;
  readonly log: (message: string) => void;
}

/** How a call is made again until its outcome is known. */
export interface Calling {
  /** What is read or written, for the log: a stream's name on the server. */
  readonly what: string;
  /** So long it is made again. */
  readonly giveUpAfterMs: number;
  readonly isUnknown?: (error: unknown) => boolean;
}

const DISPOSE_TIMEOUT_MS = 500;

/**
 * The way to a server: calls over it are made again until their outcome is known, and a call that is not answered in
 * its time makes it a new one, since the driver would wait for its keep-alive to notice that nobody is there.
 */
export class Connection<C extends Disposable> {
  client: C;
  retries = 0;
  private opened = 0;
  private readonly clients = new Set<C>();
  private readonly closing = new AbortController();
  private replaced = new AbortController();
  private diagnosing: Promise<StoreRefused | undefined> | undefined;

  /** @throws StoreRefused, where the address or a file it names is not as it must be */
  constructor(private readonly options: ConnectionOptions<C>) {
    this.client = this.open();
  }

  get closed(): AbortSignal {
    return this.closing.signal;
  }

  /** Ends what waits on the client without a deadline, when that is replaced or closed. */
  get gone(): AbortSignal {
    return AbortSignal.any([this.closed, this.replaced.signal]);
  }

  /** @throws StoreRefused; StoreUnreachable; HistoryUnreadable; the error of an attempt whose outcome is known */
  call<T>({ what, giveUpAfterMs, isUnknown = isUnknownOutcome }: Calling, act: (client: C) => Promise<T>): Promise<T> {
    const again = (error: Error, pauseMs: number): void => {
      this.retries += 1;
      this.options.log(`${what}: outcome unknown, again in ${pauseMs} ms: ${error.message}`);
    };
    const attempt = async (): Promise<T> => {
      const { client } = this;
      return act(client).catch(async (error: unknown) => {
        throw await this.explain(error, client, what);
      });
    };
    return untilKnown(attempt, { isUnknown, giveUpAfterMs, signal: this.closed, again }).catch((error: unknown) => {
      throw isUnknown(error) ? new StoreUnreachable((error as Error).message, { cause: error }) : error;
    });
  }

  async close(): Promise<void> {
    this.closing.abort();
    await Promise.all([...this.clients].map(letGo));
  }

  /** What is thrown for what a call threw: that the server says no, that a stream was deleted, or the same. */
  private async explain(error: unknown, client: C, what: string): Promise<unknown> {
    if (isDeletedForGood(error)) return new HistoryUnreadable(tombstoned(what));
    if (isOverdue(error)) this.replace(client);
    return refusedCall(error) ?? (isUnconnected(error) ? ((await this.diagnosis()) ?? error) : error);
  }

  /** Why no connection comes about; many may ask at once. */
  private diagnosis(): Promise<StoreRefused | undefined> {
    const endpoint = endpointOf(this.options.url);
    this.diagnosing ??= (endpoint ? diagnose(endpoint) : Promise.resolve(undefined)).finally(() => {
      this.diagnosing = undefined;
    });
    return this.diagnosing;
  }

  private open(): C {
    try {
      const client = this.options.open(urlOfConnection(this.options.url, this.opened));
      this.opened += 1;
      this.clients.add(client);
      return client;
    } catch (error) {
      throw refusedAddress(error);
    }
  }

  /** Takes a new client in the place of one. What else is on its way over the old one has deadlines of its own. */
  private replace(client: C): void {
    if (client !== this.client || this.closed.aborted) return;
    this.options.log('a call was not answered in its time: a new connection is tried');
    this.client = this.open();
    this.replaced.abort();
    this.replaced = new AbortController();
    const end = (): void => {
      if (this.clients.delete(client)) void letGo(client);
    };
    setTimeout(end, 2 * this.options.callTimeoutMs).unref();
  }
}

/** Ends a client with its connection. */
async function letGo(client: Disposable): Promise<void> {
  // It waits for every call it ever made to end; one that the server left unanswered never does.
  const disposed = new AbortController();
  await Promise.race([client.dispose(), pause(DISPOSE_TIMEOUT_MS, disposed.signal)]);
  disposed.abort();
  // It also keeps its connection for ever, and the process with it: only its channel can be closed.
  const { getChannel } = client as unknown as { getChannel: () => Promise<{ close: () => void }> };
  const channel = await getChannel().catch((error: Error) => {
    // Where no node can be found there is no channel either.
    if (!isNoNodeFound(error)) throw error;
  });
  channel?.close();
}
