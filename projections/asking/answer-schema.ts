import { type Text } from '../../src/errors.js';

/** A JSON Schema of a part of an answer. */
export type Schema = Readonly<Record<string, unknown>>;

/** A schema with what it is, in both languages. */
export const described = (schema: Schema, says?: Text): Schema =>
  says === undefined ? schema : { ...schema, description: `${says.zh} ${says.en}` };

/** Yuan to the fen, e.g. `-1234.50`. */
export const amount = (says?: Text): Schema => described({ type: 'string', pattern: '^-?[0-9]+\\.[0-9]{2}$' }, says);

/** A decimal number that is no amount: months, per cent. */
export const figure = (says?: Text): Schema => described({ type: 'string', pattern: '^-?[0-9]+(\\.[0-9]+)?$' }, says);

export const day = (says?: Text): Schema => described({ type: 'string', format: 'date' }, says);
export const string = (says?: Text, more: Schema = {}): Schema => described({ type: 'string', ...more }, says);
export const count = (says?: Text): Schema => described({ type: 'integer', minimum: 0 }, says);
export const yesOrNo = (says?: Text): Schema => described({ type: 'boolean' }, says);
export const oneOf = (codes: readonly string[], says?: Text): Schema =>
  described({ type: 'string', enum: [...codes] }, says);

/** Words in both languages. */
export const words = (says?: Text): Schema => described({ $ref: '#/components/schemas/Text' }, says);

/** The address of the answer that something is made of, `/v1/audit-trail?…`. */
export const address = (says?: Text): Schema => string(says, { pattern: '^/v1/' });

/** Where it may be missing, it is null. */
export const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });

export const listOf = (items: Schema): Schema => ({ type: 'array', items });

/** An object with these fields and no others; what is named as optional may be absent. */
export const record = (properties: Schema, optional: readonly string[] = []): Schema => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  additionalProperties: false,
});
