import { type Cell } from '../api/tables.ts';

/** How long or high a figure is drawn. It is for drawing only: what is read is the figure as it came. */
export const lengthOf = ({ text, exact }: Pick<Cell, 'text' | 'exact'>): number => {
  const length = +(exact ?? text);
  return Number.isFinite(length) ? length : 0;
};
