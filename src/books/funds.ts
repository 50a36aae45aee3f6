import { BEFORE_ADOPTION } from '../reference/built-in.js';
import { type Fund } from '../reference/adopted.js';

const { funds } = BEFORE_ADOPTION.on('2199-12-31');

export const ENABLED_FUNDS: readonly Fund[] = funds.all;

/** The funds and what stands for all of them, as they are called. */
export const FUNDS_OR_ALL = BEFORE_ADOPTION.ever.fundsOrAll;

/** The fund of a key; undefined where it is unknown or switched off. */
export const findFund = funds.find;
