const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const DIGIT_OF = Uint8Array.from({ length: 128 }, (_, code) => Math.max(0, DIGITS.indexOf(String.fromCharCode(code))));
const LEAST_SLOTS = 16;
const NONE: readonly number[] = [];
/** Most numbers of one likeness: the first are as good as all, and many would stand in each other's way. */
const MOST_ALIKE = 32;

/**
 * Whole numbers by likeness: where the events or lines stand that have it. One array with 8 bytes a slot, because a
 * file has millions of lines. Of a likeness only 32 bits are kept: what is found is a candidate, to be looked at.
 */
export class LikenessTable {
  /** Pairs of 32 bits of a likeness and a number plus one; 0 is free. */
  private pairs = new Uint32Array(2 * LEAST_SLOTS);
  /** How many numbers it holds. */
  size = 0;

  /** @param mostAlike most numbers of one likeness: the first are kept */
  constructor(private readonly mostAlike = MOST_ALIKE) {}

  /** How much memory it takes, in slots of 8 bytes. */
  get slots(): number {
    return this.pairs.length / 2;
  }

  /**
   * Enters a number, unless there are many of its likeness already.
   * @param likeness 8 characters of base64url
   * @param value from 0 to 2³² − 2
   */
  add(likeness: string, value: number): void {
    if (4 * this.size >= 3 * this.slots) this.grow();
    if (this.enter(markOf(likeness), value + 1)) this.size += 1;
  }

  /** The numbers of a likeness in ascending order. */
  find(likeness: string): readonly number[] {
    const mark = markOf(likeness);
    let found: number[] | undefined;
    for (let at = this.firstOf(mark); this.pairs[at + 1] !== 0; at = this.behind(at))
      if (this.pairs[at] === mark) (found ??= []).push(this.pairs[at + 1]! - 1);
    return found?.sort((a, b) => a - b) ?? NONE;
  }

  /** All that it holds, in no order: the mark of each likeness, which is what is kept of it, and a number. */
  *entries(): Generator<[mark: number, value: number]> {
    const { pairs } = this;
    for (let at = 0; at < pairs.length; at += 2) if (pairs[at + 1] !== 0) yield [pairs[at]!, pairs[at + 1]! - 1];
  }

  private enter(mark: number, stored: number): boolean {
    let at = this.firstOf(mark);
    for (let alike = 0; this.pairs[at + 1] !== 0; at = this.behind(at))
      if (this.pairs[at] === mark && (alike += 1) === this.mostAlike) return false;
    this.pairs[at] = mark;
    this.pairs[at + 1] = stored;
    return true;
  }

  /** A mark is a part of a digest: any of its bits spread as well as others. */
  private firstOf(mark: number): number {
    return 2 * (mark & (this.slots - 1));
  }

  private behind(at: number): number {
    return at + 2 === this.pairs.length ? 0 : at + 2;
  }

  private grow(): void {
    const { pairs } = this;
    this.pairs = new Uint32Array(2 * pairs.length);
    for (let at = 0; at < pairs.length; at += 2) if (pairs[at + 1] !== 0) this.enter(pairs[at]!, pairs[at + 1]!);
  }
}

/** The first 32 bits that the first six digits of a likeness hold. */
export function markOf(likeness: string): number {
  let mark = 0;
  for (let index = 0; index < 6; index += 1) mark = (mark << 6) | DIGIT_OF[likeness.charCodeAt(index)]!;
  return mark >>> 0;
}
