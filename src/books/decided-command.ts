import { type NewEvent } from '../event-store/event-store.js';
import { type BookFact, type CommandKey, keyText } from './book-state.js';
import { textBehindTime, textUpToTime } from './event.js';
import { type Prepared } from './prepared.js';

/** A command and what was decided about it. */
export interface DecidedCommand {
  readonly prepared: Prepared;
  readonly key: CommandKey;
  readonly fact: BookFact;
}

/** The event that a decided command becomes, but for when it is recorded. */
export interface DecidedEvent {
  readonly kind: string;
  /** E.g. `ContributionRecorded.v1`. */
  readonly type: string;
  readonly businessDate: string;
  readonly key: CommandKey;
  /** Its text behind the time. */
  readonly behindTime: string;
}

export const decidedEvent = ({ prepared, key, fact }: DecidedCommand): DecidedEvent => ({
  kind: prepared.kind,
  type: prepared.event,
  businessDate: fact.businessDate,
  key,
  behindTime: textBehindTime(prepared, fact),
});

/** The last business day of decided events. */
export const lastDayOf = (events: readonly DecidedEvent[]): string =>
  events.reduce((last, { businessDate }) => (businessDate > last ? businessDate : last), '');

/** The events as they are recorded at a time. */
export const composeAll = (events: readonly DecidedEvent[], recordedAtMs: number): NewEvent[] =>
  events.map(({ kind, type, key, behindTime }) => ({
    type,
    data: textUpToTime(kind, key, recordedAtMs) + behindTime,
    key: keyText(key),
    keyIndexed: 'key' in key,
  }));
