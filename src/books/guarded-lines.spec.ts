import { describe, expect, it } from '@jest/globals';
import { guardedEffects } from './guarded-lines.js';

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
    expect([...guardedEffects([{ line, effect }])]).toEqual([[name, counted]]);
  });

  it.each(['net.pool', 'income.premiums/employer@pool', 'income.subsidy', 'benefits/inpatient@pool'])(
    '%s may have either sign',
    (line) => {
      expect([...guardedEffects([{ line, effect: -7n }])]).toEqual([]);
    },
  );

  it('add up what is of one line, and the personal accounts together', () => {
    const effects = [
      { line: 'treasury', effect: 5n },
      { line: 'income.interest@personal', effect: -7n },
      { line: 'treasury', effect: -2n },
      { line: 'benefits/personal-account@personal', effect: 3n },
    ];
    expect([...guardedEffects(effects)]).toEqual([
      ['treasury', 3n],
      ['@personal', 4n],
    ]);
  });
});
