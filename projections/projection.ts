import { type LedgerEvent } from '../src/books/event.js';
import { type StoredEvent } from '../src/event-store/event-store.js';

export type SqlValue = string | number | bigint | null;
type Columns = Readonly<Record<string, 'TEXT' | 'INTEGER'>>;

/** A read table of sums: one row per key, and what is added to it is added up. */
export interface SumTable {
  readonly form: 'sums';
  readonly name: string;
  readonly key: Columns;
  /**
   * Integer columns; amounts are in fen. What is added up on a key stays within 64 bits as long as it is of one book,
   * whose turnover is bounded: the key begins with the stream. A larger sum is a question's, made by `exact_sum`.
   */
  readonly sums: readonly string[];
  /**
   * The keys of the coarser rows in which a row is counted as well, e.g. the month of a day. Pure. They are added up
   * once per batch and not once per event, so that another level of sums costs next to nothing.
   */
  readonly within?: (key: readonly SqlValue[]) => readonly (readonly SqlValue[])[];
}

/** A read table of facts: one row per key; a later row of the same key takes the place of the earlier. */
export interface RowTable {
  readonly form: 'rows';
  readonly name: string;
  readonly key: Columns;
  readonly values: Columns;
}

/**
 * A read table of what came first: one row per key, and the first stays. As with sums, `within` gives the keys of the
 * coarser rows in which a row is kept as well.
 */
export interface FirstTable {
  readonly form: 'firsts';
  readonly name: string;
  readonly key: Columns;
  readonly values: Columns;
  readonly within: (key: readonly SqlValue[]) => readonly (readonly SqlValue[])[];
}

/** So many positions of the log share a list, so that a list stays short whatever a day brings. */
const LIST_BLOCK = 2_048;
/** The block of a position, which is 1 or more. */
export const listBlockOf = (position: number): number => Math.floor((position - 1) / LIST_BLOCK);

/**
 * A read table of lists: one row per key, and a line that is appended stands at the end of its list. Many events share
 * a row, and are packed once the log has left their block, which makes it the cheapest table to fill and the smallest.
 * The last column of its key is the block of the event's position.
 */
export interface ListTable {
  readonly form: 'lists';
  readonly name: string;
  readonly key: Columns;
}

export type Table = SumTable | RowTable | FirstTable | ListTable;

/** An event as a projection sees it. */
export interface ProjectedEvent extends StoredEvent {
  readonly event: LedgerEvent;
  readonly recordedAtMs: number;
  /** The position of the event before it in the log; 0 where it is the first. */
  readonly previous: number;
}

/** Where a projection says what follows from an event. Key and values are in the order of the table's columns. */
export interface Rows {
  add(table: SumTable, key: readonly SqlValue[], sums: readonly bigint[]): void;
  put(table: RowTable, key: readonly SqlValue[], values: readonly SqlValue[]): void;
  /** Keeps values, unless the key has some already. */
  keep(table: FirstTable, key: readonly SqlValue[], values: readonly SqlValue[]): void;
  /** Appends a line, which has no line feed in it. */
  append(table: ListTable, key: readonly SqlValue[], line: string): void;
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
