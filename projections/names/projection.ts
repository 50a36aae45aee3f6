import { type LedgerEvent } from '../../src/books/event.js';
import { counterpartyOf } from '../audit-trail/projection.js';
import { type FirstTable, type Projection } from '../projection.js';

/** What of vouchers and memos people look for by name, and how an event names it. */
const NAMED = {
  kind: ({ kind }) => kind,
  maker: ({ maker }) => maker,
  reviewer: ({ reviewer }) => reviewer,
  caseId: ({ caseId }) => caseId,
  counterparty: counterpartyOf,
} as const satisfies Record<string, (event: LedgerEvent) => string | undefined>;
export type Field = keyof typeof NAMED;
export const FIELDS = Object.keys(NAMED) as Field[];

/** Every name of a field that is in use, with the position of the event that used it first. */
export const NAMES: FirstTable = {
  form: 'firsts',
  name: 'name_in_use',
  key: { field: 'TEXT', value: 'TEXT' },
  values: { position: 'INTEGER' },
  within: () => [],
};

/** Which names are in use: they are few, and a list of vouchers is filtered by them. */
export const names: Projection = {
  name: 'names',
  version: 1,
  tables: [NAMES],
  apply: ({ position, event }, rows) => {
    // What adopts reference data, and what the ledger says of its log, is of no book.
    if (event.fund === undefined) return;
    for (const field of FIELDS) {
      const value = NAMED[field](event);
      if (value !== undefined && value !== '') rows.keep(NAMES, [field, value], [position]);
    }
  },
};
