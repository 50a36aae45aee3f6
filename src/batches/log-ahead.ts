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
} from '../event-store/event-store.js';

/** Positions in no log: none of a log goes so far. */
const AHEAD = 2 ** 52;

/** A log with events ahead of it that are only tried: they are kept here, and nothing is written. */
export class LogAhead implements EventStore {
  private readonly tried: StoredEvent[] = [];
  private readonly streams = new Map<string, StoredEvent[]>();
  private readonly keys = new Map<string, StoredEvent>();

  constructor(private readonly log: EventStore) {}

  /** The streams that have events ahead of the log. */
  get triedStreams(): Iterable<string> {
    return this.streams.keys();
  }

  async append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended> {
    demandAppendable(stream, events);
    const own = this.streams.get(stream) ?? [];
    const [last] = await this.readStream(stream, { direction: 'backwards', limit: 1 });
    const actual = last ? last.revision : 'no-stream';
    if (expected !== actual) throw new WrongExpectedRevision(stream, expected, actual);
    const begin = last ? last.revision + 1 : 0;
    for (const [index, { type, data, key, keyIndexed }] of events.entries()) {
      const event = { position: AHEAD + this.tried.length, stream, revision: begin + index, type, data };
      if (keyIndexed && this.keys.has(`${stream}\n${key}`)) throw new DuplicateKey(stream, key);
      if (keyIndexed) this.keys.set(`${stream}\n${key}`, event);
      this.tried.push(event);
      own.push(event);
    }
    this.streams.set(stream, own);
    const positions = own.slice(-events.length).map(({ position }) => position);
    return { revision: own.at(-1)!.revision, position: positions.at(-1)!, positions: async () => positions };
  }

  async readStream(stream: string, options: ReadStreamOptions): Promise<StoredEvent[]> {
    const own = this.streams.get(stream);
    if (!own) return this.log.readStream(stream, options);
    const [begin, { limit, from }] = [own[0]!.revision, options];
    if (options.direction !== 'backwards') {
      const read = await this.log.readStream(stream, options);
      const before = read.filter(({ revision }) => revision < begin);
      return [...before, ...own.filter(({ revision }) => revision >= (from ?? 0))].slice(0, limit);
    }
    const ahead = own.filter(({ revision }) => revision <= (from ?? revision)).reverse();
    const left = limit - ahead.length;
    const next = Math.min(from ?? begin - 1, begin - 1);
    if (left <= 0 || next < 0) return ahead.slice(0, limit);
    return [...ahead, ...(await this.log.readStream(stream, { ...options, from: next, limit: left }))];
  }

  async *readAll(options: ReadAllOptions, signal?: AbortSignal): AsyncIterable<StoredEvent[]> {
    if (options.after < AHEAD) yield* this.log.readAll({ ...options, live: false }, signal);
    const ahead = this.tried.filter(
      ({ stream, position }) => position > options.after && stream.startsWith(options.prefix ?? ''),
    );
    if (ahead.length > 0) yield ahead;
  }

  async findByKey(stream: string, key: string, upTo: number): Promise<StoredEvent | undefined> {
    return this.keys.get(`${stream}\n${key}`) ?? this.log.findByKey(stream, key, upTo);
  }

  async head(): Promise<number> {
    return this.tried.at(-1)?.position ?? this.log.head();
  }

  async last(): Promise<StoredEvent | undefined> {
    return this.tried.at(-1) ?? this.log.last();
  }

  async *audit(): AsyncIterable<AuditFinding> {
    // What is only tried is audited by nobody.
  }

  async close(): Promise<void> {
    // The log is another's to close.
  }
}
