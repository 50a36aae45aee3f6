import { describe, expect, it } from '@jest/globals';
import { effectOf, ledgerLine } from '../books/entries.js';
import { LedgerError } from '../errors.js';
import { checkCommand } from '../kinds/check.js';
import { fieldsOf } from '../kinds/fields.js';
import { type VoucherKind } from '../kinds/kind.js';
import { prepare } from '../kinds/prepare.js';
import { BEFORE_ADOPTION } from '../reference/built-in.js';
import { COMMAND_KINDS } from './registry.js';

type Fields = Readonly<Record<string, unknown>>;

const adopted = BEFORE_ADOPTION.on('2026-06-30');
const { chart, funds } = adopted;

/** Openings and corrections may name any account; what is asked here is whether business can move it. */
const ANY_ACCOUNT = ['opening-balance', 'opening-correction', 'prior-year-correction'];
const KINDS = COMMAND_KINDS.filter(
  (kind): kind is VoucherKind => kind.form === 'voucher' && !ANY_ACCOUNT.includes(kind.kind),
);

/** The codes that a field may have, those of what is nested in it too, each with the field as it would then be. */
function valuesOf(type: new () => object, from: Fields): [field: string, value: unknown][] {
  return fieldsOf(type).flatMap(({ property, kind, codes, nested }): [string, unknown][] => {
    if (nested) {
      const inner = from[property] as Fields | undefined;
      if (inner === undefined) return [];
      return valuesOf(nested, inner).map(([name, value]) => [property, { ...inner, [name]: value }]);
    }
    if (kind === 'amounts')
      return (codes?.(adopted).codes ?? []).map((code) => [property, { [code]: from['amount'] ?? '1.00' }]);
    return codes ? codes(adopted).codes.map((code) => [property, code]) : [];
  });
}

/** Every choice of up to three fields' values; of more values, of up to two. */
function* choicesOf(values: readonly [string, unknown][]): Generator<Fields> {
  yield {};
  for (const [index, [name, value]] of values.entries()) {
    yield { [name]: value };
    for (const [other, [second, two]] of values.slice(index + 1).entries()) {
      if (second === name || values.length > 30) continue;
      yield { [name]: value, [second]: two };
      if (values.length > 20) continue;
      for (const [third, three] of values.slice(index + other + 2))
        yield { [name]: value, [second]: two, [third]: three };
    }
  }
}

/** An example, and the same with nothing but what it must say, in each fund, with some of its codes changed. */
function* variantsOf({ command, example }: VoucherKind): Generator<Fields> {
  const optional = fieldsOf(command).filter((field) => field.optional);
  const said = ([name]: [string, unknown]): boolean => optional.every(({ property }) => property !== name);
  const bare = Object.fromEntries(Object.entries(example).filter(said));
  for (const base of [example, bare])
    for (const fund of funds.codes) {
      const values = valuesOf(command, base).filter(([name]) => name !== 'unit' && name !== 'fund');
      for (const choice of choicesOf(values)) yield { ...base, fund, ...choice };
    }
  yield { ...bare, lossYear: '2024', paidYear: '2024' };
  yield { ...bare, fund: 'resident', businessDate: '2026-11-03', coverPeriod: '2027' };
}

/** The lines that a kind of voucher debits and credits, whatever is said in its fields. */
function linesOf(kind: VoucherKind): { debits: Set<string>; credits: Set<string> } {
  const lines = { debits: new Set<string>(), credits: new Set<string>() };
  const own = fieldsOf(kind.command).map(({ property }) => property);
  for (const variant of variantsOf(kind)) {
    const known = Object.fromEntries(Object.entries(variant).filter(([name]) => own.includes(name)));
    try {
      for (const { share, ...entry } of prepare(kind, checkCommand(kind, known, BEFORE_ADOPTION), BEFORE_ADOPTION)
        .entries ?? [])
        lines[effectOf(entry) > 0n ? 'debits' : 'credits'].add(ledgerLine(entry));
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
    }
  }
  return lines;
}

const MOVED = new Map(KINDS.map((kind) => [kind.kind, linesOf(kind)]));
const kindsThat = (side: 'debits' | 'credits', line: string): string[] =>
  [...MOVED].filter(([, lines]) => lines[side].has(line)).map(([kind]) => kind);

