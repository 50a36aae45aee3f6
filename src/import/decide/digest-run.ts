import { endianness } from 'node:os';
import { type Overflow } from './overflow.js';

/** Pairs that are read at once: two kilobytes. */
const PAGE = 256;
const PAIR_BYTES = 8;
/** Bits of the filter for each pair, and how many of them it sets: three of a hundred marks that are not there pass. */
const FILTER_BITS = 8;
const SET_BITS = 3;
/** The half of 64 bits that weighs more says in what order they are. */
const [PLACE, MARK] = endianness() === 'LE' ? [0, 1] : [1, 0];

/** One page, of whichever run was read last. */
const page = new Uint32Array(2 * PAGE);

/**
 * Places by mark, a number of 32 bits, that went out of memory in the order of the marks. Of them stay a filter, which
 * knows most of the marks that are not there, and the first mark of each page: a little more than a byte a place.
 */
export class DigestRun {
  private readonly firsts: Uint32Array;
  private readonly filter: Uint8Array;
  private readonly begin: number;

  /** @param entries each mark and its place, in any order */
  constructor(
    private readonly overflow: Overflow,
    private readonly size: number,
    entries: Iterable<readonly [mark: number, place: number]>,
  ) {
    const pairs = new Uint32Array(2 * size);
    this.filter = new Uint8Array((size * FILTER_BITS) / 8);
    let at = 0;
    for (const [mark, place] of entries) {
      pairs[at + MARK] = mark;
      pairs[at + PLACE] = place;
      at += 2;
      for (let turn = 0; turn < SET_BITS; turn += 1) {
        const bit = this.bitOf(mark, turn);
        this.filter[bit >> 3]! |= 1 << (bit & 7);
      }
    }
    new BigUint64Array(pairs.buffer).sort();
    this.firsts = Uint32Array.from({ length: Math.ceil(size / PAGE) }, (_, index) => pairs[2 * PAGE * index + MARK]!);
    this.begin = overflow.put(new Uint8Array(pairs.buffer));
  }

  /** Adds the places of a mark to those found, in ascending order. */
  findInto(found: number[], mark: number): void {
    for (let turn = 0; turn < SET_BITS; turn += 1) {
      const bit = this.bitOf(mark, turn);
      if ((this.filter[bit >> 3]! & (1 << (bit & 7))) === 0) return;
    }
    for (let index = this.pageOf(mark); index < this.firsts.length && this.firsts[index]! <= mark; index += 1) {
      const pairs = Math.min(PAGE, this.size - index * PAGE);
      this.overflow.read(this.begin + index * PAGE * PAIR_BYTES, new Uint8Array(page.buffer, 0, pairs * PAIR_BYTES));
      for (let at = 0; at < 2 * pairs; at += 2) if (page[at + MARK] === mark) found.push(page[at + PLACE]!);
    }
  }

  /** The last page that begins before a mark: the mark may begin in it. */
  private pageOf(mark: number): number {
    let [low, high] = [0, this.firsts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.firsts[middle]! < mark) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }

  /** Marks are parts of digests: their own bits are as good as any. */
  private bitOf(mark: number, turn: number): number {
    return ((mark + Math.imul(turn, Math.imul(mark, 0x9e3779b1) | 1)) >>> 0) % (this.filter.length * 8);
  }
}
