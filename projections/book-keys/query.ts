import { type ReadTables, tableName } from '../following/read-tables.js';
import { bookKeys, COVERED, KEYS } from './projection.js';

/** The revision of the event that carries a key, among the events the read tables show. */
export function findKey(tables: ReadTables, stream: string, key: string): number | undefined {
  const table = tableName(bookKeys, KEYS);
  const [row] = tables.rows<{ revision: number }>(
    `SELECT revision FROM "${table}" WHERE stream = ? AND key = ?`,
    stream,
    key,
  );
  return row?.revision;
}

/** The last revision of a stream whose key the read tables know; -1 for none. */
export function lastKeyedRevision(tables: ReadTables, stream: string): number {
  const table = tableName(bookKeys, COVERED);
  const [row] = tables.rows<{ events: number }>(`SELECT events FROM "${table}" WHERE stream = ?`, stream);
  return (row?.events ?? 0) - 1;
}
