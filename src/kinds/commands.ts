import { type Text, text } from '../errors.js';
import { Amount, Day, type FieldOptions, Line, Nested, Pattern, Reference } from './fields.js';
import { FundCode, FundOrAll, UnitCode } from './adopted-fields.js';

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

/**
 * A number that is part of the name of a memo's stream: words of letters and digits with single marks between them, so
 * that the name of one stream is never read as another's.
 */
export const StreamNumber = (name: Text, code: string, options: FieldOptions = {}): PropertyDecorator =>
  Pattern(
    name,
    '^(?=.{1,64}$)[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$',
    code,
    text(
      `1 至 64 个字母或数字，中间可有单个 . _ - 的${name.zh}`,
      `a ${name.en} number of 1 to 64 letters or digits, with single . _ - between them`,
    ),
    options,
  );

/** The number of a case, which names the case's stream. */
export const CaseNumber = (options: FieldOptions = {}): PropertyDecorator =>
  StreamNumber(text('案件号', 'case'), 'case-number', options);

/** A calendar year. */
export const Year = (name: Text, options: FieldOptions = {}): PropertyDecorator =>
  Pattern(name, '^(19|2[01])[0-9]{2}$', 'year', text('年度 YYYY', 'a year YYYY'), { spelling: 'period', ...options });

/** The id of a voucher, of which the command says what becomes of it. */
export const VoucherId = (name: Text, options: FieldOptions = {}): PropertyDecorator =>
  Pattern(
    name,
    '^book-[a-z]+(-[a-z]+)*-[0-9]{6}-(0|[1-9][0-9]{0,14})$',
    'event-id',
    text('凭证编号，如 book-employee-460100-12', 'the id of a voucher such as book-employee-460100-12'),
    options,
  );

/** What every command says: which book, when it happened, on what evidence, and who answers for it. */
export class LedgerCommand {
  @FundCode()
  fund!: string;

  @UnitCode()
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

/**
 * What a memo says that may be of all funds: what it is about, a case or an agreement, is often of none in particular.
 * Its fields are those of every command but for the fund; a class that inherited them would keep the check of that.
 */
export class MemoCommand implements LedgerCommand {
  @FundOrAll()
  fund!: string;

  @UnitCode()
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