/** Every account that entries may name, and every detail. An account with details is reached by them. */
const LINES = chart.all
  .filter(({ closed }) => !closed)
  .flatMap(({ key, kind, detailRows }) => {
    const details = detailRows.filter((row) => !row.closed).map((row) => row.key);
    const alone = details.length === 0 || kind === 'asset' ? [key] : [];
    return [...alone, ...details].map((line) => [line, kind] as const);
  });
const held = LINES.filter(([, kind]) => kind === 'asset' || kind === 'liability');

describe('the chart of accounts', () => {
  it.each(held)('%s can be put on and taken off again', (line) => {
    expect(kindsThat('debits', line)).not.toEqual([]);
    expect(kindsThat('credits', line)).not.toEqual([]);
  });

  it.each(LINES.filter(([, kind]) => kind === 'income'))('%s can be earned', (line) => {
    expect(kindsThat('credits', line)).not.toEqual([]);
  });

  it.each(LINES.filter(([, kind]) => kind === 'expenditure'))('%s can be spent', (line) => {
    expect(kindsThat('debits', line)).not.toEqual([]);
  });

  it.each([
    ['net.pool', ['risk-fund-use'], ['personal-account-credit', 'risk-fund-allocation']],
    ['net.personal', ['personal-account-credit'], []],
    ['net.risk', ['risk-fund-allocation'], ['risk-fund-use']],
  ])('%s is moved by what it is set aside for, and otherwise at the close of a period', (line, credits, debits) => {
    expect([kindsThat('credits', line).toSorted(), kindsThat('debits', line).toSorted()]).toEqual([credits, debits]);
  });

  it.each(['pending.premiums', 'pending.interest'])('%s is allocated', (line) => {
    expect(kindsThat('debits', line)).toEqual(['pending-allocation']);
  });

  it.each(chart.all.filter(({ closed }) => closed).map(({ key }) => key))(
    '%s, which is closed, is moved by nothing',
    (key) => {
      expect([...kindsThat('debits', key), ...kindsThat('credits', key)]).toEqual([]);
    },
  );
});

/** What is paid from the expenditure account, or by the fiscal account directly. */
const PAID = [
  'advance-payment',
  'contribution-refund',
  'funding-down',
  'inbound-care-payment',
  'loan-repayment',
  'misdirected-fine-forwarding',
  'payout',
  'personal-transfer-out',
  'personal-transfer-return',
  'remittance-up',
  'serious-illness-premium',
  'serious-illness-settlement',
  'suspense-release',
];

/** Two lines of revenue and expenditure: what each account of money takes in and pays. */
describe('the accounts of money', () => {
  it.each<[string, string[], string[]]>([
    ['cash', ['money-movement'], ['money-movement']],
    [
      'income-account',
      [
        'contract-penalty',
        'contribution',
        'donation',
        'funding-received',
        'inbound-care-funding',
        'interest',
        'late-fee',
        'misdirected-fine',
        'money-movement',
        'personal-transfer-in',
        'remittance-received',
        'suspense-receipt',
      ],
      // To the fiscal account, upward, or refunded by the channel it came through.
      ['contribution-refund', 'money-movement', 'remittance-up', 'suspense-release'],
    ],
    [
      'expenditure-account',
      // Fed by the fiscal account; what comes back of what it paid, what was lent to it, and what is no money of its.
      [
        'advance-return',
        'interest',
        'loan',
        'misdirected-fine',
        'money-movement',
        'personal-transfer-return',
        'serious-illness-settlement',
      ],
      [...PAID, 'money-movement'].toSorted(),
    ],
    [
      'fiscal-account',
      [
        'advance-return',
        'contract-penalty',
        'contribution',
        'donation',
        'funding-received',
        'inbound-care-funding',
        'interest',
        'late-fee',
        'loan',
        'misdirected-fine',
        'money-movement',
        'personal-transfer-in',
        'personal-transfer-return',
        'recovery',
        'remittance-received',
        'serious-illness-settlement',
        'subsidy',
        'suspense-receipt',
        'third-party-reimbursement',
      ],
      [...PAID, 'money-movement'].toSorted(),
    ],
    ['fiscal-account/term', ['interest', 'money-movement'], ['money-movement']],
    [
      'treasury',
      ['contribution', 'interest', 'late-fee', 'suspense-receipt'],
      ['contribution-refund', 'money-movement', 'suspense-release'],
    ],
  ])('%s takes in and pays what it is for, and nothing else', (line, into, out) => {
    expect(kindsThat('debits', line).toSorted()).toEqual(into);
    expect(kindsThat('credits', line).toSorted()).toEqual(out);
  });
});
