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

const AN_UNSEEN = new RegExp(`[${UNSEEN}]`, 'u');
/** A mark that stands by itself: an accent without a letter does not. */
const A_MARK = new RegExp(`[^${BLANK}\\p{M}]`, 'u');

/** True where a text shows nothing to a reader, whatever it is made of. */
export const isBlank = (text: string): boolean => !A_MARK.test(text);

/** What nearly every text is, told at a glance: ASCII and common Chinese characters, and no space at its beginning. */
const PLAIN = /^[!-~\u4e00-\u9fff][ -~\u4e00-\u9fff]*$/;

/** True where a text is what it looks like: there is something to see, and nothing in it that is not seen. */
export const isSeen = (text: string): boolean => PLAIN.test(text) || (A_MARK.test(text) && !AN_UNSEEN.test(text));

const EACH_UNSEEN = new RegExp(`[${UNSEEN}]`, 'gu');
/** A carriage return by itself goes back to the beginning of a line that has been printed. */
const EACH_UNSEEN_IN_LINES = new RegExp(`(?!\\r?\\n)[${UNSEEN}]`, 'gu');
/** In a quotation a blank that is no space is written out too: it looks like one. */
const EACH_UNSEEN_OR_BLANK = new RegExp(`[${UNSEEN}]|[^\\S ]`, 'gu');

const writtenOut = (character: string): string =>
  character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');

/**
 * Text of others as it may be printed anywhere: what is not seen is written out, e.g. `\u200b`, so that it neither
 * hides nor steers a terminal. Chinese and every other script stay as they are. JSON stays the same JSON.
 */
export const visible = (text: string): string => text.replace(EACH_UNSEEN, writtenOut);

/** The same for a text of many lines, whose ends stay. */
export const visibleLines = (text: string): string => text.replace(EACH_UNSEEN_IN_LINES, writtenOut);

/** The same for a quotation, in which every blank but a space is written out as well. */
export const visibleQuoted = (text: string): string => text.replace(EACH_UNSEEN_OR_BLANK, writtenOut);
