const FIRST_BYTES = 128 * 1024;
/** No UTF-16 unit becomes more bytes than this. */
const MOST_BYTES_OF_UNIT = 3;
const UTF8 = new TextEncoder();

/** The bodies of a batch of lines, one behind the other, as the bytes that go into events. */
export class Bodies {
  private buffer = new Uint8Array(FIRST_BYTES);
  /** How many bytes there are by now. */
  length = 0;

  add(body: string): void {
    const most = this.length + MOST_BYTES_OF_UNIT * body.length;
    if (most > this.buffer.length) {
      const { buffer } = this;
      this.buffer = new Uint8Array(2 * most);
      this.buffer.set(buffer.subarray(0, this.length));
    }
    this.length += UTF8.encodeInto(body, this.buffer.subarray(this.length)).written;
  }

  /** Hands out the bytes, and begins anew. */
  take(): Uint8Array<ArrayBuffer> {
    const bytes = this.buffer.slice(0, this.length);
    this.length = 0;
    return bytes;
  }
}
