import { hash } from 'node:crypto';
import { eventId, type StoredEvent } from '../../event-store/event-store.js';

/** An event with its place and digest; what is stored goes in unchanged, byte for byte. */
export function eventText(
  stored: StoredEvent,
  more = '',
  sha256: unknown = hash('sha256', stored.data, 'hex'),
): string {
  const { position, stream, revision, type, data } = stored;
  const facts = JSON.stringify({ position, id: eventId(stream, revision), stream, revision, type, sha256 });
  return `${facts.slice(0, -1)}${more && `,${more}`},"data":${data}}`;
}
