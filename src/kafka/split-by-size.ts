import { type CloudEventMessage } from './cloud-event.js';

/** What Kafka adds to a key, a value or a header: lengths and offsets, at the most. */
const FRAME_BYTES = 20;

/**
 * Cuts messages, in their order, into pieces that a broker takes: what goes to one partition in one request is one
 * batch there, and a broker refuses a batch beyond its `message.max.bytes`. A piece has at least one message.
 */
export function splitBySize(messages: readonly CloudEventMessage[], mostBytes: number): CloudEventMessage[][] {
  const pieces: CloudEventMessage[][] = [];
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

function sizeOf({ key, value, headers }: CloudEventMessage): number {
  const texts = Object.entries(headers).reduce((sum, [name, text]) => sum + name.length + text.length + FRAME_BYTES, 0);
  return texts + key.length + Buffer.byteLength(value) + 2 * FRAME_BYTES;
}
