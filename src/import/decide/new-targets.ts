import { type JournalRecord } from './import-journal.js';
import { Numbers } from './numbers.js';
import { type Overflow } from './overflow.js';
import { keyOfLine } from './posted-lines.js';

/** Reversals of earlier lines of the file that no journal names yet: two numbers each, unless a line has a key. */
export class NewTargets implements Iterable<JournalRecord> {
  private readonly reversals: Numbers;
  private readonly targets: Numbers;
  /** By the line of the reversal, the names of lines that are named by keys of their own. */
  private readonly named = new Map<number, string>();

  /** @param source what the events call the file */
  constructor(
    private readonly source: string,
    overflow: Overflow,
  ) {
    this.reversals = new Numbers(overflow);
    this.targets = new Numbers(overflow);
  }

  /**
   * @param line the line of the reversal
   * @param earlier the line that it takes back, by number and by name
   */
  add(line: number, earlier: number, name: string): void {
    this.reversals.push(line);
    this.targets.push(earlier);
    if (name !== keyOfLine(this.source, earlier)) this.named.set(line, name);
  }

  *[Symbol.iterator](): Generator<JournalRecord> {
    let index = 0;
    for (const line of this.reversals) {
      yield ['reverses', line, this.named.get(line) ?? keyOfLine(this.source, this.targets.at(index)!)];
      index += 1;
    }
  }
}
