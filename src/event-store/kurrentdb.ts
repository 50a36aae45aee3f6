import {
  type AllStreamResolvedEvent,
  BACKWARDS,
  binaryEvent,
  END,
  eventTypeFilter,
  EventStoreDBClient,
  FORWARDS,
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
  WrongExpectedRevision,
} from './event-store.js';
import { auditStreams } from './kurrentdb-audit.js';
import { indexedKeyOf, positionOf, toMessage, toNumber, toStored, type WireEvent } from './kurrentdb-events.js';
import { LastOfOurs, readToEnd } from './kurrentdb-end.js';
import { type KeyedRevision, KeyFolds } from './kurrentdb-keys.js';
import { eventsOf } from './kurrentdb-live.js';
import { Connection } from './kurrentdb-connection.js';
import { StreamGuard } from './kurrentdb-guard.js';
import { LOSS_TYPES, lossOf, retentionOf, truncated } from './kurrentdb-losses.js';
import { type KurrentDbOptions } from './kurrentdb-options.js';
import { isUnknownWrite } from './kurrentdb-outcome.js';
import { refusedCall } from './kurrentdb-refusal.js';
import { OurStreams, USUAL_PREFIX } from './kurrentdb-streams.js';
import { credentialsOf, driverUrl } from './kurrentdb-url.js';
import { pause, Pauses } from './retrying.js';
import { HistoryUnreadable, isStoreRefused, type StoreFinding } from './store-refusal.js';

type ReadStreamQuery = NonNullable<Parameters<EventStoreDBClient['readStream']>[1]>;
type WholePosition = { readonly commit: bigint; readonly prepare: bigint };
type AllPosition = typeof START | WholePosition;

const DEFAULT_BATCH = 5_000;
const PAGE = 1_000;
const CALL_TIMEOUT_MS = 5_000;
const READ_PATIENCE_MS = 10_000;
/** An append whose outcome is unknown is not given up, nor is a follower's place in the log. */
const FOR_EVER = Infinity;
/**
 * KurrentDB (EventStoreDB) as the log. A position is the event's commit position. The stored bytes are the event's
 * data, as binary, so that the client never re-serialises them; their hash stands in the metadata.
 */
export class KurrentDbEventStore implements EventStore {
  readonly severalWritersUpTo = Infinity;
  private readonly connection: Connection<EventStoreDBClient>;
  private readonly credentials: { username: string; password: string };
  private readonly streams: OurStreams;
  private readonly guard: StreamGuard;
  private readonly neverWritten = new Set<string>();
  private readonly keys: KeyFolds;
  private readonly ourLast: LastOfOurs<AllStreamResolvedEvent, WholePosition>;

  /** @throws StoreRefused, where the address or a file it names is not as it must be */
  constructor(private readonly options: KurrentDbOptions) {
    const url = driverUrl(options.url);
    const open = (address: string) => EventStoreDBClient.connectionString(address);
    this.connection = new Connection({ url, open, callTimeoutMs: this.callTimeoutMs, log: options.log });
    this.credentials = credentialsOf(url);
    this.streams = new OurStreams(options.prefix ?? USUAL_PREFIX, options.names);
    this.guard = new StreamGuard(this.streams, options.log);
    this.keys = new KeyFolds(options.keys, (stream, from) => this.readKeys(stream, from));
    const pages = {
      size: PAGE,
      forwards: (from: WholePosition) => this.page(from, this.readPatienceMs),
      backwards: (from: WholePosition | typeof END) => this.page(from, this.readPatienceMs, BACKWARDS),
    };
    this.ourLast = new LastOfOurs(pages, (event) => this.guard.isOurs(event as WireEvent));
    if (options.watch) void this.watchLosses();
  }

  get findings(): readonly StoreFinding[] {
    return this.guard.findings;
  }

  get retries(): number {
    return this.connection.retries;
  }

