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
  isStoreUnreachable,
  type NewEvent,
  type ReadAllOptions,
  type ReadStreamOptions,
  type StoredEvent,
  StoreUnreachable,
  WrongExpectedRevision,
} from './event-store.js';
import { hashMismatch, indexedKeyOf, positionOf, toMessage, toNumber, toStored } from './kurrentdb-events.js';
import { LastOfOurs, readToEnd } from './kurrentdb-end.js';
import { type KeyedRevision, KeyFolds, type KeySnapshot } from './kurrentdb-keys.js';
import { pause, Pauses, untilKnown } from './retrying.js';

export interface KurrentDbOptions {
  /** `esdb://…`, `esdb+discover://…`, or the same with `kurrentdb`. User and password may stand in it. */
  readonly url: string;
  /** The beginnings of our streams' names: everything else in the database is not ours. */
  readonly prefixes: readonly string[];
  readonly keys: KeySnapshot;
  /** So long one call that appends or reads is waited for. */
  readonly callTimeoutMs?: number;
  /**
   * So long a server that does not answer is asked again before a read fails; appends and live readers never give up.
   */
  readonly readPatienceMs?: number;
  readonly log: (message: string) => void;
}

type ReadStreamQuery = NonNullable<Parameters<EventStoreDBClient['readStream']>[1]>;
type WholePosition = { readonly commit: bigint; readonly prepare: bigint };
type AllPosition = typeof START | WholePosition;

const DEFAULT_BATCH = 5_000;
const PAGE = 1_000;
const CALL_TIMEOUT_MS = 5_000;
const READ_PATIENCE_MS = 10_000;
/** An append whose outcome is unknown is not given up, nor is a follower's place in the log. */
const FOR_EVER = Infinity;
const DISPOSE_TIMEOUT_MS = 500;
/** After these the event may be there or not: the same events are sent again until the server says which. */
const UNKNOWN_OUTCOMES = new Set<string>([
  ErrorType.TIMEOUT,
  ErrorType.DEADLINE_EXCEEDED,
  ErrorType.UNAVAILABLE,
  ErrorType.CANCELLED,
  ErrorType.NOT_LEADER,
]);
/** The same as gRPC says it where the client does not translate it: cancelled, deadline, internal, unavailable. */
const UNKNOWN_CODES = new Set<unknown>([1, 4, 13, 14]);
/** "unknown": an error of the server's own. It may have struck after the write; a read that meets it has failed. */
const UNKNOWN_TO_SERVER = 2;
/** How the client says that no node of a cluster could be found; it looks again at the next call. */
const NO_NODE_FOUND = 'Failed to discover';

/**
 * KurrentDB (EventStoreDB) as the log. A position is the event's commit position. The stored bytes are the event's
 * data, as binary, so that the client never re-serialises them; their hash stands in the metadata.
 */
export class KurrentDbEventStore implements EventStore {
  private readonly client: EventStoreDBClient;
  private readonly credentials: { username: string; password: string };
  private readonly keys: KeyFolds;
  private readonly ourLast: LastOfOurs<AllStreamResolvedEvent, WholePosition>;
  private readonly closing = new AbortController();
  retries = 0;

  constructor(private readonly options: KurrentDbOptions) {
    const url = options.url.replace(/^kurrentdb(\+discover)?:/, 'esdb$1:');
    this.client = EventStoreDBClient.connectionString(url);
    // Only an append with credentials of its own has a deadline of its own in this client; an insecure server ignores
    // them.
    this.credentials = credentialsOf(url);
    this.keys = new KeyFolds(options.keys, (stream, from) => this.readKeys(stream, from));
    const pages = {
      size: PAGE,
      forwards: (from: WholePosition) => this.page(from, this.readPatienceMs),
      backwards: (from: WholePosition | typeof END) => this.page(from, this.readPatienceMs, BACKWARDS),
    };
    this.ourLast = new LastOfOurs(pages, (stream) => this.isOurs(stream));
  }

  async append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended> {
    demandAppendable(stream, events);
    // The protocol has no word for a revision below zero, which no stream has.
    if (typeof expected === 'number' && expected < 0) await this.demandRevision(stream, expected);
    await this.demandNewKeys(stream, expected, events);
    const messages = events.map((event) => binaryEvent(toMessage(stream, event)));
    const expectedRevision = expected === 'no-stream' ? NO_STREAM : BigInt(expected);
    const first = expected === 'no-stream' ? 0 : expected + 1;
    const send = () =>
      this.client.appendToStream(stream, messages, {
        expectedRevision,
        credentials: this.credentials,
        deadline: this.callTimeoutMs,
      });
    const result = await this.untilKnown(stream, send, FOR_EVER, isUnknownWrite).catch((error: unknown) => {
      if (!(error instanceof WrongExpectedVersionError)) throw error;
      throw new WrongExpectedRevision(stream, expected, actualOf(error));
    });
    this.keys.remember(stream, first, events);
    const position = result.position?.commit;
    if (events.length === 1 && position !== undefined) return { revision: first, positions: [toNumber(position)] };
    const query = { direction: FORWARDS, fromRevision: BigInt(first), maxCount: events.length } as const;
    const stored = await this.readRecorded(stream, query, FOR_EVER);
    return { revision: first + events.length - 1, positions: stored.map(positionOf) };
  }

