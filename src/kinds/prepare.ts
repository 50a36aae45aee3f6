import { type Entry, ledgerLine, voucherTypeOf } from '../books/entries.js';
import { type Prepared } from '../books/prepared.js';
import { findAccount } from '../books/chart-of-accounts.js';
import { LedgerError, refusal, text } from '../errors.js';
import { formatFen, parseFen } from '../money.js';
import { policyOn } from '../policies/policies.js';
import { identityOfKind, likenessOf } from './likeness.js';
import { objectionTo } from './objections.js';
import { type LedgerCommand } from './commands.js';
import { bookStream, type CommandKind } from './kind.js';

/**
 * Applies the posting rule of a checked command. Pure.
 * @throws LedgerError refused, where a rule that needs no book forbids it
 */
export function prepare(kind: CommandKind, command: LedgerCommand): Prepared {
  const policy = policyOn(command.businessDate);
  const objection = objectionTo(kind, command);
  const identity = identityOfKind(kind.kind, command, kind.counterparty);
  const common = {
    kind: kind.kind,
    event: kind.event,
    command,
    policy: policy.version,
    ...(objection && { objection }),
    ...(identity !== undefined && { likeness: likenessOf(identity) }),
  };
  if (kind.form === 'memo') return { ...common, stream: kind.stream(command), findings: kind.findings(command) };
  const stream = bookStream(command.fund, command.unit);
  if (kind.form === 'reversal') return { ...common, stream, reverses: kind.reverses(command) };
  const entries = kind.post(command, policy);
  demandSound(entries, command.fund);
  return { ...common, stream, entries, voucherType: kind.voucherType ?? voucherTypeOf(entries) };
}

/** Asserts what every voucher must be: entries that balance, on accounts its fund has. */
function demandSound(entries: readonly Entry[], fund: string): void {
  let debits = 0n;
  let credits = 0n;
  for (const line of entries) {
    debits += parseFen(line.debit ?? '0');
    credits += parseFen(line.credit ?? '0');
    demandUsable(line, fund);
  }
  if (debits === credits && entries.length >= 2) return;
  throw new LedgerError(
    'refused',
    'unbalanced',
    text(
      `借贷不平：借方 ${formatFen(debits)}，贷方 ${formatFen(credits)}`,
      `debits and credits do not balance: ${formatFen(debits)} against ${formatFen(credits)}`,
    ),
    [
      {
        pointer: '',
        code: 'unbalanced',
        expected: text(`贷方合计 ${formatFen(debits)}`, `credits of ${formatFen(debits)}`),
        got: formatFen(credits),
      },
    ],
  );
}

function demandUsable(line: Entry, fund: string): void {
  const account = findAccount(line.account);
  if (!account || (line.detail !== undefined && !account.details?.has(line.detail))) {
    throw new Error(`posting rule names ${ledgerLine(line)}, which the chart does not have`);
  }
  if (account.disabled === undefined && (account.funds?.includes(fund) ?? true)) return;
  throw refusal(
    '',
    'account-not-in-fund',
    account.disabled ?? text(`该基金不设科目 ${line.account}`, `the fund has no account ${line.account}`),
    text('该基金的科目', 'an account of the fund'),
    line.account,
  );
}
