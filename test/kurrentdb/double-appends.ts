import { type DoubleLog, type Proposed } from './double-log.js';
import {
  type AppendAnswer,
  type AppendCall,
  type AppendRequest,
  type BatchCall,
  type BatchRequest,
  batchFailed,
  batchSucceeded,
  nameOf,
  notLeader,
  refused,
  type Refusal,
  type ServiceError,
  streamDeleted,
  success,
  tooBig,
  toProposed,
  unavailable,
  wrongVersion,
  wrongVersionOf,
} from './double-wire.js';

/** What goes wrong with the next append. */
export const APPEND_FAULTS = [
  'silent-before-write',
  'silent-after-write',
  'cut-before-write',
  'cut-after-write',
  'unavailable-before-write',
  'unavailable-after-write',
  'not-leader',
  'slow',
] as const;
export type AppendFault = (typeof APPEND_FAULTS)[number];

/** How the server is at the moment. */
export interface Mood {
  readonly isSilent: boolean;
  readonly refusal: Refusal | undefined;
  readonly appendRefusal: Refusal | undefined;
  /** So long every append takes that meets no fault. */
  readonly appendDelayMs: number;
  /** Where the leader is now, where this node is none. */
  readonly leader: { readonly host: string; readonly port: number } | undefined;
  readonly cutConnections: () => void;
  /** Something was written. */
  readonly written: () => void;
}

/** What the server says of an append. */
type Answer =
  | { readonly written: { readonly revision: number | bigint; readonly position: number } }
  | { readonly error: ServiceError }
  | { readonly wrong: number };

const SLOW_MS = 100;
/** The server refuses more in one append: a mebibyte where nothing else is set. */
const MOST_BYTES = 1_048_576;

/** The appends of a double: one call each, or many in one call that stays open. */
export class Appends {
  readonly faults: AppendFault[] = [];
  /** How many arrived, those that failed included. */
  count = 0;
  /** How many were on their way at one moment, at the most. */
  mostAtOnce = 0;
  private onTheirWay = 0;
  /** Up to where clients have been told that their events stand. */
  acknowledged = 0;
  /** Counts the elections: what was on its way in an earlier one is never answered. */
  private term = 0;

  constructor(
    private readonly log: DoubleLog,
    private readonly mood: Mood,
  ) {}

  /** What is on its way is not answered any more. */
  newTerm(): void {
    this.term += 1;
  }

  one(call: AppendCall, answer: AppendAnswer): void {
    const requests: AppendRequest[] = [];
    call.on('data', (request: AppendRequest) => requests.push(request));
    const end = (): void => {
      // Of a call that its client gave up half way nothing is written.
      if (call.cancelled) return;
      const options = requests[0]!.getOptions();
      const proposed = requests.slice(1).map((request) => toProposed(request.getProposedMessage()));
      const expected = options.hasNoStream() ? -1 : Number(options.getRevision());
      this.take(nameOf(options), options.hasAny() ? 'any' : expected, proposed, (said) => {
        if ('error' in said) answer(said.error);
        else answer(null, 'wrong' in said ? wrongVersion(said.wrong, options) : success(said.written));
      });
    };
    // That it was given up is heard of behind its end.
    call.on('end', () => setImmediate(end));
  }

  batch(call: BatchCall): void {
    const pending = new Map<string, { options: BatchRequest; proposed: Proposed[] }>();
    call.on('data', (request: BatchRequest) => {
      const id = request.getCorrelationId().getString() || JSON.stringify(request.getCorrelationId().toObject());
      const one = pending.get(id) ?? { options: request, proposed: [] };
      pending.set(id, one);
      one.proposed.push(...request.getProposedMessagesList().map(toProposed));
      if (!request.getIsFinal()) return;
      pending.delete(id);
      const options = one.options.getOptions();
      const stream = nameOf(options);
      const expected = options.hasNoStream() ? -1 : Number(options.getStreamPosition());
      this.take(stream, options.hasAny() ? 'any' : expected, one.proposed, (said) => {
        if (call.cancelled) return;
        if ('error' in said) return void call.emit('error', said.error);
        call.write(
          'wrong' in said
            ? batchFailed(one.options, wrongVersionOf(said.wrong, expected))
            : batchSucceeded(one.options, said.written),
        );
      });
    });
    call.on('end', () => call.end());
  }

  private take(stream: string, expected: number | 'any', proposed: readonly Proposed[], say: (said: Answer) => void) {
    this.count += 1;
    const { mood, term } = this;
    const fault = mood.isSilent ? 'silent-before-write' : this.faults.shift();
    const refusal = mood.refusal ?? mood.appendRefusal;
    if (refusal) return say({ error: refused(refusal) });
    if (mood.leader) return say({ error: notLeader(mood.leader) });
    if (fault === 'not-leader') return say({ error: notLeader() });
    if (fault === 'unavailable-before-write') return say({ error: unavailable() });
    if (fault === 'silent-before-write') return;
    if (fault === 'cut-before-write') return mood.cutConnections();
    if (this.log.isTombstoned(stream)) return say({ error: streamDeleted(stream) });
    const bytes = proposed.reduce((sum, { data, customMetadata }) => sum + data.length + customMetadata.length, 0);
    if (bytes > MOST_BYTES) return say({ error: tooBig(MOST_BYTES) });
    const said = this.write(stream, expected, proposed);
    if (fault === 'unavailable-after-write') return say({ error: unavailable() });
    if (fault === 'silent-after-write') return;
    if (fault === 'cut-after-write') return mood.cutConnections();
    this.onTheirWay += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.onTheirWay);
    const answer = (): void => {
      this.onTheirWay -= 1;
      if (this.term !== term) return;
      if ('written' in said) this.acknowledged = Math.max(this.acknowledged, said.written.position);
      say(said);
    };
    const delayMs = fault === 'slow' ? SLOW_MS : mood.appendDelayMs;
    if (delayMs > 0) setTimeout(answer, delayMs).unref();
    else answer();
  }

  private write(stream: string, expected: number | 'any', proposed: readonly Proposed[]): Answer {
    const last = this.log.lastRevision(stream);
    const isDeleted = this.log.isAbsent(stream);
    // A stream that was deleted may be written to again as one that never was.
    if (expected !== 'any' && expected !== last && !(isDeleted && expected < 0)) {
      const there = this.log.written(stream, expected + 1).slice(0, proposed.length);
      // The server answers a repeated write with its first answer: same ids at the same place.
      const isRepeat = there.length === proposed.length && there.every(({ id }, index) => id === proposed[index]!.id);
      return isRepeat ? { written: there.at(-1)! } : { wrong: last };
    }
    if (proposed.length === 0) return { written: { revision: last, position: 0 } };
    this.log.append(stream, proposed);
    this.mood.written();
    return { written: this.log.written(stream, last + proposed.length)[0]! };
  }
}
