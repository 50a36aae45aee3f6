import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { text } from '../../errors.js';
import { type LineError, UnreadableFile } from '../../text/unreadable-file.js';
import { demandWithin } from './file-digest.js';

/** A stretch of a file that ends with a line break, or with the file. */
export interface Piece {
  /** They are what they are until the next piece is asked for. */
  readonly bytes: Buffer;
  /** Where it begins in the file. */
  readonly offset: number;
}

/** How the lines of a file end: LF or CRLF, or CR alone, as spreadsheets on old Macintoshes write. */
export type LineBreak = '\n' | '\r';

/** How much is read at a time, and how much of that is given: its lines are dealt with in one turn of a thread. */
const CHUNK_BYTES = 256 * 1024;
const PIECE_BYTES = 32 * 1024;
export const MOST_PIECE_BYTES = 4 * 1024 * 1024;
export const NEWLINE = 10;
export const RETURN = 13;

/**
 * Reads a file in stretches of whole lines. In UTF-8 and in GB18030 a line break is never part of a longer character,
 * so each stretch is whole text too.
 * @throws UnreadableFile where one line is longer than 4 MiB
 * @throws ChangedFile where it has become longer meanwhile
 */
export async function* piecesOf(path: string, lineBreak: LineBreak): AsyncGenerator<Piece> {
  const file = await open(path);
  // One buffer for all of the file: a new one for each chunk would have the garbage collected all the time.
  let buffer = Buffer.allocUnsafe(2 * CHUNK_BYTES);
  let rest = buffer.subarray(0, 0);
  let offset = 0;
  try {
    const { size } = await file.stat();
    for (;;) {
      if (rest.length + CHUNK_BYTES > buffer.length) buffer = Buffer.allocUnsafe(2 * buffer.length);
      rest.copy(buffer);
      const { bytesRead } = await file.read(buffer, rest.length, CHUNK_BYTES);
      const filled = buffer.subarray(0, rest.length + bytesRead);
      demandWithin(offset + filled.length, size);
      const end = bytesRead === 0 ? filled.length : endOfLines(filled, lineBreak);
      for (let start = 0; start < end;) {
        const stop = end - start > PIECE_BYTES ? start + endWithin(filled.subarray(start, end), lineBreak) : end;
        yield { bytes: filled.subarray(start, stop), offset: offset + start };
        start = stop;
      }
      if (bytesRead === 0) return;
      offset += end;
      rest = filled.subarray(end);
      if (rest.length > MOST_PIECE_BYTES) throw new UnreadableFile(endlessLine(await lineAt(path, offset, lineBreak)));
    }
  } finally {
    await file.close();
  }
}

/** Where the last whole line ends. A CR at the very end may be half of a CRLF. */
function endOfLines(bytes: Buffer, lineBreak: LineBreak): number {
  if (lineBreak === '\n') return bytes.lastIndexOf(NEWLINE) + 1;
  const end = bytes.subarray(0, -1).lastIndexOf(RETURN) + 1;
  return end > 0 && bytes[end] === NEWLINE ? end + 1 : end;
}

/** Where whole lines end that are no more than a piece; a line that is longer is one by itself, with what follows. */
const endWithin = (lines: Buffer, lineBreak: LineBreak): number =>
  endOfLines(lines.subarray(0, PIECE_BYTES), lineBreak) || lines.length;

/** How the lines of a file end: the first end of a line says it. */
export async function lineBreakOf(path: string): Promise<LineBreak> {
  const file = await open(path);
  try {
    let hasReturn = false;
    for (let at = 0; ; at += PIECE_BYTES) {
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(PIECE_BYTES), 0, PIECE_BYTES, at);
      const latin1 = buffer.subarray(0, bytesRead).toString('latin1');
      if (hasReturn) return latin1.startsWith('\n') ? '\n' : '\r';
      if (bytesRead === 0) return '\n';
      const found = /\r\n|\r|\n/.exec(latin1);
      hasReturn = found?.[0] === '\r' && found.index === bytesRead - 1;
      if (found && !hasReturn) return found[0] === '\r' ? '\r' : '\n';
    }
  } finally {
    await file.close();
  }
}

const RETURNS = /\r\n?/g;

/** A stretch of text in which every end of a line is, or ends with, LF. */
export const withNewlines = (latin1: string, lineBreak: LineBreak): string =>
  lineBreak === '\r' ? latin1.replaceAll(RETURNS, '\n') : latin1;

/**
 * The number of the line that begins at a byte of a file, counted from 1. Reads what stands before it and nothing more:
 * what comes behind may be what cannot be read.
 */
export async function lineAt(path: string, offset: number, lineBreak: LineBreak): Promise<number> {
  if (offset === 0) return 1;
  let line = 1;
  let last = '';
  const before = createReadStream(path, { encoding: 'latin1', end: offset - 1 });
  for await (const chunk of before as AsyncIterable<string>) {
    line += chunk.match(LINE_ENDS[lineBreak])?.length ?? 0;
    // A CRLF that was cut in two was counted with its first half.
    if (lineBreak === '\r' && last === '\r' && chunk.startsWith('\n')) line -= 1;
    last = chunk.at(-1)!;
  }
  return line;
}

/** What ends a line: in a file of CR alone a CRLF ends one, not two. */
const LINE_ENDS: Readonly<Record<LineBreak, RegExp>> = { '\n': /\n/g, '\r': /\r|(?<!\r)\n/g };

/** The error of a line that is longer than a piece may be. */
export function endlessLine(line: number): LineError {
  const expected = text('不超过 64 KiB 的一行', 'a line of at most 64 KiB');
  return { line, field: '', code: 'line-too-long', expected, got: 'more than 4 MiB' };
}
