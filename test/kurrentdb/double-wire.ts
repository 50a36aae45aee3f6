import { createRequire } from 'node:module';
import * as grpc from '@grpc/grpc-js';
import { type Proposed, type Recorded } from './double-log.js';

/** The words of the server's streams protocol, as the double reads and writes them. */

const generated = createRequire(import.meta.url);
export const { StreamsService } = generated('@eventstore/db-client/generated/streams_grpc_pb.js');
const messages = generated('@eventstore/db-client/generated/streams_pb.js');
const shared = generated('@eventstore/db-client/generated/shared_pb.js');
export const { ServerFeaturesService } = generated('@eventstore/db-client/generated/serverfeatures_grpc_pb.js');
const features = generated('@eventstore/db-client/generated/serverfeatures_pb.js');

export type ReadCall = grpc.ServerWritableStream<unknown, unknown>;
export type AppendAnswer = (error: grpc.ServiceError | null, response?: unknown) => void;
export type AppendCall = NodeJS.ReadableStream & { readonly cancelled: boolean };

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

export function checkpointAt(position: number): unknown {
  const at = String(position);
  const checkpoint = new messages.ReadResp.Checkpoint().setCommitPosition(at).setPreparePosition(at);
  return new messages.ReadResp().setCheckpoint(checkpoint);
}

export const streamNotFound = (options: ReadOptions): unknown =>
  new messages.ReadResp().setStreamNotFound(
    new messages.ReadResp.StreamNotFound().setStreamIdentifier(options.getStream().getStreamIdentifier()),
  );

export function success({ revision, position }: Recorded): unknown {
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

export const supportedMethods = (version: string): unknown =>
  new features.SupportedMethods().setEventStoreServerVersion(version);

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
export const notLeader = (): grpc.ServiceError =>
  failure(grpc.status.NOT_FOUND, 'not leader', {
    exception: 'not-leader',
    'leader-endpoint-host': '127.0.0.1',
    'leader-endpoint-port': '1',
  });

function failure(code: grpc.status, details: string, more: Readonly<Record<string, string>> = {}): grpc.ServiceError {
  const metadata = new grpc.Metadata();
  for (const [name, value] of Object.entries(more)) metadata.set(name, value);
  return Object.assign(new Error(details), { code, details, metadata });
}
