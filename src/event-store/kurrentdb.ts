import { hash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AllStreamResolvedEvent,
  BACKWARDS,
  binaryEvent,
  END,
  ErrorType,
  EventStoreDBClient,
  FORWARDS,
  isCommandError,
  NO_STREAM,
  type RecordedEvent,
  START,
  StreamNotFoundError,
  streamNameFilter,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import {
  type Appended,
  type AuditFinding,
  demandAppendable,
  DuplicateKey,
  type EventStore,
  type ExpectedRevision,
  type NewEvent,
  type ReadAllOptions,
  type ReadStreamOptions,
  type StoredEvent,
  WrongExpectedRevision,
} from './event-store.js';

/** What the node's read tables know of a stream's keys: the part of the fold that need not be read again. */
export interface KeySnapshot {
  /** The last revision the snapshot covers; -1 for none. */
  readonly revision: (stream: string) => number;
  /** The revision of the event with this key among those covered. */
  readonly find: (stream: string, key: string) => number | undefined;
}

export interface KurrentDbOptions {
  /** `esdb://…`, `esdb+discover://…`, or the same with `kurrentdb`. User and password may stand in it. */
  readonly url: string;
  /** The beginnings of our streams' names: everything else in the database is not ours. */
  readonly prefixes: readonly string[];
  readonly keys: KeySnapshot;
  readonly appendTimeoutMs?: number;
  readonly log: (message: string) => void;
}

/** What stands beside the data of every event. */
interface Metadata {
  readonly sha256: string;
  /** The idempotency key, where it is indexed. */
  readonly key?: string;
}

type ReadStreamQuery = NonNullable<Parameters<EventStoreDBClient['readStream']>[1]>;

/** The keys of a stream beyond its snapshot. */
interface KeyFold {
  revision: number;
  readonly tail: Map<string, number>;
}

const DEFAULT_BATCH = 5_000;
const PAGE = 1_000;
const APPEND_TIMEOUT_MS = 5_000;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 5_000;
const DISPOSE_TIMEOUT_MS = 500;
/** After these the event may be there or not: the same events are sent again until the server says which. */
const UNKNOWN_OUTCOMES = new Set<string>([
  ErrorType.TIMEOUT,
  ErrorType.DEADLINE_EXCEEDED,
  ErrorType.UNAVAILABLE,
  ErrorType.CANCELLED,
  ErrorType.NOT_LEADER,
]);

/**
 * KurrentDB (EventStoreDB) as the log. A position is the event's commit position. The stored bytes are the event's data,
 * as binary, so that the client never re-serialises them; their hash stands in the metadata.
 */
export class KurrentDbEventStore implements EventStore {
  private readonly client: EventStoreDBClient;
  private readonly credentials: { username: string; password: string };
  private readonly folds = new Map<string, KeyFold>();
  private readonly closing = new AbortController();
  /** Appends sent again because their outcome was unknown. */
  retries = 0;

  constructor(private readonly options: KurrentDbOptions) {
    const url = options.url.replace(/^kurrentdb(\+discover)?:/, 'esdb$1:');
    this.client = EventStoreDBClient.connectionString(url);
    // Only an append with credentials of its own has a deadline of its own in this client; an insecure server ignores them.
    this.credentials = credentialsOf(url);
  }

  async append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended> {
    demandAppendable(stream, events);
    // The protocol has no word for a revision below zero, which no stream has.
    if (typeof expected === 'number' && expected < 0) await this.demandRevision(stream, expected);
    await this.demandNewKeys(stream, expected, events);
    const messages = events.map(({ type, data, key, keyIndexed }) =>
      binaryEvent({
        id: uuidOf(stream, key),
        type,
        data: Buffer.from(data),
        metadata: { sha256: hash('sha256', data, 'hex'), ...(keyIndexed && { key }) },
      }),
    );
    const expectedRevision = expected === 'no-stream' ? NO_STREAM : BigInt(expected);
    const first = expected === 'no-stream' ? 0 : expected + 1;
    const send = () =>
      this.client.appendToStream(stream, messages, {
        expectedRevision,
        credentials: this.credentials,
        deadline: this.options.appendTimeoutMs ?? APPEND_TIMEOUT_MS,
      });
    const result = await this.untilKnown(stream, send, async (error) => {
      if (error instanceof WrongExpectedVersionError) throw new WrongExpectedRevision(stream, expected, actualOf(error));
    });
    this.remember(stream, first, events);
    const position = result.position?.commit;
    if (events.length === 1 && position !== undefined) return { revision: first, positions: [toNumber(position)] };
    const stored = await this.readStream(stream, { from: first, limit: events.length });
    return { revision: first + events.length - 1, positions: stored.map((event) => event.position) };
  }

  async readStream(stream: string, options: ReadStreamOptions): Promise<StoredEvent[]> {
    const backwards = options.direction === 'backwards';
    if (backwards && options.from !== undefined && options.from < 0) return [];
    const fromRevision = options.from === undefined ? (backwards ? END : START) : BigInt(options.from);
    const direction = backwards ? BACKWARDS : FORWARDS;
    const recorded = await this.readRecorded(stream, { direction, fromRevision, maxCount: options.limit });
    return recorded.map(toStored);
  }

  async *readAll(options: ReadAllOptions, signal?: AbortSignal): AsyncIterable<StoredEvent[]> {
    let after = options.after;
    for await (const batch of this.pages(options, signal)) {
      after = batch[batch.length - 1]!.position;
      yield batch;
    }
    if (!options.live) return;
    let pauseMs = FIRST_PAUSE_MS;
    const stop = AbortSignal.any([this.closing.signal, ...(signal ? [signal] : [])]);
    while (!stop.aborted) {
      try {
        for await (const batch of this.live({ ...options, after }, stop)) {
          after = batch[batch.length - 1]!.position;
          yield batch;
          pauseMs = FIRST_PAUSE_MS;
        }
      } catch (error) {
        this.options.log(`subscription dropped after position ${after}, again in ${pauseMs} ms: ${(error as Error).message}`);
        await pause(pauseMs, stop);
        pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
      }
    }
  }

  async findByKey(stream: string, key: string, upTo: number): Promise<StoredEvent | undefined> {
    const fold = await this.foldOf(stream, upTo);
    const revision = fold.tail.get(key) ?? this.options.keys.find(stream, key);
    if (revision === undefined) return undefined;
    const [event] = await this.readStream(stream, { from: revision, limit: 1 });
    return event;
  }

  async head(): Promise<number> {
    return (await this.last())?.position ?? 0;
  }

  async last(): Promise<StoredEvent | undefined> {
    return this.untilKnown('$all', async () => {
      let fromPosition: typeof END | { commit: bigint; prepare: bigint } = END;
      for (;;) {
        const page: AsyncIterable<AllStreamResolvedEvent> = this.client.readAll({
          direction: BACKWARDS,
          fromPosition,
          maxCount: PAGE,
        });
        let seen = 0;
        for await (const { event } of page) {
          seen += 1;
          if (!event) continue;
          if (this.isOurs(event.streamId)) return toStored(event);
          fromPosition = event.position;
        }
        if (seen < PAGE) return undefined;
      }
    });
  }

  async *audit(progress?: (position: number) => void): AsyncIterable<AuditFinding> {
    const revisions = new Map<string, number>();
    let fromPosition: typeof START | { commit: bigint; prepare: bigint } = START;
    let last = -1;
    for (;;) {
      const page = await this.page(fromPosition);
      for (const { event } of page) {
        if (!event || toNumber(event.position.commit) <= last) continue;
        last = toNumber(event.position.commit);
        fromPosition = event.position;
        if (!this.isOurs(event.streamId)) continue;
        const wanted = (revisions.get(event.streamId) ?? -1) + 1;
        const found = toNumber(event.revision);
        if (found !== wanted)
          yield { position: last, code: 'revision-gap', detail: `${event.streamId}: expected ${wanted}, found ${found}` };
        revisions.set(event.streamId, found);
        const stored = (event.metadata as Metadata | undefined)?.sha256;
        const actual = hash('sha256', event.data as Uint8Array, 'hex');
        if (stored !== actual)
          yield { position: last, code: 'hash-mismatch', detail: `stored ${stored ?? 'none'}, computed ${actual}` };
      }
      progress?.(last);
      if (page.length < PAGE) return;
    }
  }

  async close(): Promise<void> {
    this.closing.abort();
    // The client waits for every call it ever made to end; one that the server left unanswered never does.
    await Promise.race([this.client.dispose(), sleep(DISPOSE_TIMEOUT_MS)]);
    // It also keeps its connection for ever, and the process with it: only its channel can be closed.
    const { getChannel } = this.client as unknown as { getChannel: () => Promise<{ close: () => void }> };
    (await getChannel()).close();
  }

  /** Our events after a position up to the end of the log. */
  private async *pages(options: ReadAllOptions, signal?: AbortSignal): AsyncIterable<StoredEvent[]> {
    const limit = options.batch ?? DEFAULT_BATCH;
    let batch: StoredEvent[] = [];
    let fromPosition = toPosition(options.after);
    let last = options.after;
    while (!signal?.aborted) {
      const page = await this.page(fromPosition);
      let fresh = 0;
      for (const { event } of page) {
        if (!event || toNumber(event.position.commit) <= last) continue;
        last = toNumber(event.position.commit);
        fresh += 1;
        fromPosition = event.position;
        if (!this.isOurs(event.streamId) || !event.streamId.startsWith(options.prefix ?? '')) continue;
        batch.push(toStored(event));
        if (batch.length < limit) continue;
        yield batch;
        batch = [];
      }
      if (fresh === 0) break;
    }
    if (batch.length > 0) yield batch;
  }

  private readRecorded(stream: string, options: ReadStreamQuery): Promise<RecordedEvent[]> {
    return this.untilKnown(stream, async () => {
      const events: RecordedEvent[] = [];
      try {
        for await (const { event } of this.client.readStream(stream, options)) if (event) events.push(event);
      } catch (error) {
        if (!(error instanceof StreamNotFoundError)) throw error;
      }
      return events;
    });
  }

  private page(fromPosition: typeof START | { commit: bigint; prepare: bigint }): Promise<AllStreamResolvedEvent[]> {
    return this.untilKnown('$all', async () => {
      const page: AllStreamResolvedEvent[] = [];
      for await (const resolved of this.client.readAll({ direction: FORWARDS, fromPosition, maxCount: PAGE }))
        page.push(resolved);
      return page;
    });
  }

  /**
   * Our events from a subscription, in batches of what has arrived. Ends by throwing when the subscription drops.
   * The server's own checkpoints are not listened to: they run ahead of the events, and only an event that has been
   * handed over counts.
   */
  private async *live(options: ReadAllOptions, stop: AbortSignal): AsyncIterable<StoredEvent[]> {
    const limit = options.batch ?? DEFAULT_BATCH;
    const filter = streamNameFilter({ prefixes: options.prefix ? [options.prefix] : [...this.options.prefixes] });
    const subscription = this.client.subscribeToAll({ fromPosition: toPosition(options.after), filter });
    const arrived: StoredEvent[] = [];
    let dropped: Error | undefined;
    let wake: () => void = () => undefined;
    const drop = (error: Error): void => {
      dropped ??= error;
      wake();
    };
    const end = (): void => drop(new Error('the subscription ended'));
    subscription.on('data', ({ event }: AllStreamResolvedEvent) => {
      if (event && toNumber(event.position.commit) > options.after) arrived.push(toStored(event));
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
      subscription.off('end', end).off('close', end);
      await subscription.unsubscribe();
    }
  }

  /** Does something again until its outcome is known. `examine` may throw what the caller is to see. */
  private async untilKnown<T>(what: string, act: () => Promise<T>, examine?: (error: unknown) => Promise<void>): Promise<T> {
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      try {
        return await act();
      } catch (error) {
        await examine?.(error);
        if (!isUnknownOutcome(error) || this.closing.signal.aborted) throw error;
        this.retries += 1;
        this.options.log(`${what}: outcome unknown, again in ${pauseMs} ms: ${(error as Error).message}`);
        await pause(pauseMs, this.closing.signal);
      }
    }
  }

  private async demandNewKeys(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<void> {
    const fresh = new Set<string>();
    const fold = await this.foldOf(stream, expected === 'no-stream' ? -1 : expected);
    for (const { key, keyIndexed } of events) {
      if (!keyIndexed) continue;
      if (fresh.has(key) || fold.tail.has(key) || this.options.keys.find(stream, key) !== undefined) {
        await this.demandRevision(stream, expected);
        throw new DuplicateKey(stream, key);
      }
      fresh.add(key);
    }
  }

  private async demandRevision(stream: string, expected: ExpectedRevision): Promise<void> {
    const [last] = await this.readStream(stream, { direction: 'backwards', limit: 1 });
    const actual = last?.revision ?? 'no-stream';
    if (actual !== expected) throw new WrongExpectedRevision(stream, expected, actual);
  }

  private async foldOf(stream: string, upTo: number): Promise<KeyFold> {
    let fold = this.folds.get(stream);
    if (!fold) this.folds.set(stream, (fold = { revision: this.options.keys.revision(stream), tail: new Map() }));
    while (fold.revision < upTo) {
      const options = { direction: FORWARDS, fromRevision: BigInt(fold.revision + 1), maxCount: PAGE } as const;
      const tail = await this.readRecorded(stream, options);
      if (tail.length === 0) break;
      for (const { revision, metadata } of tail) {
        fold.revision = toNumber(revision);
        const key = (metadata as Metadata | undefined)?.key;
        if (key !== undefined) fold.tail.set(key, fold.revision);
      }
    }
    return fold;
  }

  private remember(stream: string, first: number, events: readonly NewEvent[]): void {
    const fold = this.folds.get(stream);
    if (fold?.revision !== first - 1) return;
    events.forEach(({ key, keyIndexed }, index) => keyIndexed && fold.tail.set(key, first + index));
    fold.revision += events.length;
  }

  private isOurs(stream: string): boolean {
    return this.options.prefixes.some((prefix) => stream.startsWith(prefix));
  }
}

/** The id a retry must repeat: it follows from the stream and the key, and so does not depend on who sends it. */
export function uuidOf(stream: string, key: string): string {
  const digest = hash('sha256', `${stream}\n${key}`, 'hex');
  const variant = '89ab'[Number.parseInt(digest[16]!, 16) & 3]!;
  const parts = [digest.slice(0, 8), digest.slice(8, 12), `8${digest.slice(13, 16)}`, `${variant}${digest.slice(17, 20)}`];
  return [...parts, digest.slice(20, 32)].join('-');
}

function credentialsOf(url: string): { username: string; password: string } {
  const match = /^esdb(?:\+discover)?:\/\/([^:@/]+):([^@/]+)@/.exec(url);
  if (!match) return { username: 'tongzhang', password: 'tongzhang' };
  return { username: decodeURIComponent(match[1]!), password: decodeURIComponent(match[2]!) };
}

function toStored(event: RecordedEvent): StoredEvent {
  const data = Buffer.from(event.data as Uint8Array).toString('utf8');
  return {
    position: event.position ? toNumber(event.position.commit) : 0,
    stream: event.streamId,
    revision: toNumber(event.revision),
    type: event.type,
    data,
  };
}

function toPosition(position: number): typeof START | { commit: bigint; prepare: bigint } {
  return position === 0 ? START : { commit: BigInt(position), prepare: BigInt(position) };
}

/** Positions and revisions as numbers: a log would need 9 petabytes to leave their exact range. */
function toNumber(value: bigint): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new RangeError(`position out of range: ${value}`);
  return Number.parseInt(value.toString(), 10);
}

function actualOf(error: WrongExpectedVersionError): ExpectedRevision {
  const actual = error.actualVersion;
  return typeof actual === 'bigint' && actual >= 0n ? toNumber(actual) : 'no-stream';
}

function isUnknownOutcome(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (isCommandError(error)) return UNKNOWN_OUTCOMES.has(error.type);
  // A bare gRPC error the client did not translate: 1 cancelled, 4 deadline, 14 unavailable.
  return 'code' in error && (error.code === 1 || error.code === 4 || error.code === 14);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return sleep(ms, undefined, { signal }).catch((error: Error) => {
    if (error.name !== 'AbortError') throw error;
  });
}
