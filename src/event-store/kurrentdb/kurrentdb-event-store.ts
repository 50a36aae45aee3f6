import {
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
  type NewEvent,
  type ReadAllOptions,
  type ReadStreamOptions,
  type StoredEvent,
  WrongExpectedRevision,
} from '../event-store.js';
import { auditStreams } from './audit.js';
import { checkServer } from './check.js';
import { confirmed } from './confirmed.js';
import { indexedKeyOf, positionOf, storedHash, toMessage, toNumber, toStored, type WireEvent } from './events.js';
import { readToEnd, type WholePosition } from './end.js';
import { type KeyedRevision, KeyFolds } from './keys.js';
import { eventsOf } from './live.js';
import { FOR_EVER, type LogCalls, WholeLog } from './log.js';
import { Connection } from './connection.js';
import { StreamGuard } from './guard.js';
import { LossWatch } from './watch.js';
import { LOSS_TYPES, lossOf, retentionOf, truncated } from './losses.js';
import { type KurrentDbOptions } from './options.js';
import { isOverdue, isUnknownWrite } from './outcome.js';
import { endpointOf, refusedCall } from './refusal.js';
import { OurStreams, USUAL_PREFIX } from './streams.js';
import { credentialsOf, driverUrl } from './url.js';
import { type ServerCheck } from '../server-check.js';
import { ServerTime } from '../server-time.js';
import { HistoryUnreadable, type StoreFinding } from '../store-refusal.js';

type ReadStreamQuery = NonNullable<Parameters<EventStoreDBClient['readStream']>[1]>;

const PAGE = 1_000;
const CALL_TIMEOUT_MS = 5_000;
const READ_PATIENCE_MS = 10_000;
/** So many events the server looks at between two words of how far it has looked. */
const SEARCH_WINDOW = 4_096;
/** No stream comes to it. */
const NO_SUCH_REVISION = 2n ** 62n;

/**
 * KurrentDB (EventStoreDB) as the log. A position is the event's commit position. The stored bytes are the event's
 * data, as binary, so that the client never re-serialises them; their hash stands in the metadata.
 */
export class KurrentDbEventStore implements EventStore {
  readonly severalWritersUpTo = Infinity;
  readonly serverTime = new ServerTime();
  private readonly connection: Connection<EventStoreDBClient>;
  private readonly credentials: { username: string; password: string };
  private readonly streams: OurStreams;
  private readonly guard: StreamGuard;
  private readonly lossWatch: LossWatch;
  private readonly neverWritten = new Set<string>();
  private readonly keys: KeyFolds;
  private readonly log: WholeLog;

  /** @throws StoreRefused, where the address or a file it names is not as it must be */
  constructor(private readonly options: KurrentDbOptions) {
    const url = driverUrl(options.url);
    const open = (address: string) => EventStoreDBClient.connectionString(address);
    this.connection = new Connection({ url, open, callTimeoutMs: this.callTimeoutMs, log: options.log });
    this.credentials = credentialsOf(url);
    this.streams = new OurStreams(options.prefix ?? USUAL_PREFIX, options.names);
    this.guard = new StreamGuard(this.streams, options.log, options.met);
    this.keys = new KeyFolds(options.keys, (stream, from) => this.readKeys(stream, from));
    this.log = new WholeLog({
      calls: this.logCalls(),
      streams: this.streams,
      guard: this.guard,
      callTimeoutMs: this.callTimeoutMs,
      readPatienceMs: this.readPatienceMs,
      known: options.known ?? (() => 0),
      unprefixed: options.prefix === undefined ? options.names : [],
      log: options.log,
    });
    this.lossWatch = new LossWatch({
      subscribe: () => this.lossesOnServer(),
      take: (event) => this.guard.losses.take(event),
      callTimeoutMs: this.callTimeoutMs,
      gone: () => this.connection.gone,
      closed: this.connection.closed,
      log: options.log,
    });
    if (options.watch) void this.lossWatch.run();
  }

  get findings(): readonly StoreFinding[] {
    return this.guard.findings;
  }

  meet(finding: StoreFinding): void {
    this.guard.meet(finding);
  }

  async lookAgain(positions: readonly number[]): Promise<void> {
    for (const position of positions) await this.log.lookAt(position);
  }

  get unheard(): string | undefined {
    return this.lossWatch.unheard;
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
    const sentAt = this.serverTime.begin();
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
    const position = toNumber(result.position!.commit);
    this.serverTime.appended(position, sentAt);
    return { revision: last, position, positions: () => this.positionsOf(stream, first, last, position) };
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
    const events = this.guard.demandOurs(stream, recorded);
    return options.hashes ? events.map((event, index) => ({ ...event, ...storedHash(recorded[index]!) })) : events;
  }

  readAll(options: ReadAllOptions, signal?: AbortSignal): AsyncIterable<StoredEvent[]> {
    return this.log.readAll(options, signal);
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
    this.serverTime.forget();
    this.keys.forget();
    this.log.forget();
    this.guard.forget();
    this.lossWatch.beginAnew();
    this.neverWritten.clear();
  }

  async head(): Promise<number> {
    return (await this.last())?.position ?? 0;
  }

