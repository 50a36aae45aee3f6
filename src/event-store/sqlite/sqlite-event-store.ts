import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { openSqlite, sqliteCode, type SqliteFile, type Statement } from '../../sqlite-file.js';
import {
  type Appended,
  type AuditFinding,
  type CarriesKey,
  demandAppendable,
  DuplicateKey,
  type EventStore,
  type ExpectedRevision,
  type MarkCondition,
  type NewEvent,
  type ReadAllOptions,
  type ReadStreamOptions,
  type StoredEvent,
  StoreFailure,
  WrongExpectedRevision,
} from '../event-store.js';
import { HighWaterMark, LogShorterThanMark, readMark } from './high-water-mark.js';
import { auditFile } from './audit.js';
import { LogHealth } from './health.js';
import { Checkpoints } from './checkpoints.js';
import { CopiedEvents } from './copied.js';
import { LogReader, type Reading } from './log-reader.js';
import { LogWriter } from './log-writer.js';
import { SqliteNames } from './names.js';
import { demandLogIn, NotALog, SCHEMA } from './schema.js';
import { SEALING, Sealing, type SealingLimits } from './sealing.js';

/** Longest that a commit waits for others to join it. */
const MOST_GATHERING_MS = 5;

/** How often a live reader looks for new events. A look costs microseconds. */
const LIVE_POLL_MS = 10;
const DEFAULT_BATCH = 5_000;

/** How a log is opened. Its mark, where one is named, must not lead it. */
export type SqliteStoreOptions = { readonly readonly: true; readonly markPath?: string } | WriteOptions;

interface WriteOptions {
  readonly readonly: false;
  readonly markPath: string;
  /** Why this process may no longer write, where it may not. */
  readonly lostRight?: (() => string | undefined) | undefined;
  /** Hears when the log takes no more appends and when it does again, and what is wrong with the mark. */
  readonly log?: ((message: string) => void) | undefined;
  /** When rows are moved into blocks, where not as usual. */
  readonly sealing?: SealingLimits;
}

/** The last event of a log: an empty one ends at 0. */
interface LogEnd {
  readonly position: number;
  readonly hash: string;
}
const NOTHING: LogEnd = { position: 0, hash: '' };

interface PendingAppend {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly NewEvent[];
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: Error) => void;
}

type Prepared = Record<'takeKey' | 'releaseKey' | 'byKey', Statement>;

/**
 * The embedded event store: one file, one writer.
 * Group commit: every append that arrives while a commit is on its way to disk goes into the next one.
 * Events that are appended together lie together in blocks; what was appended singly is moved into blocks later.
 * The position of the last commit is also written to a mark beside the file, so that a file that lost its end
 * (a damaged write-ahead log is silently shorter) refuses to open.
 */
export class SqliteEventStore implements EventStore {
  private readonly file: SqliteFile;
  private readonly statements: Prepared;
  private readonly names: SqliteNames;
  private readonly copied: CopiedEvents;
  private readonly reader: LogReader<StoredEvent>;
  private readonly writer: LogWriter | undefined;
  private readonly sealing: Sealing | undefined;
  private readonly checkpoints: Checkpoints | undefined;
  private readonly highWater: HighWaterMark | undefined;
  private pending: PendingAppend[] = [];
  private flushing = false;
  private closed = false;
  private lastPosition: number;
  private readonly health: LogHealth | undefined;
  /** What was acknowledged last: after a failed write the log must still end so. */
  private acknowledged: LogEnd = NOTHING;
  /** A transaction for reading is open; one for writing is never ended by chance. */
  private reading = false;
  /** How many commits this process has made: group commit at work is fewer commits than appends. */
  commits = 0;

  /**
   * Opens `path`, and unless it is only read, creates it where there is none.
   * @throws LogShorterThanMark, NotALog
   */
  constructor(
    private readonly path: string,
    options: SqliteStoreOptions,
  ) {
    const { readonly: isReadOnly, markPath } = options;
    const mark = options.readonly ? undefined : new HighWaterMark(options.markPath, options.log);
    const reached = mark?.found.position ?? (markPath === undefined ? 0 : readMark(markPath).position);
    // A log that is gone is not made anew.
    if (reached > 0 && !existsSync(path)) throw new LogShorterThanMark(0, reached);
    this.file = openSqlite(path, isReadOnly ? 'readonly' : 'durable');
    try {
      demandLogIn(this.file, !isReadOnly);
      if (!isReadOnly) this.file.exec(SCHEMA);
      this.names = new SqliteNames(this.file);
      this.copied = new CopiedEvents(this.file);
      this.reader = new LogReader(this.file, this.names, this.asEvents());
      this.statements = prepareStatements(this.file);
      this.lastPosition = this.reader.head();
      if (reached > this.lastPosition) throw new LogShorterThanMark(this.lastPosition, reached);
      if (options.readonly) return;
      this.writer = new LogWriter(this.file, this.names);
      this.sealing = this.createSealing(this.writer, options);
      this.checkpoints = new Checkpoints(this.file, path, options.log ?? (() => undefined));
      this.acknowledged = this.readEnd();
      this.health = this.beginWriting(options);
      // What has not been brought to disk anew is no position to be held to.
      mark!.begin(this.health.failure() ? reached : this.lastPosition);
      this.highWater = mark;
    } catch (error) {
      this.file.close();
      // A table that is not as ours: no statement can be made for it.
      throw sqliteCode(error) === 'SQLITE_ERROR' ? new NotALog((error as Error).message) : error;
    }
  }

