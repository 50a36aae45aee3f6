import { type Entry, ledgerLine, type Share } from '../books/entries.js';
import { isPending } from '../reference/account-kinds.js';
import { type Adopted } from '../reference/adopted.js';
import { isOfFund } from '../reference/chart.js';
import { show } from '../errors.js';
import { type Fen, formatFen } from '../money.js';

/** A fault of a voucher's entries: what was expected, and what is there. */
export type Fault = readonly [expected: string, got: string];

const AMOUNT = /^-?(0|[1-9][0-9]{0,14})\.[0-9]{2}$/;

/** Fen of an amount as the ledger writes it: two places, so the digits alone are the fen. */
export const fenOf = (written: string): Fen => BigInt(written.replace('.', ''));

/** What an entry adds to the debit side of its line, in fen; a credit adds less than nothing. */
export const debitOf = ({ debit, credit }: Entry): Fen => (debit === undefined ? -fenOf(credit!) : fenOf(debit));

/** What is wrong with an entry in a fund; undefined where nothing is. */
export function entryFault(entry: Entry, fund: string, { chart, funds }: Adopted): Fault | undefined {
  const { account: key, detail, share, debit, credit } = entry;
  const known = Object.keys(entry).every((name) => ['account', 'detail', 'share', 'debit', 'credit'].includes(name));
  const amount = debit ?? credit;
  if (!known || typeof amount !== 'string' || (debit !== undefined && credit !== undefined))
    return ['an account with a debit or a credit', show(entry)];
  if (!AMOUNT.test(amount) || fenOf(amount) === 0n) return ['an amount with two places, not zero', amount];
  const account = chart.find(key);
  if (!account || (account.closed && !account.becomes) || !isOfFund(account, fund))
    return [`an account of the ${fund} fund`, show(key)];
  if (detail !== undefined && !account.details?.has(detail)) return [`a detail of ${key}`, show(detail)];
  const isShared = (account.kind === 'income' || account.kind === 'expenditure') && !isPending(key);
  const shares: readonly (Share | undefined)[] =
    isShared && funds.find(fund)?.personalAccounts ? ['pool', 'personal'] : [undefined];
  if (!shares.includes(share))
    return [`${key} with share ${shares.map((each) => each ?? 'nothing').join(' or ')}`, show(share)];
  return undefined;
}

/** What is wrong with the sums of a voucher's entries. */
export function sumFault(entries: readonly Entry[]): Fault | undefined {
  let debits = 0n;
  let credits = 0n;
  for (const { debit, credit } of entries) {
    if (debit !== undefined) debits += fenOf(debit);
    if (credit !== undefined) credits += fenOf(credit);
  }
  if (debits === credits) return undefined;
  return [`credits of ${formatFen(debits)}`, formatFen(credits)];
}

/** What entries add to their lines, without what they take away: the amount that a voucher moves, in fen. */
export const amountMoved = (entries: readonly Entry[]): Fen =>
  entries.map(debitOf).reduce((sum, effect) => (effect > 0n ? sum + effect : sum), 0n);

/** What is wrong with a reversal's entries beside those it takes back: the same lines and sides, each in red. */
export function mirrorFault(original: readonly Entry[], red: readonly Entry[]): Fault | undefined {
  const written = (entries: readonly Entry[], sign: bigint): string =>
    entries
      .map((entry) => {
        const side = entry.debit === undefined ? 'Cr' : 'Dr';
        return `${side} ${ledgerLine(entry)} ${formatFen(fenOf(entry.debit ?? entry.credit!) * sign)}`;
      })
      .join('; ');
  const expected = written(original, -1n);
  const got = written(red, 1n);
  return expected === got ? undefined : [expected, got];
}
