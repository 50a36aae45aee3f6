import { hash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { openSqlite, type SqliteFile, type Statement } from '../sqlite-file.js';
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
import { HighWaterMark, LogShorterThanMark } from './high-water-mark.js';
import { auditFile } from './sqlite-audit.js';

const SCHEMA = `
CREATE TABLE IF NOT EXISTS stream (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE IF NOT EXISTS type (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE IF NOT EXISTS event (
  position INTEGER PRIMARY KEY, stream INTEGER NOT NULL, revision INTEGER NOT NULL, type INTEGER NOT NULL,
  data TEXT NOT NULL, hash BLOB NOT NULL, UNIQUE (stream, revision)) STRICT;
CREATE TABLE IF NOT EXISTS idempotency (
  stream INTEGER NOT NULL, key TEXT NOT NULL, revision INTEGER NOT NULL,
  PRIMARY KEY (stream, key)) STRICT, WITHOUT ROWID;
`;
const COLUMNS = 'position, stream, revision, type, data';

/** Longest that a commit waits for others to join it. */
const MOST_GATHERING_MS = 5;

/** How often a live reader looks for new events. A look costs microseconds. */
const LIVE_POLL_MS = 10;
const DEFAULT_BATCH = 5_000;

interface PendingAppend {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly NewEvent[];
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: Error) => void;
}

/** The end of a stream as the one writer knows it. */
interface StreamHead {
  readonly id: number;
  revision: number;
}

type EventRow = [position: number, stream: number, revision: number, type: number, data: string];
type Prepared = Record<
  'insert' | 'takeKey' | 'releaseKey' | 'after' | 'forwards' | 'backwards' | 'byKey' | 'head',
  Statement
>;

/**
 * The embedded event store: one file, one writer.
 * Group commit: every append that arrives while a commit is on its way to disk goes into the next one.
 * The position of the last commit is also written to a mark beside the file, so that a file that lost its end
 * (a damaged write-ahead log is silently shorter) refuses to open.
 */
export class SqliteEventStore implements EventStore {
  private readonly file: SqliteFile;
  private readonly statements: Prepared;
  private readonly heads = new Map<string, StreamHead>();
  private readonly streamIds = new Map<string, number>();
  private readonly streamNames = new Map<number, string>();
  private readonly typeIds = new Map<string, number>();
  private readonly typeNames = new Map<number, string>();
  private readonly mark: HighWaterMark | undefined;
  /** The hash of the event being written: one buffer for all, because a million of them burden the memory. */
  private readonly digest = Buffer.alloc(32);
  private pending: PendingAppend[] = [];
  private flushing = false;
  private closed = false;
  private lastPosition: number;
  /** The write that failed: after it no further append is accepted. */
  failure: Error | undefined;
  /** How many commits this process has made: group commit at work is fewer commits than appends. */
  commits = 0;

  /**
   * Opens (and unless `readonly` creates) `path`; `markPath` is where the durable high-water mark is kept.
   * @throws LogShorterThanMark
   */
  constructor(path: string, options: { readonly: true } | { readonly: false; markPath: string }) {
    this.file = openSqlite(path, options.readonly ? 'readonly' : 'durable');
    if (!options.readonly) this.file.exec(SCHEMA);
    this.statements = prepareStatements(this.file);
    this.lastPosition = this.readHead();
    if (options.readonly) return;
    this.mark = new HighWaterMark(options.markPath);
    if (this.mark.reached <= this.lastPosition) return;
    this.mark.close();
    this.file.close();
    throw new LogShorterThanMark(this.lastPosition, this.mark.reached);
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
    const id = this.streamId(stream);
    if (id === undefined) return [];
    const backwards = options.direction === 'backwards';
    const from = options.from ?? (backwards ? Number.MAX_SAFE_INTEGER : 0);
    const rows = this.statements[backwards ? 'backwards' : 'forwards'].all(id, from, options.limit);
    return (rows as EventRow[]).map((row) => this.toEvent(row));
  }

