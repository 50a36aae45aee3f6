import { createRequire } from 'node:module';
import { connect, createServer, type Server as TcpServer, type Socket } from 'node:net';
import * as grpc from '@grpc/grpc-js';

/**
 * A wire-level double of KurrentDB: the part of its streams protocol that our adapter uses, over a real socket, with
 * faults on command. It is a double, not the server: what it cannot show is said in the test output.
 */

const generated = createRequire(import.meta.url);
const { StreamsService } = generated('@eventstore/db-client/generated/streams_grpc_pb.js');
const messages = generated('@eventstore/db-client/generated/streams_pb.js');
const shared = generated('@eventstore/db-client/generated/shared_pb.js');
const { ServerFeaturesService } = generated('@eventstore/db-client/generated/serverfeatures_grpc_pb.js');
const features = generated('@eventstore/db-client/generated/serverfeatures_pb.js');

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

interface Recorded {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly metadata: [string, string][];
  readonly customMetadata: Uint8Array;
  readonly data: Uint8Array;
}

interface Subscriber {
  readonly call: grpc.ServerWritableStream<unknown, unknown>;
  readonly prefixes: readonly string[];
  /** Index of the next event of the log to look at. */
  next: number;
}

const SLOW_MS = 100;
/** So many calls at a time the server takes on one connection; a further one waits for another to end. */
const MOST_CALLS = 100;

export class KurrentDbDouble {
  private readonly log: Recorded[] = [];
  private readonly streams = new Map<string, Recorded[]>();
  private readonly subscribers = new Set<Subscriber>();
  private readonly server = new grpc.Server({ 'grpc.max_concurrent_streams': MOST_CALLS });
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
  url = '';