  async append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended> {
    demandAppendable(stream, events);
    // The protocol has no word for a revision below zero, which no stream has.
    if (typeof expected === 'number' && expected < 0) await this.demandRevision(stream, expected);
    await this.demandNewKeys(stream, expected, events);
    const onServer = this.streams.onServer(stream);
    const messages = events.map((event) => binaryEvent(toMessage(stream, event)));
    const expectedRevision = expected === 'no-stream' ? NO_STREAM : BigInt(expected);
    const [first, last] = [endOf(expected) + 1, endOf(expected) + events.length];
    this.guard.losses.demandWhole(onServer, last);
    const send = (client: EventStoreDBClient) =>
      client.appendToStream(onServer, messages, {
        expectedRevision,
        credentials: this.credentials,
        deadline: this.callTimeoutMs,
      });
    const result = await this.connection
      .call({ what: onServer, giveUpAfterMs: FOR_EVER, isUnknown: isUnknownWrite }, send)
      .catch((error: unknown) => {
        if (!(error instanceof WrongExpectedVersionError)) throw error;
        const actual = actualOf(error);
        if (endOf(actual) < endOf(expected)) this.seemsSetBack(`${stream} ends at ${actual}, not at ${expected}`);
        throw new WrongExpectedRevision(stream, expected, actual);
      });
    // A stream that was deleted takes what is for a new one, behind what was deleted.
    if (result.nextExpectedRevision !== BigInt(last))
      throw new HistoryUnreadable(truncated(onServer, `before revision ${result.nextExpectedRevision}`));
    this.keys.remember(stream, first, events);
    const position = result.position?.commit;
    if (events.length === 1 && position !== undefined) return { revision: first, positions: [toNumber(position)] };
    const query = { direction: FORWARDS, fromRevision: BigInt(first), maxCount: events.length } as const;
    const stored = await this.readRecorded(stream, query, FOR_EVER);
    return { revision: last, positions: stored.map(positionOf) };
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
    if (!backwards) this.guard.demandFrom(this.streams.onServer(stream), options.from ?? 0, recorded[0]);
    return this.guard.demandOurs(stream, recorded);
  }

  async *readAll(options: ReadAllOptions, signal?: AbortSignal): AsyncIterable<StoredEvent[]> {
    let { after } = options;
    const pauses = new Pauses();
    const stop = AbortSignal.any([this.connection.closed, ...(signal ? [signal] : [])]);
    for (;;) {
      try {
        for await (const batch of this.fromThereOn({ ...options, after }, stop)) {
          after = batch[batch.length - 1]!.position;
          yield batch;
          pauses.reset();
        }
      } catch (error) {
        if (!options.live) throw error;
        const pauseMs = pauses.next();
        const why = (error as Error).message;
        this.options.log(`the log could not be followed after position ${after}, again in ${pauseMs} ms: ${why}`);
        await pause(pauseMs, stop);
      }
      if (!options.live || stop.aborted) return;
      await options.resumed?.().catch((error: unknown) => {
        // A closed store has no connection any more; its readers end, wherever they are.
        if (!stop.aborted) throw error;
      });
    }
  }

  async findByKey(stream: string, key: string, upTo: number): Promise<StoredEvent | undefined> {
    const revision = await this.keys.find(stream, key, upTo);
    if (revision === undefined) return undefined;
    const query = { direction: FORWARDS, fromRevision: BigInt(revision), maxCount: 1 } as const;
    const [event] = await this.readRecorded(stream, query, this.readPatienceMs);
    if (event && indexedKeyOf(event) === key) return toStored(event, stream);
    const onServer = this.streams.onServer(stream);
    if (event) this.guard.demandFrom(onServer, revision, event);
    // What was cut off the beginning of a stream is gone; its keys are taken for ever.
    else if ((await this.lastRevision(stream)) >= revision)
      throw new HistoryUnreadable(truncated(onServer, `up to revision ${revision}`));
    this.seemsSetBack(`${stream}-${revision} is not the event of its key`);
    const again = await this.keys.find(stream, key, upTo);
    return again === undefined ? undefined : (await this.readStream(stream, { from: again, limit: 1 }))[0];
  }

