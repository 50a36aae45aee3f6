import { type IncomingHttpHeaders } from 'node:http';
import { LedgerError, show, type Text, text } from '../errors.js';
import { readPosition as positionOf } from '../time/moment.js';

/** What a request says beside its body. A query as Fastify parses it: a name given twice is an array. */
export type Query = Readonly<Record<string, string | readonly string[]>>;

/** Visible ASCII, so that a key survives every proxy, file and log unchanged. */
const KEY_PATTERN = /^[\x21-\x7e]{1,255}$/;

/** The client's key for a command, unique in its book for ever; undefined where there is none. */
export const idempotencyKeyOf = (headers: IncomingHttpHeaders): string | undefined =>
  readKey(headers['idempotency-key']);

/** A key as it came, be it in a header or beside a command; undefined where there is none. */
export function readKey(key: unknown): string | undefined {
  if (key === undefined) return undefined;
  if (typeof key === 'string' && KEY_PATTERN.test(key)) return key;
  throw malformed(
    'Idempotency-Key',
    'idempotency-key',
    text('1 至 255 个可见 ASCII 字符', '1 to 255 visible ASCII characters'),
    show(key),
  );
}

/** The refusal of a write without a key. */
export const keyRequired = (): LedgerError =>
  malformed(
    'Idempotency-Key',
    'idempotency-key-required',
    text('每次记账一个的幂等键', 'a key of your own for each command'),
    'nothing',
  );

/** The language of an answer, where its address says it rather than a header: a link to a file has no headers. */
const LANGUAGE = 'lang';
const LANGUAGES: ReadonlySet<unknown> = new Set(['zh', 'en']);

/** Takes the language that the address asks for, before anything is answered in one. */
export function takeLanguage({
  query,
  headers,
}: {
  readonly query: unknown;
  readonly headers: IncomingHttpHeaders;
}): void {
  const asked = (query as Query)[LANGUAGE];
  if (typeof asked === 'string' && LANGUAGES.has(asked)) headers['accept-language'] = asked;
}

/**
 * The query as single values; its language was taken before.
 * @throws LedgerError invalid for a name that is not known or comes twice
 */
export function readQuery<Name extends string>(query: Query, known: readonly Name[]): Partial<Record<Name, string>> {
  const values: Partial<Record<Name, string>> = {};
  for (const [name, value] of Object.entries(query)) {
    if (name === LANGUAGE && LANGUAGES.has(value)) continue;
    if (name === LANGUAGE) throw malformed(name, 'language', text('zh 或 en', 'zh or en'), show(value));
    if (!(known as readonly string[]).includes(name)) {
      const names = known.length === 0 ? text('无参数', 'no parameters') : oneOf(known);
      throw malformed(name, 'unknown-parameter', names, show(value));
    }
    if (typeof value !== 'string') throw malformed(name, 'repeated-parameter', text('一次', 'once'), show(value));
    values[name as Name] = value;
  }
  return values;
}

const oneOf = (names: readonly string[]): Text =>
  text(`参数 ${names.join('、')} 之一`, `one of the parameters ${names.join(', ')}`);

/** The value of a switch in a query: `true`, `false` or absent. */
export function readSwitch(name: string, value: string | undefined): boolean {
  if (value === undefined || value === 'false') return false;
  if (value === 'true') return true;
  throw malformed(name, 'switch', text('true 或 false', 'true or false'), show(value));
}

/** The position of an `after` parameter; undefined where it is absent. */
export function readPosition(name: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const position = positionOf(value);
  if (position !== undefined) return position;
  throw malformed(name, 'position', text('日志位置，如 120', 'a position of the log, e.g. 120'), show(value));
}

export function malformed(pointer: string, code: string, expected: Text, got: string): LedgerError {
  const message = text(`${pointer} 不符合要求`, `${pointer} is not as it must be`);
  return new LedgerError('invalid', code, message, [{ pointer, code, expected, got }]);
}
