import { open } from 'node:fs/promises';
import { text } from '../../errors.js';
import { type LineError } from '../report/import-report.js';

/** A stretch of a file that ends with a line break, or with the file. */
export interface Piece {
  readonly bytes: Buffer;
  /** Where it begins in the file. */
  readonly offset: number;
}

/** The file cannot be read any further; the error names the line. */
export class UnreadableFile extends Error {
  constructor(readonly lineError: LineError) {
    super(`line ${lineError.line}: ${lineError.code}`);
  }
}

const CHUNK_BYTES = 32 * 1024;
const MOST_PIECE_BYTES = 4 * 1024 * 1024;
export const NEWLINE = 10;

/**
 * Reads a file in stretches of whole lines. In UTF-8 and in GB18030 a line break is never part of a longer character,
 * so each stretch is whole text too.
 * @throws UnreadableFile where one line is longer than 4 MiB
 */
export async function* piecesOf(path: string): AsyncGenerator<Piece> {
  const file = await open(path);
  let rest: Buffer = Buffer.alloc(0);
  let offset = 0;
  try {
    for (;;) {
      const chunk = Buffer.allocUnsafe(rest.length + CHUNK_BYTES);
      rest.copy(chunk);
      const { bytesRead } = await file.read(chunk, rest.length, CHUNK_BYTES);
      const filled = chunk.subarray(0, rest.length + bytesRead);
      const end = bytesRead === 0 ? filled.length : filled.lastIndexOf(NEWLINE) + 1;
      if (end > 0) yield { bytes: filled.subarray(0, end), offset };
      if (bytesRead === 0) return;
      offset += end;
      rest = filled.subarray(end);
      if (rest.length > MOST_PIECE_BYTES) throw new UnreadableFile(await endlessLine(path, offset));
    }
  } finally {
    await file.close();
  }
}

/** The number of the line that begins at a byte of a file, counted from 1. */
export async function lineAt(path: string, offset: number): Promise<number> {
  let line = 1;
  for await (const piece of piecesOf(path)) {
    for (let at = piece.bytes.indexOf(NEWLINE); at >= 0; at = piece.bytes.indexOf(NEWLINE, at + 1)) {
      if (piece.offset + at >= offset) return line;
      line += 1;
    }
    if (piece.offset + piece.bytes.length >= offset) return line;
  }
  return line;
}

async function endlessLine(path: string, offset: number): Promise<LineError> {
  const expected = text('不超过 64 KiB 的一行', 'a line of at most 64 KiB');
  return { line: await lineAt(path, offset), field: '', code: 'line-too-long', expected, got: 'more than 4 MiB' };
}
