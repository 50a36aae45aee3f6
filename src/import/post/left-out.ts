import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Lines that an import left out while it posted others of the same file. A book remembers the last line of a file it
 * posted, so without this list a later run would take those lines for posted. Kept beside the log, one number a line.
 */
export class LeftOutLines {
  private readonly path: string;

  constructor(importsFolder: string, source: string) {
    this.path = join(importsFolder, `${source}.left-out`);
  }

  read(): ReadonlySet<number> {
    let lines: string;
    try {
      lines = readFileSync(this.path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Set();
      throw error;
    }
    // A kill may have cut the last number short; without its line break it was never relied on.
    return new Set(
      lines
        .slice(0, lines.lastIndexOf('\n') + 1)
        .split('\n')
        .map((line) => Number.parseInt(line, 10)),
    );
  }

  /** Adds lines, and returns once they are on disk. */
  add(lines: readonly number[]): void {
    if (lines.length === 0) return;
    const file = openSync(this.path, 'a');
    writeSync(file, lines.map((line) => `${line}\n`).join(''));
    fsyncSync(file);
    closeSync(file);
  }
}