  async *readAll(options: ReadAllOptions, signal?: AbortSignal): AsyncIterable<StoredEvent[]> {
    const { prefix = '', batch = DEFAULT_BATCH } = options;
    let after = options.after;
    while (!signal?.aborted && !this.closed) {
      const rows = this.statements.after.all(after, batch) as EventRow[];
      if (rows.length > 0) {
        after = rows[rows.length - 1]![0];
        const all = rows.map((row) => this.toEvent(row));
        const events = prefix === '' ? all : all.filter(({ stream }) => stream.startsWith(prefix));
        if (events.length > 0) yield events;
      } else if (!options.live) return;
      else await sleep(LIVE_POLL_MS, undefined, { signal }).catch(ignoreAbort);
    }
  }

  async findByKey(stream: string, key: string): Promise<StoredEvent | undefined> {
    const id = this.streamId(stream);
    if (id === undefined) return undefined;
    this.startReading();
    const row = this.statements.byKey.get(id, key) as EventRow | undefined;
    return row && this.toEvent(row);
  }

  async head(): Promise<number> {
    return this.readHead();
  }

  async last(): Promise<StoredEvent | undefined> {
    const [row] = this.statements.after.all(this.readHead() - 1, 1) as EventRow[];
    return row && this.toEvent(row);
  }

  async *audit(progress?: (position: number) => void): AsyncIterable<AuditFinding> {
    yield* auditFile(this.file, progress);
  }

  async close(): Promise<void> {
    while (this.flushing) await new Promise(setImmediate);
    if (this.closed) return;
    this.closed = true;
    this.endReading();
    this.mark?.close();
    this.file.close();
  }

  /**
   * Lets the reads of one turn of the event loop share a read transaction: a look by key costs a quarter in one, and
   * every single command looks. Nobody else writes, so it never shows less than the log holds.
   */
  private startReading(): void {
    if (this.file.inTransaction) return;
    this.file.exec('BEGIN');
    setImmediate(() => this.endReading());
  }

  private endReading(): void {
    if (this.file.open && this.file.inTransaction) this.file.exec('COMMIT');
  }

  private flush(): void {
    const group = this.pending;
    this.pending = [];
    try {
      if (this.failure) throw this.failure;
      this.commit(group);
    } catch (error) {
      // After a failed write nobody knows what is on disk: no further append is accepted by this process.
      this.failure ??= error as Error;
      for (const append of group) append.reject(this.failure);
    }
    if (this.pending.length > 0) this.gather(0, performance.now() + MOST_GATHERING_MS);
    else this.flushing = false;
  }

  private commit(group: readonly PendingAppend[]): void {
    const outcomes: (() => void)[] = [];
    this.endReading();
    this.file.exec('BEGIN IMMEDIATE');
    try {
      for (const append of group) outcomes.push(this.write(append));
      this.file.exec('COMMIT');
    } catch (error) {
      if (this.file.inTransaction) this.file.exec('ROLLBACK');
      throw error;
    }
    this.commits += 1;
    this.mark?.write(this.lastPosition);
    for (const settle of outcomes) settle();
  }

