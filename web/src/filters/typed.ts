/** What somebody types into a field that otherwise shows a part of the address. */
export interface Typed {
  readonly text: string;
  /** What the field showed when it was typed. */
  readonly since: string;
  /** Whether the typing is over: then another address takes its place, before it does not. */
  readonly isDone: boolean;
}

/** What is typed, as long as it is not over and overtaken: an address that changes meanwhile disturbs nobody. */
export const standing = (typed: Typed | undefined, asked: string): Typed | undefined =>
  typed?.isDone && typed.since !== asked ? undefined : typed;

/** What a typing that is over leads to. */
export interface Done {
  readonly typed: Typed | undefined;
  /** What is now to be asked; undefined where that is as before, or what was typed is wrong. */
  readonly take?: string;
}

/** Ends the typing of a text. @param read what a text asks for, empty for nothing; undefined where it is wrong */
export function finished(text: string, asked: string, read: (text: string) => string | undefined): Done {
  const value = read(text);
  const typed = { text, since: asked, isDone: true };
  if (value === undefined) return { typed };
  return value === read(asked) ? { typed: undefined } : { typed, take: value };
}
