import { type components } from './schema.ts';

/** An answer as it is printed: what `format=tables` gives, in the reader's language and unit of money. */
export type Tables = components['schemas']['Tables'];
export type Table = Tables['tables'][number];
export type Row = Table['rows'][number];
export type Cell = Row['cells'][number];
