import { connect, createServer, type Server as TcpServer, type Socket } from 'node:net';
import * as grpc from '@grpc/grpc-js';
import { DoubleLog, type Recorded, type StreamMetadata } from './double-log.js';
import {
  type AppendAnswer,
  type AppendCall,
  type AppendRequest,
  checkpointAt,
  confirmed,
  invalidPosition,
  nameOf,
  notLeader,
  optionsOf,
  passes,
  readEvent,
  type ReadCall,
  type ReadOptions,
  type Refusal,
  refused,
  ServerFeaturesService,
  streamDeleted,
  streamNotFound,
  StreamsService,
  success,
  supportedMethods,
  toProposed,
  unavailable,
  wrongVersion,
} from './double-wire.js';

/** What goes wrong with the next append, or with the subscriptions that are open. */
export type AppendFault =
  | 'silent-before-write'
  | 'silent-after-write'
  | 'cut-before-write'
  | 'cut-after-write'
  | 'unavailable-before-write'
  | 'unavailable-after-write'
  | 'not-leader'
  | 'slow';

/** How the double is made: what is a guest or a limit on a real server is there unless it is taken away. */
export interface DoubleManners {
  /** Whether the server itself and other programs write before, between and behind what is appended. */
  readonly guests?: boolean;
  /** How many calls at a time are taken on one connection; a further one waits for another to end. */
  readonly calls?: number;
}

/** PEM texts of the certificate that the double shows, and its key. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

interface Subscriber {
  readonly call: ReadCall;
  readonly passes: (event: Recorded) => boolean;
  /** So many events looked at are worth a checkpoint. */
  readonly checkpointEvery: number;
  /** Index of the next event of the log to look at. */
  next: number;
  looked: number;
}

type OpenCall = NodeJS.EventEmitter;

const SLOW_MS = 100;
const MOST_CALLS = 100;
/** A filtered subscription hears of a checkpoint each time the server has looked at so many events, times its wish. */
const SEARCH_WINDOW = 32;

/**
 * A wire-level double of KurrentDB: the part of its streams protocol that our adapter uses, over a real socket, with a
 * server's manners and limits, and with faults on command. It is a double, not the server: `docs/event-stores.md` says
 * what it cannot show.
 */
export class KurrentDbDouble {
  private readonly log: DoubleLog;
  private readonly subscribers = new Set<Subscriber>();
  private readonly server: grpc.Server;
  private readonly openCalls = new Set<object>();
  private readonly sockets = new Set<Socket>();
  private proxy: TcpServer | undefined;
  private faults: AppendFault[] = [];
  /** Announce checkpoints far ahead of the events sent, as a filtered subscription may. */
  checkpointAhead = false;
  /** So long every append takes that meets no fault. */
  appendDelayMs = 0;
  /** How many events were sent to those who read. */
  eventsSent = 0;
  /** How many appends arrived, those that failed included. */
  appends = 0;
  /** How many calls arrived that read, subscriptions included. */
  reads = 0;
  /** How many connections were made. */
  connections = 0;
  /** How every call is refused, for as long as it is set. */
  refusal: Refusal | undefined;
  /** Takes every call and answers none, for as long as it is set. */
  isSilent = false;
  url = '';
  /** The server's clock: how far it lies ahead of the machine's. */
  readonly clock = { aheadMs: 0 };

  constructor({ guests = true, calls = MOST_CALLS }: DoubleManners = {}) {
    this.log = new DoubleLog(guests, this.clock);
    this.server = new grpc.Server({ 'grpc.max_concurrent_streams': calls });
  }

  /** @param at a port; any free one by default @param certificate shown to those who connect, by TLS alone then */
  async start(at = 0, certificate?: Certificate): Promise<void> {
    this.server.addService(StreamsService, {
      read: (call: ReadCall) => this.read(call),
      append: (call: unknown, answer: unknown) => this.append(call as AppendCall, answer as AppendAnswer),
    });
    this.server.addService(ServerFeaturesService, {
      getSupportedMethods: (_call: unknown, answer: AppendAnswer) => {
        if (!this.isSilent) answer(null, supportedMethods('0.0.0-double'));
      },
    });
    const inner = await new Promise<number>((resolve, reject) => {
      this.server.bindAsync('127.0.0.1:0', credentialsOf(certificate), (error, port) =>
        error ? reject(error) : resolve(port),
      );
    });
    // Clients connect through a proxy of ours, so that a connection can be cut as a network cuts it.
    this.proxy = createServer({ noDelay: true }, (client) => this.pass(client, inner));
    const proxy = this.proxy;
    const port = await new Promise<number>((resolve) => {
      proxy.listen(at, '127.0.0.1', () => resolve((proxy.address() as { port: number }).port));
    });
    this.url = `esdb://127.0.0.1:${port}?tls=${certificate !== undefined}`;
  }

  async stop(): Promise<void> {
    this.cutConnections();
    this.server.forceShutdown();
    await new Promise<void>((resolve) => this.proxy?.close(() => resolve()));
  }

