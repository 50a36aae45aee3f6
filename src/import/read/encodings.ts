import { LedgerError, show, text } from '../../errors.js';
import { type FileEncoding } from '../report/import-report.js';

/** Names that the standard's list of labels does not have, but programs that write such files do. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  ascii: 'utf-8',
  'us-ascii': 'utf-8',
  'utf-8-sig': 'utf-8',
  utf8sig: 'utf-8',
  'utf-8-bom': 'utf-8',
  cp65001: 'utf-8',
  cp936: 'gb18030',
  ms936: 'gb18030',
  'windows-936': 'gb18030',
  'gb18030-2000': 'gb18030',
  'gb18030-2005': 'gb18030',
  'gb18030-2022': 'gb18030',
  'euc-cn': 'gb18030',
  utf16: 'utf-16le',
  utf16le: 'utf-16le',
  utf16be: 'utf-16be',
};

/** GB 2312 and GBK are parts of GB 18030, which replaced them. */
const ENCODINGS: Readonly<Record<string, FileEncoding>> = {
  'utf-8': 'utf-8',
  gbk: 'gb18030',
  gb18030: 'gb18030',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
};

/** The encoding that a name stands for, in any of its usual spellings: `GBK`, `gb2312`, `UTF8`. */
function encodingNamed(name: string): FileEncoding | undefined {
  const folded = name.trim().toLowerCase();
  try {
    return ENCODINGS[new TextDecoder(OTHER_NAMES[folded] ?? folded).encoding];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_ENCODING_NOT_SUPPORTED') return undefined;
    throw error;
  }
}

/**
 * The encoding that somebody names for a file; `pointer` says where, for the error.
 * @throws LedgerError invalid where files are not read in it
 */
export function readEncoding(name: string | undefined, pointer: string): FileEncoding | undefined {
  if (name === undefined) return undefined;
  const encoding = encodingNamed(name);
  if (encoding) return encoding;
  const expected = text(
    'utf-8、gb18030（gbk、gb2312）或 utf-16le、utf-16be',
    'utf-8, gb18030 (gbk, gb2312), utf-16le or utf-16be',
  );
  throw new LedgerError('invalid', 'encoding', text('没有这种编码', 'no such encoding'), [
    { pointer, code: 'encoding', expected, got: show(name) },
  ]);
}

/** The charset that a content type names: each parameter is looked at by itself, however many blanks are between. */
function charsetOf(contentType = ''): string | undefined {
  for (const parameter of contentType.split(';').slice(1)) {
    const [name = '', value] = parameter.split('=', 2).map((part) => part.trim());
    if (name.toLowerCase() === 'charset' && value !== undefined) return value.replaceAll('"', '');
  }
  return undefined;
}

/**
 * The encoding that the content type of an upload or its `encoding` names.
 * @throws LedgerError invalid where files are not read in it, or where the two disagree
 */
export function encodingOfUpload(contentType: string | undefined, named: string | undefined): FileEncoding | undefined {
  const ofType = readEncoding(charsetOf(contentType), 'Content-Type');
  const ofQuery = readEncoding(named, 'encoding');
  if (ofType && ofQuery && ofType !== ofQuery) {
    const expected = text(`与 charset 相同：${ofType}`, `the same as the charset, ${ofType}`);
    throw new LedgerError('invalid', 'encoding', text('两处编码不一致', 'two encodings are named'), [
      { pointer: 'encoding', code: 'encoding', expected, got: show(named) },
    ]);
  }
  return ofQuery ?? ofType;
}
