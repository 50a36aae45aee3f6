import { isAscii, isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { show, type Text, text } from '../../errors.js';
import { type FileEncoding } from '../report/import-report.js';
import { isUndecodable } from './decode.js';
import { digestOf } from './file-digest.js';
import { encodingOfMark, isWide, otherKindOf, utf16Without } from './file-kinds.js';
import { EncodingVoices, type Witness } from './judge-encoding.js';
import { UnreadableFile } from '../../text/unreadable-file.js';
import { lineAt, type LineBreak, lineBreakOf, NEWLINE, type Piece, piecesOf, RETURN } from './read-pieces.js';

/** What must be known of a file before its first line is read. */
export interface FileFacts {
  /** SHA-256, 64 hexadecimal digits. */
  readonly digest: string;
  readonly bytes: number;
  readonly encoding: FileEncoding;
  readonly lineBreak: LineBreak;
}

/**
 * Reads a file once for its digest and its encoding. Its byte order mark settles it, else who sends it says it; else
 * all of its texts are heard, see `EncodingVoices`: a file that reads well in one encoding only is in that; one that
 * reads well in both is not guessed at.
 * @throws UnreadableFile where the file is no text, is damaged, or could be either
 */
export async function inspectFile(path: string, wanted: FileEncoding | undefined): Promise<FileFacts> {
  const beginning = await beginningOf(path);
  const other = otherKindOf(beginning.toString('latin1'));
  if (other) throw unreadable(1, 'not-text', other.wayOut, other.name);
  const marked = encodingOfMark(beginning) ?? utf16Without(beginning);
  if (marked && wanted && marked !== wanted) throw unreadable(1, 'encoding', text(wanted, wanted), marked);
  const known = marked ?? wanted;
  if (known && isWide(known)) return { ...(await digestOf(path)), encoding: known, lineBreak: '\n' };
  const lineBreak = await lineBreakOf(path);
  const heard = await hear(path, lineBreak, known !== undefined);
  const encoding = known ?? (await judge(path, lineBreak, heard));
  const { digest, bytes, invalidAt } = heard;
  const badAt = encoding === 'utf-8' ? invalidAt : await firstBadOfFile(path, lineBreak, isGb18030);
  if (badAt !== undefined) throw damaged(await lineAt(path, badAt, lineBreak), encoding);
  return { digest, bytes, encoding, lineBreak };
}

/** Enough to see what a file is. */
const BEGINNING_BYTES = 4096;

async function beginningOf(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(BEGINNING_BYTES), 0, BEGINNING_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

interface Heard {
  readonly digest: string;
  readonly bytes: number;
  /** Where the first line begins that is not valid UTF-8. */
  readonly invalidAt: number | undefined;
  readonly voices: EncodingVoices;
}

async function hear(path: string, lineBreak: LineBreak, isKnown: boolean): Promise<Heard> {
  const digest = createHash('sha256');
  const voices = new EncodingVoices();
  let bytes = 0;
  let invalidAt: number | undefined;
  for await (const piece of piecesOf(path, lineBreak)) {
    digest.update(piece.bytes);
    bytes += piece.bytes.length;
    if (isAscii(piece.bytes)) continue;
    invalidAt ??= firstBadLine(piece, lineBreak, isUtf8);
    if (!isKnown) voices.listen(piece);
  }
  return { digest: digest.digest('hex'), bytes, invalidAt, voices };
}

/** The encoding that the texts of a file speak for. @throws UnreadableFile where they do not agree on one */
async function judge(path: string, lineBreak: LineBreak, { invalidAt, voices }: Heard): Promise<FileEncoding> {
  const { utf8, gb18030, doubtful, unread } = voices;
  const against = gb18030.first ?? (utf8.count === 0 ? doubtful.first : undefined);
  if (invalidAt === undefined) {
    if (!against) return 'utf-8';
    const isSure = !gb18030.first && (await firstBadOfFile(path, lineBreak, isGb18030)) !== undefined;
    if (isSure) return 'utf-8';
    throw await ambiguous(path, against, lineBreak);
  }
  if (utf8.count > 0 && gb18030.count === 0) return 'utf-8';
  const isGb = (await firstBadOfFile(path, lineBreak, isGb18030)) === undefined;
  if (!isGb) return gb18030.count > utf8.count ? 'gb18030' : 'utf-8';
  if (utf8.count === 0 && gb18030.count > 0) return 'gb18030';
  const witness = gb18030.first ?? unread.first;
  if (witness) throw await ambiguous(path, witness, lineBreak);
  return 'utf-8';
}

type Check = (bytes: Buffer) => boolean;

const GB18030 = new TextDecoder('gb18030', { fatal: true });

const isGb18030: Check = (bytes) => {
  try {
    GB18030.decode(bytes);
    return true;
  } catch (error) {
    if (isUndecodable(error)) return false;
    throw error;
  }
};

async function firstBadOfFile(path: string, lineBreak: LineBreak, check: Check): Promise<number | undefined> {
  for await (const piece of piecesOf(path, lineBreak)) {
    const bad = firstBadLine(piece, lineBreak, check);
    if (bad !== undefined) return bad;
  }
  return undefined;
}

/** Where in the file the first line begins that fails the check. */
function firstBadLine({ bytes, offset }: Piece, lineBreak: LineBreak, check: Check): number | undefined {
  if (check(bytes)) return undefined;
  const mark = lineBreak === '\r' ? RETURN : NEWLINE;
  let start = 0;
  for (let end = bytes.indexOf(mark) + 1; end > 0; end = bytes.indexOf(mark, end) + 1) {
    if (!check(bytes.subarray(start, end))) break;
    start = end;
  }
  return offset + start;
}

function damaged(line: number, encoding: FileEncoding): UnreadableFile {
  const name = encoding.toUpperCase();
  return unreadable(line, 'encoding', text(`有效的 ${name} 文本`, `valid ${name} text`), `bytes that are not ${name}`);
}

/** Both readings of the first text that could be either, and the way to say which is meant. */
async function ambiguous(path: string, { offset, ...reads }: Witness, lineBreak: LineBreak): Promise<UnreadableFile> {
  const expected = text(
    '说明编码：--encoding utf-8 或 --encoding gb18030（HTTP：encoding= 或 charset=）',
    'the encoding to be named: --encoding utf-8 or --encoding gb18030 (over HTTP encoding= or charset=)',
  );
  const got = `UTF-8 ${show(reads.utf8)}, GB18030 ${show(reads.gb18030)}`;
  return unreadable(await lineAt(path, offset, lineBreak), 'ambiguous-encoding', expected, got);
}

const unreadable = (line: number, code: string, expected: Text, got: string): UnreadableFile =>
  new UnreadableFile({ line, field: '', code, expected, got });
