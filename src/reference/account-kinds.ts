export const ACCOUNT_KINDS = ['asset', 'liability', 'net', 'income', 'expenditure'] as const;
export type AccountKind = (typeof ACCOUNT_KINDS)[number];

/**
 * What sort of account a key names, by its family: the part before the first dot or slash. The families are those of
 * the statutory chart; a set may add accounts and details to a family, and never make one of another sort. So whoever
 * sees an entry knows its sort without knowing what is adopted.
 */
const FAMILIES: Readonly<Record<string, AccountKind>> = {
  cash: 'asset',
  'income-account': 'asset',
  'expenditure-account': 'asset',
  'fiscal-account': 'asset',
  treasury: 'asset',
  advances: 'asset',
  bonds: 'asset',
  suspense: 'liability',
  loans: 'liability',
  net: 'net',
  income: 'income',
  pending: 'income',
  benefits: 'expenditure',
  'serious-illness': 'expenditure',
  expenditure: 'expenditure',
};

export const ACCOUNT_FAMILIES: readonly string[] = Object.keys(FAMILIES);

const DOT = 46;
const SLASH = 47;

/** The first part of a key, which says what sort of account it is. By hand: every entry of every voucher is asked. */
export function familyOf(key: string): string {
  let end = 0;
  while (end < key.length && key.charCodeAt(end) !== DOT && key.charCodeAt(end) !== SLASH) end += 1;
  return key.slice(0, end);
}

/** The sort of the account of a key; undefined where the key is of no family. */
export const kindOf = (key: string): AccountKind | undefined => {
  const family = familyOf(key);
  return Object.hasOwn(FAMILIES, family) ? FAMILIES[family] : undefined;
};

const MONEY = new Set(['cash', 'income-account', 'expenditure-account', 'fiscal-account', 'treasury']);

/** Money at a bank or in the treasury: decides between 收, 付 and 转 vouchers. */
export const isMoney = (key: string): boolean => MONEY.has(familyOf(key));

const BETWEEN_LEVELS = new Set([
  'income.from-above',
  'income.from-below',
  'expenditure.to-below',
  'expenditure.to-above',
]);

const WITH_ABOVE = new Set(['income.from-above', 'expenditure.to-above']);

/** A flow between a unit and the one above it. */
export const isWithAbove = (key: string): boolean => WITH_ABOVE.has(key);

/** A flow between levels of administration: income and expenditure of a book, nothing of the province. */
export const isBetweenLevels = (key: string): boolean => BETWEEN_LEVELS.has(key);

/**
 * Whether an account holds income whose share is not yet known, the pool's or the personal accounts' (4601, 4602): it
 * is neither's, its entries name no share, and no more can be allocated than has come in.
 */
export const isPending = (account: string): boolean => account.startsWith('pending.');

/** The account of income that pending income becomes: `income.premiums` of `pending.premiums`. */
export const incomeOf = (pending: string): string => pending.replace('pending.', 'income.');