  /** Why no append is taken now. */
  get failure(): StoreFailure | undefined {
    return this.health?.failure();
  }

  /** Undefined unless the log was copied from a server. */
  get severalWritersUpTo(): number | undefined {
    return this.copied.upTo;
  }

  /** How the mark stands; undefined where the log is only read. */
  get mark(): MarkCondition | undefined {
    return this.highWater?.condition(this.health!.isInPlace());
  }

  append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended> {
    return new Promise((resolve, reject) => {
      demandAppendable(stream, events);
      this.pending.push({ stream, expected, events, resolve, reject });
      if (this.flushing) return;
      this.flushing = true;
      this.gather(0, performance.now() + MOST_GATHERING_MS);
    });
  }

  /**
   * Commits once a turn of the event loop has brought no further append: what other connections have already sent
   * joins the commit, and who is alone waits for an empty turn, which is no time.
   */
  private gather(before: number, until: number): void {
    setImmediate(() => {
      const gathered = this.pending.length;
      if (gathered > before && performance.now() < until) this.gather(gathered, until);
      else this.flush();
    });
  }

  async readStream(stream: string, options: ReadStreamOptions): Promise<StoredEvent[]> {
    const events = this.reader.ofStream(stream, options);
    if (!options.hashes) return events;
    return events.map((event) => ({ ...event, sha256: this.reader.hashAt(event.position)! }));
  }

  async *readAll(options: ReadAllOptions, signal?: AbortSignal): AsyncIterable<StoredEvent[]> {
    const { prefix = '', batch = DEFAULT_BATCH } = options;
    let after = options.after;
    while (!signal?.aborted && !this.closed) {
      const all = this.reader.after(after, batch);
      if (all.length > 0) {
        after = all[all.length - 1]!.position;
        const events = prefix === '' ? all : all.filter(({ stream }) => stream.startsWith(prefix));
        if (events.length > 0) yield events;
      } else if (!options.live) return;
      else await sleep(LIVE_POLL_MS, undefined, { signal }).catch(ignoreAbort);
    }
  }

  async findByKey(stream: string, key: string): Promise<StoredEvent | undefined> {
    const id = this.names.streamId(stream);
    if (id === undefined) return undefined;
    this.startReading();
    const revision = this.statements.byKey.get(id, key) as number | undefined;
    if (revision === undefined) return undefined;
    return this.reader.ofStream(stream, { from: revision, limit: 1 }).find((event) => event.revision === revision);
  }

  async head(): Promise<number> {
    return this.reader.head();
  }

  async last(): Promise<StoredEvent | undefined> {
    return this.reader.after(this.reader.head() - 1, 1)[0];
  }

  async *audit(progress?: (position: number) => void, carriesKey?: CarriesKey): AsyncIterable<AuditFinding> {
    yield* auditFile(this.file, this.names, progress, carriesKey);
  }

  async close(): Promise<void> {
    while (this.flushing) await new Promise(setImmediate);
    if (this.closed) return;
    this.closed = true;
    this.health?.close();
    this.sealing?.close();
    await this.checkpoints?.close();
    this.endReading();
    this.highWater?.close(this.health!.isInPlace());
    this.file.close();
  }

  /**
   * Lets the reads of one turn of the event loop share a read transaction: a look by key costs a quarter in one, and
   * every single command looks. Nobody else writes, so it never shows less than the log holds.
   */
  private startReading(): void {
    if (this.file.inTransaction) return;
    this.file.exec('BEGIN');
    this.reading = true;
    setImmediate(() => this.endReading());
  }

  private endReading(): void {
    if (this.reading && this.file.open && this.file.inTransaction) this.file.exec('COMMIT');
    this.reading = false;
  }

  private beginWriting({ lostRight = () => undefined, log: say = () => undefined }: WriteOptions): LogHealth {
    const health = new LogHealth(this.file, this.path, { lostRight, say, readEnd: () => this.readEndAnew() });
    health.recover();
    return health;
  }

  private flush(): void {
    const group = this.pending;
    this.pending = [];
    let outcomes: (() => void)[];
    try {
      outcomes = this.commit(group);
    } catch (error) {
      const failure = this.health!.fail(error);
      outcomes = group.map((append) => () => append.reject(failure));
    }
    for (const settle of outcomes) settle();
    if (this.pending.length > 0) this.gather(0, performance.now() + MOST_GATHERING_MS);
    else this.flushing = false;
  }

