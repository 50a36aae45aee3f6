import { type IntervalParameters } from './interval.js';
import { type Answer, type Asking, type Export, type Question } from './question.js';
import { type Text, text } from '../../src/errors.js';
import { isFinal } from '../recorded-time/query.js';

/**
 * Asks a question. Where it names a moment of recording, the answer says whether that can still change, and where a
 * list in it ends before there are no more, how many are missing and how to have them all.
 */
export const ask = (question: Question, asking: Asking, parameters: object): Promise<Answer> =>
  inFull(asking, parameters, question.ask(asking, parameters));

/**
 * An answer with what every answer says: behind the moment it names `recordedAsOfIsFinal`, null where there is none,
 * and `notListed`, where a sheet does not hold all.
 * @throws what the answer ends with
 */
export async function inFull<T extends Answer | Export>(
  asking: Asking,
  parameters: IntervalParameters,
  answering: Promise<T>,
): Promise<T> {
  return withRests(parameters, await withFinality(asking, parameters, await answering));
}

function withRests<T extends Answer | Export>(parameters: object, answer: T): T {
  const rests = answer.sheets.flatMap(({ name, notListed = 0 }) => (notListed > 0 ? [[name, notListed] as const] : []));
  if (rests.length === 0) return answer;
  const [zh, en] = 'limit' in parameters ? ['，不加 --limit', ' without --limit'] : ['', ''];
  const noteOf = (name: string, count: number): Text =>
    text(
      `另有 ${count} 项未列出；全部：--format csv --sheet ${name}${zh}`,
      `${count} more are not listed; all of them: --format csv --sheet ${name}${en}`,
    );
  const sheets = answer.sheets.map((sheet) =>
    sheet.notListed ? { ...sheet, ways: [...(sheet.ways ?? []), noteOf(sheet.name, sheet.notListed)] } : sheet,
  );
  return { ...answer, body: { ...answer.body, notListed: Object.fromEntries(rests) }, sheets };
}

async function withFinality<T extends Answer | Export>(
  asking: Asking,
  { recordedAsOf: asked }: IntervalParameters,
  answer: T,
): Promise<T> {
  const { from, to, asOf, recordedAsOf, ...more } = answer.body;
  const recordedAsOfIsFinal = await isFinal(asking, asked, answer.position);
  return { ...answer, body: { from, to, asOf, recordedAsOf, recordedAsOfIsFinal, ...more } };
}
