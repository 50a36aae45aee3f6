export type Fields = Readonly<Record<string, unknown>>;

/** A book and a day. */
export interface Place {
  readonly fund: string;
  readonly unit: string;
  readonly date: string;
}

interface More {
  /** The day it stands at in the file, where that is not its own: what is recorded late. */
  readonly recordedOn?: string;
  /** By which another names it. */
  readonly label?: string;
  /** The field that holds the id of what it takes back, corrects or withdraws, and the label of that. */
  readonly names?: { readonly field: string; readonly label: string };
}

/** A command of the year before it has its evidence, its people and the ids it names. */
export interface Draft extends Place, More {
  readonly kind: string;
  readonly note: string;
  readonly fields: Fields;
}

export const draft = (kind: string, place: Place, note: string, fields: Fields, more: More = {}): Draft => ({
  ...place,
  kind,
  note,
  fields,
  ...more,
});
