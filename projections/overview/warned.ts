import { type Indicator, type Level } from '../early-warning/indicators.js';
import { type Warned } from '../early-warning/warnings.js';

/** The levels that are warnings, the gravest first; the others say that all is well, or that one may look. */
export const WARNING_LEVELS = ['red', 'orange', 'excess'] as const satisfies readonly Level[];

/** How many warnings there are, and how grave the gravest is. */
export interface WarningCount {
  readonly count: number;
  readonly worst: Level | undefined;
  readonly byLevel: Readonly<Record<(typeof WARNING_LEVELS)[number], number>>;
}

/** Counts the warnings among what was judged. Pure. */
export function countWarnings(warned: readonly Warned[]): WarningCount {
  const levels = warned.flatMap(({ indicators }) => indicators.map(({ level }) => level));
  const countOf = (wanted: Level): number => levels.filter((level) => level === wanted).length;
  const byLevel = { red: countOf('red'), orange: countOf('orange'), excess: countOf('excess') };
  const worst = WARNING_LEVELS.find((level) => byLevel[level] > 0);
  return { count: byLevel.red + byLevel.orange + byLevel.excess, worst, byLevel };
}

/** Whether an indicator is a warning. */
export const isWarning = ({ level }: Indicator): boolean => WARNING_LEVELS.some((each) => each === level);

/** The payable months of what was judged: every fund and every book has this indicator. */
export const payableMonthsOf = ({ indicators }: Warned): Indicator =>
  indicators.find(({ key }) => key === 'payable-months')!;
