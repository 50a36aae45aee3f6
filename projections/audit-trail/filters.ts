import { KINDS } from '../../src/catalogue/registry.js';
import { type ErrorDetail, LedgerError, type Text, text } from '../../src/errors.js';
import { CaseNumber } from '../../src/kinds/commands.js';
import { AmountOrZero, Line, OneOf, Pattern, Reference } from '../../src/kinds/fields.js';
import { type Fen, parseFen } from '../../src/money.js';
import { code, CodeList } from '../../src/text/codes.js';
import { IntervalParameters } from '../asking/interval.js';
import { FundOrAll, UnitCode } from '../../src/kinds/adopted-fields.js';
import { AccountAsked, PageCursor, PageLimit } from './parameters.js';
import { type TrailFilter } from './vouchers.js';

const optional = { optional: true } as const;

const SERIES = new CodeList([
  code('receipt', '收', 'receipt', '收款凭证'),
  code('payment', '付', 'payment', '付款凭证'),
  code('transfer', '转', 'transfer', '转账凭证'),
]);

const VoucherNumber = (name: Text): PropertyDecorator =>
  Pattern(
    name,
    '^0{0,8}[1-9][0-9]{0,8}$',
    'voucher-number',
    text('凭证号中的顺序号，如 12 或 0012', 'the number within its series, e.g. 12 or 0012'),
    optional,
  );

/**
 * By what a list of vouchers is filtered, the same in every list: the trail, the journal and the ledger of an account.
 * A number is one of its series and month: over several months, a range has the same numbers of each.
 */
export class FilteredParameters extends IntervalParameters {
  @OneOf(text('种类', 'kind'), KINDS, optional)
  kind?: string;

  @Reference(text('对方编号', 'counterparty'), optional)
  counterparty?: string;

  @OneOf(text('凭证字：收、付、转', 'series of vouchers'), SERIES, optional)
  voucherType?: string;

  @VoucherNumber(text('凭证号自', 'first voucher number'))
  fromNumber?: string;

  @VoucherNumber(text('凭证号至', 'last voucher number'))
  toNumber?: string;

  @AmountOrZero(text('最小金额', 'least amount'), optional)
  minAmount?: string;

  @AmountOrZero(text('最大金额', 'greatest amount'), optional)
  maxAmount?: string;

  @CaseNumber(optional)
  caseId?: string;

  @Reference(text('经办', 'maker'), optional)
  maker?: string;

  @Reference(text('复核', 'reviewer'), optional)
  reviewer?: string;

  @Line(text('检索词', 'words to look for'), 100, optional)
  q?: string;

  @PageLimit()
  limit?: string;

  @PageCursor()
  cursor?: string;
}

export class AuditTrailParameters extends FilteredParameters {
  @FundOrAll(optional)
  fund?: string;

  @UnitCode(text('核算单位', 'unit'), optional)
  unit?: string;

  @Pattern(
    text('导入的文件，其 SHA-256 的前 32 位', 'an imported file, by the first 32 digits of its SHA-256'),
    '^[0-9a-f]{32}([0-9a-f]{32})?$',
    'source',
    text('SHA-256 的前 32 位或全部 64 位十六进制数字', 'the first 32, or all 64, hexadecimal digits of a SHA-256'),
    optional,
  )
  source?: string;

  @AccountAsked(text('科目（同时给出基金和单位时带逐笔余额）', 'account (with fund and unit: its running balance)'))
  account?: string;
}

type Filters = Omit<FilteredParameters, keyof IntervalParameters | 'limit' | 'cursor'>;

/** The digits of a digest by which the lines of a file name it. */
export const SOURCE_DIGITS = 32;

/** What each filter is called where a list says by what it is filtered. */
const NAMES: Readonly<Record<keyof Filters, Text>> = {
  kind: text('种类', 'kind'),
  counterparty: text('对方', 'counterparty'),
  voucherType: text('凭证字', 'series'),
  fromNumber: text('凭证号自', 'numbers from'),
  toNumber: text('凭证号至', 'numbers to'),
  minAmount: text('金额不低于', 'amounts from'),
  maxAmount: text('金额不高于', 'amounts to'),
  caseId: text('案件', 'case'),
  maker: text('经办', 'maker'),
  reviewer: text('复核', 'reviewer'),
  q: text('检索', 'words'),
};
const KEYS = Object.keys(NAMES) as (keyof Filters)[];

/** By what a list is filtered beside its account and its days. */
export const filtersOf = (parameters: Filters): Filters =>
  Object.fromEntries(KEYS.flatMap((key) => (parameters[key] === undefined ? [] : [[key, parameters[key]]])));

/** Whether a list is filtered by anything beside its account and its days. */
export const isFiltered = (parameters: Filters): boolean => KEYS.some((key) => parameters[key] !== undefined);

/** By what a list is filtered, in words; none where it is by nothing. */
export function filterLines(parameters: Filters): Text[] {
  const said = KEYS.filter((key) => parameters[key] !== undefined).map((key) => {
    const written = parameters[key]!;
    const value = { kind: KINDS, voucherType: SERIES }[key as string]?.nameOf(written) ?? text(written, written);
    return text(`${NAMES[key].zh} ${value.zh}`, `${NAMES[key].en} ${value.en}`);
  });
  if (said.length === 0) return [];
  return [text(`筛选：${said.map(({ zh }) => zh).join('，')}`, `Filtered by ${said.map(({ en }) => en).join(', ')}`)];
}

/**
 * What vouchers must be to be listed, but for their account.
 * @throws LedgerError invalid, where a range ends before it begins: it would list nothing, and look as if nothing was
 */
export function readFilters(parameters: Filters): Omit<TrailFilter, 'account'> {
  const { kind, counterparty, voucherType, caseId, maker, reviewer, q } = parameters;
  const amount = (written: string | undefined): Fen | undefined =>
    written === undefined ? undefined : parseFen(written);
  const number = (written: string | undefined) => (written === undefined ? undefined : Number.parseInt(written, 10));
  const [least, most] = [amount(parameters.minAmount), amount(parameters.maxAmount)];
  const [first, last] = [number(parameters.fromNumber), number(parameters.toNumber)];
  const wrong = [
    ...(least !== undefined && most !== undefined && least > most
      ? [emptyRange(parameters, 'minAmount', 'maxAmount')]
      : []),
    ...(first !== undefined && last !== undefined && first > last
      ? [emptyRange(parameters, 'fromNumber', 'toNumber')]
      : []),
  ];
  if (wrong.length > 0)
    throw new LedgerError(
      'invalid',
      'range-ends-before-it-begins',
      text('范围的起点大于终点', 'a range ends before it begins'),
      wrong,
    );
  const numbers = first === undefined && last === undefined ? undefined : { first: first ?? 0, last: last ?? Infinity };
  return {
    kind,
    counterparty,
    series: voucherType?.[0],
    numbers,
    caseId,
    maker,
    reviewer,
    least,
    most,
    searched: q?.normalize('NFC').toLowerCase(),
  };
}

const emptyRange = (parameters: Filters, from: keyof Filters, to: keyof Filters): ErrorDetail => ({
  pointer: from,
  code: 'range-ends-before-it-begins',
  expected: text(`不大于 ${parameters[to]}`, `no more than ${parameters[to]}`),
  got: parameters[from]!,
});
