import { type IntervalParameters } from './interval.js';
import { type Answer, type Asking, type Export, type Question } from './question.js';
import { isFinal } from './recorded-time/query.js';

/** Asks a question; where it names a moment of recording, the answer says whether that can still change. */
export const ask = (question: Question, asking: Asking, parameters: object): Promise<Answer> =>
  withFinality(asking, parameters, question.ask(asking, parameters));

/**
 * An answer with one more word in its body behind the moment it names: `recordedAsOfIsFinal`, null where there is none.
 * @throws what the answer ends with
 */
export async function withFinality<T extends Answer | Export>(
  asking: Asking,
  { recordedAsOf: asked }: IntervalParameters,
  answering: Promise<T>,
): Promise<T> {
  const answer = await answering;
  const { from, to, asOf, recordedAsOf, ...more } = answer.body;
  const recordedAsOfIsFinal = await isFinal(asking, asked, answer.position);
  return { ...answer, body: { from, to, asOf, recordedAsOf, recordedAsOfIsFinal, ...more } };
}
