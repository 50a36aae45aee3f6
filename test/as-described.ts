import { Ajv2020 } from 'ajv/dist/2020.js';
import { ANSWER_SCHEMAS } from '../src/http/openapi/schemas.js';

const ajv = new Ajv2020({ strict: false, allErrors: true, formats: { 'date-time': true, date: true } });
ajv.addSchema({ $id: 'api', components: { schemas: ANSWER_SCHEMAS } });

/** What of an answer is not as the interface describes it under a name; nothing where all of it is. */
export function differencesFrom(name: string, body: unknown): readonly unknown[] {
  const check = ajv.getSchema(`api#/components/schemas/${name}`)!;
  return check(body) ? [] : (check.errors ?? ['not as described']);
}
