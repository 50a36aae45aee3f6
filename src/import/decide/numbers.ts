import { type Overflow } from './overflow.js';

const LEAST_HELD = 16;
/** A power of two. */
const MOST_HELD = 4_096;
const NUMBER_BYTES = 4;

/**
 * Whole numbers below 2³² in the order in which they came. The last few thousand are in memory, 4 bytes each; those
 * before them go out of it, because a file has millions of lines.
 */
export class Numbers implements Iterable<number> {
  /** Where the parts begin that went out of memory. */
  private readonly full: number[] = [];
  private last = new Uint32Array(LEAST_HELD);
  length = 0;

  constructor(private readonly overflow: Overflow) {}

  static of(overflow: Overflow, numbers: Iterable<number>): Numbers {
    const made = new Numbers(overflow);
    for (const number of numbers) made.push(number);
    return made;
  }

  push(number: number): void {
    const at = this.length % MOST_HELD;
    if (at === 0 && this.length > 0) this.full.push(this.overflow.put(new Uint8Array(this.last.buffer)));
    else if (at === this.last.length) {
      const smaller = this.last;
      this.last = new Uint32Array(2 * at);
      this.last.set(smaller);
    }
    this.last[at] = number;
    this.length += 1;
  }

  /** The number at a place, counted from 0; undefined where there are not so many. */
  at(index: number): number | undefined {
    if (index >= this.length) return undefined;
    const [part, at] = [Math.floor(index / MOST_HELD), index % MOST_HELD];
    if (part === this.full.length) return this.last[at];
    return this.read(this.full[part]! + at * NUMBER_BYTES, 1)[0];
  }

  *[Symbol.iterator](): Generator<number> {
    for (const begin of this.full) yield* this.read(begin, MOST_HELD);
    yield* this.last.subarray(0, this.length - this.full.length * MOST_HELD);
  }

  private read(begin: number, count: number): Uint32Array {
    const numbers = new Uint32Array(count);
    this.overflow.read(begin, new Uint8Array(numbers.buffer));
    return numbers;
  }
}
