import { text } from '../errors.js';
import { object, type Part, said } from './openapi-parts.js';

/** The fields of answers: each says in both languages what it is. */
export const aString = (zh: string, en: string, more: Part = {}): Part =>
  said({ type: 'string', ...more }, text(zh, en));

export const oneOf = (zh: string, en: string, ...values: readonly string[]): Part => aString(zh, en, { enum: values });

export const anInstant = (zh: string, en: string): Part => aString(zh, en, { format: 'date-time' });

export const aCount = (zh: string, en: string): Part => said({ type: 'integer', minimum: 0 }, text(zh, en));

export const aNumber = (zh: string, en: string): Part => said({ type: 'number', minimum: 0 }, text(zh, en));

export const aSwitch = (zh: string, en: string): Part => said({ type: 'boolean' }, text(zh, en));

export const listOf = (items: Part): Part => ({ type: 'array', items });

/** An object that has these fields and no others: all of them but those that may be absent. */
export const anObject = (properties: Part, optional: Part = {}): Part =>
  object({ ...properties, ...optional }, ...Object.keys(optional));
