import { describe, expect, it } from '@jest/globals';
import { BEFORE_ADOPTION } from '../../src/reference/built-in.js';
import { commandOf, type Plan, planFor, readHeader } from '../../src/import/check/cells-to-command.js';
import { NoteList } from '../../src/import/report/notes.js';
import { targetOf } from '../../src/import/check/columns.js';
import { checkCommand } from '../../src/kinds/check.js';
import { fieldsOf } from '../../src/kinds/fields.js';
import { COMMAND_KINDS, findKind } from '../../src/catalogue/registry.js';

const EVER = BEFORE_ADOPTION.ever;
const contribution = findKind('contribution')!;
const pathOf = (kind: string, name: string): string | undefined =>
  targetOf(findKind(kind)!.command, name, EVER)?.path.join(' > ');

/** The cells of a command, by dotted column. */
function flattened(value: object, prefix = ''): Record<string, string> {
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]: [string, unknown]) =>
      typeof inner === 'object' && inner !== null
        ? Object.entries(flattened(inner, `${prefix}${name}.`))
        : [[prefix + name, String(inner)]],
    ),
  );
}

describe('columns', () => {
  it.each([
    ['contribution', 'amount', 'amount'],
    ['contribution', '金额', 'amount'],
    ['contribution', '金额 amount', 'amount'],
    ['contribution', ' Business Date ', 'businessDate'],
    ['contribution', 'payer.kind', 'payer > kind'],
    ['contribution', '缴费人.缴费人类别', 'payer > kind'],
    ['contribution', '缴费人类别', 'payer > kind'],
    ['contribution', 'evidence SHA-256', 'evidence > sha256'],
    ['contribution', '凭证号', 'evidence > number'],
    ['opening-balance', 'balances.net.pool', 'balances > net.pool'],
    ['opening-balance', 'balances.fiscal-account/term', 'balances > fiscal-account/term'],
    ['opening-balance', 'balances.国库存款', 'balances > treasury'],
    ['payout', 'offsets.advances.provider', 'offsets > advances.provider'],
    ['contribution', 'payer', undefined],
    ['contribution', 'payer.name', undefined],
    ['contribution', 'constructor', undefined],
    ['contribution', '__proto__', undefined],
  ])('%s: %s is %s', (kind, name, path) => expect(pathOf(kind, name)).toBe(path));

  it.each(COMMAND_KINDS.map((kind) => [kind.kind, kind] as const))(
    'takes the example of %s from cells, by its properties and by its Chinese names',
    (_, kind) => {
      const cells = flattened(kind.example);
      for (const columns of [Object.keys(cells), Object.keys(cells).map((name) => chineseName(kind.command, name))]) {
        const { header, errors } = readHeader(['kind', ...columns], 1, EVER);
        const { plan, errors: more } = planFor(kind, header, EVER);
        expect([...errors, ...more, ...plan.foreign]).toEqual([]);
        const command = fromCells(plan, [kind.kind, ...Object.values(cells)]);
        expect(checkCommand(kind, command, BEFORE_ADOPTION)).toEqual(checkCommand(kind, kind.example, BEFORE_ADOPTION));
      }
    },
  );

  it('keeps two columns of one field, unknown and doubled columns, and a missing kind apart', () => {
    const codes = (names: string[]): string[] =>
      readHeader(names, 1, EVER).errors.map(({ field, code }) => `${field} ${code}`);
    expect(codes(['kind', 'amount', 'amount'])).toEqual(['amount duplicate-column']);
    expect(codes(['kind', 'amuont'])).toEqual(['amuont unknown-column']);
    expect(codes(['amount'])).toEqual(['kind missing-column']);
    expect(codes(['业务种类', '行标识', '金额'])).toEqual([]);
    const { header } = readHeader(['kind', 'amount', '金额'], 1, EVER);
    expect(planFor(contribution, header, EVER).errors).toMatchObject([
      { line: 1, field: '金额', code: 'duplicate-column' },
    ]);
  });

  it('leaves empty cells out, and turns only whole numbers of counts into numbers', () => {
    const { header } = readHeader(['kind', 'amount', 'payer.kind', 'payer.reference', 'headcount'], 1, EVER);
    const { plan } = planFor(contribution, header, EVER);
    const nothing = { evidence: {}, payer: {} };
    expect(fromCells(plan, ['contribution', '', '', '', ''])).toEqual(nothing);
    expect(fromCells(plan, ['contribution', '1.00', '', '', '12'])).toEqual({
      ...nothing,
      amount: '1.00',
      headcount: 12,
    });
    expect(fromCells(plan, ['contribution', '', '', 'E', '1e3'])).toEqual({
      ...nothing,
      payer: { reference: 'E' },
      headcount: '1e3',
    });
  });

  it('leaves a map of amounts out where all its cells are empty', () => {
    const { header } = readHeader(['kind', 'offsets.advances.provider', 'offsets.advances.vbp'], 1, EVER);
    const { plan } = planFor(findKind('payout')!, header, EVER);
    expect(fromCells(plan, ['payout', '', ''])).not.toHaveProperty('offsets');
    expect(fromCells(plan, ['payout', '', '5.00'])).toMatchObject({ offsets: { 'advances.vbp': '5.00' } });
  });
});

const fromCells = ({ fields }: Plan, cells: readonly string[]): unknown =>
  commandOf(fields, cells, { line: 2, notes: new NoteList(), causes: [] });

/** The same column by the Chinese names of its fields. */
function chineseName(type: new () => object, column: string): string {
  const field = fieldsOf(type).find(({ property }) => column === property || column.startsWith(`${property}.`))!;
  const rest = column.slice(field.property.length + 1);
  if (rest === '') return field.name.zh;
  return `${field.name.zh}.${field.nested ? chineseName(field.nested, rest) : rest}`;
}