  /** Writes a group in one transaction and returns how to settle each append, now that they are durable. */
  private commit(group: readonly PendingAppend[]): (() => void)[] {
    this.endReading();
    this.health!.demandWritable();
    const outcomes: (() => void)[] = [];
    try {
      this.file.exec('BEGIN IMMEDIATE');
      for (const append of group) outcomes.push(this.write(append));
      this.writer!.finish();
      this.sealing!.move();
      this.file.exec('COMMIT');
    } catch (error) {
      this.undo();
      throw error;
    }
    this.commits += 1;
    if (this.lastPosition > this.acknowledged.position)
      this.acknowledged = { position: this.lastPosition, hash: this.writer!.lastHash() };
    this.health!.demandInPlace();
    this.health!.wentWell();
    this.highWater!.write(this.lastPosition);
    this.checkpoints!.committed();
    this.sealing!.moved();
    this.sealing!.look(this.lastPosition);
    return outcomes;
  }

  /** Forgets what a transaction has handed out, and ends it where SQLite has not. Why it failed is what is told. */
  private undo(): void {
    this.names.forget();
    this.copied.forget();
    this.writer!.forget();
    this.sealing!.undone();
    this.lastPosition = this.acknowledged.position;
    try {
      if (this.file.inTransaction) this.file.exec('ROLLBACK');
    } catch {
      // Before anything is written again the transaction is ended once more: `LogHealth.recover`.
    }
  }

  /** Writes one append inside the open transaction and returns how to settle it once that is durable. */
  private write({ stream, expected, events, resolve, reject }: PendingAppend): () => void {
    const known = this.names.headOf(stream);
    const actual = known === undefined || known.revision < 0 ? 'no-stream' : known.revision;
    if (expected !== actual) return () => reject(new WrongExpectedRevision(stream, expected, actual));
    const head = known ?? this.names.newHead(stream);
    const { id, revision } = head;
    const taken = this.takeKeys(id, revision, events);
    if (taken !== undefined) return () => reject(new DuplicateKey(stream, taken));
    const first = this.lastPosition + 1;
    this.writer!.write(first, { stream, id, revision: revision + 1 }, events);
    if (events[0]!.copied) this.copied.keep(events.map(({ copied }, index) => ({ position: first + index, copied })));
    this.lastPosition += events.length;
    head.revision += events.length;
    return () =>
      resolve({
        revision: revision + events.length,
        position: first + events.length - 1,
        positions: async () => events.map((_, index) => first + index),
      });
  }

  /** Enters the indexed keys of an append. Where one is taken, lets go of those before it and returns it. */
  private takeKeys(id: number, revision: number, events: readonly NewEvent[]): string | undefined {
    for (const [index, { key, keyIndexed }] of events.entries()) {
      if (!keyIndexed || this.statements.takeKey.run(id, key, revision + 1 + index).changes === 1) continue;
      for (const before of events.slice(0, index))
        if (before.keyIndexed) this.statements.releaseKey.run(id, before.key);
      return key;
    }
    return undefined;
  }

  private asEvents(): Reading<StoredEvent> {
    const event = (position: number, stream: string, revision: number, type: string, data: string): StoredEvent => {
      const storedAtMs = this.copied.storedAt(position);
      return storedAtMs === undefined
        ? { position, stream, revision, type, data }
        : { position, stream, revision, type, data, storedAtMs };
    };
    return {
      columns: 'data',
      ofRow: ([position, stream, revision, type, data], names) =>
        event(position, names.streamName(stream)!, revision, names.typeName(type)!, data as string),
      ofBlock: (block, index) =>
        event(
          block.positionOf(index),
          block.streamOf(index),
          block.revisionOf(index),
          block.typeOf(index),
          block.dataOf(index),
        ),
    };
  }

  /** A block that is ready goes into the next commit, or into one of its own. */
  private createSealing({ blocks }: LogWriter, { sealing = SEALING, log }: WriteOptions): Sealing {
    const ready = (): void => {
      if (this.flushing || this.closed) return;
      this.flushing = true;
      this.gather(0, performance.now());
    };
    return new Sealing(this.file, this.names, blocks, { ...sealing, ready, say: log ?? (() => undefined) });
  }

  /** What has been made of the log since a failed write must end as it was acknowledged, or behind it. */
  private readEndAnew(): void {
    this.names.forget();
    const { position, hash: wanted } = this.acknowledged;
    const end = this.readEnd();
    const there = position === 0 ? '' : this.reader.hashAt(position);
    if (end.position < position || there !== wanted)
      throw new StoreFailure('store-refuses-appends', `the log does not hold what was acknowledged at ${position}`);
    this.acknowledged = end;
    this.lastPosition = end.position;
    this.highWater?.write(end.position);
  }

  private readEnd(): LogEnd {
    const position = this.reader.head();
    return position === 0 ? NOTHING : { position, hash: this.reader.hashAt(position)! };
  }
}

function prepareStatements(file: SqliteFile): Prepared {
  return {
    takeKey: file.prepare('INSERT INTO idempotency VALUES (?, ?, ?) ON CONFLICT DO NOTHING'),
    releaseKey: file.prepare('DELETE FROM idempotency WHERE stream = ? AND key = ?'),
    byKey: file.prepare('SELECT revision FROM idempotency WHERE stream = ? AND key = ?').pluck(),
  };
}

function ignoreAbort(error: unknown): void {
  if ((error as Error).name !== 'AbortError') throw error;
}
