import { hash } from 'node:crypto';
import { readEvent } from '../books/event.js';
import { eventId, type StoredEvent } from '../event-store/event-store.js';
import { schemaPath } from '../kinds/event-schema.js';

/** A message as Kafka carries it: CloudEvents 1.0 in binary mode, the value being the stored bytes, unchanged. */
export interface CloudEventMessage {
  readonly key: string;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What the message says of its origin, the same for every event of a ledger. */
export interface CloudEventOrigin {
  /** `ce_source`, a URI reference, e.g. `/tongzhang`. */
  readonly source: string;
}

/**
 * The message of a stored event. Key: its stream, so that a book's events stay in order. `ce_id` is the event's id,
 * which with `ce_source` is unique for ever. Extensions: position, revision, and the SHA-256 of the value.
 */
export function toCloudEvent(stored: StoredEvent, origin: CloudEventOrigin): CloudEventMessage {
  const { stream, revision, position, type, data } = stored;
  return {
    key: stream,
    value: data,
    headers: {
      ce_specversion: '1.0',
      ce_id: eventId(stream, revision),
      ce_source: origin.source,
      ce_type: `tongzhang.ledger.${type}`,
      ce_time: readEvent(stored).recordedAt,
      ce_subject: stream,
      ce_dataschema: schemaPath(type),
      ce_position: String(position),
      ce_revision: String(revision),
      ce_sha256: hash('sha256', data, 'hex'),
      'content-type': 'application/json',
    },
  };
}
