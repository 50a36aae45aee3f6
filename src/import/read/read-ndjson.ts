import { LedgerError, text } from '../../errors.js';
import { MOST_DEPTH, parseStrictJson } from '../../text/strict-json.js';
import { type Decode } from '../../text/csv-scanner.js';
import { MOST_RECORD_BYTES } from '../../text/csv-scanner.js';

/** One line of NDJSON: the object it holds, or why it holds none. */
export interface JsonRecord {
  readonly line: number;
  readonly value: Readonly<Record<string, unknown>> | LedgerError;
}

const BEYOND_ASCII = /[\x80-\xff]/;
const COLON = 58;
const SPACE = 32;

/** Cuts a piece of whole lines into JSON objects; blank lines are passed over. */
export class JsonScanner {
  private line = 1;

  constructor(private readonly decode: Decode) {}

  take(piece: string, give: (record: JsonRecord) => void): void {
    for (let at = 0; at < piece.length; this.line += 1) {
      const newline = piece.indexOf('\n', at);
      const end = newline < 0 ? piece.length : newline;
      const latin1 = piece.slice(at, end).trimEnd();
      at = end + 1;
      if (latin1 === '') continue;
      const json = BEYOND_ASCII.test(latin1) ? this.decode(latin1) : latin1;
      give({ line: this.line, value: parseObject(json, latin1.length) });
    }
  }
}

function parseObject(json: string, bytes: number): Readonly<Record<string, unknown>> | LedgerError {
  const tooLong = text('不超过 64 KiB 的一行', 'a line of at most 64 KiB');
  if (bytes > MOST_RECORD_BYTES) return malformed('line-too-long', tooLong, `${bytes} bytes`);
  const plain = parsePlain(json);
  if (plain) return plain;
  try {
    const value = parseStrictJson(Buffer.from(json));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
    return malformed('object', text('一个 JSON 对象', 'one JSON object'), json.slice(0, 80));
  } catch (error) {
    if (error instanceof LedgerError) return error;
    throw error;
  }
}

/**
 * The object of a line that is surely sound: without escapes, and with as many names in its text as members in what the
 * fast parser made of it, which keeps only the last of two of one name. Anything else is left to the strict parser.
 */
function parsePlain(json: string): Record<string, unknown> | undefined {
  if (json.includes('\\')) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return countMembers(value, 1) === countNames(json) ? (value as Record<string, unknown>) : undefined;
}

const malformed = (code: string, expected: LedgerError['text'], got: string): LedgerError =>
  new LedgerError('invalid', code, expected, [{ pointer: '', code, expected, got }]);

/** The members of an object and of all that it holds; not a number where it is too deep. */
function countMembers(value: object, depth: number): number {
  if (depth > MOST_DEPTH) return Number.NaN;
  const inner = Object.values(value) as unknown[];
  let members = Array.isArray(value) ? 0 : inner.length;
  for (const child of inner) if (typeof child === 'object' && child !== null) members += countMembers(child, depth + 1);
  return members;
}

/** The strings of valid JSON without escapes that a colon follows. */
function countNames(json: string): number {
  let names = 0;
  for (let open = json.indexOf('"'); open >= 0;) {
    let after = json.indexOf('"', open + 1) + 1;
    while (json.charCodeAt(after) <= SPACE) after += 1;
    if (json.charCodeAt(after) === COLON) names += 1;
    open = json.indexOf('"', after);
  }
  return names;
}
