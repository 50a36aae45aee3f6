/**
 * Characters of text that others wrote. None of these is seen: controls (Cc), format and bidirectional controls (Cf),
 * lone surrogates (Cs), line and paragraph separators (Zl, Zp), whatever Unicode says a reader may ignore (fillers,
 * joiners, variation selectors, tags), characters that are none, and the blank of Braille. For a class of a regular
 * expression with the flag `u`.
 */
export const UNSEEN =
  '\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}\\p{Noncharacter_Code_Point}\\u2800';

/** Everything that leaves no mark where it stands: what is not seen, and blanks of every width. */
export const BLANK = `\\s${UNSEEN}`;
