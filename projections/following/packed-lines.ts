import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/** Level 1 packs as closely as 3 does, in less time. The checksum tells damage that would read as other lines. */
const OPTIONS = { params: { [constants.ZSTD_c_compressionLevel]: 1, [constants.ZSTD_c_checksumFlag]: 1 } };
/** How what zstd has packed begins. No text in UTF-8 does, nor has it the fourth byte of that. */
const PACKED = [0x28, 0xb5] as const;
const TEXT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
/** What is shorter, in characters, stays text in bytes: packing a few lines takes as long as packing a hundred. */
const LEAST_PACKED = 1_500;

/** The lines of a list, each with its line feed: as they are, or packed. */
export type Lines = string | Uint8Array;

/** Lines of a list to which none will be added: the same bytes whatever they were put together from. */
export function packLines(lines: Lines): Uint8Array {
  if (typeof lines !== 'string') return lines;
  // A copy of its own: what comes is a view of a buffer many times as large, which would be kept or sent with it.
  return new Uint8Array(lines.length < LEAST_PACKED ? Buffer.from(lines) : zstdCompressSync(lines, OPTIONS));
}

/** The inverse of `packLines`. @throws an error with SQLite's code of a damaged file, where they are damaged */
export function unpackLines(lines: Lines): string {
  if (typeof lines === 'string') return lines;
  try {
    return TEXT.decode(lines[0] === PACKED[0] && lines[1] === PACKED[1] ? zstdDecompressSync(lines) : lines);
  } catch (cause) {
    throw Object.assign(new Error('a list of the read tables is damaged', { cause }), { code: 'SQLITE_CORRUPT' });
  }
}