  /** Writes one append inside the open transaction and returns how to settle it once that is durable. */
  private write({ stream, expected, events, resolve, reject }: PendingAppend): () => void {
    const head = this.headOf(stream);
    const actual = head === undefined || head.revision < 0 ? 'no-stream' : head.revision;
    if (expected !== actual) return () => reject(new WrongExpectedRevision(stream, expected, actual));
    const { id, revision } = head ?? this.newHead(stream);
    const taken = this.takeKeys(id, revision, events);
    if (taken !== undefined) return () => reject(new DuplicateKey(stream, taken));
    const positions = events.map(({ type, data }, index) => {
      const position = ++this.lastPosition;
      // Encoded once for the hash and the file: each of them would do it again, and slower.
      const bytes = Buffer.from(data);
      this.digest.write(hash('sha256', bytes, 'binary'), 'binary');
      this.statements.insert.run(position, id, revision + 1 + index, this.typeId(type), bytes, this.digest);
      return position;
    });
    const last = revision + events.length;
    this.heads.get(stream)!.revision = last;
    return () => resolve({ revision: last, positions });
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

  private headOf(stream: string): StreamHead | undefined {
    const known = this.heads.get(stream);
    if (known) return known;
    const id = this.streamId(stream);
    if (id === undefined) return undefined;
    const last = this.file.prepare('SELECT max(revision) FROM event WHERE stream = ?').pluck().get(id);
    const head = { id, revision: (last as number | null) ?? -1 };
    this.heads.set(stream, head);
    return head;
  }

  private newHead(stream: string): StreamHead {
    const { lastInsertRowid } = this.file.prepare('INSERT INTO stream (name) VALUES (?)').run(stream);
    const head = { id: Number(lastInsertRowid), revision: -1 };
    this.streamIds.set(stream, head.id);
    this.heads.set(stream, head);
    return head;
  }

  private streamId(stream: string): number | undefined {
    const known = this.streamIds.get(stream);
    if (known !== undefined) return known;
    const id = this.file.prepare('SELECT id FROM stream WHERE name = ?').pluck().get(stream) as number | undefined;
    if (id !== undefined) this.streamIds.set(stream, id);
    return id;
  }

  private typeId(type: string): number {
    let id = this.typeIds.get(type);
    if (id === undefined) {
      this.file.prepare('INSERT INTO type (name) VALUES (?) ON CONFLICT DO NOTHING').run(type);
      id = this.file.prepare('SELECT id FROM type WHERE name = ?').pluck().get(type) as number;
      this.typeIds.set(type, id);
    }
    return id;
  }

  private toEvent([position, streamId, revision, typeId, data]: EventRow): StoredEvent {
    const stream = this.nameOf(this.streamNames, 'stream', streamId);
    return { position, stream, revision, type: this.nameOf(this.typeNames, 'type', typeId), data };
  }

  private nameOf(cache: Map<number, string>, table: 'stream' | 'type', id: number): string {
    let name = cache.get(id);
    if (name === undefined) {
      name = this.file.prepare(`SELECT name FROM ${table} WHERE id = ?`).pluck().get(id) as string;
      cache.set(id, name);
    }
    return name;
  }

  private readHead(): number {
    return this.statements.head.get() as number;
  }
}

function prepareStatements(file: SqliteFile): Prepared {
  return {
    insert: file.prepare('INSERT INTO event VALUES (?, ?, ?, ?, CAST(? AS TEXT), ?)'),
    takeKey: file.prepare('INSERT INTO idempotency VALUES (?, ?, ?) ON CONFLICT DO NOTHING'),
    releaseKey: file.prepare('DELETE FROM idempotency WHERE stream = ? AND key = ?'),
    after: file.prepare(`SELECT ${COLUMNS} FROM event WHERE position > ? ORDER BY position LIMIT ?`).raw(),
    forwards: file
      .prepare(`SELECT ${COLUMNS} FROM event WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ?`)
      .raw(),
    backwards: file
      .prepare(`SELECT ${COLUMNS} FROM event WHERE stream = ? AND revision <= ? ORDER BY revision DESC LIMIT ?`)
      .raw(),
    byKey: file
      .prepare(
        `SELECT ${COLUMNS} FROM event WHERE (stream, revision) =
           (SELECT stream, revision FROM idempotency WHERE stream = ? AND key = ?)`,
      )
      .raw(),
    head: file.prepare('SELECT coalesce(max(position), 0) FROM event').pluck(),
  };
}

function ignoreAbort(error: unknown): void {
  if ((error as Error).name !== 'AbortError') throw error;
}