  private get callTimeoutMs(): number {
    return this.options.callTimeoutMs ?? CALL_TIMEOUT_MS;
  }

  private get readPatienceMs(): number {
    return this.options.readPatienceMs ?? READ_PATIENCE_MS;
  }

  async readStream(stream: string, options: ReadStreamOptions): Promise<StoredEvent[]> {
    const backwards = options.direction === 'backwards';
    if (backwards && options.from !== undefined && options.from < 0) return [];
    const fromRevision = options.from === undefined ? (backwards ? END : START) : BigInt(options.from);
    const direction = backwards ? BACKWARDS : FORWARDS;
    const query: ReadStreamQuery = { direction, fromRevision, maxCount: options.limit };
    const recorded = await this.readRecorded(stream, query, this.readPatienceMs);
    return recorded.map(toStored);
  }

  async *readAll(options: ReadAllOptions, signal?: AbortSignal): AsyncIterable<StoredEvent[]> {
    let after = options.after;
    for await (const batch of this.pages(options, signal)) {
      after = batch[batch.length - 1]!.position;
      yield batch;
    }
    if (!options.live) return;
    const pauses = new Pauses();
    const stop = AbortSignal.any([this.closing.signal, ...(signal ? [signal] : [])]);
    while (!stop.aborted) {
      try {
        for await (const batch of this.live({ ...options, after }, stop)) {
          after = batch[batch.length - 1]!.position;
          yield batch;
          pauses.reset();
        }
      } catch (error) {
        const pauseMs = pauses.next();
        const why = (error as Error).message;
        this.options.log(`subscription dropped after position ${after}, again in ${pauseMs} ms: ${why}`);
        await pause(pauseMs, stop);
      }
    }
  }

  async findByKey(stream: string, key: string, upTo: number): Promise<StoredEvent | undefined> {
    await this.keys.reach(stream, upTo);
    const revision = this.keys.find(stream, key);
    if (revision === undefined) return undefined;
    const [event] = await this.readStream(stream, { from: revision, limit: 1 });
    return event;
  }

  async head(): Promise<number> {
    return (await this.last())?.position ?? 0;
  }

  async last(): Promise<StoredEvent | undefined> {
    const last = await this.ourLast.find().catch((error: unknown) => {
      if (isStoreUnreachable(error)) throw error;
      // The place that was looked at last is not there any more.
      this.ourLast.forget();
      return this.ourLast.find();
    });
    return last?.event && toStored(last.event);
  }

  async *audit(progress?: (position: number) => void): AsyncIterable<AuditFinding> {
    const revisions = new Map<string, number>();
    let fromPosition: AllPosition = START;
    let last = -1;
    for (;;) {
      const page = await this.page(fromPosition, this.readPatienceMs);
      for (const { event } of page) {
        if (!event || positionOf(event) <= last) continue;
        last = positionOf(event);
        fromPosition = event.position;
        if (!this.isOurs(event.streamId)) continue;
        const wanted = (revisions.get(event.streamId) ?? -1) + 1;
        const found = toNumber(event.revision);
        const detail = `${event.streamId}: expected ${wanted}, found ${found}`;
        if (found !== wanted) yield { position: last, code: 'revision-gap', detail };
        revisions.set(event.streamId, found);
        const mismatch = hashMismatch(event);
        if (mismatch !== undefined) yield { position: last, code: 'hash-mismatch', detail: mismatch };
      }
      progress?.(last);
      if (page.length < PAGE) return;
    }
  }

  async close(): Promise<void> {
    this.closing.abort();
    // The client waits for every call it ever made to end; one that the server left unanswered never does.
    const disposed = new AbortController();
    await Promise.race([this.client.dispose(), pause(DISPOSE_TIMEOUT_MS, disposed.signal)]);
    disposed.abort();
    // It also keeps its connection for ever, and the process with it: only its channel can be closed.
    const { getChannel } = this.client as unknown as { getChannel: () => Promise<{ close: () => void }> };
    const channel = await getChannel().catch((error: Error) => {
      // Where no node can be found there is no channel either.
      if (!error.message.startsWith(NO_NODE_FOUND)) throw error;
    });
    channel?.close();
  }

