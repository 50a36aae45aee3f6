import { type ErrorDetail, LedgerError, refusal, type Text, text } from '../errors.js';
import { findFund, type Fund, FUND_CODES } from '../books/funds.js';
import { type Entry, type Share, type VoucherType } from '../books/entries.js';
import { UNIT_CODES } from '../books/units.js';
import { type Fen, formatFen, parseFen } from '../money.js';
import { type Policy } from '../policies/policies.js';
import { Amount, Day, type FieldOptions, Line, Nested, OneOf, Pattern, Reference } from './fields.js';

/** The source document 原始凭证 behind a voucher. */
export class Evidence {
  @Reference(text('凭证种类', 'evidence kind'))
  kind!: string;

  @Line(text('凭证号', 'evidence number'), 100)
  number!: string;

  @Pattern(
    text('凭证摘要', 'evidence SHA-256'),
    '^[0-9a-f]{64}$',
    'sha256',
    text('64 位小写十六进制的 SHA-256', 'a SHA-256 as 64 lower-case hexadecimal digits'),
    { spelling: 'digest' },
  )
  sha256!: string;
}

/** The number of a case. It names the case's stream, so it is made of words of letters and digits with single marks. */
function CaseNumber(options: FieldOptions = {}): PropertyDecorator {
  return Pattern(
    text('案件号', 'case'),
    '^(?=.{1,64}$)[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$',
    'case-number',
    text(
      '1 至 64 个字母或数字，中间可有单个 . _ - 的案件号',
      'a case number of 1 to 64 letters or digits, with single . _ - between them',
    ),
    options,
  );
}

/** What every command says: which book, when it happened, on what evidence, and who answers for it. */
export class LedgerCommand {
  @OneOf(text('基金', 'fund'), FUND_CODES, { code: 'unknown-fund' })
  fund!: string;

  @OneOf(text('核算单位', 'unit'), UNIT_CODES, { code: 'unknown-unit' })
  unit!: string;

  @Day(text('业务日期', 'business date'))
  businessDate!: string;

  @Nested(text('原始凭证', 'evidence'), Evidence)
  evidence!: Evidence;

  @Reference(text('经办', 'maker'))
  maker!: string;

  @Reference(text('复核', 'reviewer'))
  reviewer!: string;

  @Line(text('摘要', 'note'), 200, { optional: true })
  note?: string;
}

/** A command that may belong to a case of enforcement. */
export class VoucherCommand extends LedgerCommand {
  @CaseNumber({ optional: true })
  caseId?: string;
}

/** A command about one amount of money. */
export class AmountCommand extends VoucherCommand {
  @Amount(text('金额', 'amount'))
  amount!: string;
}

/** A command about one amount of money that follows from a case, and must name it. */
export class CaseCommand extends LedgerCommand {
  @CaseNumber()
  caseId!: string;

  @Amount(text('金额', 'amount'))
  amount!: string;
}

export type CommandType<C extends LedgerCommand = LedgerCommand> = new () => C;

interface Kind<C extends LedgerCommand> {
  /** The word for it in a file's `kind` column and in reports, e.g. `contribution`. */
  readonly kind: string;
  /** Where it is posted: `POST /v1/<route>`. */
  readonly route: string;
  /** The event it becomes, with its version: a literal that never changes. */
  readonly event: string;
  readonly name: Text;
  readonly command: CommandType<C>;
  /** Who stands on the other side, as an opaque reference; what the audit trail's `counterparty` looks for. */
  readonly counterparty?: (command: C) => string | undefined;
  /** A whole valid command, for the documentation and the tests. */
  readonly example: Readonly<Record<string, unknown>>;
}

/** A kind of voucher: a fact with a balanced set of entries in one book. */
export interface VoucherKind<C extends LedgerCommand = LedgerCommand> extends Kind<C> {
  readonly form: 'voucher';
  /** The posting rule: pure, from a checked command and the policy of its day to balanced entries; or a refusal. */
  readonly post: (command: C, policy: Policy) => Entry[];
  /** The series it is numbered in, where its entries do not say: no money arrives with an opening balance. */
  readonly voucherType?: VoucherType;
}

/** The one kind whose entries come from another voucher. */
export interface ReversalKind<C extends LedgerCommand = LedgerCommand> extends Kind<C> {
  readonly form: 'reversal';
  /** The id of the voucher that is taken back. */
  readonly reverses: (command: C) => string;
}

/** A fact without entries 备查, in a stream of its own. */
export interface MemoKind<C extends LedgerCommand = LedgerCommand> extends Kind<C> {
  readonly form: 'memo';
  readonly stream: (command: C) => string;
  /** What looks wrong and is recorded all the same. */
  readonly findings: (command: C) => ErrorDetail[];
}

