import { existsSync } from 'node:fs';
import { ReadTables, TablesFault } from '../following/read-tables.js';

/**
 * The position up to which the read tables at a path had come when they were last written; 0 where they cannot say. It
 * is a hint where to look for the end of the log: whether they are the log's is found out by others.
 */
export function lastShown(path: string): number {
  if (!existsSync(path)) return 0;
  try {
    const tables = new ReadTables(path);
    try {
      return Math.max(0, ...tables.checkpoints().map(({ position }) => position));
    } finally {
      tables.close();
    }
  } catch (error) {
    if (error instanceof TablesFault) return 0;
    throw error;
  }
}
