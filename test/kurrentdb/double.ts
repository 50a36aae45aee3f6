import { connect, createServer, type Server as TcpServer, type Socket } from 'node:net';
import * as grpc from '@grpc/grpc-js';
import { type AppendFault, Appends, type Mood } from './double-appends.js';
import { DoubleLog, type Recorded, type StreamMetadata } from './double-log.js';
import { Subscriptions } from './double-subscriptions.js';
import {
  type AppendAnswer,
  type AppendCall,
  type BatchCall,
  type DeleteCall,
  deleted,
  invalidPosition,
  nameOf,
  optionsOf,
  readEvent,
  type ReadCall,
  type ReadOptions,
  type Refusal,
  refused,
  ServerFeaturesService,
  streamDeleted,
  streamNotFound,
  StreamsService,
  supportedMethods,
  tombstonedAt,
} from './double-wire.js';

/** How the double is made: what is a guest or a limit on a real server is there unless it is taken away. */
export interface DoubleManners {
  /** Whether the server itself and other programs write before, between and behind what is appended. */
  readonly guests?: boolean;
  /** How many calls at a time are taken on one connection; a further one waits for another to end. */
  readonly calls?: number;
  /** Whether a subscription hears that it has been sent all there is: releases before 23.10 do not say so. */
  readonly saysCaughtUp?: boolean;
  /** What the server says its version is. */
  readonly version?: string;
}

/** PEM texts of the certificate that the double shows, and its key. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

type OpenCall = NodeJS.EventEmitter;

const MOST_CALLS = 100;
/**
 * A wire-level double of KurrentDB: the part of its streams protocol that our adapter uses, over a real socket, with a
 * server's manners and limits, and with faults on command. It is a double, not the server: `docs/event-stores.md` says
 * what it cannot show.
 */
export class KurrentDbDouble implements Mood {
  private readonly log: DoubleLog;
  private readonly subscriptions: Subscriptions;
  private readonly appending: Appends;
  private readonly server: grpc.Server;
  private readonly openCalls = new Set<object>();
  private readonly sockets = new Set<Socket>();
  private proxy: TcpServer | undefined;
  /** So long every append takes that meets no fault. */
  appendDelayMs = 0;
  private eventsRead = 0;
  /** The last position that anybody has read. */
  private shown = 0;
  /** How many calls arrived that read, subscriptions included. */
  reads = 0;
  /** How many connections were made. */
  connections = 0;
  /** How every call is refused, for as long as it is set. */
  refusal: Refusal | undefined;
  /** How appends alone are refused, for as long as it is set. */
  appendRefusal: Refusal | undefined;
  /** Takes every call and answers none, for as long as it is set. */
  isSilent = false;
  /** Where the leader is, while this node is none: appends are sent there. */
  leader: { readonly host: string; readonly port: number } | undefined;
  url = '';
  /** The server's clock: how far it lies ahead of the machine's. */
  readonly clock = { aheadMs: 0 };

  constructor(private readonly manners: DoubleManners = {}) {
    const { guests = true, calls = MOST_CALLS, saysCaughtUp = true } = manners;
    this.log = new DoubleLog(guests, this.clock);
    this.subscriptions = new Subscriptions(this.log, saysCaughtUp);
    this.appending = new Appends(this.log, this);
    this.server = new grpc.Server({ 'grpc.max_concurrent_streams': calls });
  }

