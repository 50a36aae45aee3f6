import { isClosing } from '../../src/books/periods.js';
import { type Projection, type RowTable } from '../projection.js';

/** Every close of a period or a year and every reopening, one row for each. */
export const CLOSES: RowTable = {
  form: 'rows',
  name: 'period_close',
  key: { stream: 'TEXT', revision: 'INTEGER' },
  values: { position: 'INTEGER', business_day: 'TEXT', kind: 'TEXT', maker: 'TEXT', reviewer: 'TEXT' },
};

/** The business day with which each book begins. */
export const BEGINNINGS: RowTable = {
  form: 'rows',
  name: 'book_beginning',
  key: { stream: 'TEXT' },
  values: { position: 'INTEGER', business_day: 'TEXT' },
};

/** Which periods of which books are closed, by whom, and since when there are books. */
export const periods: Projection = {
  name: 'periods',
  version: 2,
  tables: [CLOSES, BEGINNINGS],
  apply: ({ stream, revision, position, event: { kind, businessDate, maker, reviewer } }, rows) => {
    if (revision === 0 && stream.startsWith('book-')) rows.put(BEGINNINGS, [stream], [position, businessDate]);
    if (isClosing(kind)) rows.put(CLOSES, [stream, revision], [position, businessDate, kind, maker, reviewer]);
  },
};
