import { type Projection, type RowTable } from '../projection.js';

const INSTANTS: RowTable = {
  form: 'rows',
  name: 'instant',
  key: { recorded_at: 'INTEGER' },
  values: { position: 'INTEGER' },
};

/** When which position was reached: the last position recorded in each millisecond, for the recorded-time axis. */
export const recordedTime: Projection = {
  name: 'recorded-time',
  version: 1,
  tables: [INSTANTS],
  apply: ({ recordedAtMs, position }, rows) => rows.put(INSTANTS, [recordedAtMs], [position]),
};