  /** @param at a port; any free one by default @param certificate shown to those who connect, by TLS alone then */
  async start(at = 0, certificate?: Certificate): Promise<void> {
    this.server.addService(StreamsService, {
      read: (call: ReadCall) => this.read(call),
      append: (call: unknown, answer: unknown) => this.appending.one(call as AppendCall, answer as AppendAnswer),
      batchAppend: (call: unknown) => this.appending.batch(call as BatchCall),
      delete: (call: unknown, answer: unknown) => this.delete(call as DeleteCall, answer as AppendAnswer, false),
      tombstone: (call: unknown, answer: unknown) => this.delete(call as DeleteCall, answer as AppendAnswer, true),
    });
    this.server.addService(ServerFeaturesService, {
      getSupportedMethods: (_call: unknown, answer: AppendAnswer) => {
        if (!this.isSilent) answer(null, supportedMethods(this.manners.version ?? '24.10.0'));
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
    this.appending.faults.push(...faults);
  }

  readonly cutConnections = (): void => {
    for (const socket of this.sockets) socket.destroy();
  };

  /** Takes back the faults that no append has met yet. */
  spareNextAppends(): void {
    this.appending.faults.length = 0;
  }

  /** Nothing goes over the connections there are any more; nobody is told until what is returned is called. */
  leaveHalfOpen(): () => void {
    const left = [...this.sockets];
    for (const socket of left) socket.unpipe().pause();
    return () => left.forEach((socket) => socket.destroy());
  }

  dropSubscriptions(): void {
    this.subscriptions.drop();
  }

  /**
   * The cluster elects another leader: connections are cut, and of what is written and not yet acknowledged nobody is
   * told; with `loses` it is gone, as what had not been replicated, unless somebody has read it: a cluster shows only
   * what it no longer loses. For a while appends are sent on to another node, which has the same address here.
   */
  changeLeader({ forMs, loses }: { readonly forMs: number; readonly loses: boolean }): void {
    this.appending.newTerm();
    if (loses) this.setBack(Math.max(this.appending.acknowledged, this.shown, this.subscriptions.shown));
    this.cutConnections();
    this.leader = { host: '127.0.0.1', port: Number(new URL(this.url).port) };
    setTimeout(() => (this.leader = undefined), forMs);
  }

  /** Announce checkpoints far ahead of the events sent, as a filtered subscription may. */
  set checkpointAhead(isAhead: boolean) {
    this.subscriptions.checkpointAhead = isAhead;
  }

  /** How many events were sent to those who read. */
  get eventsSent(): number {
    return this.eventsRead + this.subscriptions.sent;
  }

  /** How many appends arrived, those that failed included. */
  get appends(): number {
    return this.appending.count;
  }

  /** How many appends were on their way at one moment, at the most. */
  get appendsAtOnce(): number {
    return this.appending.mostAtOnce;
  }

  /** How many events the server has looked at for subscriptions, sent or not. */
  get eventsLookedAt(): number {
    return this.subscriptions.looked;
  }

  /** How many subscriptions are open. */
  get liveReaders(): number {
    return this.subscriptions.size;
  }

  /** Something was written: whoever follows the log hears of it. */
  readonly written = (): void => this.subscriptions.feedAll();

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
    this.written();
  }

  /** Writes an event of another program: JSON where it is text, else bytes. Returns where it stands. */
  recordOther(stream: string, type: string, data: string | Uint8Array): { revision: number; position: number } {
    const { revision, position } =
      typeof data === 'string' ? this.log.recordJson(stream, type, data) : this.log.recordBinary(stream, type, data);
    this.written();
    return { revision: Number(revision), position };
  }

  /** Sets retention on a stream, or takes it back with nothing. */
  setMetadata(stream: string, metadata: StreamMetadata): void {
    this.log.setMetadata(stream, metadata);
    this.written();
  }

  /** Deletes a stream so that it can be undone until the next `scavenge`, by metadata without `$tb`. */
  softDelete(stream: string): void {
    this.log.softDelete(stream);
    this.written();
  }

  /** Deletes a stream for good. */
  tombstone(stream: string): void {
    this.log.tombstone(stream);
    this.written();
  }

  /** Throws away what no read shows any more. */
  scavenge(): void {
    this.log.scavenge();
    this.cutConnections();
    this.subscriptions.clear();
  }

  /** Takes away everything behind a position, as a server does that was restored from an older copy. */
  setBack(position: number): void {
    this.log.setBack(position);
    this.shown = Math.min(this.shown, position);
    this.subscriptions.shown = Math.min(this.subscriptions.shown, position);
    this.cutConnections();
    this.subscriptions.clear();
  }

  /** How many reading calls the server holds open that are no live subscription. */
  get callsOpen(): number {
    return this.openCalls.size - this.subscriptions.size;
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

  private delete({ request }: DeleteCall, answer: AppendAnswer, isForGood: boolean): void {
    if (this.isSilent) return;
    if (this.refusal) return answer(refused(this.refusal));
    const stream = nameOf(request.getOptions());
    const { position } = isForGood ? this.log.tombstone(stream) : this.log.softDelete(stream);
    this.written();
    answer(null, isForGood ? tombstonedAt(position) : deleted(position));
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
    this.eventsRead += events.length;
    for (const event of events) {
      this.shown = Math.max(this.shown, event.position);
      call.write(readEvent(event));
    }
  }

  private subscribe(call: ReadCall, options: ReadOptions): void {
    const at = this.indexOf(options, false);
    if (at === undefined) return void call.emit('error', invalidPosition());
    this.subscriptions.add(call, options, options.getAll().hasStart() ? 0 : at + 1);
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
