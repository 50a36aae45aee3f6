import { type Answer } from '../../../projections/asking/question.js';
import { QUESTIONS } from '../../../projections/registry.js';
import { MOST_WAIT_MS } from '../../kept-tables.js';
import { type Ledger } from '../../ledger.js';
import { dayInShanghai } from '../../time/clock.js';

/** Asks the ledger of the demo a question by its name. */
export function ask(ledger: Ledger, name: string, parameters: object): Promise<Answer> {
  const { tables, store, clock, reference } = ledger;
  const question = QUESTIONS.find((one) => one.name === name);
  if (!question) throw new Error(`there is no question ${name}`);
  const asking = {
    reference: reference.current,
    tables: tables.current(),
    store,
    today: dayInShanghai(clock()),
    clock,
    waitFor: (position: number) => tables.waitFor(position, MOST_WAIT_MS),
  };
  return question.ask(asking, parameters);
}
