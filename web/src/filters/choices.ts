import { halfWidth } from '../text/digits.ts';
import { type Text, text } from '../text/text.ts';

/** One value of a parameter, and what it is called. */
export interface Choice {
  readonly value: string;
  readonly name: Text;
}

/** A value by itself. */
export const asWritten = (value: string): Choice => ({ value, name: text(value, value) });

/** The choices, before them what is asked for and is none of them. */
export const offered = (choices: readonly Choice[], asked: string): readonly Choice[] =>
  asked === '' || choices.some(({ value }) => value === asked) ? choices : [asWritten(asked), ...choices];

const folded = (words: string): string => halfWidth(words).toLowerCase().replaceAll(/\s/g, '');

/** Whether words hold what is typed, of whatever width and in any case. */
export const holds = (typed: string, words: string): boolean => folded(words).includes(folded(typed));

/** The choices for somebody who types: those found, and behind them what is typed, unless it is one of them. */
export const typedAmong = (found: readonly Choice[], typed: string): readonly Choice[] =>
  typed === '' || found.some(({ value }) => value === typed) ? found : [...found, asWritten(typed)];
