import { type EventStore, type StoredEvent } from './event-store/event-store.js';
import { REFERENCE_STREAM } from './kinds/kind.js';
import { BEFORE_ADOPTION } from './reference/built-in.js';
import { rowsOf } from './reference/read-set.js';
import { type Adoption, type Reference } from './reference/reference.js';
import { findKindOfEvent } from './catalogue/registry.js';

/**
 * What an event of the reference stream adopts.
 * @throws Error where it is of no kind that this version of the program knows: nobody could say what is adopted
 */
export function adoptionIn({ stream, revision, position, type, data }: StoredEvent): Adoption {
  const kind = findKindOfEvent(type);
  if (kind?.form !== 'adoption')
    throw new Error(`${stream} revision ${revision}: ${type} is no adoption that this version knows`);
  return { revision, position, rows: rowsOf(kind.cells(JSON.parse(data) as object)), whole: kind.whole ?? false };
}

const PAGE = 500;

/** What a log has adopted, from what is known of it on. */
export async function readReference(store: EventStore, known: Reference = BEFORE_ADOPTION): Promise<Reference> {
  let reference = known;
  for (;;) {
    const from = (reference.revision ?? -1) + 1;
    const events = await store.readStream(REFERENCE_STREAM, { from, limit: PAGE });
    for (const stored of events) reference = reference.with(adoptionIn(stored));
    if (events.length < PAGE) return reference;
  }
}
