import { Busboy, type BusboyInstance } from '@fastify/busboy';
import { type FastifyRequest } from 'fastify';
import { type IncomingHttpHeaders } from 'node:http';
import { type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { LedgerError, show, type Text, text } from '../errors.js';
import { stalled, type Upload } from '../import/jobs/upload-places.js';
import { formatNamed } from '../import/read/formats.js';
import { type FileFormat } from '../import/report/import-report.js';
import { asLedgerError, codeOf } from '../machine-fault.js';
import { type Accepted, codingOf, parameterOf, plainType } from './media-types.js';
import { bytesOf } from './upload-bytes.js';

/** What a file may be called by; where the type says no format, the file's name does, and else its first character. */
const FORMAT_BY_TYPE: Readonly<Record<string, FileFormat | undefined>> = {
  'text/csv': 'csv',
  'application/csv': 'csv',
  'application/x-ndjson': 'ndjson',
  'application/ndjson': 'ndjson',
  'application/jsonl': 'ndjson',
  'application/x-jsonlines': 'ndjson',
  'text/plain': undefined,
  'application/vnd.ms-excel': undefined,
  'application/octet-stream': undefined,
};
export const FORM = 'multipart/form-data';

export const ACCEPTED_FILES: Accepted = {
  types: [...Object.keys(FORMAT_BY_TYPE), FORM],
  isTypeOptional: true,
  codings: ['gzip'],
};

/** A file that has arrived, and what was said of it. */
export interface ReadUpload {
  readonly format: FileFormat | undefined;
  /** What its sender calls it; undefined where that was not said. */
  readonly name: string | undefined;
  /** The content type of the file itself, with its parameters. */
  readonly type: string | undefined;
  /** The other fields of a form. */
  readonly fields: Readonly<Record<string, string>>;
}

/** How many bytes a body says it has; 0 where it says nothing. What is packed is more when it is stored. */
export const announcedBytes = ({ 'content-length': length = '' }: IncomingHttpHeaders): number =>
  /^[0-9]{1,15}$/.test(length) ? Number.parseInt(length, 10) : 0;

/**
 * Stores the file of a request: its whole body, or the one file of a form.
 * @param name what the client calls the file, where the request itself does not
 * @throws LedgerError invalid where there is no file or more than one, it cannot be unpacked, or nothing comes any more
 */
export async function readUpload(
  request: FastifyRequest,
  upload: Upload,
  { name, idleMs }: { readonly name: string | undefined; readonly idleMs: number },
): Promise<ReadUpload> {
  const { headers } = request;
  if (request.body === undefined) throw noFile('nothing');
  const sent = bytesOf(request.body as Readable, { idleMs, stalled, signal: upload.signal });
  const body = codingOf(headers) === 'gzip' ? unpacked(sent) : sent;
  try {
    if (plainType(headers['content-type']) === FORM) return await readForm(headers, body, upload);
    const { 'content-type': type, 'content-disposition': disposition } = headers;
    await upload.store(body);
    const called = name ?? nameIn(disposition);
    return { format: formatOf(type, called), name: fileName(called), type, fields: {} };
  } catch (error) {
    throw isPackedBadly(error)
      ? malformed('Content-Encoding', text('有效的 gzip', 'valid gzip'), 'other bytes')
      : error;
  }
}

/** No file of lines is packed so well; what claims to be one is there to fill a disk. */
const MOST_TIMES = 250;
/** What may come out of next to nothing. */
const ANYWAY_BYTES = 64 * 1024 ** 2;

/** What is packed, as it was. */
async function* unpacked(sent: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let packed = 0;
  let bytes = 0;
  const gunzip = createGunzip();
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const chunk of sent) {
      packed += chunk.length;
      yield chunk;
    }
  }
  const poured = pipeline(counted, gunzip);
  // It fails with the stream that is read here.
  poured.catch(() => undefined);
  for await (const chunk of gunzip as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > ANYWAY_BYTES && bytes > packed * MOST_TIMES)
      throw malformed('Content-Encoding', text('压缩比至多 250', 'packed at most 250 times'), 'more');
    yield chunk;
  }
}

const isPackedBadly = (error: unknown): boolean => codeOf(error).startsWith('Z_');

