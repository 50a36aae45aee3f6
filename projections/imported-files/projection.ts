import { type FirstTable, type Projection, type RowTable, type SumTable } from '../projection.js';

const KEY = { stream: 'TEXT', source: 'TEXT' } as const;
const PLACE = { position: 'INTEGER', recorded_ms: 'INTEGER' } as const;

/** How many lines of a file stand in a stream. */
export const LINES: SumTable = { form: 'sums', name: 'imported_lines', key: KEY, sums: ['lines'] };

/** Where the first line of a file stands that is in a stream, and when it was recorded; and the last. */
export const FIRST: FirstTable = { form: 'firsts', name: 'imported_first', key: KEY, values: PLACE, within: () => [] };
export const LAST: RowTable = { form: 'rows', name: 'imported_last', key: KEY, values: PLACE };

/** What came of files, by the digest of each: also of those of which nobody has kept a record. */
export const importedFiles: Projection = {
  name: 'imported-files',
  version: 1,
  tables: [LINES, FIRST, LAST],
  apply: ({ stream, position, recordedAtMs, event }, rows) => {
    const { source } = event;
    if (typeof source !== 'string') return;
    rows.add(LINES, [stream, source], [1n]);
    rows.keep(FIRST, [stream, source], [position, recordedAtMs]);
    rows.put(LAST, [stream, source], [position, recordedAtMs]);
  },
};
