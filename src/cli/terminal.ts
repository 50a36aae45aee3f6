import { once } from 'node:events';
import { LedgerError, text } from '../errors.js';
import { visibleLines } from '../text/foreign-text.js';

/**
 * Where the commands write, all of them. Whatever they print, a file's name, a header or the words of a server, only
 * text and ends of line reach the terminal: anything else is written out, e.g. `\u001b`. JSON stays the same JSON, and
 * CSV keeps the mark it begins with. Bytes are of a file, and go to one.
 */
export const toStandardOutput = (text: string): void => void process.stdout.write(safe(text));
export const toStandardError = (text: string): void => void process.stderr.write(safe(text));

/** Whether somebody reads the standard output as it is written, on a terminal. */
export const isReadOnTerminal = (): boolean => process.stdout.isTTY;

/** Writes pieces as fast as they are taken; false where they are taken no more. */
export async function pourToStandardOutput(pieces: AsyncIterable<string | Buffer>): Promise<boolean> {
  const isTaken = (): boolean => process.stdout.errored === null;
  for await (const piece of pieces) {
    if (!isTaken()) return false;
    if (process.stdout.write(typeof piece === 'string' ? safe(piece) : piece)) continue;
    // What goes wrong with it is told by whoever hears of it.
    await once(process.stdout, 'drain').catch(() => undefined);
  }
  return isTaken();
}

/** What is said where the standard output does not take what is printed, as a file on a full disk. */
export function notWritten(error: NodeJS.ErrnoException): LedgerError {
  const code = error.code ?? error.message;
  const said = text(
    `输出没有写完（${code}），已写的部分不完整；账簿不受影响，腾出空间或换一处再执行`,
    `the output could not be written to its end (${code}), what is there is not whole; no harm was done to the ` +
      'ledger: make room, or write elsewhere, and run it again',
  );
  return new LedgerError('unavailable', 'output-not-written', said);
}

const BYTE_ORDER_MARK = '\ufeff';

const safe = (text: string): string =>
  text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK + visibleLines(text.slice(1)) : visibleLines(text);
