import { describe, expect, it } from '@jest/globals';
import { DayBalances } from '../../src/books/day-balances.js';
import { openItems } from './open-items.js';

const LINE = 'advances.provider';
function daysOf(...moved: readonly (readonly [line: string, day: string, yuan: number])[]): DayBalances {
  const days = DayBalances.empty();
  for (const [line, day, yuan] of moved) days.add(line, day, BigInt(yuan * 100));
  return days;
}

describe('what is open', () => {
  it('is what each name holds, since the oldest of it that was not taken off', () => {
    const days = daysOf(
      [`${LINE}#H1`, '2025-01-05', 10],
      [`${LINE}#H1`, '2025-02-05', 5],
      [`${LINE}#H1`, '2025-03-05', -12],
      [`${LINE}#H2`, '2025-03-07', 1],
      [`${LINE}#H3`, '2025-03-08', 4],
      [`${LINE}#H3`, '2025-03-09', -4],
      ['treasury', '2025-01-01', 9],
    );
    expect(openItems(days, '2025-03-31')).toEqual([
      { account: LINE, name: 'H1', amount: 3_00n, since: '2025-02-05' },
      { account: LINE, name: 'H2', amount: 1_00n, since: '2025-03-07' },
    ]);
    expect(openItems(days, '2025-02-28')).toEqual([{ account: LINE, name: 'H1', amount: 15_00n, since: '2025-01-05' }]);
  });

  it('is also what nobody was named for, less what was drawn from it under a name', () => {
    const days = daysOf([`${LINE}#`, '2025-01-01', 10], [`${LINE}#H1`, '2025-03-05', -4]);
    expect(openItems(days, '2025-03-31')).toEqual([{ account: LINE, name: '', amount: 6_00n, since: '2025-01-01' }]);
  });

  it('begins with the last day of a closed year where it is of that or earlier', () => {
    const days = daysOf([`${LINE}#H1`, '2024-01-05', 10]);
    days.fold('2024-12-31');
    expect(openItems(days, '2025-01-31')).toEqual([{ account: LINE, name: 'H1', amount: 10_00n, since: '2024-12-31' }]);
  });
});
