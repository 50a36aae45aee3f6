import { type Prepared } from '../books/prepared.js';
import { identityOfKind } from '../kinds/likeness.js';
import { findKind } from './registry.js';

/** What a command, or the event it became, has in common with the same recorded again; see `identityOfKind`. */
export const identityOf = (kind: string, command: Prepared['command']): string | undefined =>
  identityOfKind(kind, command, findKind(kind)?.counterparty);
