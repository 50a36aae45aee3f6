import { describe, expect, it } from '@jest/globals';
import { type Effect, guardedEffects } from './guarded-lines.js';

/** A line moved on its debit side, or where less than nothing on its credit side. */
const moved = (line: string, effect: bigint, isDebit = effect > 0n): Effect => ({ line, effect, isDebit });

describe('the guarded lines', () => {
  it.each([
    ['treasury', 7n, 'treasury', 7n],
    ['fiscal-account/term', -7n, 'fiscal-account/term', -7n],
    ['advances.provider', 7n, 'advances.provider', 7n],
    ['suspense.to-refund', -7n, 'suspense.to-refund', 7n],
    ['loans', 7n, 'loans', -7n],
    ['net.risk', -7n, 'net.risk', 7n],
    ['pending.premiums', 7n, 'pending.premiums', -7n],
    ['net.personal', -7n, '@personal', 7n],
    ['income.interest@personal', -7n, '@personal', 7n],
    ['benefits/personal-account@personal', 7n, '@personal', -7n],
  ])('%s moved by %d counts in %s as %d', (line, effect, name, counted) => {
    expect([...guardedEffects([moved(line, effect)], undefined)][0]).toEqual([name, counted]);
  });

  it.each(['net.pool', 'income.premiums/employer@pool', 'income.subsidy', 'benefits/inpatient@pool'])(
    '%s may have either sign',
    (line) => {
      expect([...guardedEffects([moved(line, -7n)], undefined)]).toEqual([]);
    },
  );

  it('add up what is of one line, and the personal accounts together', () => {
    const effects = [
      moved('treasury', 5n),
      moved('income.interest@personal', -7n),
      moved('treasury', -2n),
      moved('benefits/personal-account@personal', 3n),
    ];
    expect([...guardedEffects(effects, undefined)]).toEqual([
      ['treasury', 3n],
      ['@personal', 4n],
    ]);
  });

  it.each([
    ['advances.provider', 7n, true, 7n],
    ['advances.provider', -7n, false, -7n],
    ['suspense.to-refund', -7n, false, 7n],
    ['suspense.to-refund', 7n, true, -7n],
    ['loans', -7n, false, 7n],
  ])('%s moved by %d for somebody counts in what it has of him', (line, effect, isDebit, counted) => {
    expect([...guardedEffects([moved(line, effect, isDebit)], { [line]: 'A' })]).toEqual([
      [line, counted],
      [`${line}#A`, counted],
    ]);
  });

  it.each([
    ['put there', 'advances.provider', 7n, true, [['advances.provider#', 7n]]],
    ['put there in red', 'advances.provider', -7n, true, [['advances.provider#', -7n]]],
    ['taken off', 'advances.provider', -7n, false, []],
    ['put there', 'suspense.other', -7n, false, [['suspense.other#', 7n]]],
    ['taken off', 'suspense.other', 7n, true, []],
    ['put there', 'treasury', 7n, true, []],
  ] as const)('what is %s %s under no name is anybody’s', (_, line, effect, isDebit, expected) => {
    expect([...guardedEffects([moved(line, effect, isDebit)], undefined)].slice(1)).toEqual(expected);
  });
});
