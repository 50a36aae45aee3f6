import { type StoredEvent } from '../event-store/event-store.js';

/** The adoptions behind a revision of their stream that the read tables show. */
export type ShownAdoptions = (after: number) => readonly StoredEvent[];

/**
 * Looks for what others have adopted once in a turn of the event loop, and finds nothing more in it: each command asks,
 * and to look costs as much as to decide. Whoever hears in a turn that something is shown comes back in a later one.
 */
export function onceATurn(look: ShownAdoptions): ShownAdoptions {
  let looked = false;
  return (after) => {
    if (looked) return [];
    looked = true;
    setImmediate(() => (looked = false));
    return look(after);
  };
}
