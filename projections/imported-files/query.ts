import { type ReadTables, tableName } from '../following/read-tables.js';
import { FIRST, importedFiles, LAST, LINES } from './projection.js';

/** A file as the log knows it. */
export interface ImportedFile {
  /** The first 32 digits of its SHA-256. */
  readonly source: string;
  /** How many of its lines stand, and in how many books and registers. */
  readonly lines: number;
  readonly streams: number;
  /** The positions of the first and the last of them, and when they were recorded. */
  readonly first: number;
  readonly last: number;
  readonly firstMs: number;
  readonly lastMs: number;
}

const [lines, first, last] = [LINES, FIRST, LAST].map((table) => `"${tableName(importedFiles, table)}"`);
const FILES = `SELECT source, CAST(exact_sum(lines) AS INTEGER) AS lines, count(*) AS streams,
    min(f.position) AS first, max(l.position) AS last, min(f.recorded_ms) AS firstMs, max(l.recorded_ms) AS lastMs
  FROM ${lines} JOIN ${first} AS f USING (stream, source) JOIN ${last} AS l USING (stream, source)`;

/** Files of which lines stand, the one that was recorded last first, and at most so many. */
export const filesIn = (tables: ReadTables, limit: number): ImportedFile[] =>
  tables.rows<ImportedFile>(`${FILES} GROUP BY source ORDER BY last DESC LIMIT ?`, limit);

/** Files whose digest begins so, of which a line stood by a position. */
export const filesOf = (tables: ReadTables, digits: string, until: number, limit: number): ImportedFile[] =>
  tables.rows<ImportedFile>(
    `${FILES} WHERE substr(source, 1, length(?)) = ?
     GROUP BY source HAVING min(f.position) <= ? ORDER BY last DESC LIMIT ?`,
    digits,
    digits,
    until,
    limit,
  );

/** The file of a source; undefined where no line of it stands. */
export const fileOf = (tables: ReadTables, source: string): ImportedFile | undefined =>
  tables.rows<ImportedFile>(`${FILES} WHERE source = ? GROUP BY source`, source)[0];
