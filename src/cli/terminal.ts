import { pipeline } from 'node:stream/promises';
import { visibleLines } from '../text/foreign-text.js';

/**
 * Where the commands write, all of them. Whatever they print, a file's name, a header or the words of a server, only
 * text and ends of line reach the terminal: anything else is written out, e.g. `\u001b`. JSON stays the same JSON, and
 * CSV keeps the mark it begins with.
 */
export const toStandardOutput = (text: string): void => void process.stdout.write(safe(text));
export const toStandardError = (text: string): void => void process.stderr.write(safe(text));

/** Writes pieces as fast as they are taken; false where whoever reads has had enough, as `head` has. */
export async function pourToStandardOutput(pieces: AsyncIterable<string>): Promise<boolean> {
  async function* safePieces(): AsyncIterable<string> {
    for await (const piece of pieces) yield safe(piece);
  }
  try {
    await pipeline(safePieces(), process.stdout, { end: false });
    return true;
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'EPIPE') return false;
    throw error;
  }
}

const BYTE_ORDER_MARK = '\ufeff';

const safe = (text: string): string =>
  text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK + visibleLines(text.slice(1)) : visibleLines(text);
