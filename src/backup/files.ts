import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type Breach } from '../audit/breach.js';
import { codeOf } from '../machine-fault.js';

const DAMAGED_FILE = /^(SQLITE_(CORRUPT|NOTADB)|not-a-log|block-damaged)/;

/** What is wrong with a log's file that is no longer one; undefined for any other failure. */
export function damageIn(error: unknown): Breach | undefined {
  if (!DAMAGED_FILE.test(codeOf(error))) return undefined;
  return { invariant: 'readable', expected: 'a log that can be read', got: (error as Error).message };
}

/** SHA-256 of a file as it is on disk. */
export async function digestOf(path: string): Promise<string> {
  const digest = createHash('sha256');
  for await (const piece of createReadStream(path)) digest.update(piece as Buffer);
  return digest.digest('hex');
}
