import { type Decode } from '../../text/csv-scanner.js';
import { type FileEncoding } from '../report/import-report.js';

/*
 * Lines are cut out of a file byte by byte, as Latin-1 text, in which every character is one byte: commas, quotes and
 * line breaks mean themselves in UTF-8 and GB18030 alike, and text without other characters is used as it is.
 */

const GB18030 = new TextDecoder('gb18030');
const fromUtf8: Decode = (latin1) => Buffer.from(latin1, 'latin1').toString('utf8');

/** Pieces of UTF-16 are turned into UTF-8 before they are cut. */
const DECODERS: Readonly<Record<FileEncoding, Decode>> = {
  'utf-8': fromUtf8,
  gb18030: (latin1) => GB18030.decode(Buffer.from(latin1, 'latin1')),
  'utf-16le': fromUtf8,
  'utf-16be': fromUtf8,
};

/** Turns bytes, held as Latin-1 text, into the text they stand for. The file has been found valid before. */
export const decoderOf = (encoding: FileEncoding): Decode => DECODERS[encoding];

/** The byte order marks of UTF-8 and GB18030. */
const BYTE_ORDER_MARK = /^(?:\xef\xbb\xbf|\x84\x31\x95\x33)/;

/** The first piece of a file without the byte order mark. */
export const withoutMark = (latin1: string): string => latin1.replace(BYTE_ORDER_MARK, '');

/** True for the error of a strict decoder that was given bytes which are none of its encoding. */
export const isUndecodable = (error: unknown): boolean =>
  (error as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA';
