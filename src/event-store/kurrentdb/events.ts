import { hash } from 'node:crypto';
import { type NewEvent, type StoredEvent } from '../event-store.js';

/** What we read of an event as the driver hands it over: the driver itself is known to `kurrentdb.ts` alone. */
export interface WireEvent {
  readonly streamId: string;
  readonly revision: bigint;
  readonly type: string;
  readonly data: unknown;
  readonly metadata?: unknown;
  readonly position?: { readonly commit: bigint };
  /** When the server wrote it, by the server's clock; the epoch where it does not say. */
  readonly created?: Date;
}

/** What stands beside the data of every event. */
interface Metadata {
  readonly sha256: string;
  /** The idempotency key, where it is indexed. */
  readonly key?: string;
  /** Only where it is written as it is recorded, and not copied: then the server's time of writing means something. */
  readonly live?: true;
  /** When another server wrote it, before it was copied. */
  readonly storedAt?: number;
}

/** An event as it is sent: the bytes as binary, so that the client never re-serialises them. */
export function toMessage(stream: string, { type, data, key, keyIndexed, copied }: NewEvent) {
  const sha256 = hash('sha256', data, 'hex');
  const time: Partial<Metadata> = copied
    ? { ...(copied.storedAtMs !== undefined && { storedAt: copied.storedAtMs }) }
    : { live: true };
  const metadata: Metadata = { sha256, ...(keyIndexed && { key }), ...time };
  return { id: uuidOf(stream, key, data), type, data: Buffer.from(data), metadata };
}

/** An event of ours as the ledger knows it. @param stream the name of its stream without what it begins with there */
export function toStored(event: WireEvent, stream: string): StoredEvent {
  const { live, storedAt } = (event.metadata ?? {}) as Partial<Metadata>;
  const storedAtMs = live === true ? event.created?.getTime() : storedAt;
  return {
    position: positionOf(event),
    stream,
    revision: toNumber(event.revision),
    type: event.type,
    data: Buffer.from(event.data as Uint8Array).toString('utf8'),
    ...(typeof storedAtMs === 'number' && storedAtMs > 0 && { storedAtMs }),
  };
}

/** The event's commit position; 0 where the server gives none. */
export const positionOf = ({ position }: WireEvent): number => (position ? toNumber(position.commit) : 0);

/** The indexed idempotency key of an event. */
export const indexedKeyOf = ({ metadata }: WireEvent): string | undefined => (metadata as Metadata | undefined)?.key;

/** The hash that stands beside an event, as a part of the event; nothing where a server has lost it. */
export function storedHash({ metadata }: WireEvent): { readonly sha256?: string } {
  const { sha256 } = (metadata ?? {}) as Partial<Metadata>;
  return sha256 === undefined ? {} : { sha256 };
}

/** What is wrong with the stored bytes; undefined where they are those that were sent. */
export function hashMismatch({ data, metadata }: WireEvent): string | undefined {
  const stored = (metadata as Metadata | undefined)?.sha256;
  const computed = hash('sha256', data as Uint8Array, 'hex');
  return stored === computed ? undefined : `stored ${stored ?? 'none'}, computed ${computed}`;
}

/** Positions and revisions as numbers: a log would need 9 petabytes to leave their exact range. */
export function toNumber(value: bigint): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new RangeError(`position out of range: ${value}`);
  return Number.parseInt(value.toString(), 10);
}

/**
 * The id by which the server knows a retry for what it has written. It follows from the stream, the key and the bytes:
 * with the key alone, what another node writes under the same key at the same moment would pass for a retry, and its
 * client would be told of an event that does not stand.
 */
export function uuidOf(stream: string, key: string, data: string): string {
  const digest = hash('sha256', `${stream}\n${key}\n${data}`, 'hex');
  const variant = '89ab'[Number.parseInt(digest[16]!, 16) & 3]!;
  const parts = [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `8${digest.slice(13, 16)}`,
    `${variant}${digest.slice(17, 20)}`,
  ];
  return [...parts, digest.slice(20, 32)].join('-');
}
