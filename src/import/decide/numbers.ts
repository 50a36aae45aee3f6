const LEAST_HELD = 16;
/** A power of two. */
const MOST_HELD = 4_096;

/**
 * Whole numbers below 2³² in the order in which they came: 4 bytes each, because a file has millions of lines, and
 * never copied as a whole.
 */
export class Numbers implements Iterable<number> {
  /** All but the last are full. */
  private readonly parts: Uint32Array[] = [];
  length = 0;

  static of(numbers: Iterable<number>): Numbers {
    const made = new Numbers();
    for (const number of numbers) made.push(number);
    return made;
  }

  push(number: number): void {
    const at = this.length % MOST_HELD;
    let part = this.parts.at(-1);
    if (!part || at === 0) this.parts.push((part = new Uint32Array(LEAST_HELD)));
    else if (at === part.length) {
      const smaller = part;
      part = new Uint32Array(2 * at);
      part.set(smaller);
      this.parts[this.parts.length - 1] = part;
    }
    part[at] = number;
    this.length += 1;
  }

  /** The number at a place, counted from 0; undefined where there are not so many. */
  at(index: number): number | undefined {
    return index < this.length ? this.parts[Math.floor(index / MOST_HELD)]![index % MOST_HELD] : undefined;
  }

  *[Symbol.iterator](): Generator<number> {
    for (let index = 0; index < this.length; index += 1) yield this.at(index)!;
  }
}
