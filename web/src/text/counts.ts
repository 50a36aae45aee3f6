import { groupDigits } from './digits.ts';

/** A count as it is printed. */
export const countText = (count: number | null): string => (count === null ? '—' : groupDigits(String(count)));
