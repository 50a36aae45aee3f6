/**
 * A small seeded generator of numbers (sfc32): the same seed gives the same feed on every machine. Each part of the
 * feed draws from a generator of its own, named by a label: a change in one part leaves the others as they were.
 */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private counter = 1;

  constructor(seed: string) {
    this.a = hash(seed, 0x9e3779b9);
    this.b = hash(seed, 0x243f6a88);
    this.c = hash(seed, 0xb7e15162);
    for (let round = 0; round < 15; round += 1) this.next();
  }

  /** A whole number from 0 to 2³² - 1. */
  next(): number {
    const sum = (this.a + this.b + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number {
    return this.next() % limit;
  }

  /** A weight from 1 to 4,096 that is small more often than large, as amounts of vouchers are. */
  weight(): bigint {
    const bits = this.next();
    return BigInt((((bits & 63) + 1) * (((bits >>> 8) & 63) + 1)) >>> 0);
  }
}

/** FNV-1a over the UTF-16 units of a text. */
function hash(value: string, basis: number): number {
  let sum = basis;
  for (let index = 0; index < value.length; index += 1) sum = Math.imul(sum ^ value.charCodeAt(index), 0x01000193);
  return sum >>> 0;
}
