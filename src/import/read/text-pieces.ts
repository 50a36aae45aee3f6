import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { text } from '../../errors.js';
import { isUndecodable, withoutMark } from './decode.js';
import { type FileEncoding } from '../report/import-report.js';
import { changed, demandWithin } from './file-digest.js';
import { type FileFacts } from './inspect-file.js';
import { isWide } from './file-kinds.js';
import { UnreadableFile } from '../../text/unreadable-file.js';
import { endlessLine, type LineBreak, MOST_PIECE_BYTES, piecesOf, withNewlines } from './read-pieces.js';

/** A stretch of whole lines as they are cut: bytes of UTF-8 or GB18030, held as Latin-1 text; lines end with LF. */
export interface TextPiece {
  readonly latin1: string;
  /** How many bytes of the file have been read with it. */
  readonly bytes: number;
  readonly isLast: boolean;
}

/** The text of a file of ours, in UTF-8. */
export const ownText = (path: string): AsyncGenerator<TextPiece> => fromBytes(path, '\n', Infinity, () => undefined);

/**
 * The text of a file whose facts are known, without its byte order mark. Whoever reads it to its end has read the bytes
 * that its digest names: they are hashed again as they are read, which costs little and proves it.
 * @throws ChangedFile at the latest behind the last piece, where they are not
 */
export async function* textPieces(path: string, facts: FileFacts): AsyncGenerator<TextPiece> {
  const { encoding, lineBreak, bytes: whole } = facts;
  const digest = createHash('sha256');
  let bytes = 0;
  const read = (chunk: Buffer): void => {
    bytes += chunk.length;
    demandWithin(bytes, whole);
    digest.update(chunk);
  };
  yield* isWide(encoding) ? fromUtf16(path, encoding, read) : fromBytes(path, lineBreak, whole, read);
  const got = { digest: digest.digest('hex'), bytes };
  if (got.digest !== facts.digest) throw changed(facts, got);
}

async function* fromBytes(
  path: string,
  lineBreak: LineBreak,
  whole: number,
  read: (chunk: Buffer) => void,
): AsyncGenerator<TextPiece> {
  for await (const piece of piecesOf(path, lineBreak)) {
    read(piece.bytes);
    const latin1 = piece.bytes.toString('latin1');
    const unmarked = piece.offset === 0 ? withoutMark(latin1) : latin1;
    const bytes = piece.offset + piece.bytes.length;
    yield { latin1: withNewlines(unmarked, lineBreak), bytes, isLast: bytes === whole };
  }
}

/** What spreadsheets save as "Unicode text", turned into UTF-8 on the way. */
async function* fromUtf16(
  path: string,
  encoding: FileEncoding,
  read: (chunk: Buffer) => void,
): AsyncGenerator<TextPiece> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let rest = '';
  let line = 1;
  let bytes = 0;
  let lineBreak: LineBreak | undefined;
  const piece = (whole: string, isLast: boolean): TextPiece => {
    const lines = withNewlines(whole, lineBreak ?? '\n');
    line += lines.split('\n').length - 1;
    return { latin1: Buffer.from(lines).toString('latin1'), bytes, isLast };
  };
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      read(chunk);
      rest += decoder.decode(chunk, { stream: true });
      bytes += chunk.length;
      lineBreak ??= /\r(?=[^\n])|\n/.exec(rest)?.[0] as LineBreak | undefined;
      // A CR at the end may be half of a CRLF: what is cut ends before it.
      const end = rest.slice(0, -1).lastIndexOf(lineBreak ?? '\n') + 1;
      if (end > 0) yield piece(rest.slice(0, end), false);
      rest = rest.slice(end);
      if (rest.length > MOST_PIECE_BYTES) throw new UnreadableFile(endlessLine(line));
    }
    rest += decoder.decode();
  } catch (error) {
    if (!isUndecodable(error)) throw error;
    const expected = text('有效的 UTF-16 文本', 'valid UTF-16 text');
    throw new UnreadableFile({ line, field: '', code: 'encoding', expected, got: 'bytes that are not UTF-16' });
  }
  yield piece(rest, true);
}
