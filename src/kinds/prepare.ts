import { type Entry, ledgerLine, voucherTypeOf } from '../books/entries.js';
import { effectsOf } from '../books/guarded-lines.js';
import { type Prepared } from '../books/prepared.js';
import { by, SIFAS } from '../books/sources.js';
import { registersOf } from '../books/register-lines.js';
import { LedgerError, refusal, text } from '../errors.js';
import { type Fen, formatFen, parseFen } from '../money.js';
import { type Adopted } from '../reference/adopted.js';
import { type Reference } from '../reference/reference.js';
import { identityOfKind, likenessOf } from './likeness.js';
import { objectionTo } from './objections.js';
import { type LedgerCommand } from './commands.js';
import { bookStream, type CommandKind } from './kind.js';

/**
 * Applies the posting rule of a checked command. Pure.
 * @throws LedgerError refused, where a rule that needs no book forbids it
 */
export function prepare(kind: CommandKind, command: LedgerCommand, reference: Reference): Prepared {
  const adopted = reference.on(command.businessDate);
  const objection = objectionTo(kind, command, adopted);
  const identity = identityOfKind(kind.kind, command, kind.counterparty);
  // One shape for all kinds, filled in place: every line makes one, and one put together costs several times more.
  const prepared: { -readonly [P in keyof Prepared]: Prepared[P] } = {
    kind: kind.kind,
    event: kind.event,
    stream: kind.form === 'memo' ? kind.stream(command) : bookStream(command.fund, command.unit),
    command,
    policy: adopted.policyVersion,
    reference: adopted.revision,
    entries: undefined,
    voucherType: undefined,
    registers: undefined,
    refersTo: kind.refersTo?.(command),
    register: undefined,
    closes: undefined,
    findings: undefined,
    likeness: identity === undefined ? undefined : likenessOf(identity),
    objection,
  };
  // What is not adopted no rule can be applied to; the decider raises the objection, behind the look-up of the key.
  if (objection || kind.form === 'reversal') return prepared;
  if (kind.form === 'memo') {
    prepared.register = kind.register?.(command);
    prepared.findings = kind.findings(command, adopted);
    return prepared;
  }
  if (kind.form === 'closing') {
    const poolShare = kind.pendingPoolShare?.(command, adopted);
    prepared.closes = { ...(poolShare !== undefined && { poolShare }) };
    return prepared;
  }
  const entries = kind.post(command, adopted);
  demandSound(entries, command.fund, adopted);
  const findings = kind.findings?.(command, adopted) ?? [];
  prepared.entries = entries;
  prepared.voucherType = kind.voucherType ?? voucherTypeOf(entries);
  prepared.registers = registersOf(command, entries);
  if (findings.length > 0) prepared.findings = findings;
  return prepared;
}

/** Asserts what every voucher must be: entries that balance, on accounts its fund has. */
function demandSound(entries: readonly Entry[], fund: string, adopted: Adopted): void {
  for (const line of entries) demandUsable(line, fund, adopted);
  // Read once, for what follows from them too.
  let balance = 0n;
  for (const { effect } of effectsOf(entries)) balance += effect;
  if (balance === 0n && entries.length >= 2) return;
  const debits = sumOf(entries.map((line) => line.debit));
  const credits = sumOf(entries.map((line) => line.credit));
  throw new LedgerError(
    'refused',
    'unbalanced',
    by(
      SIFAS,
      text(
        `借贷不平：借方 ${formatFen(debits)}，贷方 ${formatFen(credits)}`,
        `debits and credits do not balance: ${formatFen(debits)} against ${formatFen(credits)}`,
      ),
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

const sumOf = (amounts: readonly (string | undefined)[]): Fen =>
  amounts.reduce((sum, amount) => sum + parseFen(amount ?? '0'), 0n);

/** Asserts that a fund has the account of an entry, and its detail, on the day. */
function demandUsable(line: Entry, fund: string, { chart }: Adopted): void {
  if (chart.isUsable(line.account, line.detail, fund)) return;
  const detail = line.detail === undefined ? undefined : chart.detail(line.account, line.detail);
  const closed = chart.find(line.account)?.closed ?? detail?.closed;
  throw refusal(
    '',
    'account-not-in-fund',
    by(SIFAS, closed ?? text(`该基金不设科目 ${ledgerLine(line)}`, `the fund has no account ${ledgerLine(line)}`)),
    text(
      '该基金的科目；该基金要用的科目先采用（account-adoptions 的 funds）',
      'an account of the fund; one that it is to have is adopted for it first (funds in account-adoptions)',
    ),
    ledgerLine(line),
  );
}
