import { type NewEvent } from '../event-store/event-store.js';
import { type BookFact, type CommandKey, keyText } from './book-state.js';
import { composeText } from './event.js';
import { type Prepared } from './prepared.js';

/** A command and what was decided about it. */
export interface DecidedCommand {
  readonly prepared: Prepared;
  readonly key: CommandKey;
  readonly fact: BookFact;
}

/** The last business day of decided commands. */
export const lastDayOf = (facts: readonly DecidedCommand[]): string =>
  facts.reduce((last, { fact: { businessDate } }) => (businessDate > last ? businessDate : last), '');

/** The events that decided commands become, as they are recorded at a time. */
export function composeAll(decided: readonly DecidedCommand[], recordedAtMs: number): NewEvent[] {
  return decided.map(({ prepared, key, fact }) => ({
    type: prepared.event,
    data: composeText(prepared, fact, key, recordedAtMs),
    key: keyText(key),
    keyIndexed: 'key' in key,
  }));
}
