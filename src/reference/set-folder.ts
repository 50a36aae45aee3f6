import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ErrorDetail, text } from '../errors.js';
import { TABLE_NAMES, type TableName } from './columns.js';
import { malformedSet, type SetTexts } from './read-set.js';

/**
 * The texts of a set's files in a folder.
 * @throws LedgerError invalid `reference-set`, where one of the files is not there
 */
export function readSetFolder(folder: string): SetTexts {
  const missing: ErrorDetail[] = [];
  const textOf = (table: TableName): string => {
    try {
      return readFileSync(join(folder, `${table}.csv`), 'utf8');
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      if (code !== 'ENOENT' && code !== 'ENOTDIR' && code !== 'EISDIR') throw error;
      const expected = text(`文件 ${table}.csv`, `a file ${table}.csv`);
      missing.push({ pointer: `${table}.csv`, code: 'no-such-file', expected, got: code });
      return '';
    }
  };
  const texts = Object.fromEntries(TABLE_NAMES.map((table) => [table, textOf(table)])) as SetTexts;
  if (missing.length > 0) throw malformedSet(missing);
  return texts;
}
