import { closeSync, constants, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';

const DIGITS = 16;

/** The position a mark names; 0 where there is no mark, or nothing in it yet. */
export function readMark(path: string): number {
  const written = existsSync(path) ? readFileSync(path, 'utf8') : '';
  return /^[0-9]{16}$/.test(written) ? Number.parseInt(written, 10) : 0;
}

/**
 * The position of the last acknowledged commit, in a small file beside the log.
 * A damaged write-ahead log is silently shorter after its next opening; the mark is what notices.
 * It is written after each commit and forced to disk on closing: after a power failure it may lag, never lead.
 */
export class HighWaterMark {
  private readonly fd: number;
  /** The position found on opening; 0 where there was no mark. */
  readonly reached: number;

  constructor(path: string) {
    this.fd = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o644);
    this.reached = readMark(path);
  }

  write(position: number): void {
    writeSync(this.fd, String(position).padStart(DIGITS, '0'), 0);
  }

  close(): void {
    fsyncSync(this.fd);
    closeSync(this.fd);
  }
}

/** The log ends before a position that was once acknowledged. Recognised by its code. */
export class LogShorterThanMark extends Error {
  readonly code = 'log-shorter-than-mark';
  constructor(
    readonly found: number,
    readonly reached: number,
  ) {
    super(`the log ends at position ${found}, but had been acknowledged up to ${reached}: its end is lost, restore it`);
  }
}
