import { describe, expect, it } from '@jest/globals';
import { BEFORE_ADOPTION } from '../reference/built-in.js';
import fc from 'fast-check';
import { LedgerError } from '../errors.js';
import { checkCommand, isAdopted, explain, hasShape, isTextSeen } from './check.js';
import { prepare } from './prepare.js';
import { fieldsOf } from './fields.js';
import { COMMAND_KINDS, findKind } from '../catalogue/registry.js';
import { LedgerCommand } from './commands.js';
import { type CommandKind } from './kind.js';
import { SEED } from '../../test/seed.js';

const contribution = findKind('contribution')!;

/** Values that are nearly right, or right in another language's idea of JSON. */
const ODD: readonly unknown[] = [
  null,
  undefined,
  true,
  false,
  0,
  -0,
  1.5,
  -1,
  12,
  1e9 + 1,
  2 ** 53,
  1e400,
  -1e400,
  Number.NaN,
  '',
  ' ',
  '0',
  '0.0',
  '0.00',
  '00',
  '000000000000000.00',
  '0.01',
  '1.',
  '.5',
  '1.234',
  '1,234.50',
  '+1.00',
  '-1.00',
  '1e3',
  '1E3',
  '0x10',
  'Infinity',
  'NaN',
  '１２３４.50',
  '1234．50',
  '٣',
  '1234.50\n',
  '\n1234.50',
  '1234.50\u0000',
  '1\uFE0F',
  '①',
  '123456789012345',
  '1234567890123456',
  '999999999999999.99',
  '9999999999999999.99',
  '2025-02-29',
  '2024-02-29',
  '2025-13-01',
  '2025-1-1',
  '2025-05-12T00:00:00Z',
  '２０２５-05-12',
  '2025',
  '2025-05',
  '2200',
  'employee',
  'Employee',
  'employee ',
  'long-term-care',
  '460100',
  '460101',
  'pool',
  'constructor',
  '__proto__',
  'a'.repeat(64),
  'a'.repeat(65),
  '\u{20000}'.repeat(200),
  '\u{20000}'.repeat(201),
  '\uD800',
  '\uDC00x',
  'a\u2028b',
  'tab\tbed',
  '\u200Babc',
  'abc\u200B',
  '\u200B',
  '\u3000',
  '\u00A0 \t',
  'a\u3000b',
  '\u202E1-KH',
  '\u3164',
  '\u2800',
  '\u0301',
  '\uFDD0',
  '\uE000',
  '葛\u{E0100}',
  'e\u0301',
  'ab'.repeat(32),
  'AB'.repeat(32),
  [],
  ['1234.50'],
  [{}],
  {},
  { kind: 'employer' },
  { kind: 'employer', reference: 'E-0001' },
  [{ kind: 'employer', reference: 'E-0001' }],
  { 'advances.provider': '1.00' },
  { 'advances.provider': '0.00' },
  { 'advances.provider': 1 },
  { 'fiscal-account': '1.00', 'net.pool': '1.00' },
  { constructor: '1.00' },
  { constructor: { name: 'x' } },
  JSON.parse('{"__proto__": "1.00"}'),
  { then: '1.00', toString: '1.00', valueOf: null },
  { length: 1 },
];

/** Names of fields that no command has, some of which every object has. */
const ODD_NAMES = [
  'extra',
  'Amount',
  'amount ',
  'constructor',
  'toString',
  'then',
  '__proto__',
  'hasOwnProperty',
  '0',
  '',
];

type Mutation = (input: Record<string, unknown>) => Record<string, unknown>;

const oddValue = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...ODD) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
  {
    weight: 1,
    arbitrary: fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
  },
  { weight: 1, arbitrary: fc.stringMatching(/^[0-9]{0,17}(\.[0-9]{0,3})?$/) },
  { weight: 1, arbitrary: fc.double() },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
);

