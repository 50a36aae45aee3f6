import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask } from '../projections/asking/ask.js';
import { QUESTIONS } from '../projections/registry.js';
import { COMMAND_KINDS } from '../src/catalogue/registry.js';
import { answerName } from '../src/http/openapi/answers.js';
import { describeInterface } from '../src/http/openapi/interface.js';
import { isDay } from '../src/time/clock.js';
import { smallLedger } from './small-ledger.js';

const described = QUESTIONS.filter(({ answer }) => answer !== undefined);

/** Checks a value by a schema of the description. */
function checkOf(name: string) {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false });
  ajv.addFormat('date', { type: 'string', validate: isDay });
  ajv.addFormat('date-time', true);
  const interfaceText = JSON.stringify(describeInterface(COMMAND_KINDS, QUESTIONS));
  ajv.addSchema({ ...(JSON.parse(interfaceText) as object), $id: 'interface' });
  return ajv.getSchema(`interface#/components/schemas/${name}`)!;
}

describe('an answer that is described field by field', () => {
  let ledger: Awaited<ReturnType<typeof smallLedger>>;
  beforeAll(async () => {
    ledger = await smallLedger();
  });
  afterAll(() => ledger.log.close());

  it.each(described.map((question) => [question.name, question] as const))(
    'is so described: %s',
    async (_, question) => {
      const check = checkOf(answerName(question)!);
      for (const parameters of [
        {},
        { from: '2025-05-01', to: '2025-05-31' },
        { fund: 'resident' },
        { recordedAsOf: '0' },
      ]) {
        const { position, body } = await ask(question, ledger.log.asking('2025-12-31'), parameters);
        const answer: unknown = JSON.parse(JSON.stringify({ position, ...body }));
        expect([check(answer), check.errors]).toEqual([true, null]);
        expect(check({ ...(answer as object), more: 1 })).toBe(false);
      }
    },
  );
});
