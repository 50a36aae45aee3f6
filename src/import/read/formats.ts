import { extname } from 'node:path';
import { type FileFormat } from '../report/import-report.js';

/** The content type of a file sent over HTTP. */
export const CONTENT_TYPES: Readonly<Record<FileFormat, string>> = {
  csv: 'text/csv',
  ndjson: 'application/x-ndjson',
};

/** The format of a file by its name: NDJSON for `.ndjson` and `.jsonl`, else CSV. */
export const formatOf = (file: string): FileFormat => (/^\.(ndjson|jsonl)$/i.test(extname(file)) ? 'ndjson' : 'csv');
