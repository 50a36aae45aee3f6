import { statSync } from 'node:fs';

/**
 * What has become of a file that is held open: its name leads nowhere, or to another file, or its end was cut off, or
 * nobody can tell.
 */
export type FileLoss = 'missing' | 'replaced' | 'shortened' | 'unreachable';

/**
 * A file of which a handle is open, known by its device and inode. A file that is removed or replaced lives on for
 * those who hold it, and what they write then is written into nothing: only a look at its name tells.
 */
export class HeldFile {
  private device = 0;
  private inode = 0;
  private size = 0;

  /** The file that stands at `path` now. */
  constructor(readonly path: string) {
    this.take();
  }

  /** Takes what stands at the path now for what is held, e.g. once it has been opened anew or cut off by ourselves. */
  take(): void {
    const found = statSync(this.path, { throwIfNoEntry: false });
    this.device = found?.dev ?? 0;
    this.inode = found?.ino ?? 0;
    this.size = found?.size ?? 0;
  }

  /** What has become of it; undefined where its name still leads to it. Two microseconds. */
  loss(): FileLoss | undefined {
    let found;
    try {
      found = statSync(this.path, { throwIfNoEntry: false });
    } catch {
      return 'unreachable';
    }
    if (!found) return 'missing';
    if (found.ino !== this.inode || found.dev !== this.device) return 'replaced';
    if (found.size < this.size) return 'shortened';
    this.size = found.size;
    return undefined;
  }
}
