import { isAscii, isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { type Text, text } from '../../errors.js';
import { type FileEncoding } from '../report/import-report.js';
import { lineAt, NEWLINE, type Piece, piecesOf, UnreadableFile } from './read-pieces.js';

/** What must be known of a file before its first line is read. */
export interface FileFacts {
  /** SHA-256, 64 hexadecimal digits. */
  readonly digest: string;
  readonly bytes: number;
  readonly encoding: FileEncoding;
}

/**
 * Reads a file once for its digest and its encoding: UTF-8 where all of it is valid UTF-8, else GB18030. A file that
 * begins with a byte order mark, or whose earlier lines hold valid UTF-8 beyond ASCII, is damaged UTF-8 where a later
 * line is invalid, and not taken for GB18030.
 * @throws UnreadableFile where it is neither, or not what was wanted
 */
export async function inspectFile(path: string, wanted: FileEncoding | undefined): Promise<FileFacts> {
  const digest = createHash('sha256');
  let bytes = 0;
  let invalidAt: number | undefined;
  let isProbablyUtf8 = false;
  for await (const piece of piecesOf(path)) {
    if (bytes === 0) demandNoUtf16(piece.bytes);
    digest.update(piece.bytes);
    bytes += piece.bytes.length;
    if (invalidAt === undefined) {
      invalidAt = firstBadLine(piece, isUtf8);
      const before = invalidAt === undefined ? piece.bytes : piece.bytes.subarray(0, invalidAt - piece.offset);
      isProbablyUtf8 ||= !isAscii(before);
    }
  }
  const encoding = wanted ?? (invalidAt === undefined || isProbablyUtf8 ? 'utf-8' : 'gb18030');
  const badAt = encoding === 'utf-8' ? invalidAt : await firstBadOfFile(path, isGb18030);
  if (badAt !== undefined) throw await unreadable(path, badAt, encoding);
  return { digest: digest.digest('hex'), bytes, encoding };
}

type Check = (bytes: Buffer) => boolean;

const GB18030 = new TextDecoder('gb18030', { fatal: true });

const isGb18030: Check = (bytes) => {
  try {
    GB18030.decode(bytes);
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
};

async function firstBadOfFile(path: string, check: Check): Promise<number | undefined> {
  for await (const piece of piecesOf(path)) {
    const bad = firstBadLine(piece, check);
    if (bad !== undefined) return bad;
  }
  return undefined;
}

/** Where in the file the first line begins that fails the check. */
function firstBadLine({ bytes, offset }: Piece, check: Check): number | undefined {
  if (check(bytes)) return undefined;
  let start = 0;
  for (let end = bytes.indexOf(NEWLINE) + 1; end > 0; end = bytes.indexOf(NEWLINE, end) + 1) {
    if (!check(bytes.subarray(start, end))) break;
    start = end;
  }
  return offset + start;
}

async function unreadable(path: string, offset: number, encoding: FileEncoding): Promise<UnreadableFile> {
  const name = encoding === 'utf-8' ? 'UTF-8' : 'GB18030';
  const line = await lineAt(path, offset);
  const expected = text(`有效的 ${name} 文本`, `valid ${name} text`);
  return failure(line, expected, `bytes that are not ${name}`);
}

function demandNoUtf16(bytes: Buffer): void {
  const mark = bytes.subarray(0, 2).toString('hex');
  if (mark !== 'fffe' && mark !== 'feff') return;
  throw failure(1, text('UTF-8 或 GB18030 编码的文件', 'a file in UTF-8 or GB18030'), 'UTF-16');
}

const failure = (line: number, expected: Text, got: string): UnreadableFile =>
  new UnreadableFile({ line, field: '', code: 'encoding', expected, got });
