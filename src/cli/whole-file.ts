import { renameSync, rmSync, statSync } from 'node:fs';

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
