/**
 * The headers of a message in Kafka's own form. kafkajs gives every header a buffer of half a kilobyte, which for the
 * headers of a CloudEvent costs ten times as much as the rest of the message. So they go through it as one header,
 * whose value is all of them as Kafka writes them, and are put in its place in the batch before that is compressed.
 */

/** The one header that stands for all. */
export const PACKED = 'h';
const PACKED_CODE = PACKED.charCodeAt(0);
/** What is not plain ASCII, whose characters are its bytes. */
const NOT_PLAIN = /[^ -~]/;

/** Headers as Kafka writes them: how many there are, then name and value of each, with their lengths. */
export function packHeaders(headers: Readonly<Record<string, string>>): Buffer {
  // One string of a character a byte: to put it together and copy it once is faster than to write the parts one by one.
  let [bytes, count] = ['', 0];
  for (const name in headers) {
    bytes += withLength(name) + withLength(headers[name]!);
    count += 1;
  }
  return Buffer.from(varintText(count) + bytes, 'latin1');
}

function withLength(text: string): string {
  const bytes = NOT_PLAIN.test(text) ? Buffer.from(text).toString('latin1') : text;
  return varintText(bytes.length) + bytes;
}

const scratch = Buffer.alloc(8);
const varintText = (value: number): string => SHORT[value] ?? writtenVarint(value);
const writtenVarint = (value: number): string => scratch.toString('latin1', 0, writeVarint(scratch, 0, value));
const SHORT: readonly string[] = Array.from({ length: 256 }, (_, value) => writtenVarint(value));

/**
 * The records of a batch (format 2) with their packed headers put in place; a record without them stays as it is. The
 * result is never longer.
 */
export function unpackHeaders(records: Buffer): Buffer {
  const unpacked = Buffer.allocUnsafe(records.length);
  const reader = new Reader(records);
  let end = 0;
  while (reader.at < records.length) {
    const length = reader.varint();
    const [body, next] = [reader.at, reader.at + length];
    reader.at += 1;
    reader.varint();
    reader.varint();
    reader.skip();
    reader.skip();
    const headers = reader.at;
    const isPacked = reader.varint() === 1 && reader.varint() === 1 && records[reader.at] === PACKED_CODE;
    if (isPacked) {
      reader.at += 1;
      const packedLength = reader.varint();
      end = writeVarint(unpacked, end, headers - body + packedLength);
      end += records.copy(unpacked, end, body, headers);
      end += records.copy(unpacked, end, reader.at, reader.at + packedLength);
    } else {
      end = writeVarint(unpacked, end, length);
      end += records.copy(unpacked, end, body, next);
    }
    reader.at = next;
  }
  return unpacked.subarray(0, end);
}

/** Reads what a record is made of. */
class Reader {
  at = 0;

  constructor(private readonly bytes: Buffer) {}

  /** A whole number, zigzag, in groups of seven bits. Only lengths are looked at; longer numbers are passed over. */
  varint(): number {
    let [value, shift] = [0, 0];
    for (;;) {
      const byte = this.bytes[this.at]!;
      this.at += 1;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return (value >>> 1) ^ -(value & 1);
      shift += 7;
    }
  }

  /** Steps over bytes that stand behind their length; -1 is for none. */
  skip(): void {
    const length = this.varint();
    if (length > 0) this.at += length;
  }
}

function writeVarint(bytes: Buffer, start: number, value: number): number {
  let end = start;
  let rest = value << 1;
  while (rest > 0x7f) {
    bytes[end] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
    end += 1;
  }
  bytes[end] = rest;
  return end + 1;
}
