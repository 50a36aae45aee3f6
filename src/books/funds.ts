import { BEFORE_ADOPTION } from '../reference/built-in.js';
import { type Fund } from '../reference/adopted.js';
import { text } from '../errors.js';
import { CodeList } from '../text/codes.js';

const { funds } = BEFORE_ADOPTION.on('2199-12-31');

export const ENABLED_FUNDS: readonly Fund[] = funds.all;
/** The funds that are switched on, as they are called. */
export const FUND_CODES = funds;

/** What a memo names in place of a fund where it is of none in particular: an agreement, a case, a credit rating. */
export const ALL_FUNDS = 'all';

/** The funds and what stands for all of them, as they are called. */
export const FUNDS_OR_ALL = new CodeList([
  ...ENABLED_FUNDS.map(({ key, name }) => ({ code: key, name })),
  { code: ALL_FUNDS, name: text('不分基金', 'All funds') },
]);

/** The fund of a key; undefined where it is unknown or switched off. */
export const findFund = funds.find;
