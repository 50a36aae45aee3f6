import { createHash, type Hash } from 'node:crypto';
import { closeSync, createReadStream, fsyncSync, openSync } from 'node:fs';
import { type Breach } from '../audit/breach.js';
import { HighWaterMark } from '../event-store/high-water-mark.js';
import { codeOf } from '../machine-fault.js';

const DAMAGED_FILE = /^SQLITE_(CORRUPT|NOTADB)/;

/** What is wrong with a log's file that is no longer one; undefined for any other failure. */
export function damageIn(error: unknown): Breach | undefined {
  if (!DAMAGED_FILE.test(codeOf(error))) return undefined;
  return { invariant: 'readable', expected: 'a log that can be read', got: (error as Error).message };
}

/** Leaves the mark of a log that ends at a position. */
export function writeMark(path: string, position: number): void {
  const mark = new HighWaterMark(path);
  mark.write(position);
  mark.close();
}

/** Forces a file, or the names in a directory, to disk. */
export function putOnDisk(path: string): void {
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** SHA-256 of a file as it is on disk. */
export async function digestOf(path: string): Promise<string> {
  const digest: Hash = createHash('sha256');
  for await (const piece of createReadStream(path)) digest.update(piece as Buffer);
  return digest.digest('hex');
}
