import { type FileEncoding } from '../report/import-report.js';

/**
 * Lines are cut out of a file byte by byte, as Latin-1 text, in which every character is one byte: commas, quotes and
 * line breaks mean themselves in UTF-8 and GB18030 alike, and text without other characters is used as it is.
 */
export type Decode = (latin1: string) => string;

const DECODERS: Readonly<Record<FileEncoding, Decode>> = {
  'utf-8': (latin1) => Buffer.from(latin1, 'latin1').toString('utf8'),
  gb18030: (latin1) => GB18030.decode(Buffer.from(latin1, 'latin1')),
};
const GB18030 = new TextDecoder('gb18030');

/** Turns bytes, held as Latin-1 text, into the text they stand for. The file has been found valid before. */
export const decoderOf = (encoding: FileEncoding): Decode => DECODERS[encoding];

const BYTE_ORDER_MARK = 'ï»¿';

/** The first piece of a file without the byte order mark. */
export const withoutMark = (latin1: string): string =>
  latin1.startsWith(BYTE_ORDER_MARK) ? latin1.slice(BYTE_ORDER_MARK.length) : latin1;
