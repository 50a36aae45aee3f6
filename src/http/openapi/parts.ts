import { count, described, listOf, record, type Schema, string } from '../../../projections/asking/answer-schema.js';
import { type Text } from '../../errors.js';

export { described as said, orNull } from '../../../projections/asking/answer-schema.js';

/** A JSON Schema or another part of an OpenAPI document. */
export type Part = Schema;

/** An object with these properties and no others; all of them are always there but the optional ones. */
export const object = (properties: Part, ...optional: readonly string[]): Part => record(properties, optional);

export const list = (items: Part, words: Text): Part => described(listOf(items), words);
export const schemaNamed = (name: string): Part => ({ $ref: `#/components/schemas/${name}` });
export const STRING = string();
export const OR_NULL: Part = { type: ['string', 'null'] };
export const NATURAL = count();
