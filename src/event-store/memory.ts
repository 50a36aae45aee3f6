import {
  type Appended,
  type AuditFinding,
  type EventStore,
  type ExpectedRevision,
  type NewEvent,
  type ReadAllOptions,
  type ReadStreamOptions,
  type StoredEvent,
  WrongExpectedRevision,
} from './event-store.js';

/** The event store of the unit tests: the same contract, nothing kept. */
export class MemoryEventStore implements EventStore {
  private readonly log: StoredEvent[] = [];
  private readonly streams = new Map<string, StoredEvent[]>();
  private readonly keys = new Map<string, StoredEvent>();
  private readonly waiting = new Set<() => void>();

  async append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended> {
    const own = this.streams.get(stream) ?? [];
    const actual = own.length === 0 ? 'no-stream' : own.length - 1;
    if (expected !== actual) throw new WrongExpectedRevision(stream, expected, actual);
    const positions: number[] = [];
    for (const { type, data, key, keyIndexed } of events) {
      const event = { position: this.log.length + 1, stream, revision: own.length, type, data };
      this.log.push(event);
      own.push(event);
      positions.push(event.position);
      if (keyIndexed) this.keys.set(`${stream}\n${key}`, event);
    }
    this.streams.set(stream, own);
    for (const wake of this.waiting) wake();
    return { revision: own.length - 1, positions };
  }

  async readStream(stream: string, options: ReadStreamOptions): Promise<StoredEvent[]> {
    const own = this.streams.get(stream) ?? [];
    if (options.direction !== 'backwards') {
      const from = options.from ?? 0;
      return own.slice(from, from + options.limit);
    }
    const end = Math.min(options.from ?? own.length - 1, own.length - 1) + 1;
    return own.slice(Math.max(0, end - options.limit), Math.max(0, end)).reverse();
  }

  async *readAll(options: ReadAllOptions, signal?: AbortSignal): AsyncIterable<StoredEvent[]> {
    const limit = options.batch ?? 5_000;
    let after = options.after;
    while (!signal?.aborted) {
      const batch = this.log.slice(after, after + limit);
      if (batch.length > 0) {
        after += batch.length;
        const wanted = batch.filter(({ stream }) => stream.startsWith(options.prefix ?? ''));
        if (wanted.length > 0) yield wanted;
      } else if (!options.live) return;
      else await this.next(signal);
    }
  }

  async findByKey(stream: string, key: string): Promise<StoredEvent | undefined> {
    return this.keys.get(`${stream}\n${key}`);
  }

  async head(): Promise<number> {
    return this.log.length;
  }

  async *audit(): AsyncIterable<AuditFinding> {
    // Memory has no file that could be damaged.
  }

  async close(): Promise<void> {
    for (const wake of this.waiting) wake();
  }

  private next(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.waiting.delete(wake);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      this.waiting.add(wake);
      signal?.addEventListener('abort', wake);
    });
  }
}
