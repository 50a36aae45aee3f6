import { type CommandKey } from '../../src/books/book-state.js';

/** How each client of the writer sends: by keys one after the other or in batches, or as the lines of a file. */
export const CLIENTS: readonly ('keys' | 'batches' | 'lines')[] = Array.from(
  { length: 20 },
  (_, index) => (['keys', 'batches', 'keys', 'lines'] as const)[index % 4]!,
);

/** So many commands a batch has. */
export const BATCH_OF = 20;

/** The batch that a client's `number`th command is in, from 0. */
export const batchOf = (number: number): number => Math.floor((number - 1) / BATCH_OF);

/** Whether a batch is recorded whole or not at all. */
export const isAtomic = (batch: number): boolean => batch % 2 === 1;

/** Fewer units than clients, so that clients meet in a book. */
export const UNITS = ['460100', '460200', '460300', '460400', '469001', '469002'];

/** Where a client goes on after a kill: at the last command acknowledged to it, which it sends once more. */
export interface Resume {
  readonly number: number;
  /** The id of the voucher before that one, where it can still be taken back. */
  readonly previousId?: string | undefined;
}

/** What the writer says when a command has been acknowledged. */
export interface Acknowledged {
  readonly client: number;
  readonly number: number;
  readonly replayed: boolean;
  /** A line of a file has no receipt, so neither id nor position. */
  readonly id?: string;
  readonly position?: number;
}

/** How a client's `number`th command is identified. */
export function keyOf(client: number, number: number): CommandKey {
  if (CLIENTS[client] !== 'lines') return { key: `client-${client}-${number}` };
  return { source: client.toString(16).padStart(64, '0'), line: number };
}
