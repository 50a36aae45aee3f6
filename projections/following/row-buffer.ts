import {
  type FirstTable,
  type ListTable,
  type RowTable,
  type Rows,
  type SqlValue,
  type SumTable,
  type Table,
} from '../projection.js';
import { type Lines, packLines } from './packed-lines.js';

interface Row<V> {
  readonly key: readonly SqlValue[];
  value: V;
}

/**
 * Rows by key. A tree with one level for each column of the key: looking up the parts costs half as much as making one
 * text of them, and there are millions to look up.
 */
class ByKey<V> {
  private readonly root = new Map<SqlValue, unknown>();
  /** In order of first mention. */
  readonly rows: Row<V>[] = [];

  /** The row of a key, made with `value` where there is none. */
  row(key: readonly SqlValue[], value: () => V): Row<V> {
    let branch = this.root;
    const last = key.length - 1;
    for (let level = 0; level < last; level += 1) {
      let next = branch.get(key[level]!) as Map<SqlValue, unknown> | undefined;
      if (!next) branch.set(key[level]!, (next = new Map()));
      branch = next;
    }
    let row = branch.get(key[last]!) as Row<V> | undefined;
    if (!row) {
      row = { key, value: value() };
      branch.set(key[last]!, row);
      this.rows.push(row);
    }
    return row;
  }
}

/** One per table, made when it is first written to. */
class ByTable<T extends Table, V> {
  private readonly tables = new Map<T, ByKey<V>>();

  of(table: T): ByKey<V> {
    let byKey = this.tables.get(table);
    if (!byKey) this.tables.set(table, (byKey = new ByKey()));
    return byKey;
  }

  *[Symbol.iterator](): IterableIterator<[T, Row<V>]> {
    for (const [table, { rows }] of this.tables) for (const row of rows) yield [table, row];
  }
}

const noSums = (): bigint[] => [];
const noValues = (): readonly SqlValue[] => [];
const noLines = (): string[] => [];

/** A row as it is written, its key first. That of a list ends with the lines that are appended. */
export type WrittenRow = readonly (SqlValue | Lines)[];

/** Rows to be written: each is handed to `write`. */
export interface WrittenRows {
  readonly writeTo: (write: (table: Table, row: WrittenRow) => void) => void;
}

/**
 * The rows that follow from a batch of events, in memory until the batch is committed: sums added up, and of the rows
 * of one key only the last, so that the fewest rows are written.
 */
export class RowBuffer implements Rows, WrittenRows {
  private readonly sums = new ByTable<SumTable, bigint[]>();
  private readonly rows = new ByTable<RowTable, readonly SqlValue[]>();
  private readonly firsts = new ByTable<FirstTable, readonly SqlValue[]>();
  private readonly lists = new ByTable<ListTable, string[]>();

  add(table: SumTable, key: readonly SqlValue[], sums: readonly bigint[]): void {
    const { value } = this.sums.of(table).row(key, noSums);
    if (value.length === 0) value.push(...sums);
    else for (let index = 0; index < sums.length; index += 1) value[index]! += sums[index]!;
  }

  put(table: RowTable, key: readonly SqlValue[], values: readonly SqlValue[]): void {
    this.rows.of(table).row(key, noValues).value = values;
  }

  keep(table: FirstTable, key: readonly SqlValue[], values: readonly SqlValue[]): void {
    this.firsts.of(table).row(key, () => values);
  }

  append(table: ListTable, key: readonly SqlValue[], line: string): void {
    this.lists.of(table).row(key, noLines).value.push(line);
  }

  /** Every row of some tables, in their order. Lists are packed: whoever sends them sends the fewest bytes. */
  rowsOf(tables: readonly Table[]): WrittenRow[][] {
    const byTable = new Map<Table, WrittenRow[]>(tables.map((table) => [table, []]));
    this.writeTo((table, row) =>
      byTable.get(table)!.push(table.form === 'lists' ? [...row.slice(0, -1), packLines(row.at(-1) as Lines)] : row),
    );
    return [...byTable.values()];
  }

  writeTo(write: (table: Table, row: WrittenRow) => void): void {
    const coarser = new RowBuffer();
    for (const [table, { key, value }] of this.sums) {
      write(table, [...key, ...value]);
      for (const wider of table.within?.(key) ?? []) coarser.add(table, wider, value);
    }
    for (const [table, { key, value }] of this.firsts) {
      write(table, [...key, ...value]);
      for (const wider of table.within(key)) coarser.keep(table, wider, value);
    }
    for (const [table, { key, value }] of coarser.firsts) write(table, [...key, ...value]);
    for (const [table, { key, value }] of coarser.sums) write(table, [...key, ...value]);
    for (const [table, { key, value }] of this.rows) write(table, [...key, ...value]);
    for (const [table, { key, value }] of this.lists) write(table, [...key, `${value.join('\n')}\n`]);
  }
}
