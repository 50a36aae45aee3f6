/** Marks at the end, and runs of marks; a reference begins with a letter or a digit. */
const MARKS_AT_THE_END = /[._/:-]+$/;
const MARKS = /[._/:-]+/g;

/** Two that begin with another letter or digit are never one: nearly every pair is told apart so. */
const beginAlike = (one: string, other: string): boolean => one[0]?.toLowerCase() === other[0]?.toLowerCase();

const folded = (reference: string): string => reference.replace(MARKS_AT_THE_END, '').replace(MARKS, '.').toLowerCase();

/**
 * Whether two references name one person. Neither the case of letters, nor which mark stands between two parts, nor
 * marks at the end tell two people apart: `wang.li`, `Wang_Li` and `WANG-LI.` are one. Practice: whoever is taken for
 * another is told so at once and signs as somebody else; two spellings that pass for two people are never noticed.
 */
export const isSamePerson = (one: string, other: string): boolean =>
  beginAlike(one, other) && folded(one) === folded(other);