  /** The next appends meet these faults, one each. */
  failNextAppends(...faults: AppendFault[]): void {
    this.faults.push(...faults);
  }

  cutConnections(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  /** Takes back the faults that no append has met yet. */
  spareNextAppends(): void {
    this.faults = [];
  }

  /** Nothing goes over the connections there are any more; nobody is told until what is returned is called. */
  leaveHalfOpen(): () => void {
    const left = [...this.sockets];
    for (const socket of left) socket.unpipe().pause();
    return () => left.forEach((socket) => socket.destroy());
  }

  dropSubscriptions(): void {
    for (const { call } of this.subscribers)
      call.destroy(Object.assign(new Error('dropped'), { code: grpc.status.ABORTED, details: 'dropped' }));
    this.subscribers.clear();
  }

  /** The bytes of every event that clients have appended, in order of position; streams without the usual prefix. */
  events(): { stream: string; revision: number; id: string; data: string; position: number }[] {
    return this.log.events
      .filter(({ isGuest }) => !isGuest)
      .map(({ stream, revision, id, data, position }) => {
        const bare = stream.replace(/^tongzhang-/, '');
        return { stream: bare, revision: Number(revision), id, data: Buffer.from(data).toString(), position };
      });
  }

  /** Writes events of other programs to the end of the log. */
  recordForeign(count: number): void {
    this.log.recordForeign(count);
    this.feedAll();
  }

  /** Writes an event of another program: JSON where it is text, else bytes. Returns where it stands. */
  recordOther(stream: string, type: string, data: string | Uint8Array): { revision: number; position: number } {
    const { revision, position } =
      typeof data === 'string' ? this.log.recordJson(stream, type, data) : this.log.recordBinary(stream, type, data);
    this.feedAll();
    return { revision: Number(revision), position };
  }

  /** Sets retention on a stream, or takes it back with nothing. */
  setMetadata(stream: string, metadata: StreamMetadata): void {
    this.log.setMetadata(stream, metadata);
    this.feedAll();
  }

  /** Deletes a stream so that it can be undone until the next `scavenge`, by metadata without `$tb`. */
  softDelete(stream: string): void {
    this.log.softDelete(stream);
    this.feedAll();
  }

  /** Deletes a stream for good. */
  tombstone(stream: string): void {
    this.log.tombstone(stream);
    this.feedAll();
  }

  /** Throws away what no read shows any more. */
  scavenge(): void {
    this.log.scavenge();
    this.cutConnections();
    this.subscribers.clear();
  }

  /** Takes away everything behind a position, as a server does that was restored from an older copy. */
  setBack(position: number): void {
    this.log.setBack(position);
    this.cutConnections();
    this.subscribers.clear();
  }

  get liveReaders(): number {
    return this.subscribers.size;
  }

  /** How many reading calls the server holds open that are no live subscription. */
  get callsOpen(): number {
    return this.openCalls.size - this.subscribers.size;
  }

  private pass(client: Socket, port: number): void {
    this.connections += 1;
    const upstream = connect({ port, host: '127.0.0.1', noDelay: true });
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      this.sockets.add(from);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        this.sockets.delete(from);
        to.destroy();
      });
    }
  }

  /** Counts a reading call until it has been answered to its end, or its client has cancelled it. */
  private open(call: OpenCall): void {
    this.openCalls.add(call);
    for (const end of ['finish', 'cancelled', 'close']) call.on(end, () => this.openCalls.delete(call));
  }

  private append(call: AppendCall, answer: AppendAnswer): void {
    this.appends += 1;
    const fault = this.isSilent ? 'silent-before-write' : this.faults.shift();
    const requests: AppendRequest[] = [];
    call.on('data', (request: AppendRequest) => requests.push(request));
    call.on('end', () => {
      // Of a call that its client gave up half way nothing is written.
      if (call.cancelled) return;
      if (this.refusal) return answer(refused(this.refusal));
      if (fault === 'not-leader') return answer(notLeader());
      if (fault === 'unavailable-before-write') return answer(unavailable());
      if (fault === 'silent-before-write') return;
      if (fault === 'cut-before-write') return this.cutConnections();
      const stream = nameOf(requests[0]!.getOptions());
      if (this.log.isTombstoned(stream)) return answer(streamDeleted(stream));
      const response = this.write(stream, requests);
      if (fault === 'unavailable-after-write') return answer(unavailable());
      if (fault === 'silent-after-write') return;
      if (fault === 'cut-after-write') return this.cutConnections();
      const delayMs = fault === 'slow' ? SLOW_MS : this.appendDelayMs;
      if (delayMs > 0) setTimeout(() => answer(null, response), delayMs);
      else answer(null, response);
    });
  }

  private write(stream: string, requests: readonly AppendRequest[]): unknown {
    const options = requests[0]!.getOptions();
    const last = this.log.lastRevision(stream);
    const isDeleted = this.log.isAbsent(stream);
    const proposed = requests.slice(1).map((request) => toProposed(request.getProposedMessage()));
    const expected = options.hasNoStream() ? -1 : Number(options.getRevision());
    // A stream that was deleted may be written to again as one that never was.
    if (!options.hasAny() && expected !== last && !(isDeleted && options.hasNoStream())) {
      const there = this.log.written(stream, expected + 1).slice(0, proposed.length);
      // The server answers a repeated write with its first answer: same ids at the same place.
      const isRepeat = there.length === proposed.length && there.every(({ id }, index) => id === proposed[index]!.id);
      return isRepeat ? success(there.at(-1)!) : wrongVersion(last, options);
    }
    this.log.append(stream, proposed);
    this.feedAll();
    return success(this.log.written(stream, last + proposed.length)[0]!);
  }

  private read(call: ReadCall): void {
    this.reads += 1;
    this.open(call);
    if (this.isSilent) return;
    if (this.refusal) return void call.emit('error', refused(this.refusal));
    const options = optionsOf(call);
    if (options.hasSubscription()) return this.subscribe(call, options);
    if (options.hasStream()) return this.readStream(call, options);
    const backwards = isBackwards(options);
    const from = this.indexOf(options, backwards);
    if (from === undefined) return void call.emit('error', invalidPosition());
    this.send(call, slice(this.log.events, from, backwards, Number(options.getCount())));
    call.end();
  }

  private readStream(call: ReadCall, options: ReadOptions): void {
    const stream = nameOf(options.getStream());
    if (this.log.isTombstoned(stream)) return void call.emit('error', streamDeleted(stream));
    const shown = this.log.shown(stream);
    if (this.log.isAbsent(stream)) call.write(streamNotFound(options));
    else {
      const backwards = isBackwards(options);
      this.send(call, slice(shown, startIn(shown, options, backwards), backwards, Number(options.getCount())));
    }
    call.end();
  }

  private send(call: ReadCall, events: readonly Recorded[]): void {
    this.eventsSent += events.length;
    for (const event of events) call.write(readEvent(event));
  }

  private subscribe(call: ReadCall, options: ReadOptions): void {
    const at = this.indexOf(options, false);
    if (at === undefined) return void call.emit('error', invalidPosition());
    const next = options.getAll().hasStart() ? 0 : at + 1;
    const every = options.hasFilter()
      ? options.getFilter().getCheckpointintervalmultiplier() * SEARCH_WINDOW
      : Infinity;
    const subscriber = { call, passes: passes(options), checkpointEvery: every, next, looked: 0 };
    this.subscribers.add(subscriber);
    for (const end of ['cancelled', 'close']) call.on(end, () => this.subscribers.delete(subscriber));
    call.write(confirmed());
    this.feed(subscriber);
  }

  private feedAll(): void {
    for (const subscriber of this.subscribers) this.feed(subscriber);
  }

  private feed(subscriber: Subscriber): void {
    const { events } = this.log;
    if (this.checkpointAhead) subscriber.call.write(checkpointAt((events.at(-1)?.position ?? 0) + 1_000_000));
    for (; subscriber.next < events.length; subscriber.next += 1) {
      const event = events[subscriber.next]!;
      if (subscriber.passes(event)) this.send(subscriber.call, [event]);
      subscriber.looked += 1;
      if (subscriber.looked % subscriber.checkpointEvery === 0) subscriber.call.write(checkpointAt(event.position));
    }
  }

  /**
   * The index in the log of the position that a read of $all names; reading includes it, a subscription does not.
   * Undefined where no event stands there: the server refuses to read from between two events.
   */
  private indexOf(options: ReadOptions, backwards: boolean): number | undefined {
    const all = options.getAll();
    if (all.hasStart()) return 0;
    if (all.hasEnd()) return this.log.events.length - 1;
    const index = this.log.indexAt(Number(all.getPosition().getCommitPosition()));
    if (index < 0) return undefined;
    return backwards ? index - 1 : index;
  }
}

const credentialsOf = (certificate: Certificate | undefined): grpc.ServerCredentials =>
  certificate
    ? grpc.ServerCredentials.createSsl(null, [
        { cert_chain: Buffer.from(certificate.cert), private_key: Buffer.from(certificate.key) },
      ])
    : grpc.ServerCredentials.createInsecure();

const isBackwards = (options: ReadOptions): boolean => options.getReadDirection() === 1;

function slice(events: readonly Recorded[], from: number, backwards: boolean, count: number): Recorded[] {
  if (from < 0) return [];
  if (!backwards) return events.slice(from, from + count);
  return events.slice(Math.max(0, from - count + 1), from + 1).reverse();
}

/** The index in the events that a stream shows from which a read of it begins. */
function startIn(shown: readonly Recorded[], options: ReadOptions, backwards: boolean): number {
  const stream = options.getStream();
  if (stream.hasStart()) return 0;
  if (stream.hasEnd()) return shown.length - 1;
  const revision = Number(stream.getRevision());
  if (backwards) return shown.findLastIndex((event) => event.revision <= revision);
  const first = shown.findIndex((event) => event.revision >= revision);
  return first < 0 ? shown.length : first;
}
