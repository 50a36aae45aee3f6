import { createHash } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import { type TotalLine } from '../../src/import/report/import-report.js';
import { feed } from './feed.js';
import { type FeedFormat, headerOf, textOf } from './line.js';

/** The feed of the example as it is shown and tested. */
export const DEFAULT_SEED = '2025';
export const DEFAULT_EVENTS = 24_000;

export interface GenerateOptions {
  readonly seed: string;
  /** How many lines, exactly. */
  readonly events: number;
  readonly format: FeedFormat;
  /** The file to write; what is there is overwritten. */
  readonly path: string;
  readonly onProgress?: (lines: number) => void;
}

export interface Generated {
  readonly lines: number;
  readonly bytes: number;
  /** SHA-256 of the file, 64 hexadecimal digits. */
  readonly digest: string;
  /** What the lines come to by kind and fund: the control totals of an import. */
  readonly control: readonly TotalLine[];
}

const PIECE_CHARACTERS = 256 * 1024;

/**
 * Writes the feed to a file, piece by piece. The same seed and number of events give the same bytes.
 * @throws Error where the lines do not come to the published figures; the file is then not to be used
 */
export function generate({ seed, events, format, path, onProgress }: GenerateOptions): Generated {
  const file = openSync(path, 'w');
  const digest = createHash('sha256');
  let bytes = 0;
  let count = 0;
  const write = (piece: string): void => {
    const buffer = Buffer.from(piece);
    digest.update(buffer);
    for (let at = 0; at < buffer.length;) at += writeSync(file, buffer, at);
    bytes += buffer.length;
    onProgress?.(count);
  };
  try {
    const lines = feed(seed, events);
    let piece = headerOf(format);
    let next = lines.next();
    for (; !next.done; next = lines.next()) {
      piece += textOf(next.value, format);
      count += 1;
      if (piece.length < PIECE_CHARACTERS) continue;
      write(piece);
      piece = '';
    }
    write(piece);
    return { lines: count, bytes, digest: digest.digest('hex'), control: next.value.control() };
  } finally {
    closeSync(file);
  }
}
