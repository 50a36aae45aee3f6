/** What Kafka adds to a key, a value or the headers: lengths and offsets, at the most. */
const FRAME_BYTES = 20;

/** A message that is ready to be sent. */
export interface SizedMessage {
  readonly key: string;
  readonly value: string;
  readonly headers: Readonly<Record<string, Buffer>>;
}

/**
 * Cuts messages, in their order, into pieces that a broker takes: what goes to one partition in one request is one
 * batch there, and a broker refuses a batch beyond its `message.max.bytes`. A piece has at least one message.
 */
export function splitBySize<M extends SizedMessage>(messages: readonly M[], mostBytes: number): M[][] {
  const pieces: M[][] = [];
  let room = 0;
  for (const message of messages) {
    const size = sizeOf(message);
    if (size > room) {
      pieces.push([]);
      room = mostBytes;
    }
    pieces.at(-1)!.push(message);
    room -= size;
  }
  return pieces;
}

function sizeOf({ key, value, headers }: SizedMessage): number {
  let size = key.length + Buffer.byteLength(value) + 2 * FRAME_BYTES;
  for (const name in headers) size += name.length + headers[name]!.length + FRAME_BYTES;
  return size;
}
