import { hash } from 'node:crypto';
import { type Prepared } from '../books/prepared.js';
import { type AmountCommand, type LedgerCommand } from './commands.js';

/**
 * What makes a command, or the event it became, likely to be another one recorded again: the same book, kind,
 * counterparty, business day, amount and evidence (Practice). Undefined for a kind without an amount of its own: a book
 * is opened once and a voucher is reversed once, so that neither can be recorded twice.
 * @param counterpartyOf who stands on the other side of a command of this kind, where the kind knows
 */
export function identityOfKind(
  kind: string,
  command: Prepared['command'],
  counterpartyOf: ((command: LedgerCommand) => string | undefined) | undefined,
): string | undefined {
  const { fund, unit, businessDate, amount, evidence } = command as Partial<AmountCommand> & Prepared['command'];
  if (amount === undefined || !evidence) return undefined;
  const counterparty = counterpartyOf?.(command as AmountCommand) ?? '';
  const { kind: paper, number, sha256 } = evidence;
  // No field of a command can hold a tab.
  return `${fund}\t${unit}\t${kind}\t${counterparty}\t${businessDate}\t${amount}\t${paper}\t${number}\t${sha256}`;
}

/** 48 bits of a digest of an identity, as 8 characters of base64url: what is alike has it in common. */
export const likenessOf = (identity: string): string => hash('sha256', identity, 'base64url').slice(0, 8);
