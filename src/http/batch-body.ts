import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { type Readable } from 'node:stream';
import { type BatchItem } from '../batches/post-batch.js';
import { findSentKind } from '../catalogue/registry.js';
import { LedgerError, show, type Text, text } from '../errors.js';
import { MOST_BODY_BYTES, MOST_DEPTH, parseStrictJson } from '../text/strict-json.js';
import { type Accepted, plainType } from './media-types.js';
import { httpError } from './problem.js';
import { revisionsNamed } from './protocol/entity-tags.js';
import { keyRequired, malformed, readKey } from './request.js';

export const BATCH_ROUTE = 'v1/batches';
export const MOST_ITEMS = 1_000;
/** Largest body of a batch in bytes. */
export const MOST_BATCH_BYTES = 1_048_576;

const NDJSON_TYPES = ['application/x-ndjson', 'application/ndjson', 'application/jsonl', 'application/x-jsonlines'];
export const ACCEPTED_BATCHES: Accepted = {
  types: [...NDJSON_TYPES, 'application/json'],
  isTypeOptional: false,
  codings: [],
};

/** Lets a batch be longer than a single command is. */
export function takeLongBatches(instance: FastifyInstance): void {
  instance.addHook('onRoute', (route) => {
    if (route.url === `/${BATCH_ROUTE}`) route.bodyLimit = MOST_BATCH_BYTES;
  });
}

/** An item of a batch as it stands in the body. */
export interface ReadItem {
  readonly item: BatchItem;
  /** The line it stands on, where each has its own. */
  readonly line?: number;
  /** Its key, as far as it could be read. */
  readonly key?: string | undefined;
}

/**
 * The items of a body, each read as a body of its own would be.
 * @param keyless whether an item may do without a key, as a dry run may
 * @throws LedgerError invalid, where there is none or are too many, and where what should be an array of them is none
 */
export async function readBatch(request: FastifyRequest, keyless: boolean): Promise<ReadItem[]> {
  const bytes = await bytesOf(request);
  const type = plainType(request.headers['content-type']);
  const items = type !== undefined && NDJSON_TYPES.includes(type) ? linesOf(bytes) : elementsOf(bytes);
  if (items.length === 0) throw wrongCount('no-commands', '0');
  if (items.length > MOST_ITEMS) throw wrongCount('too-many-commands', String(items.length));
  return items.map((read) => readItem(read, keyless));
}

const TOO_LARGE = httpError(413)!;
const NOTHING = Buffer.alloc(0);

/** The whole body: a type that a file may have too comes as a stream. */
async function bytesOf({ body, headers }: FastifyRequest): Promise<Buffer> {
  if (body === undefined || Buffer.isBuffer(body)) return body ?? NOTHING;
  const stream = body as Readable;
  const pieces: Buffer[] = [];
  let size = Number.parseInt(headers['content-length'] ?? '0', 10);
  if (size > MOST_BATCH_BYTES) throw tooLarge(stream);
  size = 0;
  // Left as it is where it is too long, so that its client can still be answered.
  for await (const piece of stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > MOST_BATCH_BYTES) throw tooLarge(stream);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** What is still on its way is let pass, for as long as any body may take. */
function tooLarge(stream: Readable): LedgerError {
  stream.resume();
  return TOO_LARGE;
}

/** What an item is before it is looked at: a value, or why its text is none. */
interface RawItem {
  readonly line?: number;
  readonly read: () => unknown;
}

/** One command a line; blank lines are passed over. */
function linesOf(bytes: Buffer): RawItem[] {
  const lines: RawItem[] = [];
  for (let at = 0, line = 1; at < bytes.length; line += 1) {
    const newline = bytes.indexOf(0x0a, at);
    const end = newline < 0 ? bytes.length : newline;
    const piece = bytes.subarray(at, end);
    at = end + 1;
    if (isBlank(piece)) continue;
    const place = line;
    lines.push({ line, read: () => parseStrictJson(withinOne(piece, piece.length), { line: place }) });
  }
  return lines;
}

const isBlank = (piece: Buffer): boolean => piece.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);

/** The elements of an array: one JSON text, so that what is wrong in its writing is wrong with the whole. */
function elementsOf(bytes: Buffer): RawItem[] {
  const array = parseStrictJson(bytes, { mostDepth: MOST_DEPTH + 1 });
  if (!Array.isArray(array)) throw malformedBatch(array);
  const mayBeLong = bytes.length > MOST_BODY_BYTES;
  return array.map((value: unknown) => ({
    read: () => (mayBeLong ? withinOne(value, Buffer.byteLength(JSON.stringify(value))) : value),
  }));
}

/** No command is longer in a batch than alone. */
function withinOne<T>(command: T, bytes: number): T {
  if (bytes > MOST_BODY_BYTES) throw TOO_LARGE;
  return command;
}

function readItem({ line, read }: RawItem, keyless: boolean): ReadItem {
  const place = line === undefined ? {} : { line };
  let key: string | undefined;
  try {
    const value = read();
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw notAnObject(value);
    const { kind: word, key: given, ifMatch, ...body } = value as Readonly<Record<string, unknown>>;
    key = readKey(given);
    const kind = typeof word === 'string' ? findSentKind(word) : undefined;
    if (!kind) throw malformed('/kind', word === undefined ? 'required' : 'unknown-kind', A_KIND, show(word));
    if (ifMatch !== undefined && typeof ifMatch !== 'string')
      throw malformed(
        'If-Match',
        'if-match',
        text('如 If-Match 头的字符串', 'a string as the header has it'),
        show(ifMatch),
      );
    const expectedRevision = revisionsNamed(ifMatch);
    if (key === undefined && !keyless) throw keyRequired();
    // No key of a client's has a space in it.
    return { item: { kind, body, key: key ?? 'dry run', expectedRevision }, ...place, key };
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    return { item: error, ...place, key };
  }
}

const A_KIND = text(
  '凭证或备查的种类，如 contribution（与导入文件的 kind 相同）',
  'a kind of voucher or memo, e.g. contribution: as in the files of an import',
);
const AN_OBJECT = text(
  '一个 JSON 对象：kind、key 及该种类的字段',
  'one JSON object: kind, key, and the fields of that kind',
);

function notAnObject(got: unknown): LedgerError {
  const message = text('该项不是 JSON 对象', 'this item is no JSON object');
  return new LedgerError('invalid', 'object', message, [
    { pointer: '', code: 'object', expected: AN_OBJECT, got: show(got) },
  ]);
}

function malformedBatch(got: unknown): LedgerError {
  const message = text(
    '内容应为 JSON 数组；或每行一个对象，类型 application/x-ndjson',
    'the body must be a JSON array, or, as application/x-ndjson, an object a line',
  );
  const expected = text(`[{"kind":"…","key":"…",…},…]`, `[{"kind":"…","key":"…",…},…]`);
  return new LedgerError('invalid', 'batch', message, [{ pointer: '', code: 'batch', expected, got: show(got) }]);
}

function wrongCount(code: 'no-commands' | 'too-many-commands', got: string): LedgerError {
  const message: Text =
    code === 'no-commands'
      ? text('该批没有内容', 'the batch holds no command')
      : text(`一批至多 ${MOST_ITEMS} 项`, `a batch holds at most ${MOST_ITEMS} commands`);
  const expected = text(`1 至 ${MOST_ITEMS} 项`, `1 to ${MOST_ITEMS} commands`);
  return new LedgerError('invalid', code, message, [{ pointer: '', code, expected, got }]);
}
