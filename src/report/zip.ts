import { promisify } from 'node:util';
import { constants, crc32, deflateRaw } from 'node:zlib';
import { giveWay } from '../time/give-way.js';

/** On a thread of its own: a piece of some hundred kilobytes takes milliseconds. */
const deflateAside = promisify(deflateRaw);

/** One file of an archive; its pieces are read once, while the archive is written. */
export interface ZipFile {
  readonly name: string;
  readonly pieces: AsyncIterable<string> | Iterable<string>;
}

/** The first moment that the format knows: an archive has no time of its own, so that the same gives the same bytes. */
const FIRST_DAY = (1 << 5) | 1;
const UTF8_AND_SIZES_BEHIND = 0x0808;
const VERSION = 20;
const DEFLATE = 8;
/** The last block of a deflated file, which holds nothing. */
const END = Buffer.from([3, 0]);
/** What the plain form of the format can say of sizes and places. */
const MOST_BYTES = 0xffff_fffe;

interface Written {
  readonly name: Buffer;
  readonly crc: number;
  readonly deflated: number;
  readonly size: number;
  readonly offset: number;
}

/**
 * An archive (PKZIP APPNOTE 6.3) of some files, written while they are read: each piece is deflated by itself, and what
 * is known of a file only at its end stands behind it. Other work gets its turn between two pieces.
 * @throws RangeError where it would be larger than 4 GiB
 */
export async function* writeZip(files: AsyncIterable<ZipFile> | Iterable<ZipFile>): AsyncIterable<Buffer> {
  const written: Written[] = [];
  let offset = 0;
  for await (const { name: asText, pieces } of files) {
    const name = Buffer.from(asText, 'utf8');
    const head = Buffer.concat([record(0x04034b50, [VERSION, ...FLAGS], [0, 0, 0], [name.length, 0]), name]);
    yield head;
    let [crc, size, deflated] = [0, 0, END.length];
    for await (const piece of pieces) {
      const bytes = Buffer.from(piece, 'utf8');
      const part = await deflateAside(bytes, { finishFlush: constants.Z_SYNC_FLUSH });
      crc = crc32(bytes, crc);
      size += bytes.length;
      deflated += part.length;
      if (size > MOST_BYTES || offset + deflated > MOST_BYTES) throw new RangeError('an archive of more than 4 GiB');
      yield part;
      await giveWay();
    }
    yield END;
    yield record(0x08074b50, [], [crc, deflated, size], []);
    written.push({ name, crc, deflated, size, offset });
    offset += head.length + deflated + 16;
  }
  yield directory(written, offset);
}

const FLAGS = [UTF8_AND_SIZES_BEHIND, DEFLATE, 0, FIRST_DAY];

function directory(written: readonly Written[], begin: number): Buffer {
  const entries = written.map(({ name, crc, deflated, size, offset }) =>
    Buffer.concat([
      record(0x02014b50, [VERSION, VERSION, ...FLAGS], [crc, deflated, size], [name.length, 0, 0, 0, 0], [0, offset]),
      name,
    ]),
  );
  const length = entries.reduce((sum, entry) => sum + entry.length, 0);
  const { length: count } = entries;
  return Buffer.concat([...entries, record(0x06054b50, [0, 0, count, count], [length, begin], [0])]);
}

/** A record of the format: its mark, then groups of numbers, in turns of two bytes each and of four. */
function record(mark: number, ...groups: readonly (readonly number[])[]): Buffer {
  const parts = groups.flatMap((group, index) => group.map((value) => little(value, index % 2 === 0 ? 2 : 4)));
  return Buffer.concat([little(mark, 4), ...parts]);
}

function little(value: number, bytes: 2 | 4): Buffer {
  const buffer = Buffer.alloc(bytes);
  if (bytes === 2) buffer.writeUInt16LE(value);
  else buffer.writeUInt32LE(value);
  return buffer;
}
