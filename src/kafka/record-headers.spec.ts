import { describe, expect, it } from '@jest/globals';
import { PACKED, packHeaders, unpackHeaders } from './record-headers.js';

/** A length below 64, as Kafka writes it: twice the number. */
const short = (length: number): Buffer => Buffer.from([length * 2]);
const sized = (text: string): Buffer => Buffer.concat([short(Buffer.byteLength(text)), Buffer.from(text)]);
/** What stands before the headers: attributes, a time of two bytes, an offset, the key and the value. */
const start = (key: string, value: string): Buffer =>
  Buffer.concat([Buffer.from([0, 0x80, 0x01, 0x06]), sized(key), sized(value)]);

function record(...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const length = body.length * 2;
  return Buffer.concat([Buffer.from(length < 128 ? [length] : [(length & 0x7f) | 0x80, length >> 7]), body]);
}

describe('packed headers', () => {
  const headers = { ce_id: 'book-employee-460100-12', note: '统账' };
  const written = Buffer.concat([short(2), ...Object.entries(headers).flat().map(sized)]);
  const packed = (): Buffer[] => [short(1), sized(PACKED), short(written.length), written];

  it('are the headers as Kafka writes them, in UTF-8', () => {
    expect(packHeaders(headers)).toEqual(written);
  });

  it('have lengths of two bytes from 64 on', () => {
    const long = 'x'.repeat(300);
    expect(packHeaders({ a: long })).toEqual(
      Buffer.concat([short(1), sized('a'), Buffer.from([0xd8, 0x04]), Buffer.from(long)]),
    );
  });

  it('take the place of the one that stands for them, in every record', () => {
    const [first, second] = [start('book', '{"number":1}'), start('case', '{}')];
    expect(unpackHeaders(Buffer.concat([record(first, ...packed()), record(second, ...packed())]))).toEqual(
      Buffer.concat([record(first, written), record(second, written)]),
    );
  });

  it('leave other records as they are', () => {
    const [plain, headed] = [record(start('position', '12'), short(0)), record(start('a', 'b'), short(1), sized('x'))];
    const noKey = record(Buffer.from([0, 0, 0, 1]), sized('value'), short(0));
    expect(unpackHeaders(plain)).toEqual(plain);
    expect(unpackHeaders(headed)).toEqual(headed);
    expect(unpackHeaders(noKey)).toEqual(noKey);
  });
});