export type CommandKind = VoucherKind | ReversalKind | MemoKind;

/** What the ledger itself says of its log. It is no command: nobody can send one, and no money moves. */
export interface NoticeKind<F extends object = object> {
  readonly form: 'notice';
  readonly kind: string;
  readonly event: string;
  readonly name: Text;
  /** The class of its facts, as that of a command. */
  readonly command: new () => F;
  readonly stream: string;
  readonly example: Readonly<F>;
}

/** Whatever an event of the log is of. */
export type EventKind = CommandKind | NoticeKind;

/** Declares a kind of voucher; the one place where its command's type is known. */
export const voucher = <C extends LedgerCommand>(kind: Omit<VoucherKind<C>, 'form'>): CommandKind =>
  ({ ...kind, form: 'voucher' }) as VoucherKind<C> as unknown as VoucherKind;

export const reversal = <C extends LedgerCommand>(kind: Omit<ReversalKind<C>, 'form'>): CommandKind =>
  ({ ...kind, form: 'reversal' }) as ReversalKind<C> as unknown as ReversalKind;

export const memo = <C extends LedgerCommand>(kind: Omit<MemoKind<C>, 'form'>): CommandKind =>
  ({ ...kind, form: 'memo' }) as MemoKind<C> as unknown as MemoKind;

export const notice = <F extends object>(kind: Omit<NoticeKind<F>, 'form'>): NoticeKind<F> => ({
  ...kind,
  form: 'notice',
});

/** The stream of a book. */
export const bookStream = (fund: string, unit: string): string => `book-${fund}-${unit}`;

/** The fund of a command; the command has been checked, so it exists. */
export function fundOf(command: LedgerCommand): Fund {
  const fund = findFund(command.fund);
  if (!fund)
    throw new LedgerError('invalid', 'unknown-fund', text(`没有基金 ${command.fund}`, `no fund ${command.fund}`));
  return fund;
}

/** The share an entry carries: pool unless said otherwise in a fund with personal accounts, none in the others. */
export function shareOf(command: LedgerCommand, share: Share | undefined): Share | undefined {
  if (fundOf(command).personalAccounts) return share ?? 'pool';
  if (share !== 'personal') return undefined;
  throw refusal(
    '/share',
    'no-personal-accounts',
    text('该基金没有个人账户', 'this fund has no personal accounts'),
    text('pool，或不填', 'pool, or nothing'),
    'personal',
  );
}

/**
 * Splits a command's amount into pool and personal accounts and gives the parts above zero, the pool's first.
 * A part that is not given is the rest; a fund without personal accounts has one part without a share.
 */
export function splitByShare(
  command: AmountCommand,
  given: { readonly poolShare?: string | undefined; readonly personalShare?: string | undefined },
): { readonly share?: Share; readonly amount: Fen }[] {
  const amount = parseFen(command.amount);
  const personal = parseFen(given.personalShare ?? '0');
  if (personal > 0n && !fundOf(command).personalAccounts)
    throw refusal(
      '/personalShare',
      'no-personal-accounts',
      text('该基金没有个人账户', 'this fund has no personal accounts'),
      text('0.00，或不填', '0.00, or nothing'),
      formatFen(personal),
    );
  if (personal > amount)
    throw refusal(
      '/personalShare',
      'shares-do-not-add-up',
      text('个人账户部分大于总额', 'the personal share is larger than the whole'),
      text(`不超过 ${formatFen(amount)}`, `at most ${formatFen(amount)}`),
      formatFen(personal),
    );
  const pool = given.poolShare === undefined ? amount - personal : parseFen(given.poolShare);
  demandSum('/poolShare', amount, [pool, personal]);
  if (!fundOf(command).personalAccounts) return [{ amount }];
  const parts = [
    { share: 'pool', amount: pool },
    { share: 'personal', amount: personal },
  ] as const;
  return parts.filter((part) => part.amount > 0n);
}

/** Refuses parts that do not add up to the whole, naming both. */
function demandSum(pointer: string, whole: Fen, parts: readonly Fen[]): void {
  const sum = parts.reduce((total, part) => total + part, 0n);
  if (sum === whole) return;
  throw refusal(
    pointer,
    'shares-do-not-add-up',
    text('各部分之和不等于总额', 'the parts do not add up to the whole'),
    text(`合计 ${formatFen(whole)}`, `a sum of ${formatFen(whole)}`),
    formatFen(sum),
  );
}
