import { Ajv2020 } from 'ajv/dist/2020.js';
import { QUESTIONS } from '../projections/registry.js';
import { SENT_KINDS } from '../src/catalogue/registry.js';
import { describeInterface } from '../src/http/openapi/interface.js';

const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
ajv.addSchema({ ...describeInterface(SENT_KINDS, QUESTIONS), $id: 'interface' });

/** What of an answer is not as the description of the interface says it is, once it is JSON; empty where all is. */
export function misfits(schema: string, answer: unknown): string[] {
  const check = ajv.getSchema(`interface#/components/schemas/${schema}`);
  if (!check) throw new Error(`no schema ${schema}`);
  if (check(JSON.parse(JSON.stringify(answer)))) return [];
  return (check.errors ?? []).map((error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
}
