import { BEFORE_ADOPTION } from '../reference/built-in.js';
import { type Text } from '../errors.js';

/**
 * What a refusal calls an account: its statutory name, which is the same in every set; an account that a set has added
 * is called by its key.
 */
export const accountName = (key: string): Text => BEFORE_ADOPTION.ever.chart.codes.nameOf(key);
