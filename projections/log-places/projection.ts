import { type ReadTables, tableName } from '../following/read-tables.js';
import { type Projection, type RowTable } from '../projection.js';

/** So many positions share a place. Where they lie apart, as in the log of a server, nearly every event has its own. */
const STRETCH = 4_096;
const stretchOf = (position: number): number => Math.floor(position / STRETCH);

/** By stretch of positions: the position of the last event before the first of the stretch; 0 where there is none. */
export const PLACES: RowTable = {
  form: 'rows',
  name: 'log_place',
  key: { stretch: 'INTEGER' },
  values: { before: 'INTEGER' },
};

/**
 * Places from which the log can be read on. A log is read forwards, and only from where an event stands: who goes back
 * in it goes from place to place, and reads forwards from each.
 */
export const logPlaces: Projection = {
  name: 'log-places',
  version: 1,
  tables: [PLACES],
  apply: ({ position, previous }, rows) => {
    if (stretchOf(position) !== stretchOf(previous)) rows.put(PLACES, [stretchOf(position)], [previous]);
  },
};

/** A position before another from which the log can be read up to it: of all that are known, the nearest. */
export function placeBefore(tables: ReadTables, position: number): number {
  const [row] = tables.rows<{ before: number }>(
    `SELECT before FROM "${tableName(logPlaces, PLACES)}" WHERE stretch <= ? AND before < ?
     ORDER BY stretch DESC LIMIT 1`,
    stretchOf(position),
    position,
  );
  return row?.before ?? 0;
}
