import { code, CodeList } from '../text/codes.js';
import { type Fen, formatFen, parseFen } from '../money.js';
import { isMoney } from '../reference/account-kinds.js';

/** Which part of the employee fund an income or expenditure entry belongs to. */
export type Share = 'pool' | 'personal';
export const SHARES = new CodeList([
  code('pool', '统筹', 'pool', '统筹基金'),
  code('personal', '个人账户', 'personal', '个人账户基金', 'personal account', 'personal accounts'),
]);

/**
 * One line of a voucher 分录, as stored: an account and either a debit or a credit, in yuan.
 * A red (negative) amount takes back an earlier one on the same side, as red ink did.
 */
export interface Entry {
  readonly account: string;
  readonly detail?: string;
  readonly share?: Share;
  readonly debit?: string;
  readonly credit?: string;
}

export interface Line {
  readonly detail?: string | undefined;
  readonly share?: Share | undefined;
}

export function debit(account: string, amount: Fen, line: Line = {}): Entry {
  return entry(account, line, 'debit', amount);
}

export function credit(account: string, amount: Fen, line: Line = {}): Entry {
  return entry(account, line, 'credit', amount);
}

/** Filled in place: every voucher makes some, and one put together from parts costs several times more. */
function entry(account: string, { detail, share }: Line, side: 'debit' | 'credit', amount: Fen): Entry {
  const made: { -readonly [P in keyof Entry]: Entry[P] } = { account };
  if (detail !== undefined) made.detail = detail;
  if (share !== undefined) made.share = share;
  made[side] = formatFen(amount);
  return made;
}

/** The same entries in red: what a reversal posts. */
export function mirror(entries: readonly Entry[]): Entry[] {
  const red = (amount: string): string => formatFen(-parseFen(amount));
  return entries.map((line) => ({
    ...line,
    ...(line.debit !== undefined && { debit: red(line.debit) }),
    ...(line.credit !== undefined && { credit: red(line.credit) }),
  }));
}

/** What an entry does to its account, in fen, debit positive. */
export function effectOf(line: Entry): Fen {
  return line.debit !== undefined ? parseFen(line.debit) : -parseFen(line.credit!);
}

/** The name of a ledger line: `account`, `account/detail`, `account@share` or `account/detail@share`. */
export function ledgerLine({ account, detail, share }: Pick<Entry, 'account' | 'detail' | 'share'>): string {
  if (detail === undefined && share === undefined) return account;
  const ofShare = NAMED[share ?? 'none'];
  let ofAccount = ofShare.get(account);
  if (!ofAccount) ofShare.set(account, (ofAccount = new Map()));
  let name = ofAccount.get(detail);
  if (name === undefined) {
    name = `${account}${detail === undefined ? '' : `/${detail}`}${share === undefined ? '' : `@${share}`}`;
    ofAccount.set(detail, name);
  }
  return name;
}

/** Names of ledger lines once made: there are as many as the chart has, and they are asked for by the million. */
const NAMED: Readonly<Record<Share | 'none', Map<string, Map<string | undefined, string>>>> = {
  pool: new Map(),
  personal: new Map(),
  none: new Map(),
};

/** The inverse of `ledgerLine`. */
export function parseLedgerLine(line: string): { account: string; detail?: string; share?: Share } {
  const [rest, share] = line.split('@') as [string, Share | undefined];
  const [account, detail] = rest.split('/') as [string, string | undefined];
  return { account, ...(detail !== undefined && { detail }), ...(share !== undefined && { share }) };
}

/** 收 receipt, 付 payment, 转 transfer: the three series in which a book numbers its vouchers. */
export type VoucherType = 'receipt' | 'payment' | 'transfer';
export const VOUCHER_WORD: Readonly<Record<VoucherType, string>> = { receipt: '收', payment: '付', transfer: '转' };

/**
 * The series of a voucher: 付 where money leaves a bank account (a hop between two of them is a payment, so that it is
 * counted once), else 收 where money arrives, else 转. A red voucher stays in the series of what it takes back.
 */
export function voucherTypeOf(entries: readonly Entry[]): VoucherType {
  const money = entries.filter(({ account }) => isMoney(account));
  if (money.some(({ credit: paid }) => paid !== undefined)) return 'payment';
  return money.length > 0 ? 'receipt' : 'transfer';
}

/** How a voucher number is written: `2025-05-收-0012`. */
export function voucherNumberText(period: string, type: VoucherType, number: number): string {
  return `${period}-${VOUCHER_WORD[type]}-${String(number).padStart(4, '0')}`;
}
