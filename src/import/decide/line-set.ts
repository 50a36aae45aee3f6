const FIRST_BYTES = 1024;

/** A set of lines of a file, a bit for each line of it: sixty million lines take eight megabytes. */
export class LineSet {
  private bits = new Uint8Array(FIRST_BYTES);

  add(line: number): void {
    const at = line >> 3;
    if (at >= this.bits.length) {
      const { bits } = this;
      this.bits = new Uint8Array(2 * at);
      this.bits.set(bits);
    }
    this.bits[at]! |= 1 << (line & 7);
  }

  has(line: number): boolean {
    return ((this.bits[line >> 3] ?? 0) & (1 << (line & 7))) !== 0;
  }
}
