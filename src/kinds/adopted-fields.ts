import { parseLedgerLine, SHARES } from '../books/entries.js';
import { ledgerLines } from '../books/ledger-lines.js';
import { type Text, text } from '../errors.js';
import { POSITIVE_AMOUNT_PATTERN } from '../money.js';
import { type Adopted } from '../reference/adopted.js';
import { type Account, type Chart } from '../reference/chart.js';
import { listed, type Vocabulary } from '../text/codes.js';
import { matching, passing } from './checks.js';
import { type CodesOn, field, type FieldOptions, isPositiveAmount, says } from './fields.js';

/*
 * Fields whose codes are adopted: funds, units, accounts and their details. A published schema says what such a code
 * looks like and no more; whether it is adopted is looked up on the business day, see `isAdopted` in `check.ts`.
 */

const oneOfThem = (codes: Vocabulary): Text => {
  const { zh, en } = listed(codes, codes.codes);
  return text(`${zh} 之一`, `one of ${en}`);
};

function adoptedCode(
  name: Text,
  pattern: RegExp,
  code: string,
  codes: CodesOn,
  expected: Text,
  options: FieldOptions = {},
): PropertyDecorator {
  const shape = { kind: 'code', codes, adopted: { code, expected: oneOfThem } } as const;
  return field(name, options, shape, matching(pattern, says(code, expected)));
}

const KEY = /^[a-z]+(-[a-z]+)*$/;
const LINE = /^[a-z]+([.-][a-z]+)*(\/[a-z]+(-[a-z]+)*)?$/;

const SHARED_LINE = new RegExp(`${LINE.source.slice(0, -1)}(@(pool|personal))?$`);

/** A fund that is switched on. */
export const FundCode = (options: FieldOptions = {}): PropertyDecorator =>
  adoptedCode(
    text('基金', 'fund'),
    KEY,
    'unknown-fund',
    ({ funds }) => funds,
    text('已启用基金的代码', 'the key of a fund that is switched on'),
    options,
  );

/** A fund that is switched on, or all of them. */
export const FundOrAll = (options: FieldOptions = {}): PropertyDecorator =>
  adoptedCode(
    text('基金', 'fund'),
    KEY,
    'unknown-fund',
    ({ fundsOrAll }) => fundsOrAll,
    text('已启用基金的代码，或 all', 'the key of a fund that is switched on, or all'),
    options,
  );

/** A unit by its code. */
export const UnitCode = (name: Text = text('核算单位', 'unit'), options: FieldOptions = {}): PropertyDecorator =>
  adoptedCode(
    name,
    /^[0-9]{6}$/,
    'unknown-unit',
    ({ units }) => units,
    text('核算单位的六位代码', 'the code of a unit, six digits'),
    options,
  );

/** A category of people whose premium medical assistance pays, or a part of it. */
export const SubsidyCategory = (name: Text, options: FieldOptions = {}): PropertyDecorator =>
  adoptedCode(
    name,
    KEY,
    'one-of',
    ({ subsidised }) => subsidised,
    text('已采用资助比例的对象', 'a category whose rate is adopted'),
    options,
  );

/** A detail account of an account, e.g. a kind of benefit; whether the fund has it is the posting rule's matter. */
export const DetailOf = (
  name: Text,
  account: string,
  options: FieldOptions & { readonly but?: readonly string[] } = {},
): PropertyDecorator =>
  adoptedCode(
    name,
    KEY,
    'one-of',
    perAdopted(({ chart }) => chart.detailCodes(account, options.but)),
    text('该科目的明细', 'a detail of the account'),
    options,
  );

/** One of some ledger lines that a posting rule knows, or of the accounts of a sort, called as the chart calls them. */
export const LineOf = (
  name: Text,
  lines: readonly string[] | ((account: Account) => boolean),
  options: FieldOptions = {},
): PropertyDecorator =>
  adoptedCode(
    name,
    LINE,
    'one-of',
    linesOn(({ chart }) =>
      typeof lines === 'function'
        ? chart.all.filter(lines).map(({ key }) => key)
        : lines.filter((line) => chart.hasLine(line)),
    ),
    text('科目', 'an account'),
    options,
  );

const mapExpected = (codes: Vocabulary): Text => {
  const { zh, en } = listed(codes, codes.codes);
  return text(`科目到金额的对象，科目为 ${zh}`, `an object of amounts by account, accounts are ${en}`);
};

/**
 * Amounts by ledger line, at least one: the accounts that are wanted, and their details. Where they are named with
 * their shares, income and expenditure also as `account@pool` and `account@personal`.
 */
export function Amounts(
  name: Text,
  isWanted: (account: Account) => boolean,
  { withShares = false, ...options }: FieldOptions & { readonly withShares?: boolean } = {},
): PropertyDecorator {
  const line = withShares ? SHARED_LINE : LINE;
  const valid = (value: unknown): boolean => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const pairs = Object.entries(value);
    return pairs.length > 0 && pairs.every(([key, amount]) => line.test(key) && isPositiveAmount(amount));
  };
  const schema = {
    type: 'object',
    propertyNames: { pattern: line.source },
    additionalProperties: { type: 'string', pattern: POSITIVE_AMOUNT_PATTERN },
    minProperties: 1,
  };
  const expected = text('科目到金额的对象，至少一项', 'an object of amounts by account, at least one');
  return field(
    name,
    options,
    {
      kind: 'amounts',
      codes: linesOn(({ chart }) =>
        chart.lines(isWanted).flatMap((each) => (withShares ? sharesOf(each, chart) : [each])),
      ),
      adopted: { code: 'amounts', expected: mapExpected },
      schema,
    },
    passing('amounts', valid, says('amounts', expected)),
  );
}

/** A line as entries of any fund may carry it: without a share, and with each where its account has some. */
function sharesOf(line: string, chart: Chart): string[] {
  if (chart.find(parseLedgerLine(line).account)?.share === undefined) return [line];
  return [line, ...SHARES.codes.map((share) => `${line}@${share}`)];
}

/** Ledger lines as they are called. */
const linesOn = (linesOf: (adopted: Adopted) => readonly string[]): CodesOn =>
  perAdopted((adopted) => ledgerLines(linesOf(adopted), adopted.chart));

/** A list that is worked out once for each state of what is adopted. */
function perAdopted(listOf: CodesOn): CodesOn {
  const known = new WeakMap<Adopted, Vocabulary>();
  return (adopted) => {
    let list = known.get(adopted);
    if (!list) known.set(adopted, (list = listOf(adopted)));
    return list;
  };
}
