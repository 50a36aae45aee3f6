import { describe, expect, it } from '@jest/globals';
import { COMMAND_KINDS } from '../catalogue/registry.js';
import { BEFORE_ADOPTION } from '../reference/built-in.js';
import { checkCommand } from './check.js';

/** The same value with the fields of every object in the opposite order. */
const turned = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, content]) => [name, turned(content)]),
  );
};

describe('the canonical form of a command', () => {
  it.each(COMMAND_KINDS.map((kind) => [kind.kind, kind] as const))(
    'of %s is one, whatever the order and the spelling',
    (_, kind) => {
      const canonical = checkCommand(kind, kind.example, BEFORE_ADOPTION);
      const text = JSON.stringify(canonical);
      expect(JSON.stringify(checkCommand(kind, turned(kind.example), BEFORE_ADOPTION))).toBe(text);
      expect(JSON.stringify(checkCommand(kind, canonical, BEFORE_ADOPTION))).toBe(text);
      const withNothing = { ...canonical, note: undefined };
      expect(Object.values(checkCommand(kind, withNothing, BEFORE_ADOPTION))).not.toContain(undefined);
      const note = { note: 'e\u0301' };
      const spelled = { ...kind.example, ...('amount' in kind.example && { amount: '0012.5' }), ...note };
      const { amount = '12.50', note: composed } = checkCommand(kind, spelled, BEFORE_ADOPTION) as {
        amount?: string;
        note?: string;
      };
      expect([amount, composed]).toEqual(['12.50', '\u00e9']);
    },
  );

  it('is the very command that came, where that is canonical', () => {
    const kind = COMMAND_KINDS.find((each) => each.kind === 'contribution')!;
    const canonical = checkCommand(kind, turned(kind.example), BEFORE_ADOPTION);
    expect(checkCommand(kind, canonical, BEFORE_ADOPTION)).toBe(canonical);
  });
});
