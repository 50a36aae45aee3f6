import { type BookFact, type CommandKey } from '../../books/book-state.js';
import { type DecidedEvent } from '../../books/decided-command.js';
import { textAhead, textBehind, textOfCommand, textUpToTime, readEvent, type LedgerEvent } from '../../books/event.js';
import { type Prepared } from '../../books/prepared.js';
import { findSentKind } from '../../catalogue/registry.js';
import { bodyAt, type CheckedLine, readChecked } from '../check/checked-line.js';

/** Decided lines as they stand in the spool, and the bodies of the batch that they came in. */
export interface DecidedBatch {
  readonly lines: readonly string[];
  readonly bodies: Uint8Array;
}

/**
 * A checked line with what was decided about it, as one line again: what its event says around its body; and the body
 * itself, where that is not as it was checked.
 * @param written the line as `writeChecked` has it
 * @param prepared what was decided
 */
export function writeDecided(written: string, after: number, prepared: Prepared, fact: BookFact): string {
  const own = isAsChecked(prepared) ? '' : ownBody(prepared, fact);
  return `${after}\t${textAhead(prepared, fact)}\t${textBehind(prepared, fact)}\t${own}\t${written}`;
}

/** Whether the body of a line goes into its event as it is: not where a book decides entries, or an id is a guess. */
const isAsChecked = ({ refersTo, closes }: Prepared): boolean => !refersTo && !closes;

function ownBody({ text }: Prepared, { entries }: BookFact): string {
  const { command, entries: written } = text!;
  return textOfCommand(command, written ?? (entries && JSON.stringify(entries)));
}

/** The parts of a decided line in their order, up to where its body stands. */
type Parts = [
  ...[after: string, ahead: string, behind: string, own: string],
  ...[line: string, key: string, kind: string, stream: string, businessDate: string, from: string, to: string],
];
const READ_PARTS = 11;
const DECIDED_PARTS = 4;

/**
 * A line that has been decided on a copy of its book: the inverse of `writeDecided`. Nothing is parsed, and the text of
 * its event is put together when it is appended, since thousands of lines wait for that together.
 */
export class DecidedLine implements DecidedEvent {
  readonly kind: string;
  readonly stream: string;
  readonly businessDate: string;
  readonly line: number;
  readonly key: CommandKey;
  /** The revision of its book behind which it was decided. */
  readonly after: number;
  private readonly ahead: string;
  private readonly behind: string;
  private readonly own: string;
  private readonly from: number;
  private readonly to: number;

  /** @param source what the events call the file */
  constructor(
    private readonly batch: DecidedBatch,
    private readonly index: number,
    source: string,
  ) {
    const parts = batch.lines[index]!.split('\t', READ_PARTS) as Parts;
    const { 0: after, 1: ahead, 2: behind, 3: own, 4: line, 5: key, 6: kind, 7: stream, 8: businessDate } = parts;
    this.kind = kind;
    this.stream = stream;
    this.businessDate = businessDate;
    this.line = Number.parseInt(line, 10);
    this.key = key === '' ? { source, line: this.line } : { key };
    this.after = Number.parseInt(after, 10);
    this.ahead = ahead;
    this.behind = behind;
    this.own = own;
    this.from = Number.parseInt(parts[9], 10);
    this.to = Number.parseInt(parts[10], 10);
  }

  get type(): string {
    return findSentKind(this.kind)!.event;
  }

  get behindTime(): string {
    return `${this.ahead}${this.own || bodyAt(this.batch.bodies, this.from, this.to)}${this.behind}`;
  }

  /** Its event, as if it had been recorded at the beginning of time. */
  get event(): LedgerEvent {
    return readEvent({ data: textUpToTime(this.kind, this.key, 0) + this.behindTime });
  }

  /** The line as it was before it was decided. */
  get checked(): CheckedLine {
    const { lines, bodies } = this.batch;
    const decided = lines[this.index]!;
    let at = 0;
    for (let part = 0; part < DECIDED_PARTS; part += 1) at = decided.indexOf('\t', at) + 1;
    return readChecked(decided.slice(at), bodies, this.own);
  }
}
