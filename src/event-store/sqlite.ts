import { hash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { openSqlite, type SqliteFile, type Statement } from '../sqlite-file.js';
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

const SCHEMA = `
CREATE TABLE IF NOT EXISTS stream (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE IF NOT EXISTS type (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE IF NOT EXISTS event (
  position INTEGER PRIMARY KEY, stream INTEGER NOT NULL, revision INTEGER NOT NULL, type INTEGER NOT NULL,
  data TEXT NOT NULL, hash BLOB NOT NULL, UNIQUE (stream, revision)) STRICT;
CREATE TABLE IF NOT EXISTS idempotency (
  stream INTEGER NOT NULL, key TEXT NOT NULL, revision INTEGER NOT NULL, PRIMARY KEY (stream, key)) STRICT, WITHOUT ROWID;
`;

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

interface StreamHead {
  readonly id: number;
  revision: number;
}

type EventRow = [position: number, stream: number, revision: number, type: number, data: string];

/**
 * The embedded event store: one file, one writer.
 * Group commit: every append that arrives while a commit is on its way to disk goes into the next one.
 * The position of the last commit is also written to a mark beside the file, so that a file that lost its end
 * (a damaged write-ahead log is silently shorter) refuses to open.
 */
export class SqliteEventStore implements EventStore {
  private readonly file: SqliteFile;
  private readonly statements: Record<'insert' | 'insertKey' | 'all' | 'forwards' | 'backwards' | 'byKey', Statement>;
  private readonly heads = new Map<string, StreamHead>();
  private readonly streamIds = new Map<string, number>();
  private readonly streamNames = new Map<number, string>();
  private readonly typeIds = new Map<string, number>();
  private readonly typeNames = new Map<number, string>();
  private readonly mark: number | undefined;
  private pending: PendingAppend[] = [];
  private flushing = false;
  private failure: Error | undefined;
  private lastPosition: number;

  /** Opens (and unless `readonly` creates) `path`; `markPath` is where the durable high-water mark is kept. */
  constructor(path: string, options: { readonly: true } | { readonly: false; markPath: string }) {
    this.file = openSqlite(path, options.readonly ? 'readonly' : 'durable');
    if (!options.readonly) this.file.exec(SCHEMA);
    const columns = 'position, stream, revision, type, data';
    this.statements = {
      insert: this.file.prepare('INSERT INTO event VALUES (?, ?, ?, ?, ?, ?)'),
      insertKey: this.file.prepare('INSERT INTO idempotency VALUES (?, ?, ?)'),
      all: this.file.prepare(`SELECT ${columns} FROM event WHERE position > ? ORDER BY position LIMIT ?`).raw(),
      forwards: this.file
        .prepare(`SELECT ${columns} FROM event WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ?`)
        .raw(),
      backwards: this.file
        .prepare(`SELECT ${columns} FROM event WHERE stream = ? AND revision <= ? ORDER BY revision DESC LIMIT ?`)
        .raw(),
      byKey: this.file
        .prepare(
          `SELECT ${columns} FROM event WHERE (stream, revision) =
             (SELECT stream, revision FROM idempotency WHERE stream = ? AND key = ?)`,
        )
        .raw(),
    };
    this.lastPosition = this.readHead();
    if (!options.readonly) this.mark = this.openMark(options.markPath);
  }

  append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended> {
    return new Promise((resolve, reject) => {
      this.pending.push({ stream, expected, events, resolve, reject });
      if (this.flushing) return;
      this.flushing = true;
      // A full turn of the event loop: what other connections have already sent joins this commit.
      setImmediate(() => this.flush());
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
    const limit = options.batch ?? DEFAULT_BATCH;
    let after = options.after;
    while (!signal?.aborted) {
      const rows = this.statements.all.all(after, limit) as EventRow[];
      if (rows.length > 0) {
        after = rows[rows.length - 1]![0];
        const events = rows.map((row) => this.toEvent(row));
        const wanted = options.prefix ? events.filter(({ stream }) => stream.startsWith(options.prefix!)) : events;
        if (wanted.length > 0) yield wanted;
      } else if (!options.live) return;
      else await sleep(LIVE_POLL_MS, undefined, { signal }).catch(ignoreAbort);
    }
  }

  async findByKey(stream: string, key: string): Promise<StoredEvent | undefined> {
    const id = this.streamId(stream);
    if (id === undefined) return undefined;
    const row = this.statements.byKey.get(id, key) as EventRow | undefined;
    return row && this.toEvent(row);
  }

  async head(): Promise<number> {
    return this.readHead();
  }

  async *audit(progress?: (position: number) => void): AsyncIterable<AuditFinding> {
    for (const row of this.file.pragma('integrity_check') as { integrity_check: string }[])
      if (row.integrity_check !== 'ok') yield { code: 'file-damaged', detail: row.integrity_check };
    const page = this.file
      .prepare('SELECT position, stream, revision, data, lower(hex(hash)) FROM event WHERE position > ? LIMIT 5000')
      .raw();
    const revisions = new Map<number, number>();
    let position = 0;
    for (;;) {
      const rows = page.all(position) as [number, number, number, string, string][];
      if (rows.length === 0) break;
      for (const [at, stream, revision, data, stored] of rows) {
        if (at !== position + 1)
          yield { position: at, code: 'position-gap', detail: `${position} is followed by ${at}` };
        position = at;
        const wanted = (revisions.get(stream) ?? -1) + 1;
        if (revision !== wanted)
          yield { position, code: 'revision-gap', detail: `stream ${stream}: expected ${wanted}, found ${revision}` };
        revisions.set(stream, revision);
        const actual = hash('sha256', data, 'hex');
        if (actual !== stored)
          yield { position, code: 'hash-mismatch', detail: `stored ${stored}, computed ${actual}` };
      }
      progress?.(position);
      await new Promise(setImmediate);
    }
  }

  /** Finishes what is pending, then closes the file. */
  async close(): Promise<void> {
    while (this.flushing) await new Promise(setImmediate);
    if (this.mark !== undefined) {
      fsyncSync(this.mark);
      closeSync(this.mark);
    }
    this.file.close();
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
    if (this.pending.length > 0) setImmediate(() => this.flush());
    else this.flushing = false;
  }

  private commit(group: readonly PendingAppend[]): void {
    const outcomes: (() => void)[] = [];
    this.file.exec('BEGIN IMMEDIATE');
    try {
      for (const append of group) outcomes.push(this.write(append));
      this.file.exec('COMMIT');
    } catch (error) {
      if (this.file.inTransaction) this.file.exec('ROLLBACK');
      throw error;
    }
    if (this.mark !== undefined) writeSync(this.mark, String(this.lastPosition).padStart(16, '0'), 0);
    for (const settle of outcomes) settle();
  }

  /** Writes one append inside the open transaction and returns how to settle it once that is durable. */
  private write(append: PendingAppend): () => void {
    const head = this.headOf(append.stream);
    const actual = head.revision < 0 ? 'no-stream' : head.revision;
    if (append.expected !== actual) {
      const error = new WrongExpectedRevision(append.stream, append.expected, actual);
      return () => append.reject(error);
    }
    const positions: number[] = [];
    for (const event of append.events) {
      const revision = ++head.revision;
      const position = ++this.lastPosition;
      const digest = hash('sha256', event.data, 'buffer');
      this.statements.insert.run(position, head.id, revision, this.typeId(event.type), event.data, digest);
      if (event.keyIndexed) this.statements.insertKey.run(head.id, event.key, revision);
      positions.push(position);
    }
    const appended = { revision: head.revision, positions };
    return () => append.resolve(appended);
  }

  private headOf(stream: string): StreamHead {
    let head = this.heads.get(stream);
    if (!head) {
      let id = this.streamId(stream);
      if (id === undefined) {
        id = Number(this.file.prepare('INSERT INTO stream (name) VALUES (?)').run(stream).lastInsertRowid);
        this.streamIds.set(stream, id);
      }
      const last = this.file.prepare('SELECT max(revision) FROM event WHERE stream = ?').pluck().get(id);
      head = { id, revision: (last as number | null) ?? -1 };
      this.heads.set(stream, head);
    }
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
    return this.file.prepare('SELECT coalesce(max(position), 0) FROM event').pluck().get() as number;
  }

  /** Compares the file with the mark of its last commit, then keeps the mark open for the next ones. */
  private openMark(markPath: string): number {
    const fd = openSync(markPath, 'a+');
    closeSync(fd);
    const written = readFileSync(markPath, 'utf8');
    const reached = /^[0-9]{16}$/.test(written) ? Number.parseInt(written, 10) : 0;
    if (reached > this.lastPosition) {
      throw new LogShorterThanMark(this.lastPosition, reached);
    }
    return openSync(markPath, 'r+');
  }
}

/** The log ends before a position that was once acknowledged. Recognised by its code. */
export class LogShorterThanMark extends Error {
  readonly code = 'log-shorter-than-mark';
  constructor(
    readonly found: number,
    readonly reached: number,
  ) {
    super(`the log ends at position ${found}, but had been acknowledged up to ${reached}: its end is lost, restore it`);
  }
}

function ignoreAbort(error: unknown): void {
  if ((error as Error).name !== 'AbortError') throw error;
}
