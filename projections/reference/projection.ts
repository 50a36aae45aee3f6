import { type StoredEvent } from '../../src/event-store/event-store.js';
import { REFERENCE_STREAM } from '../../src/kinds/kind.js';
import { type Projection, type RowTable } from '../projection.js';
import { type ReadTables, tableName } from '../following/read-tables.js';

/** Every adoption as it stands in the log: what holds on a day is worked out from them, for they are few. */
export const ADOPTIONS: RowTable = {
  form: 'rows',
  name: 'adoption',
  key: { revision: 'INTEGER' },
  values: { position: 'INTEGER', type: 'TEXT', data: 'TEXT' },
};

/** What is adopted: funds, units, accounts, policies and collection windows. */
export const reference: Projection = {
  name: 'reference',
  version: 1,
  tables: [ADOPTIONS],
  apply: ({ stream, revision, position, type, data }, rows) => {
    if (stream === REFERENCE_STREAM) rows.put(ADOPTIONS, [revision], [position, type, data]);
  },
};

/** The adoptions behind a revision of their stream, in order. */
export const adoptionsAfter = (tables: ReadTables, revision: number): StoredEvent[] =>
  tables
    .rows<Pick<StoredEvent, 'revision' | 'position' | 'type' | 'data'>>(
      `SELECT revision, position, type, data FROM "${tableName(reference, ADOPTIONS)}"
       WHERE revision > ? ORDER BY revision`,
      revision,
    )
    .map((row) => ({ stream: REFERENCE_STREAM, ...row }));
