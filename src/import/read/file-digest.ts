import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { LedgerError, text } from '../../errors.js';

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

/** What tells a file from a later one of its name, as far as its folder says. */
export function stampOf(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false });
  return found ? `${found.ino} ${found.size} ${found.mtimeMs}` : '';
}

/**
 * The bytes of a file for somebody else to keep. They do not come to their end where it was written to meanwhile: what
 * was sent would be a file that nobody has.
 * @throws LedgerError refused `file-changed`
 */
export async function* unchangedBytes(path: string): AsyncGenerator<Buffer> {
  const before = stampOf(path);
  const { size } = await stat(path);
  yield* createReadStream(path) as AsyncIterable<Buffer>;
  if (stampOf(path) !== before)
    throw fileChanged(new ChangedFile(`the ${size} bytes that were begun with`, 'others: it was written to'));
}

/** The refusal of a file that is not what it was. */
export function fileChanged({ expected, got }: ChangedFile): LedgerError {
  const message = text(
    '文件在检查期间有改动，一行也未记账；写完后请再次导入',
    'the file was changed while it was checked, and nothing was posted; import it again when it is finished',
  );
  return new LedgerError('refused', 'file-changed', message, [
    { pointer: '', code: 'file-changed', expected: text(expected, expected), got },
  ]);
}