const withField = (input: Record<string, unknown>, name: string, value: unknown): Record<string, unknown> => {
  const output = { ...input };
  Object.defineProperty(output, name, { value, enumerable: true, configurable: true, writable: true });
  return output;
};

const without = (input: Record<string, unknown>, name: string): Record<string, unknown> =>
  Object.fromEntries(Object.entries(input).filter(([property]) => property !== name));

/** One change to a command: a field dropped, replaced or added, at the top or inside a nested value. */
function mutationOf(type: new () => object): fc.Arbitrary<Mutation> {
  const fields = fieldsOf(type);
  const onField = fc.constantFrom(...fields).chain((field): fc.Arbitrary<Mutation> => {
    const own: fc.Arbitrary<Mutation>[] = [
      fc.constant((input) => without(input, field.property)),
      oddValue.map((value) => (input) => withField(input, field.property, value)),
    ];
    if (field.nested) own.push(mutationOf(field.nested).map((change) => inside(field.property, change)));
    if (field.kind === 'amounts') {
      const { codes } = field.codes!(BEFORE_ADOPTION.ever);
      const amounts = fc.tuple(fc.constantFrom(...codes, ...ODD_NAMES), oddValue);
      own.push(amounts.map(([key, value]) => inside(field.property, (input) => withField(input, key, value))));
    }
    return fc.oneof(...own);
  });
  const added = fc.tuple(fc.constantFrom(...ODD_NAMES), oddValue).map(
    ([name, value]): Mutation =>
      (input) =>
        withField(input, name, value),
  );
  return fc.oneof({ weight: 8, arbitrary: onField }, { weight: 1, arbitrary: added });
}

const inside =
  (property: string, change: Mutation): Mutation =>
  (input) => {
    const nested = input[property];
    if (typeof nested !== 'object' || nested === null) return input;
    return withField(input, property, change(nested as Record<string, unknown>));
  };

/** The fast check: the shape, which events of every age have, and that its texts are seen. */
const isGood = ({ command }: CommandKind, input: object): boolean =>
  hasShape(command, input) && isTextSeen(command, input) && isAdopted(command, input, BEFORE_ADOPTION.ever);

/** A second for each kind on an idle machine, many on a busy one. */
describe.each(COMMAND_KINDS.map((kind) => [kind.kind, kind] as const))('the two checks of %s', (_, kind) => {
  it('accept its example', () => {
    expect(hasShape(kind.command, kind.example)).toBe(true);
    expect(explain(kind.command, kind.example, BEFORE_ADOPTION.ever)).toEqual([]);
  });

  it(`agree on what is nearly its example (seed ${SEED})`, () => {
    const inputs = fc
      .array(mutationOf(kind.command), { minLength: 1, maxLength: 3 })
      .map((changes) => changes.reduce((input, change) => change(input), { ...kind.example }));
    fc.assert(
      fc.property(inputs, (input) => {
        expect(explain(kind.command, input, BEFORE_ADOPTION.ever).length === 0).toBe(isGood(kind, input));
      }),
      { seed: SEED, numRuns: 100 },
    );
  });

  it('agree on every odd value in each of its own fields, and one kind in those of all', () => {
    const fields = fieldsOf(kind.command).slice(kind === contribution ? 0 : fieldsOf(LedgerCommand).length);
    for (const { property } of fields)
      for (const value of ODD) {
        const input = withField({ ...kind.example }, property, value);
        const details = explain(kind.command, input, BEFORE_ADOPTION.ever);
        if (isGood(kind, input) !== (details.length === 0))
          throw new Error(`${property} = ${JSON.stringify(value)}: ${JSON.stringify(details)}`);
      }
  });

  it('refuse what is no object at all', () => {
    for (const input of [null, undefined, 1, 'text', true, [], [kind.example]]) {
      expect(hasShape(kind.command, input)).toBe(false);
      expect(explain(kind.command, input, BEFORE_ADOPTION.ever)).toHaveLength(1);
    }
  });
});

