import { type Text } from '../errors.js';

/** A JSON Schema or another part of an OpenAPI document. */
export type Part = Readonly<Record<string, unknown>>;

/** A part with what it is, in both languages. */
export const said = (part: Part, { zh, en }: Text): Part => ({ ...part, description: `${zh} ${en}` });

/** An object with these properties and no others; all of them are always there but the optional ones. */
export const object = (properties: Part, ...optional: readonly string[]): Part => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  additionalProperties: false,
});

export const list = (items: Part, words: Text): Part => said({ type: 'array', items }, words);
export const schemaNamed = (name: string): Part => ({ $ref: `#/components/schemas/${name}` });
export const orNull = (part: Part): Part => ({ oneOf: [part, { type: 'null' }] });
export const STRING: Part = { type: 'string' };
export const OR_NULL: Part = { type: ['string', 'null'] };
export const NATURAL: Part = { type: 'integer', minimum: 0 };