  async start(at = 0): Promise<void> {
    this.server.addService(StreamsService, {
      read: (call: grpc.ServerWritableStream<unknown, unknown>) => this.read(call),
      append: (call: unknown, answer: unknown) => this.append(call as AppendCall, answer as AppendAnswer),
    });
    this.server.addService(ServerFeaturesService, {
      getSupportedMethods: (_call: unknown, answer: (error: null, methods: unknown) => void) => {
        answer(null, new features.SupportedMethods().setEventStoreServerVersion('0.0.0-double'));
      },
    });
    const inner = await new Promise<number>((resolve, reject) => {
      this.server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) =>
        error ? reject(error) : resolve(port),
      );
    });
    // Clients connect through a proxy of ours, so that a connection can be cut as a network cuts it.
    this.proxy = createServer({ noDelay: true }, (client) => this.pass(client, inner));
    const proxy = this.proxy;
    const port = await new Promise<number>((resolve) => {
      proxy.listen(at, '127.0.0.1', () => resolve((proxy.address() as { port: number }).port));
    });
    this.url = `esdb://127.0.0.1:${port}?tls=false`;
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

  dropSubscriptions(): void {
    for (const { call } of this.subscribers)
      call.destroy(Object.assign(new Error('dropped'), { code: grpc.status.ABORTED, details: 'dropped' }));
    this.subscribers.clear();
  }

  /** The bytes of every event of ours, in order of position. */
  events(): { stream: string; revision: number; id: string; data: string; position: number }[] {
    return this.log
      .filter(({ stream }) => !stream.startsWith('$'))
      .map(({ data, ...event }) => ({ ...event, data: Buffer.from(data).toString() }));
  }

  private pass(client: Socket, port: number): void {
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

  /** How many reading calls the server holds open that are no live subscription. */
  get callsOpen(): number {
    return this.openCalls.size - this.subscribers.size;
  }

  /** Counts a reading call until it has been answered to its end, or its client has cancelled it. */
  private open(call: OpenCall): void {
    this.openCalls.add(call);
    for (const end of ['finish', 'cancelled', 'close']) call.on(end, () => this.openCalls.delete(call));
  }

  private append(call: AppendCall, answer: AppendAnswer): void {
    this.appends += 1;
    const fault = this.faults.shift();
    const requests: AppendRequest[] = [];
    call.on('data', (request: AppendRequest) => requests.push(request));
    call.on('end', () => {
      // Of a call that its client gave up half way nothing is written.
      if (call.cancelled) return;
      if (fault === 'not-leader') return answer(notLeader());
      if (fault === 'unavailable-before-write') return answer(unavailable());
      if (fault === 'silent-before-write') return;
      if (fault === 'cut-before-write') return this.cutConnections();
      const response = this.write(requests);
      if (fault === 'unavailable-after-write') return answer(unavailable());
      if (fault === 'silent-after-write') return;
      if (fault === 'cut-after-write') return this.cutConnections();
      const delayMs = fault === 'slow' ? SLOW_MS : this.appendDelayMs;
      if (delayMs > 0) setTimeout(() => answer(null, response), delayMs);
      else answer(null, response);
    });
  }

  private write(requests: readonly AppendRequest[]): unknown {
    const options = requests[0]!.getOptions();
    const stream = nameOf(options);
    const own = this.streams.get(stream) ?? [];
    const expected = options.hasNoStream() ? -1 : options.hasAny() ? own.length - 1 : Number(options.getRevision());
    const proposed = requests.slice(1).map((request) => request.getProposedMessage());
    const ids = proposed.map((message) => message.getId().getString());
    if (expected !== own.length - 1) {
      const there = own.slice(expected + 1, expected + 1 + ids.length);
      // The server answers a repeated write with its first answer: same ids at the same place.
      const isRepeat = there.length === ids.length && there.every(({ id }, index) => id === ids[index]);
      return isRepeat ? success(there[there.length - 1]!) : wrongVersion(own.length, options);
    }
    for (const [index, message] of proposed.entries()) {
      this.record(stream, ids[index]!, message.getMetadataMap().toArray(), message);
    }
    if (this.log.length % 7 === 0) this.recordSystemEvent();
    for (const subscriber of this.subscribers) this.feed(subscriber);
    return success(this.streams.get(stream)!.at(-1)!);
  }

  private record(stream: string, id: string, metadata: [string, string][], message: ProposedMessage): void {
    const own = this.streams.get(stream) ?? [];
    const data = message.getData_asU8();
    const position = (this.log.at(-1)?.position ?? 0) + 120 + data.length;
    const customMetadata = message.getCustomMetadata_asU8();
    const event = { position, stream, revision: own.length, id, metadata, customMetadata, data };
    own.push(event);
    this.streams.set(stream, own);
    this.log.push(event);
  }

  /** Writes events of another program to the end of the log. */
  recordForeign(count: number): void {
    for (let n = 0; n < count; n += 1) this.recordJson('orders-1', 'OrderPlaced', '{"order":1}');
  }

  private recordSystemEvent(): void {
    this.recordJson('$stats-127.0.0.1:2113', '$statsCollected', '{}');
  }

  private recordJson(stream: string, type: string, data: string): void {
    const message = new messages.AppendReq.ProposedMessage().setData(Buffer.from(data));
    const metadata: [string, string][] = [
      ['type', type],
      ['content-type', 'application/json'],
    ];
    this.record(stream, '00000000-0000-8000-8000-000000000000', metadata, message);
  }

  private read(call: grpc.ServerWritableStream<unknown, unknown>): void {
    this.open(call);
    const options = (call.request as { getOptions(): ReadOptions }).getOptions();
    if (options.hasSubscription()) return this.subscribe(call, options);
    const backwards = options.getReadDirection() === 1;
    const count = Number(options.getCount());
    if (options.hasStream()) {
      const stream = nameOf(options.getStream());
      const own = this.streams.get(stream);
      if (!own) call.write(notFound(options.getStream().getStreamIdentifier()));
      else for (const event of slice(own, revisionOf(options, own.length), backwards, count)) this.send(call, event);
    } else {
      const from = this.indexOf(options, backwards);
      if (from === undefined) return void call.emit('error', invalidPosition());
      for (const event of slice(this.log, from, backwards, count)) this.send(call, event);
    }
    call.end();
  }

  private send(call: grpc.ServerWritableStream<unknown, unknown>, event: Recorded): void {
    this.eventsSent += 1;
    call.write(toResponse(event));
  }

  private subscribe(call: grpc.ServerWritableStream<unknown, unknown>, options: ReadOptions): void {
    const prefixes = options.hasFilter() ? options.getFilter().getStreamIdentifier().getPrefixList() : [''];
    const at = this.indexOf(options, false);
    if (at === undefined) return void call.emit('error', invalidPosition());
    const start = options.getAll().hasStart() ? 0 : at + 1;
    const subscriber = { call, prefixes, next: start };
    this.subscribers.add(subscriber);
    call.on('cancelled', () => this.subscribers.delete(subscriber));
    call.write(new messages.ReadResp().setConfirmation(new messages.ReadResp.SubscriptionConfirmation()));
    this.feed(subscriber);
  }

  private feed(subscriber: Subscriber): void {
    if (this.checkpointAhead) {
      const ahead = String((this.log.at(-1)?.position ?? 0) + 1_000_000);
      const checkpoint = new messages.ReadResp.Checkpoint().setCommitPosition(ahead).setPreparePosition(ahead);
      subscriber.call.write(new messages.ReadResp().setCheckpoint(checkpoint));
    }
    for (; subscriber.next < this.log.length; subscriber.next += 1) {
      const event = this.log[subscriber.next]!;
      if (subscriber.prefixes.some((prefix) => event.stream.startsWith(prefix)))
        subscriber.call.write(toResponse(event));
    }
  }

  /**
   * The index in the log of the position that a read of $all names; reading includes it, a subscription does not.
   * Undefined where no event stands there: the server refuses to read from between two events.
   */
  private indexOf(options: ReadOptions, backwards: boolean): number | undefined {
    const all = options.getAll();
    if (all.hasStart()) return 0;
    if (all.hasEnd()) return this.log.length - 1;
    const position = Number(all.getPosition().getCommitPosition());
    if (!this.log.some((event) => event.position === position)) return undefined;
    if (!backwards) return this.log.findIndex((event) => event.position === position);
    return this.log.findLastIndex((event) => event.position < position);
  }
}

