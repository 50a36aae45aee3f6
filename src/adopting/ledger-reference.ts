import { adoptionIn, readReference } from './adopted-in.js';
import { type EventStore, type StoredEvent } from '../event-store/event-store.js';
import { type Reference } from '../reference/reference.js';

/**
 * What a node knows to be adopted. It is read from the log when the ledger is opened and behind whatever this node
 * adopts; what other nodes adopt is learnt when the read tables show it.
 */
export class LedgerReference {
  /** @param shown the adoptions behind a revision that the read tables show */
  constructor(
    private readonly store: EventStore,
    private held: Reference,
    private readonly shown: (after: number) => readonly StoredEvent[],
  ) {}

  get current(): Reference {
    for (const stored of this.shown(this.held.revision ?? -1)) this.held = this.held.with(adoptionIn(stored));
    return this.held;
  }

  /** Reads the log from its beginning again: it is not what it was, and what is known may be gone from it. */
  async readAnew(): Promise<void> {
    this.held = await readReference(this.store);
  }

  /** As the log has it now. */
  async read(): Promise<Reference> {
    const read = await readReference(this.store, this.held);
    // The tables may have shown as much meanwhile.
    if ((read.revision ?? -1) > (this.held.revision ?? -1)) this.held = read;
    return this.held;
  }
}
