import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Overflow } from '../src/import/decide/overflow.js';

/** Runs something with a temporary file for what would be too much for memory. */
export async function withOverflow<T>(run: (overflow: Overflow, path: string) => T | Promise<T>): Promise<T> {
  const path = join(tmpdir(), `tongzhang-${randomUUID()}.spool`);
  const overflow = new Overflow(path);
  try {
    return await run(overflow, path);
  } finally {
    await overflow.discard();
  }
}
