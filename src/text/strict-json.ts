import { type ErrorDetail, LedgerError, type Text, text } from '../errors.js';

/**
 * A strict reader of JSON. It accepts what `JSON.parse` accepts and gives the same value, except that it refuses
 * - bytes that are not UTF-8, and a byte order mark (RFC 8259 §8.1 forbids senders to write one),
 * - an object that names a key twice, also where one spelling is escaped: readers would disagree about its meaning,
 * - escapes that leave half a surrogate pair, which no UTF-8 text can hold,
 * - arrays and objects nested deeper than 32.
 * Numbers are JSON numbers; amounts of money are strings and never pass through here as numbers.
 */
export const MOST_DEPTH = 32;

/** Largest body of one command in bytes. */
export const MOST_BODY_BYTES = 65_536;

const DECODER = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const SPACE = /[ \t\n\r]*/y;
const ESCAPED = /["\\/bfnrt]/;
const PLAIN = /^[^\\\u0000-\u001f]*$/;
const LONE_SURROGATE = /\p{Cs}/u;

/** Where a JSON text stands that is a part of another. */
export interface JsonPlace {
  /** The line that it begins on. */
  readonly line?: number;
  /** How deep it may nest. */
  readonly mostDepth?: number;
}

/**
 * Reads one JSON text.
 * @throws LedgerError invalid, with line, column and pointer of the first thing that is wrong
 */
export function parseStrictJson(bytes: Uint8Array, { line = 1, mostDepth = MOST_DEPTH }: JsonPlace = {}): unknown {
  let source: string;
  try {
    source = DECODER.decode(bytes);
  } catch {
    throw new LedgerError('invalid', 'invalid-utf8', text('内容不是有效的 UTF-8', 'the body is not valid UTF-8'), [
      { pointer: '', code: 'invalid-utf8', expected: text('UTF-8 编码的 JSON', 'JSON in UTF-8'), got: firstBad(bytes) },
    ]);
  }
  return readAgain(source, mostDepth) ?? new Reader(source, line, mostDepth).read();
}

/**
 * The short way for what most clients send, compact JSON without escapes: where writing the value again gives the same
 * text, each of its keys stood there once, and nothing in it was read in another way than it was written.
 */
function readAgain(source: string, mostDepth: number): unknown {
  if (source.includes('\\')) return undefined;
  try {
    const value: unknown = JSON.parse(source);
    if (mayBeDeep(source, mostDepth) && !isWithin(value, mostDepth)) return undefined;
    return JSON.stringify(value) === source ? value : undefined;
  } catch {
    // The reader says what is wrong, and where.
    return undefined;
  }
}

/** True where the text might nest too deeply: it counts every bracket, in strings too. */
function mayBeDeep(source: string, mostDepth: number): boolean {
  let brackets = 0;
  for (const bracket of ['{', '['])
    for (let at = source.indexOf(bracket); at >= 0 && brackets <= mostDepth; at = source.indexOf(bracket, at + 1))
      brackets += 1;
  return brackets > mostDepth;
}

/** True where a value nests no deeper than that. */
function isWithin(value: unknown, mostDepth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (mostDepth === 0) return false;
  return Object.values(value).every((inner) => isWithin(inner, mostDepth - 1));
}

class Reader {
  private at = 0;
  /** The keys and indexes from the top to the place being read. */
  private readonly path: (string | number)[] = [];

  constructor(
    private readonly source: string,
    private readonly firstLine: number,
    private readonly mostDepth: number,
  ) {}

  read(): unknown {
    this.skipSpace();
    const value = this.readValue();
    this.skipSpace();
    if (this.at < this.source.length) throw this.malformed(text('内容到此结束', 'the end of the body'));
    return value;
  }

  private readValue(): unknown {
    switch (this.source.charCodeAt(this.at)) {
      case 0x7b:
        return this.readObject();
      case 0x5b:
        return this.readArray();
      case 0x22:
        return this.readString();
      case 0x74:
        return this.readWord('true', true);
      case 0x66:
        return this.readWord('false', false);
      case 0x6e:
        return this.readWord('null', null);
      default:
        return this.readNumber();
    }
  }

  private readObject(): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    if (this.opens(0x7d)) return object;
    for (;;) {
      if (this.source.charCodeAt(this.at) !== 0x22) throw this.malformed(text('带引号的键', 'a key in quotes'));
      const start = this.at;
      const key = this.readString();
      this.path.push(key);
      if (Object.hasOwn(object, key)) throw this.duplicate(start);
      this.skipSpace();
      if (this.source.charCodeAt(this.at) !== 0x3a) throw this.malformed(text('冒号', 'a colon'));
      this.at += 1;
      this.skipSpace();
      set(object, key, this.readValue());
      this.path.pop();
      if (this.closes(0x7d, text('逗号或 }', 'a comma or }'))) return object;
    }
  }

  private readArray(): unknown[] {
    const array: unknown[] = [];
    if (this.opens(0x5d)) return array;
    for (;;) {
      this.path.push(array.length);
      array.push(this.readValue());
      this.path.pop();
      if (this.closes(0x5d, text('逗号或 ]', 'a comma or ]'))) return array;
    }
  }

  /** Steps into an array or object; true where it is empty and has been left again. */
  private opens(end: number): boolean {
    const { mostDepth } = this;
    if (this.path.length >= mostDepth) {
      const expected = text(`不超过 ${mostDepth} 层`, `at most ${mostDepth} levels`);
      throw this.error('too-deep', text('嵌套过深', 'nested too deeply'), expected, `${mostDepth + 1}`);
    }
    this.at += 1;
    this.skipSpace();
    if (this.source.charCodeAt(this.at) !== end) return false;
    this.at += 1;
    return true;
  }

  /** After a member: true at the end of the array or object, false before another member. */
  private closes(end: number, expected: Text): boolean {
    this.skipSpace();
    const code = this.source.charCodeAt(this.at);
    if (code !== end && code !== 0x2c) throw this.malformed(expected);
    this.at += 1;
    if (code === end) return true;
    this.skipSpace();
    return false;
  }

  private readString(): string {
    const { source } = this;
    const start = this.at + 1;
    const end = source.indexOf('"', start);
    if (end >= 0) {
      const plain = source.slice(start, end);
      if (PLAIN.test(plain)) {
        this.at = end + 1;
        return plain;
      }
    }
    return this.readEscapedString(start);
  }

  private readEscapedString(start: number): string {
    const { source } = this;
    this.at = start;
    for (;;) {
      const code = source.charCodeAt(this.at);
      if (code === 0x22) break;
      if (Number.isNaN(code)) throw this.malformed(text('字符串的结束引号', 'the closing quote of the string'));
      if (code < 0x20) throw this.malformed(text('转义的控制字符', 'an escaped control character'));
      if (code === 0x5c) this.skipEscape();
      else this.at += 1;
    }
    const value = JSON.parse(source.slice(start - 1, this.at + 1)) as string;
    if (LONE_SURROGATE.test(value)) {
      const message = text('字符串含有半个代理对', 'the string holds half a surrogate pair');
      throw this.error('lone-surrogate', message, text('完整的字符', 'whole characters'), source.slice(start, this.at));
    }
    this.at += 1;
    return value;
  }

  private skipEscape(): void {
    const next = this.source[this.at + 1] ?? '';
    if (ESCAPED.test(next)) this.at += 2;
    else if (next === 'u' && /^[0-9a-fA-F]{4}$/.test(this.source.slice(this.at + 2, this.at + 6))) this.at += 6;
    else throw this.malformed(text('有效的转义', 'a valid escape'));
  }

  private readWord<T>(word: string, value: T): T {
    if (!this.source.startsWith(word, this.at)) throw this.malformed(text('JSON 值', 'a JSON value'));
    this.at += word.length;
    return value;
  }

  private readNumber(): number {
    NUMBER.lastIndex = this.at;
    const [digits] = NUMBER.exec(this.source) ?? [];
    if (digits === undefined) throw this.malformed(text('JSON 值', 'a JSON value'));
    this.at += digits.length;
    return JSON.parse(digits) as number;
  }

  private skipSpace(): void {
    if (this.source.charCodeAt(this.at) > 0x20) return;
    SPACE.lastIndex = this.at;
    SPACE.test(this.source);
    this.at = SPACE.lastIndex;
  }

  private malformed(expected: Text): LedgerError {
    const got = this.at < this.source.length ? JSON.stringify(this.source.slice(this.at, this.at + 20)) : 'the end';
    return this.error('malformed-json', text('内容不是有效的 JSON', 'the body is not valid JSON'), expected, got);
  }

  private duplicate(keyStart: number): LedgerError {
    const got = this.source.slice(keyStart, this.at);
    this.at = keyStart;
    const message = text('同一对象中的键重复', 'an object names a key twice');
    return this.error('duplicate-key', message, text('每个键一次', 'each key once'), got);
  }

  private error(code: string, message: Text, expected: Text, got: string): LedgerError {
    const before = this.source.slice(0, this.at);
    const line = this.firstLine + before.split('\n').length - 1;
    const column = this.at - before.lastIndexOf('\n');
    const place = text(`第 ${line} 行第 ${column} 列：${message.zh}`, `line ${line}, column ${column}: ${message.en}`);
    const pointer = this.path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
    const detail: ErrorDetail = { pointer, code, expected, got: got.length > 80 ? `${got.slice(0, 77)}...` : got };
    return new LedgerError('invalid', code, place, [detail]);
  }
}

/** Sets a key as `JSON.parse` does: `__proto__` is a key like any other and changes no prototype. */
function set(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') object[key] = value;
  else Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}

/** Where the bytes stop being UTF-8: the first byte that cannot follow those before it. */
function firstBad(bytes: Uint8Array): string {
  let low = 0;
  let high = bytes.length;
  // The longest prefix that decodes as a beginning of UTF-8 ends at the first bad byte.
  while (low + 1 < high) {
    const middle = (low + high) >> 1;
    if (beginsWell(bytes.subarray(0, middle))) low = middle;
    else high = middle;
  }
  return `0x${(bytes[low] ?? 0).toString(16).padStart(2, '0')} at byte ${low}`;
}

function beginsWell(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
