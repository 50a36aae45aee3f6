import { type Question } from '../../../projections/asking/question.js';
import { bilingual, INTERVAL, type Part } from './schemas.js';

type Known = { readonly properties: Part; readonly required: readonly string[] };

/** What the schema of a question's answer is called, e.g. `EarlyWarningAnswer`; undefined where it has none. */
export function answerName({ name, answer }: Question): string | undefined {
  if (!answer) return undefined;
  const words = name.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `${words.join('')}Answer`;
}

/** The answers that programs read field by field, each with what every answer has before its own. */
export const answerSchemas = (questions: readonly Question[]): Part =>
  Object.fromEntries(
    questions.flatMap((question) => {
      const name = answerName(question);
      if (name === undefined) return [];
      const { properties, required } = question.answer as unknown as Known;
      return [
        [
          name,
          {
            type: 'object',
            description: bilingual(question.title),
            properties: { ...INTERVAL.properties, ...properties },
            required: [...INTERVAL.required, ...required],
            additionalProperties: false,
          },
        ],
      ];
    }),
  );
