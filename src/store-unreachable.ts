import { LedgerError, text } from './errors.js';
import { isStoreUnreachable } from './event-store/event-store.js';

/** An error as the ledger says it: that the event store does not answer is a sentence, not an accident. */
export function asLedgerError(error: unknown): unknown {
  if (!isStoreUnreachable(error)) return error;
  const { message } = error;
  const said = text(`事件存储不可用：${message}`, `the event store is unavailable: ${message}`);
  return new LedgerError('unavailable', 'store-unavailable', said);
}
