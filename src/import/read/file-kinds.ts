import { type Text, text } from '../../errors.js';
import { type FileEncoding } from '../report/import-report.js';

/** A kind of file that is no text of commands: how its bytes begin, what it is, and the way out. */
interface OtherKind {
  readonly begins: RegExp;
  readonly name: string;
  readonly wayOut: Text;
}

const SAVE_AS = text(
  '文本文件：请在表格软件中另存为“CSV UTF-8（逗号分隔）”',
  'a text file: save it as "CSV UTF-8 (comma delimited)" in the spreadsheet program',
);
const UNPACK = text('文本文件：请先解压', 'a text file: unpack it first');
const EXPORT = text('CSV 或 NDJSON 文本文件', 'a text file of CSV or NDJSON');

const OTHER_KINDS: readonly OtherKind[] = [
  { begins: /^PK\x03\x04[^]*?(?:xl\/|\[Content_Types\])/, name: 'an Excel workbook (.xlsx)', wayOut: SAVE_AS },
  { begins: /^\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1/, name: 'an Excel workbook (.xls)', wayOut: SAVE_AS },
  { begins: /^PK[\x03\x05\x07]/, name: 'a ZIP archive', wayOut: UNPACK },
  { begins: /^\x1f\x8b/, name: 'a gzip archive', wayOut: UNPACK },
  { begins: /^(?:Rar!\x1a\x07|7z\xbc\xaf\x27\x1c)/, name: 'a RAR or 7z archive', wayOut: UNPACK },
  { begins: /^%PDF-/, name: 'a PDF', wayOut: EXPORT },
  { begins: /^\{\\rtf/, name: 'a document (RTF)', wayOut: EXPORT },
  {
    begins: /^(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|table|meta|\?xml|!--)/i,
    name: 'a web page or XML (some programs name one .xls)',
    wayOut: SAVE_AS,
  },
];

/** What a file is that begins so, where it is not the text that an import reads. */
export const otherKindOf = (latin1: string): OtherKind | undefined =>
  OTHER_KINDS.find(({ begins }) => begins.test(latin1));

/** The encoding that the byte order mark of a file names. */
export function encodingOfMark(beginning: Buffer): FileEncoding | undefined {
  const hex = beginning.subarray(0, 4).toString('hex');
  if (hex.startsWith('efbbbf')) return 'utf-8';
  if (hex.startsWith('fffe')) return 'utf-16le';
  if (hex.startsWith('feff')) return 'utf-16be';
  return hex === '84319533' ? 'gb18030' : undefined;
}

/** One zero byte in ten: text in UTF-16 has one for each separator, digit and letter; other text has none. */
const LEAST_ZEROS = 0.1;

/** The sort of UTF-16 that bytes without a byte order mark are in, by the side on which nearly all zero bytes are. */
export function utf16Without(beginning: Buffer): FileEncoding | undefined {
  const zeros = [0, 0];
  for (const [at, byte] of beginning.entries()) if (byte === 0) zeros[at % 2]! += 1;
  const [even, odd] = zeros as [number, number];
  const most = Math.max(even, odd);
  if (most === 0 || most < beginning.length * LEAST_ZEROS || Math.min(even, odd) * 10 > most) return undefined;
  return odd > even ? 'utf-16le' : 'utf-16be';
}

/** True for an encoding whose bytes cannot be cut into lines before they are decoded. */
export const isWide = (encoding: FileEncoding | undefined): boolean =>
  encoding === 'utf-16le' || encoding === 'utf-16be';
