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

/** A line that has been decided on a copy of its book. */
export interface DecidedLine {
  readonly line: number;
  readonly stream: string;
  /** The revision of its book behind which it was decided. */
  readonly after: number;
  readonly event: DecidedEvent;
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

/** The inverse of `writeDecided`. Nothing is parsed: the body goes into the event as it was written. */
export function readDecided({ lines, bodies }: DecidedBatch, index: number, source: string): DecidedLine {
  const parts = lines[index]!.split('\t', READ_PARTS) as Parts;
  const { 0: after, 1: ahead, 2: behind, 3: own, 4: number, 5: key, 6: kind, 7: stream, 8: businessDate } = parts;
  const [from, to] = [Number.parseInt(parts[9], 10), Number.parseInt(parts[10], 10)];
  const line = Number.parseInt(number, 10);
  const by = key === '' ? { source, line } : { key };
  const event = new LineEvent(kind, businessDate, by, ahead, behind, own, bodies, from, to);
  return { line, stream, after: Number.parseInt(after, 10), event };
}

/** The event of a line. Its text is put together when it is appended: thousands of lines wait for that together. */
class LineEvent implements DecidedEvent {
  constructor(
    readonly kind: string,
    readonly businessDate: string,
    readonly key: CommandKey,
    private readonly ahead: string,
    private readonly behind: string,
    private readonly own: string,
    private readonly bodies: Uint8Array,
    private readonly from: number,
    private readonly to: number,
  ) {}

  get type(): string {
    return findSentKind(this.kind)!.event;
  }

  get behindTime(): string {
    return `${this.ahead}${this.own || bodyAt(this.bodies, this.from, this.to)}${this.behind}`;
  }
}

/** The event of a decided line, as if it had been recorded at the beginning of time. */
export const eventOfDecided = ({ event: { kind, key, behindTime } }: DecidedLine): LedgerEvent =>
  readEvent({ data: textUpToTime(kind, key, 0) + behindTime });

/** A decided line as it was before it was decided. */
export function checkedOf({ lines, bodies }: DecidedBatch, index: number): CheckedLine {
  const decided = lines[index]!;
  let at = 0;
  let own = '';
  for (let part = 1; part <= DECIDED_PARTS; part += 1) {
    const end = decided.indexOf('\t', at);
    own = decided.slice(at, end);
    at = end + 1;
  }
  return readChecked(decided.slice(at), bodies, own);
}
