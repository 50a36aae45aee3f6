import { Busboy, type BusboyInstance } from '@fastify/busboy';
import { type FastifyRequest } from 'fastify';
import { type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { LedgerError, show, type Text, text } from '../errors.js';
import { type ImportJobs, type StoredFile } from '../import/import-jobs.js';
import { formatNamed } from '../import/read/formats.js';
import { type FileFormat } from '../import/report/import-report.js';
import { type Accepted, codingOf, plainType } from './media-types.js';

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
export interface Upload {
  readonly stored: StoredFile;
  readonly format: FileFormat | undefined;
  /** The content type of the file itself, with its parameters. */
  readonly type: string | undefined;
  /** The other fields of a form. */
  readonly fields: Readonly<Record<string, string>>;
}

/**
 * Stores the file of a request: its whole body, or the one file of a form.
 * @param name what the client calls the file, where the request itself does not
 * @throws LedgerError invalid where there is no file or more than one, or it cannot be unpacked
 */
export async function readUpload(request: FastifyRequest, jobs: ImportJobs, name: string | undefined): Promise<Upload> {
  const { headers } = request;
  if (request.body === undefined) throw noFile('nothing');
  const body = codingOf(headers) === 'gzip' ? unpacked(request.body as Readable) : (request.body as Readable);
  try {
    if (plainType(headers['content-type']) === FORM) return await readForm(request, body, jobs);
    const { 'content-type': type, 'content-disposition': disposition } = headers;
    const stored = await jobs.store(body);
    return { stored, format: formatOf(type, name ?? nameIn(disposition)), type, fields: {} };
  } catch (error) {
    throw isPackedBadly(error)
      ? malformed('Content-Encoding', text('有效的 gzip', 'valid gzip'), 'other bytes')
      : error;
  }
}

const unpacked = (body: Readable): Readable => {
  const packed = createGunzip();
  pipeline(body, packed).catch(() => undefined);
  return packed;
};
const isPackedBadly = (error: unknown): boolean =>
  ((error as NodeJS.ErrnoException | undefined)?.code ?? '').startsWith('Z_');

const formatOf = (type: string | undefined, name: string | undefined): FileFormat | undefined =>
  FORMAT_BY_TYPE[plainType(type) ?? ''] ?? formatNamed(name ?? '');

/** The name in a Content-Disposition header: only its ending is of interest, so nothing is decoded. */
const nameIn = (header: string | undefined): string | undefined =>
  /filename\*\s*=\s*[^']*'[^']*'([^;\s]+)/i.exec(header ?? '')?.[1] ??
  /filename\s*=\s*"?([^";]+)/i.exec(header ?? '')?.[1]?.trim();

/** Limits of a form beside its file. */
const LIMITS = { fields: 16, fieldSize: 64 * 1024, parts: 32, headerPairs: 32 };

async function readForm({ headers }: FastifyRequest, body: Readable, jobs: ImportJobs): Promise<Upload> {
  const form = formReader(headers);
  const fields = new Map<string, string>();
  const faults: LedgerError[] = [];
  let file: Promise<Omit<Upload, 'fields'>> | undefined;
  form.on('file', (_field, stream, name, _encoding, type) => {
    if (file) {
      faults.push(noFile('more than one'));
      stream.resume();
      return;
    }
    file = jobs.store(stream).then((stored) => ({ stored, type, format: formatOf(type, name) }));
    // Nobody reads on where the file cannot be stored: the form would wait for ever.
    file.catch((error: Error) => body.destroy(error));
  });
  form.on('field', (name, value, _isNameCut, isCut) => {
    if (isCut) faults.push(malformed(name, text('至多 64 KiB', 'at most 64 KiB'), 'more'));
    if (fields.has(name)) faults.push(malformed(name, text('一次', 'once'), show(value)));
    fields.set(name, value);
  });
  form.on('fieldsLimit', () => faults.push(tooManyFields()));
  form.on('partsLimit', () => faults.push(tooManyFields()));
  try {
    await pipeline(body, form);
  } catch (error) {
    await file?.then(({ stored }) => jobs.discard(stored)).catch(() => undefined);
    if (error instanceof LedgerError || isPackedBadly(error)) throw error;
    throw malformed('file', text('完整的表单', 'a whole form'), (error as Error).message);
  }
  if (!file) throw noFile('none');
  const upload = await file;
  if (faults[0]) await jobs.discard(upload.stored);
  if (faults[0]) throw faults[0];
  return { ...upload, fields: Object.fromEntries(fields) };
}

const tooManyFields = (): LedgerError =>
  malformed('file', text(`至多 ${LIMITS.fields} 个字段`, `at most ${LIMITS.fields} fields`), 'more');

function formReader(headers: FastifyRequest['headers']): BusboyInstance {
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
