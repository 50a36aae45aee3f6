import { type LedgerEvent } from '../src/books/event.js';
import { type StoredEvent } from '../src/event-store/event-store.js';

export type SqlValue = string | number | bigint | null;
type Columns = Readonly<Record<string, 'TEXT' | 'INTEGER'>>;

/** A read table of sums: one row per key, and what is added to it is added up. */
export interface SumTable {
  readonly form: 'sums';
  readonly name: string;
  readonly key: Columns;
  /** Integer columns; amounts are in fen. */
  readonly sums: readonly string[];
}

/** A read table of facts: one row per key; a later row of the same key takes the place of the earlier. */
export interface RowTable {
  readonly form: 'rows';
  readonly name: string;
  readonly key: Columns;
  readonly values: Columns;
}

export type Table = SumTable | RowTable;

/** An event as a projection sees it. */
export interface ProjectedEvent extends StoredEvent {
  readonly event: LedgerEvent;
  readonly recordedAtMs: number;
}

/** Where a projection says what follows from an event. Key and values are in the order of the table's columns. */
export interface Rows {
  add(table: SumTable, key: readonly SqlValue[], sums: readonly bigint[]): void;
  put(table: RowTable, key: readonly SqlValue[], values: readonly SqlValue[]): void;
}

/**
 * The answer to a question, kept ready: a pure function from each event to rows. It never reads a table, a clock or
 * another event, so any cut of the log into batches gives the same tables, and a rebuild equals what was live.
 */
export interface Projection {
  readonly name: string;
  /** Raise it when `tables` or `apply` change: new tables are filled beside the old ones, which then go. */
  readonly version: number;
  readonly tables: readonly Table[];
  readonly apply: (event: ProjectedEvent, rows: Rows) => void;
}
