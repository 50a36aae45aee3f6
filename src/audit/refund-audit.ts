import { type LedgerEvent } from '../books/event.js';
import { revisionOf } from '../books/register.js';
import { type StoredEvent } from '../event-store/event-store.js';
import { type Fen, formatFen, parseFen } from '../money.js';
import { type Breach, breachAt } from './breach.js';

/**
 * What one book has given back of each voucher, added up anew: no more than came by it. It may have been recorded
 * before the rule was, so that it is a note.
 */
export class RefundAudit {
  private readonly given = new Map<string, { readonly revision: number; readonly amount: Fen }[]>();

  /**
   * Takes a voucher in that gives something back.
   * @param original the voucher that it names, where there is one
   * @param isReversed whether a voucher of the book has been reversed
   */
  take(
    stored: StoredEvent,
    { original: id, amount }: LedgerEvent,
    original: LedgerEvent | undefined,
    isReversed: (revision: number) => boolean,
  ): Breach[] {
    const note = (expected: string, got: string): Breach[] => [breachAt(stored, 'rules-of-today', expected, got)];
    if (id === undefined || amount === undefined) return [];
    if (original?.amount === undefined || revisionOf(id) >= stored.revision || isReversed(revisionOf(id)))
      return note('of what is given back an earlier voucher of this book that stands', id);
    const given = [...(this.given.get(id) ?? []), { revision: stored.revision, amount: parseFen(amount) }];
    this.given.set(id, given);
    const sum = given.reduce((total, each) => (isReversed(each.revision) ? total : total + each.amount), 0n);
    return sum <= parseFen(original.amount)
      ? []
      : note(`at most ${original.amount} given back of ${id}`, formatFen(sum));
  }
}
