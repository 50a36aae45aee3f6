import { type LedgerEvent, readEvent } from '../books/event.js';
import { type Entry } from '../books/entries.js';
import { eventId, type EventStore } from '../event-store/event-store.js';

/** Of which books and days an export is; what is left open is all of it. */
export interface ExportScope {
  readonly fund?: string | undefined;
  readonly unit?: string | undefined;
  /** The first business day whose vouchers stand one by one; what was before is brought forward. */
  readonly from?: string | undefined;
  /** The last business day. */
  readonly to?: string | undefined;
  /** The last position of the log: of what is read twice, both times the same. */
  readonly upTo?: number | undefined;
}

/** A voucher as an export tells it: its event, with entries, and its id. */
export interface ExportedVoucher {
  readonly id: string;
  readonly event: LedgerEvent & { readonly entries: readonly Entry[] };
}

/** With which the names of the streams begin in which they stand. */
const prefixOf = ({ fund, unit }: ExportScope): string => `book-${fund === undefined ? '' : `${fund}-${unit ?? ''}`}`;

/**
 * The vouchers of a scope up to its last day, in the order of the log, read a batch at a time. Memos and closes without
 * entries move nothing and are none of them.
 * @param onProgress hears the position that was read up to
 */
export async function* vouchersOf(
  store: Pick<EventStore, 'readAll'>,
  scope: ExportScope,
  onProgress: (position: number) => void = () => undefined,
): AsyncGenerator<ExportedVoucher, void> {
  const { fund, unit, to, upTo = Infinity } = scope;
  for await (const batch of store.readAll({ after: 0, prefix: prefixOf(scope), live: false })) {
    for (const stored of batch) {
      if (stored.position > upTo) return;
      const event = readEvent(stored);
      if (fund !== undefined && event.fund !== fund) continue;
      if (unit !== undefined && event.unit !== unit) continue;
      if ((to !== undefined && event.businessDate > to) || !isVoucher(event)) continue;
      yield { id: eventId(stored.stream, stored.revision), event };
    }
    onProgress(batch.at(-1)?.position ?? 0);
  }
}

const isVoucher = (event: LedgerEvent): event is ExportedVoucher['event'] => (event.entries?.length ?? 0) > 0;
