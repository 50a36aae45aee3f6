import { type Text, text } from '../../src/errors.js';
import { divideFen, type Fen } from '../../src/money.js';
import { type Cell, type Column } from '../asking/question.js';

const fen = (zh: string, en: string): Column => ({ name: text(zh, en), kind: 'fen' });

/** A figure, the one a year earlier, and what that is more or less: in amounts, and in per cent. All named apart. */
export const comparedColumns = (now: Column, before: Column): Column[] => [
  now,
  before,
  fen(`${now.name.zh}增减`, `change of ${now.name.en}`),
  { name: text(`${now.name.zh}增减%`, `change of ${now.name.en}, %`), kind: 'rate' },
];

/** The cells of these columns; no rate where there was nothing a year earlier. */
export const comparedCells = (now: Fen, before: Fen): Cell[] => {
  const change = now - before;
  return [now, before, change, divideFen(change * 100n, before < 0n ? -before : before) ?? null];
};

/** What these cells lead to: what they are more or less is made of both. */
export const comparedLinks = (now: string | undefined, before: string | undefined): (string | undefined)[] => [
  now,
  before,
  undefined,
  undefined,
];

/** A line of a form as its cell: set in by two blanks a level. */
export const setIn = ({ name: { zh, en }, level }: { readonly name: Text; readonly level: number }): Text => {
  const blanks = '  '.repeat(level);
  return text(blanks + zh, blanks + en);
};
