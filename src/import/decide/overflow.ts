import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { LedgerError, text } from '../../errors.js';
import { removeGradually } from '../../remove-gradually.js';

/**
 * A temporary file for what would be too much for memory: what is put there is read again by where it stands. There is
 * none as long as nothing is put there.
 */
export class Overflow {
  private file: number | undefined;
  private end = 0;

  constructor(private readonly path: string) {}

  /** Returns where the bytes begin. @throws an error of the system, as of a full disk */
  put(bytes: Uint8Array): number {
    this.file ??= openSync(this.path, 'w+');
    const begin = this.end;
    for (let done = 0; done < bytes.length;)
      done += writeSync(this.file, bytes, done, bytes.length - done, begin + done);
    this.end += bytes.length;
    return begin;
  }

  /** @throws LedgerError unavailable, where the file does not give back what was put there */
  read(begin: number, bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length;) {
      const read = readSync(this.file!, bytes, done, bytes.length - done, begin + done);
      if (read === 0) throw cutOff();
      done += read;
    }
  }

  /** Closes and removes the file. */
  async discard(): Promise<void> {
    if (this.file === undefined) return;
    closeSync(this.file);
    await removeGradually(this.path);
  }
}

const cutOff = (): LedgerError =>
  new LedgerError(
    'unavailable',
    'spool-damaged',
    text(
      '临时文件（数据目录 imports 中的 .spool）被截短；请查看磁盘',
      'the temporary file (.spool in imports of the data directory) was cut off; look at the disk',
    ),
  );
