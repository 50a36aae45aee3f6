import { visibleLines } from '../foreign-text.js';

/**
 * Where the commands write, all of them. Whatever they print, a file's name, a header or the words of a server, only
 * text and ends of line reach the terminal: anything else is written out, e.g. `\u001b`. JSON stays the same JSON, and
 * CSV keeps the mark it begins with.
 */
export const toStandardOutput = (text: string): void => void process.stdout.write(safe(text));
export const toStandardError = (text: string): void => void process.stderr.write(safe(text));

const BYTE_ORDER_MARK = '\ufeff';

const safe = (text: string): string =>
  text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK + visibleLines(text.slice(1)) : visibleLines(text);