const formatOf = (type: string | undefined, name: string | undefined): FileFormat | undefined =>
  FORMAT_BY_TYPE[plainType(type) ?? ''] ?? formatNamed(name ?? '');

/** The name in a Content-Disposition header; one that is not coded as it must be stands as it came. */
function nameIn(header: string | undefined): string | undefined {
  const coded = parameterOf(header, 'filename*')?.split("'").at(-1);
  if (coded === undefined) return parameterOf(header, 'filename')?.replaceAll('"', '').trim();
  try {
    return decodeURIComponent(coded);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return coded;
  }
}

/** Longest name that is kept. */
const MOST_NAME = 200;

/** The name of a file without the folders of its sender; undefined where nothing of it is left. */
const fileName = (called: string | undefined): string | undefined =>
  called?.split(/[\\/]/).at(-1)?.slice(-MOST_NAME).trim() || undefined;

/** Limits of a form beside its file. */
const LIMITS = { fields: 16, fieldSize: 64 * 1024, parts: 32, headerPairs: 32 };
/** Most bytes of a form that are not its file: fields, headers, and what nobody asked for. */
const MOST_BESIDE_BYTES = 4 * 1024 ** 2;

async function readForm(
  headers: IncomingHttpHeaders,
  body: AsyncIterable<Buffer>,
  upload: Upload,
): Promise<ReadUpload> {
  const form = formReader(headers);
  const fields = new Map<string, string>();
  let file: Promise<Omit<ReadUpload, 'fields'>> | undefined;
  let stored: Readable | undefined;
  const refuse = (error: Error): void => void form.destroy(error);
  form.on('file', (_field, stream, name, _encoding, type) => {
    // What is wrong with it is wrong with the form, and told there; unheard it would end the process.
    stream.on('error', () => undefined);
    if (file) return refuse(noFile('more than one'));
    stored = stream;
    file = upload
      .store(stream as AsyncIterable<Buffer>)
      .then(() => ({ type, name: fileName(name), format: formatOf(type, name) }));
    // Nobody reads on where the file cannot be stored: the form would wait for ever.
    file.catch(refuse);
  });
  form.on('field', (name, value, _isNameCut, isCut) => {
    if (isCut) refuse(malformed(name, text('至多 64 KiB', 'at most 64 KiB'), 'more'));
    if (fields.has(name)) refuse(malformed(name, text('一次', 'once'), show(value)));
    fields.set(name, value);
  });
  form.on('fieldsLimit', () => refuse(tooManyFields()));
  form.on('partsLimit', () => refuse(tooManyFields()));
  try {
    await pipeline(withLittleBeside(body, upload), form);
  } catch (error) {
    stored?.destroy(error as Error);
    await file?.catch(() => undefined);
    if (asLedgerError(error) instanceof LedgerError || isPackedBadly(error)) throw error;
    throw malformed('file', text('完整的表单', 'a whole form'), (error as Error).message);
  }
  if (!file) throw noFile('none');
  return { ...(await file), fields: Object.fromEntries(fields) };
}

/** A form, as long as it is its file that makes it large. */
async function* withLittleBeside(body: AsyncIterable<Buffer>, upload: Upload): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes - upload.bytes > MOST_BESIDE_BYTES)
      throw malformed('file', text('文件之外至多 4 MiB', 'at most 4 MiB beside the file'), 'more');
    yield chunk;
  }
}

const tooManyFields = (): LedgerError =>
  malformed('file', text(`至多 ${LIMITS.fields} 个字段`, `at most ${LIMITS.fields} fields`), 'more');

function formReader(headers: IncomingHttpHeaders): BusboyInstance {
  try {
    return new Busboy({ headers: { ...headers, 'content-type': headers['content-type']! }, limits: LIMITS });
  } catch (error) {
    throw malformed('Content-Type', text('带 boundary 的表单', 'a form with its boundary'), (error as Error).message);
  }
}

const noFile = (got: string): LedgerError => malformed('file', text('一个文件', 'exactly one file'), got);

function malformed(pointer: string, expected: Text, got: string): LedgerError {
  const code = 'upload';
  return new LedgerError('invalid', code, text('上传的内容不符合要求', 'the upload is not as it must be'), [
    { pointer, code, expected, got },
  ]);
}
