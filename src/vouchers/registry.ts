import { contribution } from './contribution.js';
import { type CommandKind } from './voucher.js';

/** Every kind of command the ledger knows. A new kind is a new file and a line here. */
export const COMMAND_KINDS: readonly CommandKind[] = [contribution];

const BY_KIND = new Map(COMMAND_KINDS.map((kind) => [kind.kind, kind]));
const BY_EVENT = new Map(COMMAND_KINDS.map((kind) => [kind.event, kind]));

/** The kind of a word from a file's `kind` column. */
export const findKind = (kind: string): CommandKind | undefined => BY_KIND.get(kind);

/** The kind that an event type belongs to. */
export const findKindOfEvent = (event: string): CommandKind | undefined => BY_EVENT.get(event);
