import { describe, expect, it } from '@jest/globals';
import { periodOf } from './parameters.js';

const TODAY = '2025-05-12';

describe('the period of a statement', () => {
  it('is the month of its last day, its year, and both a year earlier', () => {
    expect(periodOf({ to: '2024-02-29' }, TODAY)).toEqual({
      interval: { from: '2024-01-01', to: '2024-02-29', before: '2023-12-31' },
      isYearly: false,
      closesYear: false,
      current: { after: '2024-01-31', to: '2024-02-29' },
      isMonth: true,
      year: { after: '2023-12-31', to: '2024-02-29' },
      currentBefore: { after: '2023-01-31', to: '2023-02-28' },
      yearBefore: { after: '2022-12-31', to: '2023-02-28' },
      lastYear: { after: '2022-12-31', to: '2023-12-31' },
    });
  });

  it('ends today unless told, and begins on the day that was asked for', () => {
    expect(periodOf({ from: '2025-04-11', form: 'yearly' }, TODAY)).toMatchObject({
      isYearly: true,
      closesYear: true,
      current: { after: '2025-04-10', to: TODAY },
      isMonth: false,
      currentBefore: { after: '2024-04-10', to: '2024-05-12' },
    });
  });

  it.each([
    ['2025-02-28', '2024-02-29'],
    ['2024-02-28', '2023-02-28'],
    ['2025-03-01', '2024-03-01'],
  ])('a year before %s is %s: the last of February is the last of February', (to, earlier) => {
    expect(periodOf({ to }, TODAY).yearBefore.to).toBe(earlier);
  });
});
