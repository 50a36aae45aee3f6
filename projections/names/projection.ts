import { type LedgerEvent } from '../../src/books/event.js';
import { type FirstTable, type Projection } from '../projection.js';

/** What of vouchers and memos people look for by name, and the column it stands in. Counterparties are too many. */
export const COLUMNS = { kind: 'kind', maker: 'maker', reviewer: 'reviewer', caseId: 'case_id' } as const;
export type Field = keyof typeof COLUMNS;
export const FIELDS = Object.keys(COLUMNS) as Field[];

/** Which names are in use together, with the position of the event that used them first: one row for many events. */
export const NAMES: FirstTable = {
  form: 'firsts',
  name: 'names_together',
  key: { kind: 'TEXT', maker: 'TEXT', reviewer: 'TEXT', case_id: 'TEXT' },
  values: { position: 'INTEGER' },
  within: () => [],
};

/** Which names are in use: they are few, and a list of vouchers is filtered by them. */
export const names: Projection = {
  name: 'names',
  version: 2,
  tables: [NAMES],
  apply: ({ position, event }, rows) => {
    // What adopts reference data, and what the ledger says of its log, is of no book.
    if (event.fund === undefined) return;
    const { kind, maker, reviewer, caseId }: Partial<LedgerEvent> = event;
    rows.keep(NAMES, [kind ?? '', maker ?? '', reviewer ?? '', caseId ?? ''], [position]);
  },
};
