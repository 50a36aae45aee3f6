import { hash } from 'node:crypto';
import {
  type Appended,
  type AuditFinding,
  demandAppendable,
  DuplicateKey,
  type EventStore,
  type ExpectedRevision,
  type NewEvent,
  type ReadAllOptions,
  type ReadStreamOptions,
  type StoredEvent,
  WrongExpectedRevision,
} from './event-store.js';

const DEFAULT_BATCH = 5_000;

/**
 * The event store of the unit tests: the same contract, nothing kept. With a clock of its own it says of each event
 * when it was stored, as a server does.
 */
export class MemoryEventStore implements EventStore {
  private readonly log: StoredEvent[] = [];
  private readonly streams = new Map<string, StoredEvent[]>();
  private readonly keys = new Map<string, StoredEvent>();
  private readonly waiting = new Set<() => void>();
  private closed = false;
  readonly severalWritersUpTo: number | undefined;
  readonly serverTime: EventStore['serverTime'];

  constructor(private readonly clock?: () => number) {
    if (!clock) return;
    this.severalWritersUpTo = Infinity;
    this.serverTime = { now: () => ({ earliestMs: clock(), latestMs: clock() }) };
  }

  async append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended> {
    demandAppendable(stream, events);
    const own = this.streams.get(stream) ?? [];
    const actual = own.length === 0 ? 'no-stream' : own.length - 1;
    if (expected !== actual) throw new WrongExpectedRevision(stream, expected, actual);
    this.demandNewKeys(stream, events);
    const positions: number[] = [];
    for (const { type, data, key, keyIndexed, copied } of events) {
      const storedAtMs = copied ? copied.storedAtMs : this.clock?.();
      const stored = storedAtMs === undefined ? {} : { storedAtMs };
      const event = { position: this.log.length + 1, stream, revision: own.length, type, data, ...stored };
      this.log.push(event);
      own.push(event);
      positions.push(event.position);
      if (keyIndexed) this.keys.set(`${stream}\n${key}`, event);
    }
    this.streams.set(stream, own);
    for (const wake of this.waiting) wake();
    return { revision: own.length - 1, position: this.log.length, positions: async () => positions };
  }

  async readStream(stream: string, options: ReadStreamOptions): Promise<StoredEvent[]> {
    const events = this.readEvents(stream, options);
    return options.hashes ? events.map((event) => ({ ...event, sha256: hash('sha256', event.data, 'hex') })) : events;
  }

  private readEvents(stream: string, options: ReadStreamOptions): StoredEvent[] {
    const own = this.streams.get(stream) ?? [];
    if (options.direction !== 'backwards') {
      const from = options.from ?? 0;
      return own.slice(from, from + options.limit);
    }
    const end = Math.min(options.from ?? own.length - 1, own.length - 1) + 1;
    return own.slice(Math.max(0, end - options.limit), Math.max(0, end)).reverse();
  }

  async *readAll(options: ReadAllOptions, signal?: AbortSignal): AsyncIterable<StoredEvent[]> {
    const { prefix = '', batch = DEFAULT_BATCH } = options;
    let after = options.after;
    while (!signal?.aborted && !this.closed) {
      const events = this.log.slice(after, after + batch);
      if (events.length > 0) {
        after += events.length;
        const wanted = events.filter(({ stream }) => stream.startsWith(prefix));
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

  async last(): Promise<StoredEvent | undefined> {
    return this.log.at(-1);
  }

  async *audit(): AsyncIterable<AuditFinding> {
    // Memory has no file that could be damaged.
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const wake of this.waiting) wake();
  }

  private demandNewKeys(stream: string, events: readonly NewEvent[]): void {
    const own = new Set<string>();
    for (const { key } of events.filter(({ keyIndexed }) => keyIndexed)) {
      if (own.has(key) || this.keys.has(`${stream}\n${key}`)) throw new DuplicateKey(stream, key);
      own.add(key);
    }
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
