import { credit, debit, type Entry, parseLedgerLine } from '../../books/entries.js';
import { text } from '../../errors.js';
import { type Fen } from '../../money.js';
import { LineOf } from '../../kinds/adopted-fields.js';

/** Where money arrives or leaves from where the command does not say: in the fiscal account. */
const FISCAL = 'fiscal-account';

/** The account that money arrives in 收款账户. */
export const ReceivingAccount = (lines: readonly string[] = [FISCAL]): PropertyDecorator =>
  LineOf(text('收款账户', 'receiving account'), lines, { optional: true });

/** The account that money leaves 付款账户: the expenditure account, or the fiscal account that pays directly. */
export const PayingAccount = (lines: readonly string[] = [FISCAL, 'expenditure-account']): PropertyDecorator =>
  LineOf(text('付款账户', 'paying account'), lines, { optional: true });

/** Money that reaches a bank account. */
export function received({ account = FISCAL }: { readonly account?: string }, amount: Fen): Entry {
  const line = parseLedgerLine(account);
  return debit(line.account, amount, { detail: line.detail });
}

/** Money that leaves a bank account. */
export function paid({ account = FISCAL }: { readonly account?: string }, amount: Fen): Entry {
  const line = parseLedgerLine(account);
  return credit(line.account, amount, { detail: line.detail });
}
