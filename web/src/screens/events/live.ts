import { type Row } from '../../api/tables.ts';

/** How the line to the end of the log is: being made, there, given up by who looks, or lost and sought again. */
export type Line = 'opening' | 'open' | 'paused' | 'lost';

/** The end of the log as it is followed. */
export interface Live {
  readonly line: Line;
  /** Up to where everything has been looked at: who comes again goes on behind it. */
  readonly position: number;
  /** What has come, the last of it first. */
  readonly rows: readonly Row[];
  /** How many have come, in sight or not. */
  readonly count: number;
}

/** What happens to it. */
export type Happening =
  | { readonly what: 'begin'; readonly position: number; readonly rows: readonly Row[] }
  | { readonly what: 'line'; readonly line: Line }
  | { readonly what: 'come'; readonly position: number; readonly rows: readonly Row[] };

/** So many rows are kept in sight; those before them are on the pages of the log. */
export const MOST_IN_SIGHT = 300;

export const NOT_BEGUN: Live = { line: 'opening', position: -1, rows: [], count: 0 };

/**
 * The end of the log after something has happened. What comes twice, as behind a connection that was lost, is there
 * once: nothing that stands at a position before the one that was reached.
 */
export function afterwards(live: Live, happening: Happening): Live {
  if (happening.what === 'line') return { ...live, line: happening.line };
  const { position, rows } = happening;
  if (happening.what === 'begin') return { ...NOT_BEGUN, position, rows: rows.toReversed().slice(0, MOST_IN_SIGHT) };
  if (position <= live.position) return live.line === 'open' ? live : { ...live, line: 'open' };
  return {
    line: 'open',
    position,
    rows: [...rows.toReversed(), ...live.rows].slice(0, MOST_IN_SIGHT),
    count: live.count + rows.length,
  };
}
