import { createRequire } from 'node:module';
import * as grpc from '@grpc/grpc-js';
import { type Proposed, type Recorded } from './double-log.js';

/** The words of the server's streams protocol, as the double reads and writes them. */

const generated = createRequire(import.meta.url);
export const { StreamsService } = generated('@eventstore/db-client/generated/streams_grpc_pb.js');
const messages = generated('@eventstore/db-client/generated/streams_pb.js');
const shared = generated('@eventstore/db-client/generated/shared_pb.js');
export const { ServerFeaturesService } = generated('@eventstore/db-client/generated/serverfeatures_grpc_pb.js');
const status = generated('@eventstore/db-client/generated/status_pb.js');
const { Any } = generated('google-protobuf/google/protobuf/any_pb.js');
const { Empty } = generated('google-protobuf/google/protobuf/empty_pb.js');
const features = generated('@eventstore/db-client/generated/serverfeatures_pb.js');

export type ReadCall = grpc.ServerWritableStream<unknown, unknown>;
export type AppendAnswer = (error: grpc.ServiceError | null, response?: unknown) => void;
export type AppendCall = NodeJS.ReadableStream & { readonly cancelled: boolean };
export type BatchCall = grpc.ServerDuplexStream<unknown, unknown>;
export type ServiceError = grpc.ServiceError;
/** A call that names one stream and is answered once. */
export type DeleteCall = { readonly request: { getOptions(): AppendOptions } };

export interface AppendOptions {
  getStreamIdentifier(): { getStreamName_asU8(): Uint8Array };
  hasNoStream(): boolean;
  hasAny(): boolean;
  getRevision(): string;
}

export interface ProposedMessage {
  getId(): { getString(): string };
  getMetadataMap(): { toArray(): [string, string][] };
  getData_asU8(): Uint8Array;
  getCustomMetadata_asU8(): Uint8Array;
}

export interface AppendRequest {
  getOptions(): AppendOptions;
  getProposedMessage(): ProposedMessage;
}

/** A part of an append in a call that carries many. */
export interface BatchRequest {
  getCorrelationId(): { getString(): string; toObject(): object };
  getOptions(): {
    getStreamIdentifier(): { getStreamName_asU8(): Uint8Array };
    hasNoStream(): boolean;
    hasAny(): boolean;
    getStreamPosition(): string;
  };
  getProposedMessagesList(): ProposedMessage[];
  getIsFinal(): boolean;
}

interface FilterExpression {
  getPrefixList(): string[];
  getRegex(): string;
}

export interface ReadOptions {
  hasSubscription(): boolean;
  hasStream(): boolean;
  hasFilter(): boolean;
  getFilter(): {
    hasEventType(): boolean;
    getEventType(): FilterExpression;
    getStreamIdentifier(): FilterExpression;
    getCheckpointintervalmultiplier(): number;
    hasMax(): boolean;
    getMax(): number;
  };
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

export const optionsOf = (call: ReadCall): ReadOptions => (call.request as { getOptions(): ReadOptions }).getOptions();

export const nameOf = (options: { getStreamIdentifier(): { getStreamName_asU8(): Uint8Array } }): string =>
  Buffer.from(options.getStreamIdentifier().getStreamName_asU8()).toString();

/** Whether a subscription's filter lets an event through: by stream name or by type, beginnings or a pattern. */
export function passes(options: ReadOptions): (event: Recorded) => boolean {
  if (!options.hasFilter()) return () => true;
  const filter = options.getFilter();
  const byType = filter.hasEventType();
  const expression = byType ? filter.getEventType() : filter.getStreamIdentifier();
  const prefixes = expression.getPrefixList();
  const regex = new RegExp(expression.getRegex(), 'u');
  return ({ stream, type }) => {
    const name = byType ? type : stream;
    return prefixes.length > 0 ? prefixes.some((prefix) => name.startsWith(prefix)) : regex.test(name);
  };
}

export function readEvent({ position, stream, revision, id, metadata, customMetadata, data, createdMs }: Recorded) {
  const event = new messages.ReadResp.ReadEvent.RecordedEvent()
    .setId(new shared.UUID().setString(id))
    .setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(stream)))
    .setStreamRevision(String(revision))
    .setPreparePosition(String(position))
    .setCommitPosition(String(position))
    .setCustomMetadata(customMetadata)
    .setData(data);
  for (const [key, value] of metadata) event.getMetadataMap().set(key, value);
  event.getMetadataMap().set('created', `${createdMs}0000`);
  const read = new messages.ReadResp.ReadEvent().setEvent(event).setCommitPosition(String(position));
  return new messages.ReadResp().setEvent(read) as unknown;
}

export const confirmed = (): unknown =>
  new messages.ReadResp().setConfirmation(new messages.ReadResp.SubscriptionConfirmation());

export const caughtUp = (): unknown => new messages.ReadResp().setCaughtUp(new messages.ReadResp.CaughtUp());

export function checkpointAt(position: number): unknown {
  const at = String(position);
  const checkpoint = new messages.ReadResp.Checkpoint().setCommitPosition(at).setPreparePosition(at);
  return new messages.ReadResp().setCheckpoint(checkpoint);
}

