import { type Cell } from '../api/tables.ts';
import { lengthOf } from './length.ts';

/** How wide each part of a whole is drawn, in hundredths; what is below zero is not drawn. For drawing only. */
export function stackOf(cells: readonly Cell[]): readonly number[] {
  const lengths = cells.map((cell) => Math.max(0, lengthOf(cell)));
  const whole = lengths.reduce((sum, length) => sum + length, 0);
  return lengths.map((length) => (whole === 0 ? 0 : (100 * length) / whole));
}
