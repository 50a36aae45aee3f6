import { isClosing } from '../../src/books/periods.js';
import { type Projection, type RowTable } from '../projection.js';

/** Every close of a period or a year and every reopening, one row for each. */
export const CLOSES: RowTable = {
  form: 'rows',
  name: 'period_close',
  key: { stream: 'TEXT', revision: 'INTEGER' },
  values: { position: 'INTEGER', business_day: 'TEXT', kind: 'TEXT' },
};

/** Which periods of which books are closed. */
export const periods: Projection = {
  name: 'periods',
  version: 1,
  tables: [CLOSES],
  apply: ({ stream, revision, position, event: { kind, businessDate } }, rows) => {
    if (isClosing(kind)) rows.put(CLOSES, [stream, revision], [position, businessDate, kind]);
  },
};
