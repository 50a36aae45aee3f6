import { type Projection, type RowTable, type SumTable } from '../projection.js';

export const KEYS: RowTable = {
  form: 'rows',
  name: 'book_key',
  key: { stream: 'TEXT', key: 'TEXT' },
  values: { revision: 'INTEGER' },
};

/** How many events of a stream the keys above were taken from: beyond them, the stream itself has to be asked. */
export const COVERED: SumTable = { form: 'sums', name: 'book_key_cover', key: { stream: 'TEXT' }, sums: ['events'] };

/**
 * Which event of a stream carries which idempotency key. Kept only where the log itself has no index of keys
 * (KurrentDB): with it, a key is known for ever without reading its stream again.
 */
export const bookKeys: Projection = {
  name: 'book-keys',
  version: 1,
  tables: [KEYS, COVERED],
  apply: ({ stream, revision, event }, rows) => {
    rows.add(COVERED, [stream], [1n]);
    if (event.key !== undefined) rows.put(KEYS, [stream, event.key], [revision]);
  },
};
