import { createHash } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import { type FollowingLine } from './following-year.js';
import { lineText } from './line.js';

/** A file that was written. */
export interface WrittenLines {
  readonly lines: number;
  readonly bytes: number;
  /** SHA-256 of the file, 64 hexadecimal digits. */
  readonly digest: string;
}

const PIECE_LINES = 500;

/** Writes lines to a file, one JSON object each, some hundreds at a time; what is there is overwritten. */
export function writeLines(path: string, from: Iterable<FollowingLine>): WrittenLines {
  const file = openSync(path, 'w');
  const digest = createHash('sha256');
  let [lines, bytes, piece] = [0, 0, ''];
  const write = (): void => {
    const buffer = Buffer.from(piece);
    digest.update(buffer);
    for (let at = 0; at < buffer.length;) at += writeSync(file, buffer, at);
    bytes += buffer.length;
    piece = '';
  };
  try {
    for (const line of from) {
      piece += lineText(line);
      lines += 1;
      if (lines % PIECE_LINES === 0) write();
    }
    write();
    return { lines, bytes, digest: digest.digest('hex') };
  } finally {
    closeSync(file);
  }
}