describe('checkCommand', () => {
  const details = (kind: CommandKind, changes: Record<string, unknown>): unknown[] => {
    try {
      const command = checkCommand(kind, { ...kind.example, ...changes }, BEFORE_ADOPTION);
      const { objection } = prepare(kind, command, BEFORE_ADOPTION);
      if (objection) throw objection;
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      return [error.kind, ...error.details.map(({ pointer, code, got }) => `${pointer} ${code} ${got}`)];
    }
    return [];
  };

  it.each([
    ['unknown fund', { fund: 'pension' }, '/fund unknown-fund "pension"'],
    ['fund that is switched off', { fund: 'long-term-care' }, '/fund unknown-fund "long-term-care"'],
    ['unknown unit', { unit: '110000' }, '/unit unknown-unit "110000"'],
    ['unknown field', { colour: 'red' }, '/colour unknown-field "red"'],
    ['nested unknown field', { payer: { kind: 'employer', reference: 'E', x: 1 } }, '/payer/x unknown-field 1'],
    ['number for an amount', { amount: 1234.5 }, '/amount amount-format 1234.5'],
    ['zero amount', { amount: '0.00' }, '/amount amount-format "0.00"'],
    ['negative amount', { amount: '-1.00' }, '/amount amount-format "-1.00"'],
    ['exponent', { amount: '1e3' }, '/amount amount-format "1e3"'],
    ['three places', { amount: '1.234' }, '/amount amount-format "1.234"'],
    ['sixteen digits', { amount: '1234567890123456' }, '/amount amount-format "1234567890123456"'],
    ['full-width digits', { amount: '１２' }, '/amount amount-format "１２"'],
    ['missing field', { amount: undefined }, '/amount required nothing'],
    ['empty field', { amount: '' }, '/amount amount-format ""'],
    ['field of blanks', { maker: ' \t' }, '/maker reference " \\t"'],
    ['empty text', { note: '' }, '/note blank ""'],
    ['day that does not exist', { businessDate: '2025-02-29' }, '/businessDate date "2025-02-29"'],
    ['fraction of a person', { headcount: 1.5 }, '/headcount count 1.5'],
    ['control character', { note: 'a\u0007b' }, '/note text "a\\u0007b"'],
    ['name with slash and tilde', { 'a/b~c': 1 }, '/a~1b~0c unknown-field 1'],
  ])('refuses an %s and says where', (_, changes, detail) => {
    expect(details(contribution, changes)).toEqual(['invalid', detail]);
  });

  it('names every wrong field at once', () => {
    expect(details(contribution, { amount: 'x', unit: 'x', maker: undefined })).toEqual([
      'invalid',
      '/unit unknown-unit "x"',
      '/maker required nothing',
      '/amount amount-format "x"',
    ]);
  });

  it.each([
    ['recovery', 'caseId'],
    ['penalty', 'caseId'],
  ])('demands of a %s its %s', (kind, field) => {
    expect(details(findKind(kind)!, { [field]: undefined })).toEqual(['invalid', `/${field} required nothing`]);
  });

  it('gives the canonical form: two places, composed text, fields in their order, nothing undefined', () => {
    const { fund, ...rest } = contribution.example;
    const input = { ...rest, amount: '01234.5', poolShare: '900', note: 'e\u0301', caseId: undefined, fund };
    const command = checkCommand(contribution, input, BEFORE_ADOPTION);
    expect(JSON.stringify(command)).toBe(
      JSON.stringify({
        fund: 'employee',
        unit: '460100',
        businessDate: '2025-05-12',
        evidence: contribution.example.evidence,
        maker: 'wang',
        reviewer: 'li',
        note: '\u00e9',
        amount: '1234.50',
        payer: { kind: 'employer', reference: 'E-0001' },
        coverPeriod: '2025-05',
        headcount: 12,
        poolShare: '900.00',
        personalShare: '334.50',
      }),
    );
    expect(Object.values(command)).not.toContain(undefined);
  });
});
