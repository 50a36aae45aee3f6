import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';

/** The file is no longer what it was when it was first read: what is found in it now is not what was said of it. */
export class ChangedFile extends Error {
  constructor(
    readonly expected: string,
    readonly got: string,
  ) {
    super(`the file changed: ${expected}, then ${got}`);
  }
}

/** What a file was and what it is. */
export interface Bytes {
  readonly digest: string;
  readonly bytes: number;
}

export const changed = (before: Bytes, now: Bytes): ChangedFile => new ChangedFile(printed(before), printed(now));

const printed = ({ digest, bytes }: Bytes): string => `${bytes} bytes, SHA-256 ${digest.slice(0, SHOWN_DIGITS)}`;
const SHOWN_DIGITS = 12;

/** A file that was there, and is not. */
export const takenAway = (): ChangedFile => new ChangedFile('the file', 'nothing: it was taken away');

/** @throws ChangedFile where more has been read of a file than there was of it: it may grow faster than it is read */
export function demandWithin(read: number, whole: number): void {
  if (read > whole) throw new ChangedFile(`${whole} bytes`, `more than ${whole} bytes`);
}

/**
 * The SHA-256 of a file, 64 hexadecimal digits, and how many bytes it is of.
 * @throws ChangedFile where the file has become longer meanwhile
 */
export async function digestOf(path: string): Promise<Bytes> {
  const digest = createHash('sha256');
  const { size } = await stat(path);
  let bytes = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    digest.update(chunk);
    bytes += chunk.length;
    demandWithin(bytes, size);
  }
  return { digest: digest.digest('hex'), bytes };
}
