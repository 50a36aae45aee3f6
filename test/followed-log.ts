import { mkdtempSync, rmSync } from 'node:fs';
import { BEFORE_ADOPTION } from '../src/reference/built-in.js';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Entry } from '../src/books/entries.js';
import { type EventStore } from '../src/event-store/event-store.js';
import { MemoryEventStore } from '../src/event-store/memory.js';
import { openSqlite } from '../src/sqlite-file.js';
import { type Projection } from '../projections/projection.js';
import { type Asking } from '../projections/asking/question.js';
import { follow } from '../projections/following/follow.js';
import { ReadTables, ReadTablesWriter, tableName } from '../projections/following/read-tables.js';
import { looksAt, waitUntilShown } from '../src/kept-tables.js';
import { recordedTime } from '../projections/recorded-time/projection.js';

/** The parts of a stored event that a projection may look at; the rest is filled in. */
export interface GivenEvent {
  readonly kind?: string;
  readonly fund: string;
  readonly unit: string;
  readonly businessDate: string;
  readonly entries?: readonly Entry[];
  /** The stream, where it is not the book's. */
  readonly stream?: string;
  readonly recordedAt?: string;
  readonly [field: string]: unknown;
}

/** A log in memory and read tables in a directory of their own, filled by following it: for a projection's spec. */
export class FollowedLog {
  private readonly directory = mkdtempSync(join(tmpdir(), 'tongzhang-read-'));
  private readonly revisions = new Map<string, number>();
  /** The file of the read tables. */
  readonly path = join(this.directory, 'read.db');
  private tables: ReadTables | undefined;

  constructor(
    private readonly projections: readonly Projection[],
    readonly store: EventStore = new MemoryEventStore(),
  ) {}

  /** Appends an event and returns its id. */
  async append({ stream, recordedAt, ...event }: GivenEvent): Promise<string> {
    const into = stream ?? `book-${event.fund}-${event.unit}`;
    const revision = this.revisions.get(into) ?? -1;
    const data = JSON.stringify({ recordedAt: recordedAt ?? '2025-06-30T04:05:06.789Z', ...event });
    const key = `${into}-${revision + 1}`;
    await this.store.append(into, revision < 0 ? 'no-stream' : revision, [
      { type: 'Given.v1', data, key, keyIndexed: true },
    ]);
    this.revisions.set(into, revision + 1);
    return key;
  }

  /** Follows the log to its end, in batches of a size; the second time there is nothing left to follow. */
  async follow(batch = 5_000): Promise<void> {
    const writer = new ReadTablesWriter(this.path);
    await follow(this.store, writer, [recordedTime, ...this.projections], { live: false, batch });
    writer.close();
  }

  /** What a question may look at. */
  asking(today = '2025-12-31'): Asking {
    this.tables ??= new ReadTables(this.path);
    const { tables, store } = this;
    return {
      tables,
      store,
      reference: BEFORE_ADOPTION,
      today,
      clock: () => Date.parse(`${today}T12:00:00+08:00`),
      waitFor: async (position) =>
        waitUntilShown(
          looksAt(() => tables.checkpoints()),
          position,
          0,
        ),
    };
  }

  /** Every row of every table of the projections, with their checkpoints: for comparing two ways of following. */
  contents(): Record<string, unknown[]> {
    const file = openSqlite(this.path, 'readonly');
    const rowsOf = (name: string): unknown[] => file.prepare(`SELECT * FROM "${name}"`).raw().safeIntegers().all();
    const names = this.projections.flatMap((each) => each.tables.map((table) => tableName(each, table)));
    const contents = Object.fromEntries(['checkpoint', ...names].map((name) => [name, rowsOf(name)]));
    file.close();
    return contents;
  }

  close(): void {
    this.tables?.close();
    rmSync(this.directory, { recursive: true, force: true });
  }
}
