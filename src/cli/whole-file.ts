import { createWriteStream, renameSync, rmSync, statSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { LedgerError, text } from '../errors.js';

/**
 * Writes a file that has its name only once it is whole: where it cannot be, what stood there stands. What is there and
 * is no file, such as a pipe or a device, is written to as it is.
 * @throws what writing throws
 */
export function writtenWhole<T>(path: string, write: (path: string) => T): T {
  const standing = statSync(path, { throwIfNoEntry: false });
  if (standing && !standing.isFile()) return write(path);
  const part = `${path}.part`;
  try {
    const written = write(part);
    renameSync(part, path);
    return written;
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}

/** The same of what comes piece by piece. */
export async function pouredWhole(
  path: string,
  pieces: AsyncIterable<string | Buffer> | Iterable<string>,
): Promise<void> {
  const part = `${path}.part`;
  try {
    await pipeline(pieces, createWriteStream(part));
    renameSync(part, path);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}

/** @throws LedgerError unavailable, where the operating system will not have it */
export async function orUnwritable(path: string, write: () => unknown): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!isOfSystem(error)) throw error;
    throw new LedgerError('unavailable', 'not-writable', text(`无法写入 ${path}`, `${path} cannot be written`), [
      {
        pointer: path,
        code: 'not-writable',
        expected: text('可写的目录', 'a directory to write to'),
        got: error.message,
      },
    ]);
  }
}

const isOfSystem = (error: unknown): error is NodeJS.ErrnoException =>
  typeof error === 'object' && error !== null && 'syscall' in error;
