import { visibleQuoted } from './text/foreign-text.js';

/** Text in both languages of the users. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}
export type Language = keyof Text;

export const text = (zh: string, en: string): Text => ({ zh, en });

/**
 * The kinds of failure a caller can act on. Everything else is a fault of ours.
 * - invalid: the input is malformed; nothing the ledger holds matters.
 * - refused: the input is well formed, but a rule of the ledger forbids it.
 * - not-found: what was asked for does not exist.
 * - conflict: the book moved on since the caller looked.
 * - unavailable: try again later; nothing was written.
 */
export type ErrorKind = 'invalid' | 'refused' | 'not-found' | 'conflict' | 'unavailable';

/** One fact about one place in the input. `pointer` is an RFC 6901 pointer into the body, or a header or query name. */
export interface ErrorDetail {
  readonly pointer: string;
  readonly code: string;
  readonly expected: Text;
  readonly got: string;
}

/** An error with its facts. Recognised by `kind` and `code`; mapped to HTTP and to exit codes in one place each. */
export class LedgerError extends Error {
  constructor(
    readonly kind: ErrorKind,
    readonly code: string,
    readonly text: Text,
    readonly details: readonly ErrorDetail[] = [],
  ) {
    super(`${code}: ${text.en}`);
    this.name = 'LedgerError';
  }
}

/** A refusal that concerns one field: the most common error of all. */
export function refusal(pointer: string, code: string, message: Text, expected: Text, got: string): LedgerError {
  return new LedgerError('refused', code, message, [{ pointer, code, expected, got }]);
}

const MOST_SHOWN = 80;
/** What is cut whole or not at all: an escape, a character of two code units. */
const PIECES = /\\u[0-9a-f]{4}|\\.|./gsu;

/** What came, short enough to print: strings quoted, what is not seen written out, long values cut at 80 characters. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  const printed = visibleQuoted(JSON.stringify(value) ?? String(value));
  if (printed.length <= MOST_SHOWN) return printed;
  let cut = '';
  for (const [piece] of printed.slice(0, MOST_SHOWN).matchAll(PIECES)) {
    if (cut.length + piece.length > MOST_SHOWN - 3) break;
    cut += piece;
  }
  return `${cut}...`;
}
