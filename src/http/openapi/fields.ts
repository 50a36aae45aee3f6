import { count, described, record, string, yesOrNo } from '../../../projections/asking/answer-schema.js';
import { text } from '../../errors.js';
import { type Part } from './parts.js';

export { listOf } from '../../../projections/asking/answer-schema.js';

/** The fields of answers: each says in both languages what it is. */
export const aString = (zh: string, en: string, more: Part = {}): Part => string(text(zh, en), more);

export const oneOf = (zh: string, en: string, ...values: readonly string[]): Part => aString(zh, en, { enum: values });

export const anInstant = (zh: string, en: string): Part => aString(zh, en, { format: 'date-time' });

export const aCount = (zh: string, en: string): Part => count(text(zh, en));

export const aNumber = (zh: string, en: string): Part => described({ type: 'number', minimum: 0 }, text(zh, en));

export const aSwitch = (zh: string, en: string): Part => yesOrNo(text(zh, en));

/** An object that has these fields and no others: all of them but those that may be absent. */
export const anObject = (properties: Part, optional: Part = {}): Part =>
  record({ ...properties, ...optional }, Object.keys(optional));