  async last(): Promise<StoredEvent | undefined> {
    const last = await this.log.last();
    if (!last && this.options.prefix === undefined) this.guard.demandNoUnprefixed();
    return last;
  }

  audit(progress?: (position: number) => void): AsyncIterable<AuditFinding> {
    return auditStreams(this.log.everything(), this.streams, progress);
  }

  /** Looks at the server as one does before trusting it. Writes nothing. @throws StoreRefused; StoreUnreachable */
  check(): Promise<ServerCheck> {
    const { connection, streams, guard, log } = this;
    const stream = streams.onServer('check');
    const patient = { what: stream, giveUpAfterMs: this.readPatienceMs };
    const patienceMs = this.readPatienceMs;
    const from = { from: END, count: 1, direction: BACKWARDS, patienceMs } as const;
    return checkServer({
      endpoint: endpointOf(driverUrl(this.options.url)),
      prefix: streams.prefix,
      version: () => connection.call(patient, async (client) => (await featuresOf(client)).serverVersion),
      end: async () => (await this.logCalls().page(from))[0],
      write: () => connection.call(patient, (client) => this.writeInVain(client, stream)),
      readMetadata: async () => {
        const query = { direction: BACKWARDS, fromRevision: END, maxCount: 1 } as const;
        await connection.call(patient, (client) => this.readOnce(client, `$$${stream}`, query));
      },
      last: () => log.last(),
      unprefixed: () => (this.options.prefix === undefined ? guard.unprefixedStream : undefined),
      readAll: () => log.readAll({ after: 0, live: false }),
      lookForLosses: () => this.lookForLosses(),
      findings: () => guard.findings,
    });
  }

  close(): Promise<void> {
    return this.connection.close();
  }

  /** The positions of events that were just appended together, of which the last one is known. */
  private async positionsOf(stream: string, first: number, last: number, position: number): Promise<number[]> {
    if (first === last) return [position];
    const query = { direction: FORWARDS, fromRevision: BigInt(first), maxCount: last - first } as const;
    const before = await this.readRecorded(stream, query, this.readPatienceMs);
    this.guard.demandFrom(this.streams.onServer(stream), first, before[0]);
    return [...before.map(positionOf), position];
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

  /** The calls by which the whole log is read. */
  private logCalls(): LogCalls {
    const { connection, serverTime } = this;
    return {
      page: ({ from: fromPosition, count: maxCount, direction, patienceMs }) =>
        connection.call({ what: '$all', giveUpAfterMs: patienceMs }, (client) =>
          serverTime.seeAll(readToEnd(client.readAll({ direction, fromPosition, maxCount }), this.callTimeoutMs)),
        ),
      subscribe: (fromPosition, prefixes, passed) => {
        const checkpointReached = async (_: unknown, { commit }: WholePosition) => passed(toNumber(commit));
        const window = { maxSearchWindow: SEARCH_WINDOW, checkpointInterval: 1, checkpointReached };
        const filter = streamNameFilter({ prefixes: [...prefixes], ...window });
        return confirmed(connection.client.subscribeToAll({ fromPosition, filter }), this.callTimeoutMs);
      },
      gone: () => connection.gone,
      closed: connection.closed,
    };
  }

  /** An append that cannot be: rights are looked at first. */
  private async writeInVain(client: EventStoreDBClient, stream: string): Promise<void> {
    const message = binaryEvent(toMessage(stream, { type: 'Checked.v1', data: '{}', key: '', keyIndexed: false }));
    const { credentials, callTimeoutMs: deadline } = this;
    await client
      .appendToStream(stream, message, { expectedRevision: NO_SUCH_REVISION, credentials, deadline })
      .catch((error: unknown) => {
        if (!(error instanceof WrongExpectedVersionError)) throw error;
      });
  }

  /** Hears, up to the end of the log, what operators have done to our streams. */
  private async lookForLosses(): Promise<void> {
    const silenceMs = this.callTimeoutMs;
    const take = (event: WireEvent): undefined => this.guard.losses.take(event) as undefined;
    const listening = { take, limit: 1, until: Infinity, silenceMs };
    await eventsOf(this.lossesOnServer(), listening, this.connection.gone)
      .next()
      .catch((error: unknown) => {
        // Releases before 23.10 do not say when they have sent all there is.
        if (!isOverdue(error)) throw error;
      });
  }

  private lossesOnServer() {
    const filter = eventTypeFilter({ prefixes: [...LOSS_TYPES], maxSearchWindow: SEARCH_WINDOW });
    return this.connection.client.subscribeToAll({ fromPosition: START, filter });
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

/** What the server says of itself; the driver keeps it for its own use. */
const featuresOf = (client: EventStoreDBClient): Promise<{ readonly serverVersion: string }> =>
  (client as unknown as { capabilities: Promise<{ readonly serverVersion: string }> }).capabilities;

/** The last revision of a stream; -1 where there is none. */
const endOf = (revision: ExpectedRevision): number => (revision === 'no-stream' ? -1 : revision);

function actualOf(error: WrongExpectedVersionError): ExpectedRevision {
  const actual = error.actualVersion;
  return typeof actual === 'bigint' && actual >= 0n ? toNumber(actual) : 'no-stream';
}