  /** Our events after a position up to the end of the log. */
  private async *pages(options: ReadAllOptions, signal?: AbortSignal): AsyncIterable<StoredEvent[]> {
    const limit = options.batch ?? DEFAULT_BATCH;
    const patienceMs = options.live ? FOR_EVER : this.readPatienceMs;
    let batch: StoredEvent[] = [];
    let fromPosition = toPosition(options.after);
    let last = options.after;
    while (!signal?.aborted) {
      const page = await this.page(fromPosition, patienceMs).catch((error: unknown) => {
        // A closed store has no connection any more; its readers end, wherever they are.
        if (this.closing.signal.aborted) return [];
        // The server reads from where an event stands, and nowhere between: `after` may be one less than that.
        if (last !== options.after || last === 0 || isStoreUnreachable(error)) throw error;
        return this.page(toPosition(last + 1), patienceMs);
      });
      let fresh = 0;
      for (const { event } of page) {
        if (!event || positionOf(event) <= last) continue;
        last = positionOf(event);
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

  private readRecorded(stream: string, query: ReadStreamQuery, patienceMs: number): Promise<RecordedEvent[]> {
    const withDeadline = { ...query, deadline: this.callTimeoutMs };
    const read = async (): Promise<RecordedEvent[]> => {
      const resolved = await readToEnd(this.client.readStream(stream, withDeadline)).catch((error: unknown) => {
        if (error instanceof StreamNotFoundError) return [];
        throw error;
      });
      return resolved.flatMap(({ event }) => event ?? []);
    };
    return this.untilKnown(stream, read, patienceMs);
  }

  private async readKeys(stream: string, from: number): Promise<KeyedRevision[]> {
    const query = { direction: FORWARDS, fromRevision: BigInt(from), maxCount: PAGE } as const;
    const events = await this.readRecorded(stream, query, this.readPatienceMs);
    return events.map((event) => ({ revision: toNumber(event.revision), key: indexedKeyOf(event) }));
  }

  private page(
    fromPosition: AllPosition | typeof END,
    patienceMs: number,
    direction: typeof FORWARDS | typeof BACKWARDS = FORWARDS,
  ): Promise<AllStreamResolvedEvent[]> {
    const query = { direction, fromPosition, maxCount: PAGE, deadline: this.callTimeoutMs } as const;
    return this.untilKnown('$all', () => readToEnd(this.client.readAll(query)), patienceMs);
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
      if (event && positionOf(event) > options.after) arrived.push(toStored(event));
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

  private untilKnown<T>(
    what: string,
    act: () => Promise<T>,
    giveUpAfterMs: number,
    isUnknown: (error: unknown) => boolean = isUnknownOutcome,
  ): Promise<T> {
    const again = (error: Error, pauseMs: number): void => {
      this.retries += 1;
      this.options.log(`${what}: outcome unknown, again in ${pauseMs} ms: ${error.message}`);
    };
    const signal = this.closing.signal;
    return untilKnown(act, { isUnknown, giveUpAfterMs, signal, again }).catch((error: unknown) => {
      throw isUnknown(error) ? new StoreUnreachable((error as Error).message, { cause: error }) : error;
    });
  }

  private async demandNewKeys(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<void> {
    const fresh = new Set<string>();
    await this.keys.reach(stream, expected === 'no-stream' ? -1 : expected);
    for (const { key, keyIndexed } of events) {
      if (!keyIndexed) continue;
      if (fresh.has(key) || this.keys.find(stream, key) !== undefined) {
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

  private isOurs(stream: string): boolean {
    return this.options.prefixes.some((prefix) => stream.startsWith(prefix));
  }
}

function credentialsOf(url: string): { username: string; password: string } {
  const match = /^esdb(?:\+discover)?:\/\/([^:@/]+):([^@/]+)@/.exec(url);
  if (!match) return { username: 'tongzhang', password: 'tongzhang' };
  return { username: decodeURIComponent(match[1]!), password: decodeURIComponent(match[2]!) };
}

function toPosition(position: number): AllPosition {
  return position === 0 ? START : { commit: BigInt(position), prepare: BigInt(position) };
}

function actualOf(error: WrongExpectedVersionError): ExpectedRevision {
  const actual = error.actualVersion;
  return typeof actual === 'bigint' && actual >= 0n ? toNumber(actual) : 'no-stream';
}

function isUnknownOutcome(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (isCommandError(error) && UNKNOWN_OUTCOMES.has(error.type)) return true;
  if ('code' in error && UNKNOWN_CODES.has(error.code)) return true;
  return error.message.startsWith(NO_NODE_FOUND);
}

const isUnknownWrite = (error: unknown): boolean =>
  isUnknownOutcome(error) || (error instanceof Error && 'code' in error && error.code === UNKNOWN_TO_SERVER);
