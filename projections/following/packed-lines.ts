import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/** Level 1 packs as closely as 3 does, in less time. The checksum tells damage that would read as other lines. */
const OPTIONS = { params: { [constants.ZSTD_c_compressionLevel]: 1, [constants.ZSTD_c_checksumFlag]: 1 } };

/** The lines of a list, each with its line feed: as they are, or as a table has them. */
export type Lines = string | Uint8Array;

/** Lines as a table has them: the same bytes whatever they were put together from. */
export const packLines = (lines: Lines): Uint8Array =>
  // A copy of its own: what comes is a view of a buffer many times as large, which would be kept or sent with it.
  typeof lines === 'string' ? new Uint8Array(zstdCompressSync(lines, OPTIONS)) : lines;

/** The inverse of `packLines`. @throws an error with SQLite's code of a damaged file, where they are damaged */
export function unpackLines(lines: Lines): string {
  if (typeof lines === 'string') return lines;
  try {
    return zstdDecompressSync(lines).toString();
  } catch (cause) {
    throw Object.assign(new Error('a list of the read tables is damaged', { cause }), { code: 'SQLITE_CORRUPT' });
  }
}