  forget(): void {
    this.keys.forget();
    this.ourLast.forget();
    this.guard.forget();
    this.neverWritten.clear();
  }

  async head(): Promise<number> {
    return (await this.last())?.position ?? 0;
  }

  async last(): Promise<StoredEvent | undefined> {
    const last = await this.ourLast.find().catch((error: unknown) => {
      if (isStoreUnreachable(error) || isStoreRefused(error)) throw error;
      // The place that was looked at last is not there any more.
      this.ourLast.forget();
      return this.ourLast.find();
    });
    if (last?.event) return toStored(last.event, this.streams.bare(last.event.streamId));
    if (this.options.prefix === undefined) this.guard.demandNoUnprefixed();
    return undefined;
  }

  audit(progress?: (position: number) => void): AsyncIterable<AuditFinding> {
    const pages = this.rawPages(0, this.readPatienceMs, this.connection.closed);
    return auditStreams(pages, this.streams, progress);
  }

  close(): Promise<void> {
    return this.connection.close();
  }

  /** Our events after a position up to the end of the log and, where that is wanted, on with every new one. */
  private async *fromThereOn(options: ReadAllOptions, stop: AbortSignal): AsyncIterable<StoredEvent[]> {
    let { after } = options;
    for await (const batch of this.batches(options, stop)) {
      after = batch[batch.length - 1]!.position;
      yield batch;
    }
    if (options.live && !stop.aborted) yield* this.live({ ...options, after }, stop);
  }

  /** Our events after a position up to the end of the log. */
  private async *batches(options: ReadAllOptions, stop: AbortSignal): AsyncIterable<StoredEvent[]> {
    const limit = options.batch ?? DEFAULT_BATCH;
    let batch: StoredEvent[] = [];
    for await (const page of this.rawPages(options.after, options.live ? FOR_EVER : this.readPatienceMs, stop)) {
      for (const event of page) {
        const stored = this.guard.take(event, options.prefix);
        if (!stored) continue;
        batch.push(stored);
        if (batch.length < limit) continue;
        yield batch;
        batch = [];
      }
    }
    if (batch.length > 0) yield batch;
  }

  /** Everybody's events after a position up to the end of the log, page by page. */
  private async *rawPages(after: number, patienceMs: number, stop: AbortSignal): AsyncIterable<WireEvent[]> {
    let fromPosition = toPosition(after);
    let last = after;
    while (!stop.aborted) {
      const page = await this.page(fromPosition, patienceMs).catch((error: unknown) => {
        // A closed store has no connection any more; its readers end, wherever they are.
        if (this.connection.closed.aborted) return [];
        // The server reads from where an event stands, and nowhere between: `after` may be one less than that.
        if (last !== after || last === 0 || isStoreUnreachable(error) || isStoreRefused(error)) throw error;
        return this.page(toPosition(last + 1), patienceMs);
      });
      const fresh: WireEvent[] = [];
      for (const { event } of page) {
        if (!event || positionOf(event) <= last) continue;
        last = positionOf(event);
        fromPosition = event.position;
        fresh.push(event);
      }
      if (fresh.length === 0) return;
      yield fresh;
    }
  }

  private readRecorded(stream: string, query: ReadStreamQuery, patienceMs: number): Promise<RecordedEvent[]> {
    const onServer = this.streams.onServer(stream);
    return this.connection.call({ what: onServer, giveUpAfterMs: patienceMs }, (client) =>
      this.readOnce(client, onServer, query),
    );
  }

  private async readOnce(client: EventStoreDBClient, onServer: string, query: ReadStreamQuery) {
    try {
      const resolved = await readToEnd(client.readStream(onServer, query), this.callTimeoutMs);
      return resolved.flatMap(({ event }) => event ?? []);
    } catch (error) {
      if (!(error instanceof StreamNotFoundError)) throw error;
      if (!onServer.startsWith('$$')) await this.demandNeverWritten(client, onServer);
      return [];
    }
  }

