import { VOUCHER_WORD, type VoucherType } from '../../src/books/entries.js';
import { type LedgerEvent, readEvent } from '../../src/books/event.js';
import { lastDayOf } from '../../src/books/periods.js';
import { LedgerError, show, text } from '../../src/errors.js';
import { eventId, parseEventId } from '../../src/event-store/event-store.js';
import { upcast } from '../../src/event-store/upcast.js';
import { bookStream } from '../../src/kinds/kind.js';
import { type Asking } from '../asking/question.js';
import { type BecomeOf, readBecomeOf } from './corrections.js';
import { auditTrail } from './projection.js';
import { readNamed } from './vouchers.js';
import { walkTrail } from './walk.js';

/** One voucher with what it names and what became of it. */
export interface OneVoucher extends BecomeOf {
  readonly id: string;
  readonly event: LedgerEvent;
  /** The event that it takes back or corrects, where it does. */
  readonly named: LedgerEvent | undefined;
  /** The position of the log that this shows. */
  readonly position: number;
}

/**
 * The voucher of an id.
 * @throws LedgerError not-found, where the log has no such event; invalid, where that is a memo, which has no entries
 */
export async function readOneVoucher(
  { tables, store }: Pick<Asking, 'tables' | 'store'>,
  id: string,
): Promise<OneVoucher> {
  const place = parseEventId(id);
  const [stored] = place ? await store.readStream(place.stream, { from: place.revision, limit: 1 }) : [];
  if (!stored || stored.revision !== place!.revision) throw noSuchVoucher(id);
  const event = readEvent(upcast(stored));
  if (event.voucherType === undefined) throw notAVoucher(id, event.kind);
  const named = await readNamed(store, event);
  return tables.atOneMoment(auditTrail, (position) => ({
    id,
    event,
    named,
    position,
    ...readBecomeOf(tables, id, position),
  }));
}

export const noSuchVoucher = (id: string): LedgerError =>
  new LedgerError('not-found', 'no-such-voucher', text(`没有凭证 ${id}`, `there is no voucher ${id}`), [
    {
      pointer: 'id',
      code: 'no-such-voucher',
      expected: text('已入账的凭证编号', 'the id of an event that is recorded'),
      got: show(id),
    },
  ]);

const notAVoucher = (id: string, kind: string): LedgerError =>
  new LedgerError('invalid', 'not-a-voucher', text(`${id} 是备查，不是凭证`, `${id} is a memo and no voucher`), [
    {
      pointer: 'id',
      code: 'not-a-voucher',
      expected: text('有分录的凭证编号', 'the id of a voucher, which has entries'),
      got: show(kind),
    },
  ]);

/** A voucher's number as people write it: `2025-05-收-0012`. */
const NUMBER = /^((?:19|2[01])[0-9]{2}-(?:0[1-9]|1[0-2]))-?(收|付|转)-?0*([1-9][0-9]{0,8})$/;

/**
 * The id of the voucher that a book has given a number.
 * @throws LedgerError invalid, where that is no number; not-found, where the book has not given it
 */
export async function idOfNumber(
  { tables }: Pick<Asking, 'tables'>,
  fund: string,
  unit: string,
  written: string,
): Promise<string> {
  const [, period, word, number] = NUMBER.exec(written.normalize('NFKC')) ?? [];
  if (period === undefined) throw noNumber(written);
  const types = Object.keys(VOUCHER_WORD) as VoucherType[];
  const sought = `${types.find((type) => VOUCHER_WORD[type] === word)![0]}${number}`;
  const stretch = {
    books: [bookStream(fund, unit)],
    from: `${period}-01`,
    to: lastDayOf(period),
    until: tables.atOneMoment(auditTrail, (position) => position),
    mayHold: (lines: string) => lines.includes(`\t${sought}\t`),
  };
  for await (const lines of walkTrail(tables, stretch)) {
    const found = lines.find((line) => line.number === sought);
    if (found) return eventId(found.stream, found.revision);
  }
  throw noSuchVoucher(written);
}

const noNumber = (written: string): LedgerError =>
  new LedgerError('invalid', 'voucher-number', text('凭证字号不符合要求', 'not the number of a voucher'), [
    {
      pointer: 'number',
      code: 'voucher-number',
      expected: text('如 2025-05-收-0012，或凭证编号', 'e.g. 2025-05-收-0012, or the id of a voucher'),
      got: show(written),
    },
  ]);
