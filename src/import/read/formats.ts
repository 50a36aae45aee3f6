import { open } from 'node:fs/promises';
import { extname } from 'node:path';
import { type FileFormat } from '../report/import-report.js';

/** The content type of a file as it is sent over HTTP. */
export const CONTENT_TYPES: Readonly<Record<FileFormat, string>> = {
  csv: 'text/csv',
  ndjson: 'application/x-ndjson',
};

const BY_EXTENSION: Readonly<Record<string, FileFormat>> = { '.csv': 'csv', '.ndjson': 'ndjson', '.jsonl': 'ndjson' };

/** The format that a file's name says; undefined where it says none. */
export const formatNamed = (name: string): FileFormat | undefined => BY_EXTENSION[extname(name).toLowerCase()];

const FIRST_BYTES = 4 * 1024;
/** What may stand before the first character: byte order marks, blanks, and the empty bytes of UTF-16. */
const BEFORE = /^[\xef\xbb\xbf\xff\xfe\0\s]*/;

/** The format of a file as it begins: NDJSON where that is a brace or a bracket, else CSV. */
export async function formatWithin(path: string): Promise<FileFormat> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(FIRST_BYTES), 0, FIRST_BYTES, 0);
    const text = buffer.toString('latin1', 0, bytesRead).replace(BEFORE, '');
    return text.startsWith('{') || text.startsWith('[') ? 'ndjson' : 'csv';
  } finally {
    await file.close();
  }
}
