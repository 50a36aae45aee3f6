import {
  type Appended,
  type AuditFinding,
  type EventStore,
  type ExpectedRevision,
  type NewEvent,
  type ReadAllOptions,
  type ReadStreamOptions,
  type StoredEvent,
} from '../../src/event-store/event-store.js';

/**
 * A store on a server that holds other things: every stream's name begins with a word of this run, which nobody above
 * sees. The store below is told to look at names that begin so, and so nothing foreign is ever seen or touched.
 */
export class PrefixedStore implements EventStore {
  constructor(
    private readonly store: EventStore,
    private readonly word: string,
  ) {}

  append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended> {
    return this.store.append(this.word + stream, expected, events).catch((error: Error & { stream?: string }) => {
      throw error.stream === undefined ? error : Object.assign(error, { stream });
    });
  }

  async readStream(stream: string, options: ReadStreamOptions): Promise<StoredEvent[]> {
    return (await this.store.readStream(this.word + stream, options)).map((event) => this.bare(event));
  }

  async *readAll(options: ReadAllOptions, signal?: AbortSignal): AsyncIterable<StoredEvent[]> {
    const prefix = this.word + (options.prefix ?? '');
    for await (const batch of this.store.readAll({ ...options, prefix }, signal))
      yield batch.map((event) => this.bare(event));
  }

  async findByKey(stream: string, key: string, upTo: number): Promise<StoredEvent | undefined> {
    const found = await this.store.findByKey(this.word + stream, key, upTo);
    return found && this.bare(found);
  }

  head(): Promise<number> {
    return this.store.head();
  }

  async last(): Promise<StoredEvent | undefined> {
    const last = await this.store.last();
    return last && this.bare(last);
  }

  audit(progress?: (position: number) => void): AsyncIterable<AuditFinding> {
    return this.store.audit(progress);
  }

  close(): Promise<void> {
    return this.store.close();
  }

  private bare(event: StoredEvent): StoredEvent {
    return { ...event, stream: event.stream.slice(this.word.length) };
  }
}