export const streamNotFound = (options: ReadOptions): unknown =>
  new messages.ReadResp().setStreamNotFound(
    new messages.ReadResp.StreamNotFound().setStreamIdentifier(options.getStream().getStreamIdentifier()),
  );

/** Where an event that was written came to stand. */
type Written = Pick<Recorded, 'revision' | 'position'>;

export function success({ revision, position }: Written): unknown {
  const at = new messages.AppendResp.Position()
    .setCommitPosition(String(position))
    .setPreparePosition(String(position));
  const result = new messages.AppendResp.Success().setCurrentRevision(String(revision)).setPosition(at);
  return new messages.AppendResp().setSuccess(result);
}

/** @param last the last revision of the stream; -1 where there is none */
export function wrongVersion(last: number, options: AppendOptions): unknown {
  const wrong = new messages.AppendResp.WrongExpectedVersion();
  if (last < 0) wrong.setCurrentNoStream(new shared.Empty());
  else wrong.setCurrentRevision(String(last));
  if (options.hasNoStream()) wrong.setExpectedNoStream(new shared.Empty());
  else wrong.setExpectedRevision(options.getRevision());
  return new messages.AppendResp().setWrongExpectedVersion(wrong);
}

/** What is wrong with an append in a call that carries many. @param last as in `wrongVersion` */
export function wrongVersionOf(last: number, expected: number): { name: string; message: unknown } {
  const wrong = new shared.WrongExpectedVersion();
  if (last < 0) wrong.setCurrentNoStream(new Empty());
  else wrong.setCurrentStreamRevision(String(last));
  if (expected < 0) wrong.setExpectedNoStream(new Empty());
  else wrong.setExpectedStreamPosition(String(expected));
  return { name: 'event_store.client.WrongExpectedVersion', message: wrong };
}

export function batchFailed(request: BatchRequest, { name, message }: { name: string; message: unknown }): unknown {
  const details = new Any();
  details.pack((message as { serializeBinary(): Uint8Array }).serializeBinary(), name);
  return batchAnswer(request).setError(new status.Status().setMessage(name).setDetails(details));
}

export function batchSucceeded(request: BatchRequest, { revision, position }: Written): unknown {
  const at = new shared.AllStreamPosition().setCommitPosition(String(position)).setPreparePosition(String(position));
  const result = new messages.BatchAppendResp.Success().setCurrentRevision(String(revision)).setPosition(at);
  return batchAnswer(request).setSuccess(result);
}

const batchAnswer = (request: BatchRequest) =>
  new messages.BatchAppendResp()
    .setCorrelationId(request.getCorrelationId())
    .setStreamIdentifier(request.getOptions().getStreamIdentifier());

export const deleted = (position: number): unknown =>
  new messages.DeleteResp().setPosition(
    new messages.DeleteResp.Position().setCommitPosition(String(position)).setPreparePosition(String(position)),
  );

export const tombstonedAt = (position: number): unknown =>
  new messages.TombstoneResp().setPosition(
    new messages.TombstoneResp.Position().setCommitPosition(String(position)).setPreparePosition(String(position)),
  );

export const supportedMethods = (version: string): unknown =>
  new features.SupportedMethods()
    .setEventStoreServerVersion(version)
    .setMethodsList([
      new features.SupportedMethod().setServiceName('event_store.client.streams.streams').setMethodName('batchappend'),
    ]);

export function toProposed(message: ProposedMessage): Proposed {
  const metadata = message.getMetadataMap().toArray();
  return {
    id: message.getId().getString(),
    type: new Map(metadata).get('type') ?? '',
    metadata,
    customMetadata: message.getCustomMetadata_asU8(),
    data: message.getData_asU8(),
  };
}

/** How the server says no to a call. */
export type Refusal = 'unauthenticated' | 'forbidden';

export const refused = (refusal: Refusal): grpc.ServiceError =>
  refusal === 'unauthenticated'
    ? failure(grpc.status.UNAUTHENTICATED, 'Unauthenticated')
    : failure(grpc.status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });

export const unavailable = (): grpc.ServiceError => failure(grpc.status.UNAVAILABLE, 'unavailable');
export const invalidPosition = (): grpc.ServiceError => failure(grpc.status.UNKNOWN, 'invalid position');
export const streamDeleted = (stream: string): grpc.ServiceError =>
  failure(grpc.status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': stream,
  });
/** @param leader where nobody answers, unless it is said where the leader is */
export const notLeader = ({ host, port } = { host: '127.0.0.1', port: 1 }): grpc.ServiceError =>
  failure(grpc.status.NOT_FOUND, `Leader info available`, {
    exception: 'not-leader',
    'leader-endpoint-host': host,
    'leader-endpoint-port': String(port),
  });
export const tooBig = (most: number): grpc.ServiceError =>
  failure(grpc.status.INVALID_ARGUMENT, `Maximum Append Size of ${most} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(most),
  });

function failure(code: grpc.status, details: string, more: Readonly<Record<string, string>> = {}): grpc.ServiceError {
  const metadata = new grpc.Metadata();
  for (const [name, value] of Object.entries(more)) metadata.set(name, value);
  return Object.assign(new Error(details), { code, details, metadata });
}