  /** A stream that was deleted reads as one that never was; what is written about it says which. */
  private async demandNeverWritten(client: EventStoreDBClient, onServer: string): Promise<void> {
    this.guard.losses.demandWhole(onServer, -1);
    if (this.neverWritten.has(onServer)) return;
    const [last] = await this.readOnce(client, `$$${onServer}`, {
      direction: BACKWARDS,
      fromRevision: END,
      maxCount: 1,
    }).catch((error: unknown) => {
      // Whoever may not read it hears of it from the log.
      if (refusedCall(error)?.reason === 'rights') return [];
      throw error;
    });
    const loss = last && lossOf(onServer, retentionOf(last.data), positionOf(last));
    if (loss?.isBegun) throw new HistoryUnreadable(loss);
    this.neverWritten.add(onServer);
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
    const query = { direction, fromPosition, maxCount: PAGE } as const;
    return this.connection.call({ what: '$all', giveUpAfterMs: patienceMs }, (client) =>
      readToEnd(client.readAll(query), this.callTimeoutMs),
    );
  }

  /** Our events from a subscription. Ends by throwing when that drops. */
  private live({ after, batch, prefix }: ReadAllOptions, stop: AbortSignal): AsyncIterable<StoredEvent[]> {
    const filter = streamNameFilter({ prefixes: this.streams.beginnings(prefix) });
    const subscription = this.connection.client.subscribeToAll({ fromPosition: toPosition(after), filter });
    const take = (event: WireEvent) => (positionOf(event) > after ? this.guard.take(event, prefix) : undefined);
    const gone = AbortSignal.any([stop, this.connection.gone]);
    return eventsOf(subscription, { take, limit: batch ?? DEFAULT_BATCH }, gone);
  }

  /** Hears, from the beginning of the log on, what operators do to our streams. Never gives up. */
  private async watchLosses(): Promise<void> {
    const pauses = new Pauses();
    const stop = this.connection.closed;
    const take = (event: WireEvent): undefined => {
      this.guard.losses.take(event);
      pauses.reset();
    };
    while (!stop.aborted) {
      const filter = eventTypeFilter({ prefixes: [...LOSS_TYPES] });
      const subscription = this.connection.client.subscribeToAll({ fromPosition: START, filter });
      // Nothing is taken out of it: it ends when it drops, and that a server is not there is said by whoever needs it.
      await eventsOf(subscription, { take, limit: 1 }, this.connection.gone)
        .next()
        .catch(() => pause(pauses.next(), stop));
    }
  }

  private async demandNewKeys(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<void> {
    const fresh = new Set<string>();
    for (const { key, keyIndexed } of events) {
      if (!keyIndexed) continue;
      if (fresh.has(key) || (await this.keys.find(stream, key, endOf(expected))) !== undefined) {
        await this.demandRevision(stream, expected);
        throw new DuplicateKey(stream, key);
      }
      fresh.add(key);
    }
  }

  /** A server was restored from an older copy, or another stands in its place: what is remembered of it goes. */
  private seemsSetBack(why: string): void {
    this.forget();
    this.options.log(`the server holds less than it did: ${why}`);
    this.options.setBack?.(why);
  }

  private async lastRevision(stream: string): Promise<number> {
    const [last] = await this.readStream(stream, { direction: 'backwards', limit: 1 });
    return last?.revision ?? -1;
  }

  private async demandRevision(stream: string, expected: ExpectedRevision): Promise<void> {
    const last = await this.lastRevision(stream);
    const actual = last < 0 ? 'no-stream' : last;
    if (actual !== expected) throw new WrongExpectedRevision(stream, expected, actual);
  }
}

/** The last revision of a stream; -1 where there is none. */
const endOf = (revision: ExpectedRevision): number => (revision === 'no-stream' ? -1 : revision);

function toPosition(position: number): AllPosition {
  return position === 0 ? START : { commit: BigInt(position), prepare: BigInt(position) };
}

function actualOf(error: WrongExpectedVersionError): ExpectedRevision {
  const actual = error.actualVersion;
  return typeof actual === 'bigint' && actual >= 0n ? toNumber(actual) : 'no-stream';
}
