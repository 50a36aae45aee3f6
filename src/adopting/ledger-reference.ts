import { adoptionIn, readReference } from './adopted-in.js';
import { LedgerError, text } from '../errors.js';
import { type EventStore, type StoredEvent } from '../event-store/event-store.js';
import { type Reference } from '../reference/reference.js';

/**
 * What a node knows to be adopted. It is read from the log when the ledger is opened and behind whatever this node
 * adopts; what other nodes adopt is learnt when the read tables show it.
 */
export class LedgerReference {
  /** Why what is adopted is not known: the log became another, and could not be read. */
  private failure: Error | undefined;
  private reading: Promise<void> | undefined;

  /** @param shown the adoptions behind a revision that the read tables show */
  constructor(
    private readonly store: EventStore,
    private held: Reference,
    private readonly shown: (after: number) => readonly StoredEvent[],
  ) {}

  /** @throws LedgerError unavailable, while it is not known: it is read again meanwhile */
  get current(): Reference {
    if (this.failure) throw this.unread(this.failure);
    for (const stored of this.shown(this.held.revision ?? -1)) this.held = this.held.with(adoptionIn(stored));
    return this.held;
  }

  /**
   * Reads the log from its beginning again: it is not what it was, and what is known may be gone from it. Where it
   * cannot be read nothing is known, and nothing is decided by what was.
   */
  readAnew(): Promise<void> {
    return (this.reading ??= this.readWhole());
  }

  private async readWhole(): Promise<void> {
    try {
      this.held = await readReference(this.store);
      this.failure = undefined;
    } catch (error) {
      this.failure = error as Error;
      throw error;
    } finally {
      this.reading = undefined;
    }
  }

  /** Tries again, and says why nothing is known yet. */
  private unread({ message }: Error): LedgerError {
    this.readAnew().catch((error: Error) => (this.failure = error));
    return new LedgerError(
      'unavailable',
      'reference-unread',
      text(
        `日志已更换，基础资料尚未重新读出（${message}）；正在重读，请稍后再试`,
        `the log is another one, and its reference data could not be read yet (${message}): try again later`,
      ),
    );
  }

  /** As the log has it now. */
  async read(): Promise<Reference> {
    if (this.failure) await this.readAnew();
    const read = await readReference(this.store, this.held);
    // The tables may have shown as much meanwhile.
    if ((read.revision ?? -1) > (this.held.revision ?? -1)) this.held = read;
    return this.held;
  }
}