function slice(events: readonly Recorded[], from: number, backwards: boolean, count: number): Recorded[] {
  if (from < 0) return [];
  if (!backwards) return events.slice(from, from + count);
  return events.slice(Math.max(0, from - count + 1), from + 1).reverse();
}

function revisionOf(options: ReadOptions, length: number): number {
  const stream = options.getStream();
  if (stream.hasStart()) return 0;
  if (stream.hasEnd()) return length - 1;
  return Math.min(Number(stream.getRevision()), options.getReadDirection() === 1 ? length - 1 : length);
}

function nameOf(options: { getStreamIdentifier(): { getStreamName_asU8(): Uint8Array } }): string {
  return Buffer.from(options.getStreamIdentifier().getStreamName_asU8()).toString();
}

function toResponse({ position, stream, revision, id, metadata, customMetadata, data }: Recorded): unknown {
  const event = new messages.ReadResp.ReadEvent.RecordedEvent()
    .setId(new shared.UUID().setString(id))
    .setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(stream)))
    .setStreamRevision(String(revision))
    .setPreparePosition(String(position))
    .setCommitPosition(String(position))
    .setCustomMetadata(customMetadata)
    .setData(data);
  for (const [key, value] of metadata) event.getMetadataMap().set(key, value);
  event.getMetadataMap().set('created', '17000000000000000');
  const read = new messages.ReadResp.ReadEvent().setEvent(event).setCommitPosition(String(position));
  return new messages.ReadResp().setEvent(read);
}

function success({ revision, position }: Recorded): unknown {
  const at = new messages.AppendResp.Position()
    .setCommitPosition(String(position))
    .setPreparePosition(String(position));
  const result = new messages.AppendResp.Success().setCurrentRevision(String(revision)).setPosition(at);
  return new messages.AppendResp().setSuccess(result);
}

function wrongVersion(length: number, options: AppendOptions): unknown {
  const wrong = new messages.AppendResp.WrongExpectedVersion();
  if (length === 0) wrong.setCurrentNoStream(new shared.Empty());
  else wrong.setCurrentRevision(String(length - 1));
  if (options.hasNoStream()) wrong.setExpectedNoStream(new shared.Empty());
  else wrong.setExpectedRevision(options.getRevision());
  return new messages.AppendResp().setWrongExpectedVersion(wrong);
}

function notFound(identifier: unknown): unknown {
  return new messages.ReadResp().setStreamNotFound(
    new messages.ReadResp.StreamNotFound().setStreamIdentifier(identifier),
  );
}

function unavailable(): grpc.ServiceError {
  return Object.assign(new Error('unavailable'), {
    code: grpc.status.UNAVAILABLE,
    details: 'unavailable',
    metadata: new grpc.Metadata(),
  });
}

function invalidPosition(): grpc.ServiceError {
  const metadata = new grpc.Metadata();
  return Object.assign(new Error('invalid'), { code: grpc.status.UNKNOWN, details: 'invalid position', metadata });
}

function notLeader(): grpc.ServiceError {
  const metadata = new grpc.Metadata();
  metadata.set('exception', 'not-leader');
  metadata.set('leader-endpoint-host', '127.0.0.1');
  metadata.set('leader-endpoint-port', '1');
  return Object.assign(new Error('not leader'), { code: grpc.status.NOT_FOUND, details: 'not leader', metadata });
}

type AppendAnswer = (error: grpc.ServiceError | null, response?: unknown) => void;
type AppendCall = NodeJS.ReadableStream & { readonly cancelled: boolean };
type OpenCall = NodeJS.EventEmitter;

interface AppendOptions {
  getStreamIdentifier(): { getStreamName_asU8(): Uint8Array };
  hasNoStream(): boolean;
  hasAny(): boolean;
  getRevision(): string;
}

interface ProposedMessage {
  getId(): { getString(): string };
  getMetadataMap(): { toArray(): [string, string][] };
  getData_asU8(): Uint8Array;
  getCustomMetadata_asU8(): Uint8Array;
}

interface AppendRequest {
  getOptions(): AppendOptions;
  getProposedMessage(): ProposedMessage;
}

interface ReadOptions {
  hasSubscription(): boolean;
  hasStream(): boolean;
  hasFilter(): boolean;
  getFilter(): { getStreamIdentifier(): { getPrefixList(): string[] } };
  getReadDirection(): number;
  getCount(): string;
  getStream(): {
    getStreamIdentifier(): { getStreamName_asU8(): Uint8Array };
    hasStart(): boolean;
    hasEnd(): boolean;
    getRevision(): string;
  };
  getAll(): {
    hasStart(): boolean;
    hasEnd(): boolean;
    getPosition(): { getCommitPosition(): string };
  };
}
