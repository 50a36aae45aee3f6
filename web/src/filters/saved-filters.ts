/** A view that was saved in this browser: a name for an address. */
export interface Saved {
  readonly name: string;
  /** What stood behind the path, without the console's own parts and without a page. */
  readonly search: string;
}

const keyOf = (path: string): string => `filters ${path}`;

/** What was saved of a screen; what is there and is no such list counts as nothing. */
export function readSaved(path: string): readonly Saved[] {
  const found: unknown = parsed(localStorage.getItem(keyOf(path)));
  return Array.isArray(found) ? found.filter(isSaved) : [];
}

/** Saves an address under a name; the same name again takes the place of the first. */
export const withSaved = (saved: readonly Saved[], { name, search }: Saved): readonly Saved[] => [
  ...saved.filter((each) => each.name !== name),
  { name, search },
];

export const writeSaved = (path: string, saved: readonly Saved[]): void =>
  localStorage.setItem(keyOf(path), JSON.stringify(saved));

function parsed(written: string | null): unknown {
  if (written === null) return undefined;
  try {
    return JSON.parse(written);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const isSaved = (one: unknown): one is Saved =>
  typeof one === 'object' &&
  one !== null &&
  'name' in one &&
  'search' in one &&
  typeof one.name === 'string' &&
  typeof one.search === 'string';
